"""Who is left out of a meeting's record, with the reason (R53)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.casework.meeting_sheet import Thing, latest_entry, write_entry
from coregroup.casework.meeting_words import working_audience
from coregroup.casework.plan_people import group_people
from coregroup.casework.sessions import meeting_in_session, refuse_who_does_not_run_it
from coregroup.casework.verbs import act
from coregroup.records.models import Membership
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem, Problems


def leave_out(*, group: UUID, meeting: UUID, person: UUID, out: bool, why: str = "", by: Actor) -> None:
    """Says that somebody is left out of the record of a meeting in session, or is given it after all.

    Needs a reason; the conference chair is never left out (R14, R53). For whoever runs the meeting. Raises
    Problems at `why` or `out`, Refused, Closed for somebody who is not of the case.
    """
    with act(group, by=by, to=Capability.CLOSE_MEETING, what=f"record list of {meeting}") as case:
        row = meeting_in_session(case, meeting)
        refuse_who_does_not_run_it(case, row)
        if person not in group_people(case):
            raise Closed
        member = case.member(person)
        if out and member is not None and member.part == Membership.CHAIR:
            raise Problem("out", _("The chair of the conference is always given the record."))
        if out and not why.strip():
            raise Problems([("why", _("Say why they are left out, and who agreed to it."))])
        thing = Thing("left_out", about=person)
        latest = latest_entry(row, thing.name)
        content = {"out": "yes" if out else "no", "why": why.strip()}
        if latest is None or latest.content != content:
            write_entry(
                case, row, thing, latest, content, latest.audience if latest else working_audience(case)
            )
