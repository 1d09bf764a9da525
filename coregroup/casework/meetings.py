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
from coregroup.casework.limits import Approval, Limit, approval_faults, broken_without, depart
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Meeting, MeetingRequest
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problems, Refused
from coregroup.rules.face_sheet import VENUE_ACCESS
from coregroup.rules.happenings_meetings import MeetingBooked, MeetingHeld

Faults = list[tuple[str | None, str]]


@dataclass(frozen=True)
class NewMeeting:
    """When and where: the place with its accessibility (codes) and privacy (R44), the link to join online."""

    on: date
    at: time | None = None
    venue: str = ""
    address: str = ""
    access: frozenset[str] = frozenset()
    private: bool | None = None
    notes: str = ""
    link: str = ""


def book_meeting(
    *,
    group: UUID,
    meeting: NewMeeting,
    approval: Approval | None = None,
    audience: AudienceChoice = WHOLE_GROUP,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Plans a core group; gives its id. A planned one is moved by `meetings_changes.rearrange_meeting`.

    A day after a limit, or one after which the next planned comes too late, needs a reason and an approver,
    kept as a departure for each limit and told to the conference chair. A meeting that was asked for earlier
    and agreed is this one, if none comes before it. Raises Problems at their fields, Closed, Refused,
    AlreadyDone. R41, R44, R95, R109.
    """
    with act(group, by=by, to=Capability.BOOK_MEETING, once=once, what="book meeting") as case:
        broken = broken_without(case, None, [meeting.on])
        check_meeting(meeting, broken, approval)
        row = Meeting(authority=case.group.authority, group=case.group)
        row.audience = audience_row(case, audience)
        put(meeting, row)
        row.save()
        depart(case, broken, approval)
        grant_met(case, row)
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


def grant_met(case: Case, meeting: Meeting) -> None:
    """An earlier meeting that was asked for and agreed is this one, if no other comes before it."""
    ahead = Meeting.objects.filter(group=case.group, state="planned", planned_on__gte=timezone.localdate())
    if not ahead.filter(planned_on__lt=meeting.planned_on).exclude(id=meeting.id).exists():
        MeetingRequest.objects.filter(group=case.group, granted=True, meeting=None).update(meeting=meeting)


def planned_meeting(case: Case, meeting: UUID) -> Meeting:
    """A meeting that is still ahead, as the actor may see it. Raises Closed, and Refused where it is not."""
    row = meeting_row(case, meeting)
    if row.state != "planned":
        raise Refused(_("This meeting is not ahead any more: it has begun, is over or was cancelled."))
    return row


def put(meeting: NewMeeting, row: Meeting) -> None:
    """Writes day and place of a meeting into its row."""
    row.planned_on, row.starts_at = meeting.on, meeting.at
    row.venue, row.venue_address = meeting.venue.strip(), meeting.address.strip()
    row.venue_access, row.venue_private = sorted(meeting.access), meeting.private
    row.venue_notes, row.link = meeting.notes.strip(), meeting.link.strip()


def check_meeting(meeting: NewMeeting, broken: tuple[Limit, ...], approval: Approval | None) -> None:
    """Refuses a meeting that lacks something, or a limit that is not kept without approval; Problems."""
    if faults := faults_of(meeting) + (approval_faults(approval) if broken else []):
        raise Problems(faults)


def faults_of(meeting: NewMeeting) -> Faults:
    """What a new meeting lacks, each at its field."""
    faults: Faults = []
    if meeting.on < timezone.localdate():
        faults.append(("on", _("The next meeting must be today or in the future.")))
    if meeting.at is None:
        faults.append(("at", _("Enter the time.")))
    if not meeting.venue.strip() and not meeting.link.strip():
        faults.append(("venue", _("Enter the place, or the link for joining online.")))
    if meeting.link.strip() and not meeting.link.strip().lower().startswith("https://"):
        faults.append(("link", _("The link must begin with https://.")))
    if meeting.access - set(VENUE_ACCESS):
        faults.append(("access", _("Choose from the list.")))
    return faults
