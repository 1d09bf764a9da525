"""The cut: every reading of a case asks here whether its reader may see an item."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from coregroup.access.doors import Case
from coregroup.records.models import Audience
from coregroup.rules import access


@dataclass(frozen=True, eq=False)
class Cut:
    """All audiences of one group, loaded once (one query), and one reader."""

    reader: access.Reader
    values: dict[UUID, access.Audience]
    reasons: dict[UUID, str]

    def sees(self, audience_id: UUID, child: UUID | None = None) -> bool:
        """May the reader see an item of this audience, about this child (None: the whole group)?"""
        value = self.values.get(audience_id)
        return value is not None and access.may_see(value, self.reader, child=child)

    def value(self, audience_id: UUID) -> access.Audience:
        return self.values[audience_id]

    def for_reader(self, reader: access.Reader) -> Cut:
        return Cut(reader, self.values, self.reasons)


def family_known(case: Case, cut: Cut) -> frozenset[UUID]:
    """The persons of the family whom a reader may know of: their children, and who is related to these."""
    children = {child.person_id for child in case.children if child.id in cut.reader.children}
    adults = {
        row.adult.person_id for row in case.relationships
        if cut.sees(row.adult.audience_id) and cut.sees(row.audience_id, row.child_id)
    }  # fmt: skip
    return frozenset(children | adults)


def cut_of(case: Case, reader: access.Reader | None = None) -> Cut:
    """The cut of a case for its actor, or for another reader: never more than the actor may see.

    One query, whatever the number of items.
    """
    rows = (
        Audience.objects.filter(group_id=case.group.id)
        .order_by()
        .values_list("id", "base", "reason", "persons__person_id", "persons__shut_out")
    )
    bases: dict[UUID, str] = {}
    reasons: dict[UUID, str] = {}
    named: dict[UUID, set[UUID]] = {}
    shut: dict[UUID, set[UUID]] = {}
    for audience, base, reason, person, out in rows:
        bases[audience], reasons[audience] = base, reason
        if person is not None:
            (shut if out else named).setdefault(audience, set()).add(person)
    values = {
        row: access.Audience(access.Base(base), frozenset(named.get(row, ())), frozenset(shut.get(row, ())))
        for row, base in bases.items()
    }
    own = case.reader()
    if reader is None or reader == own:
        return Cut(own, values, reasons)
    return _Both(reader, values, reasons, own)


@dataclass(frozen=True, eq=False)
class _Both(Cut):
    """Another reader's cut, held to what the asker may see as well."""

    asker: access.Reader

    def sees(self, audience_id: UUID, child: UUID | None = None) -> bool:
        value = self.values.get(audience_id)
        return (
            value is not None
            and access.may_see(value, self.reader, child=child)
            and access.may_see(value, self.asker, child=child)
        )

    def withheld(self, audience_id: UUID, child: UUID | None = None) -> bool:
        """The asker sees it and the reader does not: a preview may mark *that* it is withheld."""
        value = self.values.get(audience_id)
        return (
            value is not None
            and access.may_see(value, self.asker, child=child)
            and not access.may_see(value, self.reader, child=child)
        )
