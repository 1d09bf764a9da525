"""The frozen shapes in which recommendations are read. Nothing here asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coregroup.casefile.choosing import PersonChoice
from coregroup.casefile.plans_forms import Standing
from coregroup.casefile.workspace_room import Room


@dataclass(frozen=True)
class Given:
    """One recommendation. `written_by` names whoever wrote it for them; `dissents`: from the commonest."""

    person: UUID
    name: str
    agency: str
    opinion: str
    opinion_words: str
    reason: str
    written_by: str = ""
    dissents: bool = False


@dataclass(frozen=True)
class ChildGiven:
    """What is recommended about one child: opened, side by side. `missing` are the members who gave none.

    `common` is the commonest opinion in words, "" where there is no single one.
    """

    child: UUID
    child_name: str
    given: tuple[Given, ...]
    missing: tuple[str, ...]
    common: str = ""
    all_agree: bool = False

    @property
    def dissent(self) -> tuple[Given, ...]:
        return tuple(one for one in self.given if one.dissents)


@dataclass(frozen=True)
class Seat:
    """A member on the list: whether theirs was given for each child, and whether they are here."""

    person: UUID
    name: str
    agency: str
    here: bool
    how: str  # rules.participation, "" while nobody has said
    lacks: tuple[tuple[UUID, str], ...]  # the children for whom none was given
    own: bool = False

    @property
    def given(self) -> bool:
        return not self.lacks


@dataclass(frozen=True)
class RecommendationSheet:
    """The step at which they are opened. While it is sealed, `opened` is empty: only that one was given."""

    room: Room
    group: UUID
    meeting: UUID
    asked: bool  # the procedure asks for them at every core group
    is_open: bool
    seats: tuple[Seat, ...]
    opened: tuple[ChildGiven, ...]
    runs_it: bool
    may_give: bool
    children: int = 1

    @property
    def several(self) -> bool:
        """Whether it is about several children, so that each is named."""
        return self.children > 1

    @property
    def waits_for(self) -> tuple[Seat, ...]:
        """Who is here and has not given theirs."""
        return tuple(seat for seat in self.seats if seat.here and not seat.given)

    @property
    def can_open(self) -> bool:
        here = [seat for seat in self.seats if seat.here]
        return self.runs_it and not self.is_open and bool(here) and not self.waits_for


@dataclass(frozen=True)
class OwnChild:
    """One child in the form of whoever gives a recommendation: what they gave last, if anything."""

    child: UUID
    child_name: str
    question: str
    number: int
    opinion: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RecommendPage:
    """What the page of one's own recommendation needs; or that on which one is written down for somebody."""

    group: UUID
    meeting: UUID
    on: date
    person: UUID | None  # somebody else, for whom it is written down
    person_name: str
    stands_for: str
    children: tuple[OwnChild, ...]
    opinions: tuple[tuple[str, str], ...]
    audience_people: tuple[PersonChoice, ...]
    in_session: bool
    audience: Standing | None = None  # of what they gave last
