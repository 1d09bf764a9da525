"""The only door to a case. Everything that reads or writes a core group comes through here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.lines import seen_lately, write_line
from coregroup.records.models import (
    Child,
    CoreGroup,
    LeadAppointment,
    MeetingGuest,
    Membership,
    Person,
    Relationship,
)
from coregroup.rules.access import Actor, Capability, Reader, Relation, allowed, may
from coregroup.rules.errors import Closed, Refused

_PART_RELATIONS = {
    Membership.MEMBER: Relation.MEMBER,
    Membership.CHAIR: Relation.CONFERENCE_CHAIR,
    Membership.FAMILY: Relation.FAMILY,
    Membership.CHILD: Relation.CHILD,
}
_GUEST_RELATIONS = {
    "representative": Relation.REPRESENTATIVE,
    "companion": Relation.COMPANION,
    "chair": Relation.GUEST_CHAIR,
    "minute_taker": Relation.GUEST_CHAIR,
}
LAPSES = timedelta(days=1)  # after the day of a guest's meeting, if it never began or was never closed


@dataclass(frozen=True, eq=False)
class Case:
    """An opened core group: its group row, current memberships and children, and who opened it.

    `members` are the current memberships (person and agency loaded); each of `children` has its person
    loaded and `lead_person_id` (None: unallocated, R4). `relations` are the actor's.
    """

    group: CoreGroup
    members: tuple[Membership, ...]
    children: tuple[Child, ...]
    by: Actor
    relations: frozenset[Relation]
    guest: MeetingGuest | None = None  # the actor comes to one meeting only

    def can(self, capability: Capability) -> bool:
        """May the actor do this here? For showing a button; a verb asks the door again."""
        return allowed(self.relations, capability)

    @cached_property
    def relationships(self) -> tuple[Relationship, ...]:
        """Every adult of the family with what they are to each child (adult and person loaded)."""
        rows = Relationship.objects.filter(group_id=self.group.id).select_related("adult__person")
        return tuple(rows.order_by("adult__made_at", "adult_id", "child__position"))

    def member(self, person: UUID | None) -> Membership | None:
        """The current membership of a person, if any."""
        return next((member for member in self.members if member.person_id == person), None)

    def child(self, child_id: UUID | str) -> Child:
        """One of the group's children that the actor may know about, else Closed."""
        seen = self.reader().children
        for child in self.children:
            if str(child.id) == str(child_id) and child.id in seen:
                return child
        raise Closed

    def reader(self, person: Person | None = None) -> Reader:
        """Whose cut: the actor's, or that of another person (for a preview or a hand-out)."""
        if person is None:
            return self._reader(self.by.person, self.by.professional)
        return self._reader(person.id, person.kind == Person.PROFESSIONAL)

    def _reader(self, person: UUID | None, professional: bool) -> Reader:
        every = frozenset(child.id for child in self.children)
        if not professional:
            own = {child.id for child in self.children if child.person_id == person}
            own |= {row.child_id for row in self.relationships if row.adult.person_id == person}
            return Reader(person, False, frozenset(own), limited=every > own)
        if self.guest is not None and person == self.by.person:
            return self._guest_reader(self.guest, every)
        staff = [one for one in self.members if one.person.manager_id == person]
        known = within(every, self.member(person), staff)
        return Reader(person, True, known, limited=every > known)

    def _guest_reader(self, guest: MeetingGuest, every: frozenset[UUID]) -> Reader:
        """Whoever stands for a member, or comes beside one, knows of the children whom that member knows."""
        known = within(every, self.member(guest.beside_id), ()) if guest.beside_id else every
        return Reader(guest.person_id, True, known, limited=every > known)


def within(every: frozenset[UUID], own: Membership | None, staff: Iterable[Membership]) -> frozenset[UUID]:
    """The children whom a professional may know of: those of their own membership where it is limited.

    Somebody who stands here only as the manager of members knows of no more children than these do.
    """
    standing = [own] if own else [one for one in staff if one.part == Membership.MEMBER]
    if not standing or any(not one.limited_to for one in standing):
        return every
    return every & {UUID(str(child)) for one in standing for child in one.limited_to}


def _relations(actor: Actor, members: list[Membership], children: list[Child]) -> frozenset[Relation]:
    held: set[Relation] = set()
    if actor.person is None:
        return frozenset()
    for member in members:
        if member.person_id == actor.person:
            held.add(_PART_RELATIONS[member.part])
        elif member.part == Membership.MEMBER and member.person.manager_id == actor.person:
            held.add(Relation.MANAGER)
    if Relation.MEMBER in held and any(child.lead_person_id == actor.person for child in children):
        held.add(Relation.LEAD)
    return frozenset(held)


