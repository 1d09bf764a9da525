"""Who comes to one meeting only: in a member's place, beside one, to interpret, to speak for a child.

A professional with an account sees the case from being named until that meeting is over (R18, R54, R115); an
interpreter or an advocate is named and has no access (R91).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.meeting_words import spoken_audience
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Apology, Audience, Meeting, MeetingGuest, Membership, Person
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from coregroup.rules.happenings_meetings import GuestNamed
from coregroup.rules.update_fields import UNDER_WAY

COMPANION, INTERPRETER, ADVOCATE = "companion", "interpreter", "advocate"
WITHOUT_ACCESS = (INTERPRETER, ADVOCATE)
OFFERED = (COMPANION, INTERPRETER, ADVOCATE)  # a representative is named with an apology


@dataclass(frozen=True)
class NewGuest:
    """Who comes: a professional in the lists (`person`), or anybody by name and agency, without access."""

    person: UUID | None = None
    name: str = ""
    agency_name: str = ""


def name_guest(
    *,
    group: UUID,
    meeting: UUID,
    part: str,
    guest: NewGuest,
    because: str = "",
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Names somebody who comes to one meeting only; gives their id as a guest.

    `part`: a more experienced colleague who accompanies the member (`companion`: no recommendation and no
    vote, R18), an `interpreter` or an `advocate` (R91): these by name, never somebody of the family. Raises
    Problems at `part`, `person` or `name`; Closed, Refused, AlreadyDone.
    """
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"guest of {meeting}") as case:
        row = coming_meeting(case, meeting)
        refuse_guest(case)
        if part not in OFFERED:
            raise Problem("part", _("Choose from the list."))
        beside = by.who if part == COMPANION else None
        kept = name_within(case, row, part, guest, beside=beside, because=because)
        note_outcome(once, kept.id)
    return kept.id


def end_guest(*, group: UUID, guest: UUID, by: Actor, once: str | None = None) -> None:
    """Ends a guest's part: their access ends at once; an apology that offered them is withdrawn.

    Whoever named them can, the member beside whom they come, and the lead worker. Raises Closed, Refused.
    """
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"end guest {guest}") as case:
        refuse_guest(case)
        row = MeetingGuest.objects.filter(group=case.group, id=guest, ended_at__isnull=True).first()
        if row is None:
            raise Closed
        meeting_row(case, row.meeting_id)
        if Relation.LEAD not in case.relations and by.person not in (row.named_by_id, row.beside_id):
            raise Refused(_("Only whoever named this person, or the lead worker, can change that."))
        end_within(row)
        Apology.objects.filter(guest=row, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())


def end_within(row: MeetingGuest) -> None:
    """Ends a guest's part inside another verb."""
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])


def stands_for(case: Case) -> UUID:
    """The member whose part the actor plays: for a representative the one they stand for, else themselves."""
    if case.guest is not None and case.guest.part == "representative" and case.guest.beside_id:
        return case.guest.beside_id
    return case.by.who


def coming_meeting(case: Case, meeting: UUID) -> Meeting:
    """A meeting that is ahead or in session. Raises Closed, Refused."""
    row = meeting_row(case, meeting)
    if row.state not in UNDER_WAY:
        raise Refused(_("This meeting is over, or is not held. Nothing can be added for it."))
    return row


def refuse_guest(case: Case) -> None:
    """Whoever comes to one meeting brings nobody along, and gives nobody's apologies."""
    if case.guest is not None:
        raise Refused(_("You come to this meeting only. A member of the group can do this."))


def name_within(
    case: Case, meeting: Meeting, part: str, guest: NewGuest, *, beside: UUID | None = None, because: str = ""
) -> MeetingGuest:
    """Names a guest inside another verb; what cannot be is a Problem at `person` or `name`."""
    if guest.person is not None and part in WITHOUT_ACCESS:
        raise Closed
    person = _colleague(case, guest.person, beside) if guest.person else None
    name = person.name if person else " ".join(guest.name.split())
    _refuse_name(case, part, name)
    taken = MeetingGuest.objects.filter(meeting=meeting, ended_at__isnull=True, part=part, beside_id=beside)
    if (taken.filter(person=person) if person else taken.filter(person=None, name__iexact=name)).exists():
        raise Problem("person" if person else "name", _("This person is named already."))
    office = person.agency.name if person and person.agency else " ".join(guest.agency_name.split())
    row = MeetingGuest.objects.create(
        authority=case.group.authority, group=case.group, meeting=meeting, person=person, name=name[:200],
        agency_name=office[:200], part=part, beside_id=beside, because=because.strip(),
        named_by_id=case.by.who, audience=_audience(case, part),
    )  # fmt: skip
    said = GuestNamed(meeting=meeting.id, person=person.id if person else None, part=part)
    settle(said, case=case, audience=row.audience)
    return row


def _audience(case: Case, part: str) -> Audience:
    """The whole group; who speaks or interprets for one of the family is kept from adults kept apart."""
    return spoken_audience(case, None) if part in WITHOUT_ACCESS else standing_audience(case)


def _colleague(case: Case, person: UUID, beside: UUID | None) -> Person:
    """A professional of the member's own agency who is not that member, and no member who sees less."""
    member = case.member(beside)
    row = Person.objects.filter(id=person, kind=Person.PROFESSIONAL).select_related("agency").first()
    if row is None or member is None or row.agency_id is None:
        raise Closed
    if row.agency_id != member.person.agency_id:
        raise Problem("person", _("Choose somebody from the same agency, or enter their name."))
    if case.member(row.id) is not None:
        raise Problem("person", _("%(name)s is a member and comes anyway.") % {"name": row.name})
    return row


def _refuse_name(case: Case, part: str, name: str) -> None:
    if not name:
        raise Problems([("name", _("Enter the name."))])
    family = {one.person.name.casefold() for one in case.children}
    family |= {row.adult.person.name.casefold() for row in case.relationships}
    family |= {one.person.name.casefold() for one in case.members if one.part != Membership.MEMBER
               and one.person.kind == Person.FAMILY}  # fmt: skip
    if name.casefold() not in family:
        return
    if part == INTERPRETER:
        words = _("Nobody of the family, and no child, ever interprets in a meeting. Name an interpreter.")
    else:
        words = _("This is the name of somebody in the family. Name a professional.")
    raise Problem("name", words)
