"""Booking all meetings up to the next review in one step (R109)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice, audience_row
from coregroup.casework.consequences import settle
from coregroup.casework.limits import Approval, Limit, approval_faults, asked_of, depart
from coregroup.casework.meetings import Faults, NewMeeting, faults_of, put
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Meeting
from coregroup.rules import series as rule
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Problems
from coregroup.rules.happenings_meetings import MeetingBooked

MOST = rule.MOST


def book_series(
    *,
    group: UUID,
    meetings: Sequence[NewMeeting],
    approval: Approval | None = None,
    audience: AudienceChoice = WHOLE_GROUP,
    by: Actor,
    once: str | None = None,
) -> tuple[UUID, ...]:
    """Books several core groups at once, all or none; gives their ids in the order of their days.

    Every limit that they would not keep together needs an approval, kept as a departure (R95). Raises
    Problems at `on_0`, `venue_1` and so on, by the place in `meetings`, or at the approval's fields; Closed,
    Refused, AlreadyDone.
    """
    with act(group, by=by, to=Capability.BOOK_MEETING, once=once, what="book series") as case:
        broken = series_limits(case, meetings)
        if faults := _faults(case, meetings) + (approval_faults(approval) if broken else []):
            raise Problems(faults)
        seen_by = audience_row(case, audience)
        rows = []
        for one in sorted(meetings, key=lambda one: one.on):
            row = Meeting(authority=case.group.authority, group=case.group, audience=seen_by)
            put(one, row)
            row.save()
            settle(MeetingBooked(on=one.on), case=case, audience=seen_by)
            rows.append(row)
        depart(case, broken, approval)
        note_outcome(once, len(rows))
    return tuple(row.id for row in rows)


def series_limits(case: Case, meetings: Sequence[NewMeeting]) -> tuple[Limit, ...]:
    """The limits that these meetings together, with those planned already, would not keep."""
    asked = asked_of(case)
    rows = rule.broken(asked, [one.on for one in meetings if one.on >= asked.today])
    return tuple(
        Limit(row.rule, row.anchor.date, row.latest) for row in rows if row.anchor.date and row.latest
    )


def _faults(case: Case, meetings: Sequence[NewMeeting]) -> Faults:
    if not meetings:
        return [(None, _("Choose at least one meeting to book."))]
    faults: Faults = []
    days = list(
        Meeting.objects.filter(group=case.group, state="planned").values_list("planned_on", flat=True)
    )
    for index, one in enumerate(meetings[:MOST]):
        faults += [(f"{field}_{index}", sentence) for field, sentence in faults_of(one)]
        if one.on in days:
            faults.append((f"on_{index}", _("A meeting is planned for this day already.")))
        days.append(one.on)
    return faults