def _children(group_id: UUID) -> list[Child]:
    lead = LeadAppointment.objects.filter(child=OuterRef("pk"), until__isnull=True).values("person_id")[:1]
    rows = Child.objects.filter(group_id=group_id).select_related("person")
    # A foreign key inside a subquery comes back as bare text on SQLite unless it is told to be a UUID.
    return list(rows.annotate(lead_person_id=Subquery(lead, output_field=UUIDField())))  # type: ignore[no-redef]


def _load(group_id: UUID, actor: Actor) -> Case | None:
    members = list(
        Membership.objects.filter(group_id=group_id, until__isnull=True)
        .select_related("group__authority", "group__family", "person__agency", "person__manager__agency")
        .order_by("since", "made_at", "id")
    )
    if not members:
        return None
    children = _children(members[0].group_id)
    relations = _relations(actor, members, children)
    guest = None
    if relations <= {Relation.MANAGER} and actor.professional and actor.person is not None:
        guest = _guest(members[0].group_id, actor.person)
        relations |= {_GUEST_RELATIONS[guest.part]} if guest else set()
    # A manager who chairs a meeting stays the manager, and is no guest there (R115); one who stands for a
    # member of their staff plays that member's part, in that meeting alone (R54).
    stays = Relation.MANAGER in relations and Relation.GUEST_CHAIR in relations
    only_guest = None if stays else guest
    return Case(members[0].group, tuple(members), tuple(children), actor, relations, only_guest)


def _guest(group: UUID, person: UUID) -> MeetingGuest | None:
    """As what somebody comes to a meeting that is still ahead or in session (R18, R54, R115)."""
    return guests_still().filter(group_id=group, person_id=person).select_related("meeting").first()


def guests_still() -> QuerySet[MeetingGuest]:
    """The parts that let somebody in now, to a meeting that is still ahead or in session, the next first.

    One that was never begun, or that nobody closed, keeps nobody's door open: a day after it, it is shut.
    """
    rows = MeetingGuest.objects.filter(ended_at__isnull=True, part__in=list(_GUEST_RELATIONS))
    since = timezone.localdate() - LAPSES
    still = Q(meeting__state="in_session", meeting__held_on__gte=since) | Q(
        meeting__state="planned", meeting__planned_on__gte=since
    )
    return rows.filter(still).order_by("meeting__planned_on", "made_at")


def guest_of_meeting(case: Case, person: UUID) -> Reader | None:
    """Whose cut it is, for somebody who comes to one meeting of this case; None for anybody else."""
    guest = _guest(case.group.id, person)
    return case._guest_reader(guest, frozenset(child.id for child in case.children)) if guest else None


def open_group(
    group_id: UUID | str, *, by: Actor, to: Capability, what: str = "", often: bool = False
) -> Case:
    """Opens the door to a case for one capability, and writes the audit line before anything is answered.

    `often`: for what a page asks again every few seconds while it is open; one line stands for ten minutes of
    it. Raises Closed to somebody with no relation to the case (or where there is no such case), Refused to
    somebody who stands in a relation to it that does not carry the capability. R28, R57.
    """
    case = _load(UUID(str(group_id)), by)
    if case is None or not case.relations:
        write_line(by, to, group=case.group.id if case else None, allowed=False, what=what)
        raise Closed
    granted = case.can(to)
    if not (often and granted and seen_lately(by, to, group=case.group.id, what=what)):
        write_line(by, to, group=case.group.id, allowed=granted, what=what)
    if not granted:
        raise Refused(_("Your part in this core group does not allow this."))
    return case


def open_again(case: Case, *, to: Capability) -> Case:
    """The check inside a verb's transaction, under a lock: what was true at the door still is."""
    fresh = _open_locked(case.group.id, case.by, to)
    if fresh is None:
        raise Closed
    return fresh


def open_still(group_id: UUID | str, *, by: Actor, to: Capability, what: str) -> Case | None:
    """The one check of what is saved every second: inside the verb's transaction, under the lock.

    None where no line of the last minutes says that this person did just this, or where they may not any
    more: then the door is opened as always, which writes its line whatever comes of it.
    """
    key = UUID(str(group_id))
    return _open_locked(key, by, to) if seen_lately(by, to, group=key, what=what) else None


def _open_locked(group: UUID, by: Actor, to: Capability) -> Case | None:
    rows = CoreGroup.objects.filter(id=group)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    list(rows.values_list("id"))
    fresh = _load(group, by)
    return fresh if fresh is not None and fresh.can(to) else None


def load_unlocked(group_id: UUID, actor: Actor) -> Case:
    """The case inside the transaction that has just made it. Only for the verb that opens groups."""
    case = _load(group_id, actor)
    if case is None:
        raise Closed
    return case


def open_house(*, by: Actor, to: Capability, what: str = "") -> None:
    """The door for what needs no case: start page, opening a group, administration. Audit line included."""
    granted = may(by, to)
    write_line(by, to, group=None, allowed=granted, what=what)
    if not granted:
        raise Closed
