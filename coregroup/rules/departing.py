"""What a core group changed of what the conference had decided (R73, R74). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

CHANGED, WITHDRAWN, LET_GO, LATER = "changed", "withdrawn", "let_go", "later"


@dataclass(frozen=True, slots=True)
class Traced:
    """An item of a plan that comes from the conference's outline plan.

    `asks` is what it demands of whom by when; `by_when` its own day, `outline_by` the conference's.
    """

    item: UUID
    outline: UUID
    asks: tuple[str, ...]
    by_when: date | None = None
    outline_by: date | None = None


@dataclass(frozen=True, slots=True)
class Departed:
    """One departure: the item, the outline item it came from, and how: changed, withdrawn, let_go, later.

    `let_go`: it stands, but does not come from that outline item any more. `later`: in the first version it
    stands with a later day than the conference gave.
    """

    item: UUID
    outline: UUID
    how: str


def departures(
    before: Iterable[Traced], after: Iterable[Traced], *, standing: Iterable[UUID]
) -> list[Departed]:
    """What departs from the outline between two versions of one child's plan; `standing` are all later items.

    Without an earlier version the conference's own dates are what is departed from.
    """
    earlier, later, live = list(before), {one.item: one for one in after}, set(standing)
    if not earlier:
        return [
            Departed(one.item, one.outline, LATER) for one in later.values()
            if one.by_when and one.outline_by and one.by_when > one.outline_by
        ]  # fmt: skip
    found = []
    for was in earlier:
        now = later.get(was.item)
        if was.item not in live:
            found.append(Departed(was.item, was.outline, WITHDRAWN))
        elif now is None or now.outline != was.outline:
            found.append(Departed(was.item, was.outline, LET_GO))
        elif now.asks != was.asks:
            found.append(Departed(was.item, was.outline, CHANGED))
    return found
