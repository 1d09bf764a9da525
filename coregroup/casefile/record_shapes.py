"""The record of a meeting as every rendering reads it: sections of parts, in words, cut to one reader.

The page, the PDF, the Word file and the tables for other systems are all made of these, so that none of them
can say more than another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Words:
    """A paragraph; `label` stands before it."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Title:
    """A heading within a section: a child's name, a concern."""

    text: str
    level: int = 3


@dataclass(frozen=True)
class Said:
    """Somebody's own words, and whose they are."""

    words: str
    whose: str


@dataclass(frozen=True)
class Facts:
    """Labels with their values."""

    caption: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """A table. `code` names it for the export: attendance, actions, chronology, ratings ..."""

    code: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class ChangedField:
    """One field of a changed item."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """An item of a plan that was added, withdrawn or changed; `departs`: from what the conference decided."""

    kind: str  # added, withdrawn, changed
    what: str
    kind_word: str
    fields: tuple[ChangedField, ...]
    because: str = ""
    departs: bool = False
    child: str = ""


@dataclass(frozen=True)
class Correction:
    """That something was corrected: by whom, when, why, and what it said before (R29)."""

    what: str
    by_name: str
    on: date
    because: str
    before: tuple[tuple[str, str], ...] = ()
    beside: str = ""  # a correction that stands beside the record


Part = Words | Title | Said | Facts | Listing | Change | Correction


@dataclass(frozen=True)
class Section:
    """One section: its code (`rules.record_sections`), title and parts; empty ones are left out."""

    code: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Record:
    """The record of one meeting for one reader.

    `mode` is "minutes" or "updated_plan" (R89). `edition` counts its corrections from 1. `given_unopened`: it
    was given to the reader, who opens it now for the first time.
    """

    group: UUID
    meeting: UUID
    procedure: str
    mode: str
    title: str
    about: str
    held_on: date
    state: str
    closed_at: datetime
    closed_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    edition: int
    sections: tuple[Section, ...]
    children: tuple[str, ...] = ()
    can_correct: bool = False
    can_add_correction: bool = False
    can_confirm: bool = False
    can_hand_out: bool = False
    may_see_distribution: bool = False
    given_unopened: bool = False
    withheld: bool = False

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None

    def section(self, code: str) -> Section | None:
        """One section by its code, or None where it is empty."""
        return next((one for one in self.sections if one.code == code), None)

    def tables(self, code: str) -> Iterator[Listing]:
        """Every table of that code."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Listing) and part.code == code:
                    yield part

    def changes(self) -> Iterator[tuple[str, Change]]:
        """Every change of a plan, with the title of its section."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Change):
                    yield section.title, part
