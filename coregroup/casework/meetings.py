"""Core group meetings: planning the next one within its limits, and that one was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice, audience_row
from coregroup.casework.consequences import settle
from coregroup.casework.limits import Approval, Limit, approval_faults, broken_limits, depart
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Meeting
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problems
from coregroup.rules.face_sheet import VENUE_ACCESS
from coregroup.rules.happenings import MeetingBooked, MeetingHeld

Faults = list[tuple[str | None, str]]


@dataclass(frozen=True)
class NewMeeting:
    """When and where the group meets: the place with its accessibility (codes) and its privacy (R44)."""

    on: date
    at: time | None = None
    venue: str = ""
    address: str = ""
    access: frozenset[str] = frozenset()
    private: bool | None = None
    notes: str = ""


def book_meeting(
    *,
    group: UUID,
    meeting: NewMeeting,
    moves: UUID | None = None,
    approval: Approval | None = None,
    audience: AudienceChoice = WHOLE_GROUP,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Plans a core group; gives its id. With `moves` a planned meeting takes this day and place instead.

    A day after the limit needs a reason and an approver, kept as a departure for each limit and told to the
    conference chair. Raises Problems at their fields, Closed, Refused, AlreadyDone. R41, R44, R95, R109.
    """
    with act(group, by=by, to=Capability.BOOK_MEETING, once=once, what="book meeting") as case:
        moved = _planned(case, moves)
        broken = broken_limits(case, meeting.on, moved=moves)
        _check(meeting, broken, approval)
        row = moved or Meeting(authority=case.group.authority, group=case.group)
        row.planned_on, row.starts_at = meeting.on, meeting.at
        row.venue, row.venue_address = meeting.venue.strip(), meeting.address.strip()
        row.venue_access, row.venue_private = sorted(meeting.access), meeting.private
        row.venue_notes, row.audience = meeting.notes.strip(), audience_row(case, audience)
        row.save()
        depart(case, broken, approval)
        settle(MeetingBooked(on=meeting.on), case=case, audience=row.audience)
        note_outcome(once, row.id)
    return row.id


def record_held(*, group: UUID, meeting: UUID, on: date, by: Actor, once: str | None = None) -> None:
    """Records that a planned core group was held on a day. Closed for a meeting that is not this group's."""
    with act(group, by=by, to=Capability.BOOK_MEETING, once=once, what="meeting held") as case:
        row = Meeting.objects.filter(id=meeting, group=case.group).first()
        if row is None:
            raise Closed
        if on > timezone.localdate():
            raise Problems([("on", _("A meeting that was held must be today or in the past."))])
        if row.state == "planned":
            row.held_on, row.state = on, "held"
            row.save(update_fields=["held_on", "state"])
            settle(MeetingHeld(on=on), case=case, audience=row.audience)


def _planned(case: Case, moves: UUID | None) -> Meeting | None:
    if moves is None:
        return None
    row = Meeting.objects.filter(id=moves, group=case.group, state="planned").first()
    if row is None:
        raise Closed
    return row


def _check(meeting: NewMeeting, broken: tuple[Limit, ...], approval: Approval | None) -> None:
    faults: Faults = []
    if meeting.on < timezone.localdate():
        faults.append(("on", _("The next meeting must be today or in the future.")))
    if meeting.at is None:
        faults.append(("at", _("Enter the time.")))
    if not meeting.venue.strip():
        faults.append(("venue", _("Enter the place.")))
    if meeting.access - set(VENUE_ACCESS):
        faults.append(("access", _("Choose from the list.")))
    if broken:
        faults += approval_faults(approval)
    if faults:
        raise Problems(faults)
