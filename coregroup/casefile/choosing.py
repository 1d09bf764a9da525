"""Whom a professional can name or shut out when they say who may see something (R57)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut, cut_of
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
    related = {
        row.adult.person_id for row in case.relationships
        if cut.sees(row.adult.audience_id) and cut.sees(row.audience_id, row.child_id)
    } | {child.person_id for child in case.children if child.id in cut.reader.children}  # fmt: skip
    for member in case.members:
        person = member.person
        family = member.part in (Membership.FAMILY, Membership.CHILD)
        if not (person.id in related if family else telling.may_know(member)):
            continue
        professional = person.kind == Person.PROFESSIONAL
        role = person.agency.name if professional and person.agency else ""
        found[person.id] = PersonChoice(person.id, person.name, role, professional)
    for row in case.relationships:
        if cut.sees(row.adult.audience_id) and cut.sees(row.audience_id, row.child_id):
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
