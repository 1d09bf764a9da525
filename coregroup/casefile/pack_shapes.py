"""The frozen shapes of a meeting pack. Nothing here asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from coregroup.casefile.clocks import ClockLine
from coregroup.casefile.family_first import Asked, Attendance
from coregroup.casefile.plans_shapes import Line, PlanSheet
from coregroup.casefile.updates import GivenUpdate
from coregroup.rules.moves import OPEN_ACTION_STATES


@dataclass(frozen=True)
class Point:
    """One point of the agenda by the procedure."""

    title: str
    text: str


@dataclass(frozen=True)
class PackEntry:
    """One chronology entry: what happened, what it meant for the child, what was done."""

    on: date
    text: str
    impact: str
    done: str
    child: str
    source: str


@dataclass(frozen=True)
class Decision:
    """What the last meeting decided."""

    what: str
    why: str
    child: str


@dataclass(frozen=True)
class Rated:
    """One outcome with how each member rates it now, and how it was rated for the last meeting."""

    child: str
    outcome: str
    now: tuple[tuple[str, int], ...]
    before: tuple[int, ...]


@dataclass(frozen=True)
class CopyLine:
    """Somebody whose copy can be looked at, and how they were given it last, if they were."""

    person: UUID
    name: str
    signs_in: bool
    how: str = ""
    on: date | None = None
    opened_on: date | None = None


@dataclass(frozen=True)
class Pack:
    """A meeting pack for one reader. `reader_name` is whose copy it is; `withheld`: a preview keeps some.

    `copies` are those whose copies the asker can look at as well. `unopened`: it was given to the asker, who
    opens it now for the first time.
    """

    group: UUID
    meeting: UUID
    word: str
    heading: str
    on: date
    starts_at: time | None
    venue: str
    address: str
    chair: str
    minute_taker: str
    reader: UUID | None
    reader_name: str
    language: str
    professional: bool
    preview: bool
    withheld: bool
    agenda: tuple[Point, ...]
    also: tuple[str, ...]
    people: tuple[Asked, ...]
    children: tuple[Attendance, ...]
    last_on: date | None
    decisions: tuple[Decision, ...]
    entries: tuple[PackEntry, ...]
    updates: tuple[GivenUpdate, ...]
    plans: tuple[PlanSheet, ...]
    ratings: tuple[Rated, ...]
    dates: tuple[ClockLine, ...]
    copies: tuple[CopyLine, ...] = ()
    may_give: bool = False
    unopened: bool = False

    def open_actions(self, sheet: PlanSheet) -> tuple[Line, ...]:
        """The actions of one plan with something still to do, the earliest date first."""
        still = (line for line in sheet.actions if line.state in OPEN_ACTION_STATES)
        return tuple(sorted(still, key=lambda line: line.by_when or date.max))
