"""Beginning a core group, and giving one up: the meeting in session, in which the group changes its plans."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.chairing import check_roles
from coregroup.casework.consequences import settle
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Meeting
from coregroup.rules import moves
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Problem, Problems, Refused
from coregroup.rules.happenings_meetings import MeetingAbandoned, MeetingBegun


def begin_meeting(
    *,
    group: UUID,
    meeting: UUID,
    chair: UUID | None = None,
    minute_taker: UUID | None = None,
    because: str = "",
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Begins a planned core group today, with its chair and minute taker (R49, R50, R75, R90); gives its id.

    None leaves the chair or minute taker as it was planned. From now on what is saved of the group's plans is
    proposed in this meeting. Raises Problems at `chair`, `minute_taker` or `because`; Refused where its state
    does not allow it, or another meeting is in session.
    """
    with act(group, by=by, to=Capability.TAKE_PART, once=once, what=f"begin meeting {meeting}") as case:
        row = meeting_row(case, meeting)
        row.state = moves.after(
            moves.MEETING, row.state, "begin", _("This meeting has begun already, or is not to be held.")
        )
        if Meeting.objects.filter(group=case.group, state="in_session").exists():
            raise Refused(_("Another meeting of this core group is in session. Close it first."))
        check_roles(case, row, chair, minute_taker, because)
        row.opened_at, row.held_on = timezone.now(), timezone.localdate()
        row.opened_by_id = case.by.who
        row.save()
        settle(MeetingBegun(meeting=row.id, on=row.held_on), case=case, audience=row.audience)
        note_outcome(once, row.id)
    return row.id


def abandon_meeting(*, group: UUID, meeting: UUID, reason: str, by: Actor, once: str | None = None) -> None:
    """Gives up a meeting in session: what it proposed is set aside, what was noted stays readable.

    Only the chair, the minute taker or the lead worker can, with a reason. Another meeting must be booked.
    Raises Problems at `reason`, Refused.
    """
    with act(group, by=by, to=Capability.CLOSE_MEETING, once=once, what=f"abandon meeting {meeting}") as case:
        row = meeting_row(case, meeting)
        refuse_who_does_not_run_it(case, row)
        row.state = moves.after(moves.MEETING, row.state, "abandon", _("This meeting is not in session."))
        if not reason.strip():
            raise Problems([("reason", _("Say why the meeting is given up."))])
        row.ended_because, row.ended_by_id = reason.strip(), case.by.who
        row.held_on = None
        row.save()
        settle(MeetingAbandoned(meeting=row.id, on=timezone.localdate()), case=case, audience=row.audience)


def refuse_who_does_not_run_it(case: Case, meeting: Meeting) -> None:
    """Only the chair, the minute taker and the lead worker open and end things for the whole meeting."""
    if not runs_it(case, meeting):
        raise Refused(_("Only the chair, the minute taker or the lead worker of this meeting can do this."))


def runs_it(case: Case, meeting: Meeting) -> bool:
    """Is the actor the meeting's chair, its minute taker, or a lead worker of the group?"""
    return Relation.LEAD in case.relations or case.by.person in (meeting.chair_id, meeting.minute_taker_id)


def meeting_in_session(case: Case, meeting: UUID) -> Meeting:
    """The meeting, which must be in session. Raises Closed, and Problem where it has not begun or is over."""
    row = meeting_row(case, meeting)
    if row.state != "in_session":
        raise Problem(None, _("This meeting is not in session."))
    return row
