"""Whom a professional can name or shut out when they say who may see something (R57)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut, cut_of, family_known
from coregroup.casefile.telling import telling_of
from coregroup.records.models import Membership, Person
from coregroup.rules.access import Actor, Capability


@dataclass(frozen=True)
class PersonChoice:
    """A person of the case: `role` is what they are in it, in few words."""

    id: UUID
    name: str
    role: str
    professional: bool


def people_to_choose(case: Case, cut: Cut) -> tuple[PersonChoice, ...]:
    """Every current member, and every adult of the family, whom the reader may know of. One query."""
    found: dict[UUID, PersonChoice] = {}
    telling = telling_of(case, cut.reader)
    related = family_known(case, cut)
    for member in case.members:
        person = member.person
        family = member.part in (Membership.FAMILY, Membership.CHILD)
        if not (person.id in related if family else telling.may_know(member)):
            continue
        professional = person.kind == Person.PROFESSIONAL
        role = telling.agency(person) if professional else ""
        found[person.id] = PersonChoice(person.id, person.name, role, professional)
    for row in case.relationships:
        if row.adult.person_id in related:
            person = row.adult.person
            found.setdefault(person.id, PersonChoice(person.id, person.name, "", False))
    ordered = sorted(found.values(), key=lambda one: (not one.professional, one.name.casefold(), str(one.id)))
    return tuple(ordered)


def audience_people(
    *, group: UUID, by: Actor, to: Capability = Capability.ADD_FILE
) -> tuple[PersonChoice, ...]:
    """The people to choose among, for a page that reads nothing else of the case. Closed to a stranger."""
    case = open_group(group, by=by, to=to, what="audience")
    return people_to_choose(case, cut_of(case))
