"""Who could chair a meeting or take its minutes: read alike by the verb that settles it and the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coregroup.access.doors import Case
from coregroup.records.models import Apology, Meeting, MeetingGuest, Membership, Person
from coregroup.rules import book
from coregroup.rules.chairing import Sitter, Table
from coregroup.rules.moves import TOOK_PLACE

OUTSIDE = ("chair", "minute_taker")  # parts in which somebody may be named who is no member
SEATED = (*OUTSIDE, "representative")


@dataclass(frozen=True)
class Named:
    """Who was named for one meeting: persons by id with their part, others' names by part."""

    persons: Mapping[UUID, str]
    outside: Mapping[str, str]


@dataclass(frozen=True)
class Past:
    """One meeting that took place: who chaired, who took the minutes, when."""

    on: date | None
    chair: UUID | None
    minute_taker: UUID | None


@dataclass(frozen=True)
class Seats:
    """Those who could, with their persons; `outside` are the names of those without an account, by part."""

    table: Table
    persons: Mapping[UUID, Person]
    outside: Mapping[str, str]


def seats_of(case: Case, meeting: Meeting) -> Seats:
    """The seats of one meeting: members, their line managers, who was named for it. At most four queries."""
    rows = MeetingGuest.objects.filter(meeting=meeting, ended_at__isnull=True, part__in=SEATED)
    guests = [(row.person_id, row.part, row.name) for row in rows]
    apologies = Apology.objects.filter(meeting=meeting, withdrawn_at__isnull=True)
    named = named_of(guests)
    return seats_from(
        case,
        others=persons_of(case, named.persons),
        named=named,
        past=past_of(Meeting.objects.filter(group=case.group).exclude(id=meeting.id)),
        away=set(apologies.values_list("person_id", flat=True)),
    )


def managers(case: Case) -> dict[UUID, Person]:
    """The line managers of the group's members. No query: the door has loaded them."""
    rows = (one.person.manager for one in case.members if one.part == Membership.MEMBER)
    return {one.id: one for one in rows if one}


def persons_of(case: Case, wanted: Iterable[UUID]) -> dict[UUID, Person]:
    """The persons of these ids. A query only for those whom the door has not loaded."""
    known = managers(case) | {one.person_id: one.person for one in case.members}
    known |= {child.person_id: child.person for child in case.children}
    missing = set(wanted) - set(known)
    if missing:
        rows = Person.objects.filter(id__in=missing).select_related("agency")
        known |= {one.id: one for one in rows}
    return known


def named_of(guests: Iterable[tuple[UUID | None, str, str]]) -> Named:
    """Who was named, from (person, part, name)."""
    rows = [one for one in guests if one[1] in SEATED]
    return Named(
        {person: part for person, part, _name in rows if person is not None},
        {part: name for person, part, name in rows if person is None and part in OUTSIDE},
    )


def past_of(meetings: Iterable[Meeting]) -> tuple[Past, ...]:
    """The meetings among these that took place."""
    return tuple(
        Past(one.held_on, one.chair_id, one.minute_taker_id) for one in meetings if one.state in TOOK_PLACE
    )


def seats_from(
    case: Case,
    *,
    others: Mapping[UUID, Person],
    named: Named,
    past: tuple[Past, ...],
    away: Collection[UUID],
) -> Seats:
    """The seats from what is loaded already; `others` hold at least those who were named."""
    others = {**others, **managers(case)}
    persons = {one.person_id: one.person for one in case.members if one.part == Membership.MEMBER}
    chairs = {one.person_id for one in case.members if one.part == Membership.CHAIR}
    seated = {*managers(case), *named.persons} - chairs
    added = sorted((one for one in others.values() if one.id in seated), key=lambda one: one.name)
    persons |= {one.id: one for one in added if one.id not in persons}
    sitters = tuple(_sitter(case, one, named, past, away) for one in persons.values())
    table = Table(book.load(case.group.procedure), sitters, not past, frozenset(named.outside))
    return Seats(table, persons, named.outside)


def _sitter(
    case: Case, person: Person, named: Named, past: tuple[Past, ...], away: Collection[UUID]
) -> Sitter:
    members = [one for one in case.members if one.part == Membership.MEMBER]
    leads = {child.lead_person_id for child in case.children if child.lead_person_id}
    lead_managers = {one.person.manager_id for one in members if one.person_id in leads}
    return Sitter(
        id=person.id,
        member=any(one.person_id == person.id for one in members),
        lead=person.id in leads,
        line_manager=any(one.person.manager_id == person.id for one in members),
        practice_lead=person.id in lead_managers or "practice lead" in person.job_title.casefold(),
        named=named.persons.get(person.id, ""),
        away=person.id in away,
        chaired=tuple(one.on for one in past if one.chair == person.id and one.on),
        minuted=tuple(one.on for one in past if one.minute_taker == person.id and one.on),
    )
