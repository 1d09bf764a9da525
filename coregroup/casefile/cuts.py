"""The cuts of many cases at once, in one query: for pages that show a line of each."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from coregroup.casefile.audiences import Cut
from coregroup.records.models import Audience
from coregroup.rules import access


def cuts_of(readers: Mapping[UUID, access.Reader]) -> dict[UUID, Cut]:
    """For each group its reader's cut. One query, whatever the number of groups and items."""
    rows = (
        Audience.objects.filter(group_id__in=list(readers))
        .order_by()
        .values_list("group_id", "id", "base", "reason", "persons__person_id", "persons__shut_out")
    )
    bases: dict[UUID, dict[UUID, str]] = {group: {} for group in readers}
    reasons: dict[UUID, dict[UUID, str]] = {group: {} for group in readers}
    named: dict[UUID, set[UUID]] = {}
    shut: dict[UUID, set[UUID]] = {}
    for group, audience, base, reason, person, out in rows:
        bases[group][audience] = base
        reasons[group][audience] = reason
        if person is not None:
            (shut if out else named).setdefault(audience, set()).add(person)
    return {
        group: Cut(reader, _values(bases[group], named, shut), reasons[group])
        for group, reader in readers.items()
    }


def cut_for(group: UUID, reader: access.Reader) -> Cut:
    """The cut of one case. One query."""
    return cuts_of({group: reader})[group]


def _values(
    bases: Mapping[UUID, str], named: Mapping[UUID, set[UUID]], shut: Mapping[UUID, set[UUID]]
) -> dict[UUID, access.Audience]:
    return {
        audience: access.Audience(
            access.Base(base), frozenset(named.get(audience, ())), frozenset(shut.get(audience, ()))
        )
        for audience, base in bases.items()
    }
