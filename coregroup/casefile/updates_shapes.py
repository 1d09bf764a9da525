"""What a member has before them when they write their update for a meeting: frozen shapes (R108)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from coregroup.casefile.choosing import PersonChoice
from coregroup.casefile.plans_forms import Standing
from coregroup.rules.update_fields import SAYS_SOMETHING, UNDER_WAY


@dataclass(frozen=True)
class MeetingHead:
    """The meeting for which an update is written. `under_way`: ahead or in session."""

    group: UUID
    id: UUID
    on: date
    state: str
    word: str

    @property
    def under_way(self) -> bool:
        """Can anything still be brought to it?"""
        return self.state in UNDER_WAY


@dataclass(frozen=True)
class AChild:
    """A child whom the writer may know of."""

    id: UUID
    name: str
    first: str


@dataclass(frozen=True)
class AgreedContact:
    """Contact with a child that the plan gives to this member."""

    child: str
    how_often: str
    purpose: str


@dataclass(frozen=True)
class MissedLine:
    """Agreed contact that was recorded as missed, or as not to be kept."""

    child: str
    kind: str
    on: date


@dataclass(frozen=True)
class OwnActionLine:
    """An action of the member's. `said`: somebody has said how far it is, `fresh`: since the last meeting."""

    item: UUID
    child: str
    what: str
    by_when: date
    state: str
    word: str
    said: bool
    because: str
    late: bool
    fresh: bool


@dataclass(frozen=True)
class OutcomeLine:
    """An outcome to rate: the member's last rating, and whether it was given for this meeting."""

    item: UUID
    child: str
    change: str
    value: int | None
    evidence: str
    on: date | None
    for_this: bool


@dataclass(frozen=True)
class OwnEntry:
    """An entry of the member's that is in the chronology already."""

    id: UUID
    on: date
    text: str
    child: str


@dataclass(frozen=True)
class UpdateState:
    """How far an update is, and what the manager said to it. `changed_since`: after they looked at it."""

    state: str = ""
    base: int = 0
    given_at: datetime | None = None
    checker: str = ""
    checked_at: datetime | None = None
    checker_said: str = ""
    changed_since: bool = False


@dataclass(frozen=True)
class OwnUpdate:
    """What a member, or whoever stands for them, has before them when they write an update.

    `words` are the texts by what they are about (`rules.update_fields`). `since` is the day of the last
    meeting. `own`: it is the reader's own, not that of somebody for whom they stand.
    """

    meeting: MeetingHead
    person: UUID
    name: str
    own: bool
    has_manager: bool
    manager_word: str
    children: tuple[AChild, ...]
    now: UpdateState
    words: Mapping[str, Mapping[str, Any]]
    standing: Standing
    since: date | None
    contacts: tuple[AgreedContact, ...] = ()
    missed: tuple[MissedLine, ...] = ()
    actions: tuple[OwnActionLine, ...] = ()
    outcomes: tuple[OutcomeLine, ...] = ()
    entries: tuple[OwnEntry, ...] = ()
    people: tuple[PersonChoice, ...] = field(default=())

    def told(self, about: str, name: str) -> str:
        """One text as it stands."""
        return str(self.words.get(about, {}).get(name, ""))

    @property
    def written(self) -> bool:
        """Are there words in it?"""
        return any(self.told(about, name).strip() for about in self.words for name in SAYS_SOMETHING)

    @property
    def rated(self) -> int:
        """How many outcomes are rated for this meeting."""
        return sum(one.for_this for one in self.outcomes)

    @property
    def may_write(self) -> bool:
        """Can it be written on now?"""
        return self.meeting.under_way and self.now.state != "given"
