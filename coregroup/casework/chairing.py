"""Who chairs and who takes the minutes, by the group's procedure (R49, R50, R55, R75, R90, R104, R115)."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.access.seats import OUTSIDE, Seats, seats_of
from coregroup.casework.audiences import standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.guests import NewGuest
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.verbs import act
from coregroup.records.models import Meeting, MeetingGuest, Person
from coregroup.rules import chairing
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Problems, Refused
from coregroup.rules.happenings_meetings import GuestNamed

CHAIR, MINUTE_TAKER = OUTSIDE


def settle_roles(
    *,
    group: UUID,
    meeting: UUID,
    chair: UUID | None = None,
    minute_taker: UUID | None = None,
    chair_outside: NewGuest | None = None,
    minute_taker_outside: NewGuest | None = None,
    because: str = "",
    by: Actor,
    once: str | None = None,
) -> None:
    """Settles beforehand who chairs a meeting and who takes the minutes.

    A member's line manager may chair and sees the case until the meeting is over (R115); `chair_outside` and
    `minute_taker_outside` name somebody who is in no list, without access. What departs from the procedure
    where it may needs `because`. Raises Problems at `chair`, `minute_taker`, `chair_name`,
    `minute_taker_name` or `because`; Refused where the meeting is over; Closed, AlreadyDone.
    """
    with act(group, by=by, to=Capability.BOOK_MEETING, once=once, what=f"who chairs {meeting}") as case:
        row = meeting_row(case, meeting)
        if row.state not in ("planned", "in_session"):
            raise Refused(_("This meeting is over, or is not held."))
        row.chair_id = row.minute_taker_id = None
        row.roles_because = ""
        _name_outside(case, row, CHAIR, chair_outside)
        _name_outside(case, row, MINUTE_TAKER, minute_taker_outside)
        check_roles(case, row, chair, minute_taker, because)
        row.save(update_fields=["chair", "minute_taker", "roles_because"])


def check_roles(
    case: Case, meeting: Meeting, chair: UUID | None, minute_taker: UUID | None, because: str
) -> None:
    """Sets a meeting's chair and minute taker, if the procedure allows them; None leaves who was settled.

    Whoever comes from outside the group to do it is named for this meeting, and sees the case until it is
    over. Raises Problems at `chair`, `minute_taker` or `because`.
    """
    seats = seats_of(case, meeting)
    meeting.chair_id = chair or meeting.chair_id
    meeting.minute_taker_id = minute_taker or meeting.minute_taker_id
    meeting.roles_because = because.strip() or meeting.roles_because
    wrong = chairing.faults(seats.table, meeting.chair_id, meeting.minute_taker_id, meeting.roles_because)
    if wrong:
        raise Problems([(field, _sentence(code, field, seats)) for field, code in wrong])
    _name_inside(case, meeting, seats, CHAIR, meeting.chair_id)
    _name_inside(case, meeting, seats, MINUTE_TAKER, meeting.minute_taker_id)


def _sentence(code: str, field: str, seats: Seats) -> str:
    if code == "no_chair":
        return _("Say who chairs the meeting.")
    if code == "no_minute_taker":
        return _("Say who takes the minutes.")
    if code == "same":
        return _("The minute taker must be somebody other than the chair.")
    if code == "not_this_chair":
        return _("The procedure names who chairs. Choose them, or name who chairs in their place.")
    if code == "why":
        return _("Say why this departs from what the procedure asks.")
    if field == "chair":
        return _("Choose a member, a member's line manager, or somebody who was named for this meeting.")
    return _("Choose a member, or somebody who was named for this meeting.")


def _name_inside(case: Case, meeting: Meeting, seats: Seats, part: str, person: UUID | None) -> None:
    """Names somebody of the lists who is no member for this part; whoever was named before no longer is."""
    if person is None:
        return
    named = MeetingGuest.objects.filter(meeting=meeting, part=part, ended_at__isnull=True)
    named.exclude(person=person).update(ended_at=timezone.now())
    sitter = seats.table.sitter(person)
    if sitter is None or sitter.member or sitter.named in ("representative", part):
        return
    _name(case, meeting, part, seats.persons[person], seats.persons[person].name)


def _name_outside(case: Case, meeting: Meeting, part: str, guest: NewGuest | None) -> None:
    """Names somebody who is in no list. Nobody named: whoever was named so before no longer is."""
    named = MeetingGuest.objects.filter(meeting=meeting, part=part, person=None, ended_at__isnull=True)
    if guest is not None and named.filter(name=guest.name.strip()).exists():
        return
    named.update(ended_at=timezone.now())
    if guest is None:
        return
    if not guest.name.strip():
        raise Problems([(f"{part}_name", _("Enter the name."))])
    _refuse_family(case, part, guest.name)
    _name(case, meeting, part, None, guest.name.strip(), guest.agency_name.strip())


def _refuse_family(case: Case, part: str, name: str) -> None:
    family = {one.person.name.casefold() for one in case.children}
    family |= {row.adult.person.name.casefold() for row in case.relationships}
    if " ".join(name.split()).casefold() in family:
        raise Problems([(f"{part}_name", _("This is somebody of the family. Name a professional."))])


def _name(
    case: Case, meeting: Meeting, part: str, person: Person | None, name: str, agency: str = ""
) -> None:
    row = MeetingGuest.objects.create(
        authority=case.group.authority, group=case.group, meeting=meeting, person=person, name=name[:200],
        agency_name=(person.agency.name if person and person.agency else agency)[:200], part=part,
        named_by_id=case.by.who, because=meeting.roles_because, audience=standing_audience(case),
    )  # fmt: skip
    said = GuestNamed(meeting=meeting.id, person=person.id if person else None, part=part)
    settle(said, case=case, audience=row.audience)
