"""The door to all of one's own cases at once: the start page, a chair's plans, a manager's staff.

Opens no case: it says in which ones somebody stands, and in what relation, with one audit line and three
queries, whether they are one or five hundred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from coregroup.access.doors import _PART_RELATIONS, open_house, within
from coregroup.records.models import (
    Child,
    CoreGroup,
    JoiningStep,
    LeadAppointment,
    Membership,
    Relationship,
    Visit,
)
from coregroup.rules.access import Actor, Capability, Reader, Relation, allowed


@dataclass(frozen=True, eq=False)
class Standing:
    """One core group in which somebody stands: how, with which children, and whose cut it is.

    `own` is their own membership (None for a manager); `staff` are the memberships of those whom they manage.
    Each child has its person loaded, `lead_person_id` and `lead_name`.
    """

    group: CoreGroup
    own: Membership | None
    staff: tuple[Membership, ...]
    children: tuple[Child, ...]
    relations: frozenset[Relation]
    reader: Reader

    def can(self, capability: Capability) -> bool:
        """May they do this here? For showing a link; the door is asked again behind it."""
        return allowed(self.relations, capability)


@dataclass(frozen=True)
class Desk:
    """All of somebody's standings, oldest group first; when they were last here, and the time before."""

    standings: tuple[Standing, ...]
    latest_visit: datetime | None = None
    previous_visit: datetime | None = None


def open_desk(*, by: Actor, to: Capability, relations: Iterable[Relation] = (), what: str = "") -> Desk:
    """The standings of an actor; with `relations`, only the groups where they stand in one of these.

    Writes its audit line first. Raises Closed to whoever may not do `to`. R28, R57.
    """
    open_house(by=by, to=to, what=what)
    person = by.person
    if person is None:
        return Desk(())
    wanted = frozenset(relations)
    rows = list(_memberships(person))
    groups: dict[UUID, list[Membership]] = {}
    for row in rows:
        groups.setdefault(row.group_id, []).append(row)
    children = _children(list(groups), person)
    standings = [_standing(by, members, children.get(group, [])) for group, members in groups.items()]
    kept = [one for one in standings if one.relations and (not wanted or one.relations & wanted)]
    first = rows[0] if rows else None
    latest = getattr(first, "latest_visit", None)
    return Desk(tuple(kept), latest, getattr(first, "previous_visit", None))


def _memberships(person: UUID) -> QuerySet[Membership]:
    """The actor's own current memberships, and those of the people whom they manage."""
    visit = Visit.objects.filter(person_id=person)
    steps = (
        JoiningStep.objects.filter(membership=OuterRef("pk"))
        .order_by().values("membership").annotate(count=Count("pk")).values("count")
    )  # fmt: skip
    mine = Q(person_id=person) | Q(person__manager_id=person, part=Membership.MEMBER)
    return (
        Membership.objects.filter(mine, until__isnull=True, group__closed_on__isnull=True)
        .select_related("group__authority", "group__family", "person__agency")
        .annotate(
            steps_done=Subquery(steps),
            latest_visit=Subquery(visit.values("latest_at")[:1]),
            previous_visit=Subquery(visit.values("previous_at")[:1]),
        )
        .order_by("group__opened_on", "group_id", "made_at", "id")
    )


def _children(groups: list[UUID], person: UUID) -> dict[UUID, list[Child]]:
    lead = LeadAppointment.objects.filter(child=OuterRef("pk"), until__isnull=True)
    own = Relationship.objects.filter(child=OuterRef("pk"), adult__person_id=person)
    rows = (
        Child.objects.filter(group_id__in=groups)  # type: ignore[no-redef]
        .select_related("person")
        .annotate(
            lead_person_id=Subquery(lead.values("person_id")[:1], output_field=UUIDField()),
            lead_given=Subquery(lead.values("person__given_name")[:1]),
            lead_family=Subquery(lead.values("person__family_name")[:1]),
            is_own=Exists(own),
        )
        .order_by("group_id", "position", "id")
    )
    found: dict[UUID, list[Child]] = {}
    for child in rows:
        child.lead_name = f"{child.lead_given or ''} {child.lead_family or ''}".strip()  # type: ignore[attr-defined]
        found.setdefault(child.group_id, []).append(child)
    return found


def _standing(by: Actor, members: list[Membership], children: list[Child]) -> Standing:
    own = next((row for row in members if row.person_id == by.person), None)
    staff = tuple(row for row in members if row.person_id != by.person)
    relations: set[Relation] = set()
    if own is not None:
        relations.add(_PART_RELATIONS[own.part])
    if staff:
        relations.add(Relation.MANAGER)
    if (
        own is not None
        and own.part == Membership.MEMBER
        and any(
            child.lead_person_id == by.person
            for child in children  # type: ignore[attr-defined]
        )
    ):
        relations.add(Relation.LEAD)
    reader = _reader(by, own, staff, children)
    seen = tuple(child for child in children if child.id in reader.children)
    return Standing(members[0].group, own, staff, seen, frozenset(relations), reader)


def _reader(by: Actor, own: Membership | None, staff: Iterable[Membership], children: list[Child]) -> Reader:
    every = frozenset(child.id for child in children)
    if by.professional:
        known = within(every, own, staff)
    else:
        known = frozenset(
            child.id for child in children
            if child.is_own or child.person_id == by.person  # type: ignore[attr-defined]
        )  # fmt: skip
    return Reader(by.person, by.professional, known, limited=every > known)
