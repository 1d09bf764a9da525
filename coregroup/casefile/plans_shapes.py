"""The frozen shapes in which a child's plan is read. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Who:
    """A person as a plan names them."""

    person: UUID
    name: str
    agency: str = ""
    job_title: str = ""
    professional: bool = True

    def __str__(self) -> str:
        return f"{self.name} ({self.agency})" if self.agency else self.name


@dataclass(frozen=True)
class Trace:
    """The item of the outline plan that a detailed item comes from (R11)."""

    outline: UUID
    position: int
    text: str


@dataclass(frozen=True)
class Answer:
    """What an action's owner said to it (R34); `recorded_by` names somebody else who wrote it."""

    answer: str  # accepted, declined, could_not_ask
    reason: str
    on: date
    recorded_by: str = ""


@dataclass(frozen=True)
class Progress:
    """How far an action is, as somebody said it; `meeting` where it was said in one (R59, R102)."""

    state: str  # rules.moves.ACTION_STATES
    because: str
    on: date
    by_name: str = ""
    meeting: UUID | None = None


@dataclass(frozen=True)
class Line:
    """One item of a plan at one revision, as this reader may see it.

    `content` has the fields of its kind (`rules.plan_fields`). `owner` is who is accountable for an action,
    who keeps a contact, whose views they are. `audience` is "" for the whole group, else `professionals`,
    `named` or `not_to`; a family reader never gets a mark. `beneath` holds the outcomes of a concern, the
    actions of an outcome. `loose` marks an item whose parent this reader may not see.
    """

    item: UUID
    revision: int
    kind: str
    content: Mapping[str, Any]
    owner: Who | None = None
    by_when: date | None = None
    part: str = ""
    part_title: str = ""
    under: UUID | None = None
    trace: Trace | None = None
    new_because: str = ""
    withdrawn_because: str = ""
    answer: Answer | None = None
    audience: str = ""
    audience_reason: str = ""
    by_name: str = ""
    at: datetime | None = None
    beneath: tuple[Line, ...] = ()
    loose: bool = False
    state: str = ""  # of an action, as it stands today; "" where a page does not tell it
    progress: Progress | None = None  # what was last said of it
    proposed: bool = False  # in a meeting that is in session: not in force yet


@dataclass(frozen=True)
class Version:
    """A numbered version: who made it, when, and which guards were passed with a reason."""

    number: int
    by_name: str
    at: datetime
    because: str = ""
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True)
class Passed:
    """A should-guard that was passed: which, why, and by whom."""

    code: str
    reason: str
    by_name: str


@dataclass(frozen=True)
class Outline:
    """An item of the outline plan, and what became of it."""

    id: UUID
    position: int
    text: str
    taken_up: bool = False
    set_aside_because: str = ""


@dataclass(frozen=True)
class PlanSheet:
    """One child's plan on one page, cut for one reader.

    `version` is the version it shows; None shows what is being built. `in_force` is the number of the latest
    version in force, None before the first. `missing` are the codes of the guards that its content does not
    yet meet (`rules.plan_guards`); a family reader gets none.
    """

    group: UUID
    child: UUID
    child_name: str
    born: bool
    procedure: str
    plan_name: str
    version: Version | None
    in_force: int | None
    concerns: tuple[Line, ...] = ()
    loose: tuple[Line, ...] = ()
    contacts: tuple[Line, ...] = ()
    contingencies: tuple[Line, ...] = ()
    views: tuple[Line, ...] = ()
    family_page: Line | None = None
    missing: tuple[str, ...] = ()
    outline_open: tuple[Outline, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    can_build: bool = False
    can_force: bool = False
    reader: UUID | None = None
    passed: tuple[Passed, ...] = ()  # guards passed when the plan came into force
    family: tuple[Who, ...] = ()  # the adults related to the child, for a preview; for professionals
    withheld: bool = False  # a preview for somebody else keeps something back
    meeting: UUID | None = None  # the meeting in session in which changes are proposed; for professionals

    @property
    def empty(self) -> bool:
        """Whether the reader sees nothing on it yet."""
        return next(self.lines(), None) is None

    def lines(self) -> Iterator[Line]:
        """Every line, parents before what hangs beneath."""
        if self.family_page:
            yield self.family_page
        for line in (*self.concerns, *self.loose, *self.contacts, *self.contingencies, *self.views):
            yield from _walk(line)

    @property
    def actions(self) -> tuple[Line, ...]:
        """Every action, wherever it hangs."""
        return tuple(line for line in self.lines() if line.kind == "action")


def _walk(line: Line) -> Iterator[Line]:
    yield line
    for one in line.beneath:
        yield from _walk(one)


@dataclass(frozen=True)
class FieldChange:
    """One field that reads differently, in words."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ItemChange:
    """One item added, withdrawn or changed, in words."""

    item: UUID
    kind: str
    kind_word: str
    heading: str
    fields: tuple[FieldChange, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class PlanDifference:
    """What differs between two versions, in words, for one reader (R10). `b` None is what is being built."""

    child_name: str
    plan_name: str
    a: int
    b: int
    added: tuple[ItemChange, ...] = ()
    withdrawn: tuple[ItemChange, ...] = ()
    changed: tuple[ItemChange, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the two versions read the same to this reader."""
        return not (self.added or self.withdrawn or self.changed)


@dataclass(frozen=True)
class PlanState:
    """How far one child's plan is: for the core group's page."""

    child: UUID
    child_name: str
    state: str  # none, building, in_force
    version: int | None = None
    since: date | None = None
    items: int = 0
    unanswered: int = 0
    missing: tuple[str, ...] = field(default_factory=tuple)
