"""What a meeting's own page is made of, already cut to its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from coregroup.casefile.chairing import Roles
from coregroup.casefile.chronology import EntryLine
from coregroup.rules.access import Capability


@dataclass(frozen=True)
class Coming:
    """A member and what they bring: `update` is given, own (begun, the reader's own) or none.

    `instead` is what they send instead of coming (a code), "" where they come; `counts`: it has come.
    """

    person: UUID
    name: str
    agency: str
    lead: bool
    own: bool
    update: str
    instead: str
    counts: bool
    representative: str


@dataclass(frozen=True)
class GuestComing:
    """Somebody who comes to this meeting only; `part` is a code."""

    name: str
    agency: str
    part: str
    beside: str


@dataclass(frozen=True)
class FamilyAsked:
    """Somebody of the family: whether they were asked what they want said (R30).

    For a child, `decision` says whether it is decided if they come (R66): a code, "" while it is open.
    """

    name: str
    asked: bool
    own: bool
    decides: bool
    decision: str


@dataclass(frozen=True)
class ChildDecision:
    """Whether it is decided if a child comes (R66); `decision` is a code, "" while it is open."""

    name: str
    decision: str


@dataclass(frozen=True)
class Move:
    """A planned meeting was moved: from which day, why, by whom."""

    was: date | None
    reason: str
    by: str


@dataclass(frozen=True)
class MeetingPage:
    """The whole page. `on` is the day held, or planned; `replaced_by` leads from a cancelled one on."""

    group: UUID
    id: UUID
    heading: str
    word: str
    record_word: str
    lead_word: str
    state: str
    on: date
    at: time | None
    today: date
    venue: str
    address: str
    link: str
    access: tuple[str, ...]
    private: bool | None
    notes: str
    professional: bool
    guest: bool
    can: frozenset[Capability]
    needs: tuple[str, ...]
    roles: Roles
    coming: tuple[Coming, ...]
    guests: tuple[GuestComing, ...]
    family: tuple[FamilyAsked, ...]
    children: tuple[ChildDecision, ...]
    agenda: tuple[EntryLine, ...]
    moves: tuple[Move, ...]
    ended_because: str
    authorised_by: str
    replaced_by: UUID | None
    replaced_on: date | None
    day_off: bool
    replaces: UUID | None  # the one in whose place it stands, with what was said and sent for that
    replaces_on: date | None

    @property
    def ahead(self) -> bool:
        return self.state == "planned"

    @property
    def over(self) -> bool:
        return self.state in ("closed", "confirmed", "held")
