"""What a reader may be told of a member beside the name: some of it would tell what is kept from them.

A school's name says where a child is; a role in free text may name a child whom a half-sibling's father must
not know of. Asked wherever a member's agency or role is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coregroup.access.doors import Case
from coregroup.records.models import Membership, Person
from coregroup.rules.access import Reader

# What somebody must not learn, and the kind of agency whose very name would tell it.
TELLING = {"school": "education", "health": "health"}


@dataclass(frozen=True)
class Telling:
    """What is kept from one reader: kinds of agency by name, and names that no free text may tell them."""

    reader: Reader
    kinds: frozenset[str]
    names: frozenset[str]

    def may_name_agency(self, person: Person) -> bool:
        """May the reader learn for which agency this person works?"""
        own = person.id == self.reader.person
        return own or person.agency is None or person.agency.kind not in self.kinds

    def agency(self, person: Person) -> str:
        """The agency's name; nothing where the reader must not learn it."""
        return person.agency.name if person.agency and self.may_name_agency(person) else ""

    def words(self, text: str) -> str:
        """A free text; nothing where it names a person or an agency that the reader must not know of."""
        hidden = any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in self.names)
        return "" if hidden else text

    def may_know(self, member: Membership) -> bool:
        """May the reader know of this professional? One limited to some children shows with these."""
        if not member.limited_to or member.person_id == self.reader.person:
            return True
        return bool({str(child) for child in member.limited_to} & {str(one) for one in self.reader.children})


def telling_of(case: Case, reader: Reader) -> Telling:
    """What is kept from a reader of a case. No query beyond the case's relationships."""
    hidden = {
        child.person.given_name.casefold() for child in case.children if child.id not in reader.children
    }
    shown = {child.person.given_name.casefold() for child in case.children if child.id in reader.children}
    kinds: set[str] = set()
    if hidden or not reader.professional:
        for row in case.relationships:
            name = row.adult.person.given_name.casefold()
            (shown if row.child_id in reader.children else hidden).add(name)
            if row.adult.person_id == reader.person and not reader.professional:
                kinds |= {TELLING[code] for code in row.adult.must_not_learn if code in TELLING}
    offices = [member.person.agency for member in case.members if member.person.agency]
    agencies = {office.name.casefold() for office in offices if office.kind in kinds}
    names = (hidden - shown) | agencies
    return Telling(reader, frozenset(kinds), frozenset(name for name in names if name))
