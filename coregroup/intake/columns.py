"""Finds the row of headings in a table, and which column says what, in English or Welsh."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from coregroup.intake.tables import Table

FIELDS = ("child", "concern", "outcome", "action", "owner", "by_when")
_PLAN_FIELDS = frozenset({"concern", "outcome", "action"})
_LOOKED_AT = 25  # how far down a table its headings may stand

# In this order: "what needs to change" holds "needs", and "action by whom" holds "action".
_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        ("number", r"(no|nos|number|ref|reference|item|row|rhif|cyf|eitem)?"),
        (
            "child",
            r"(name (of|for) )?(the )?(child|children|young person|child(ren)? s names?)( ren)?"
            r"( s)?( names?)?( concerned)?|(for )?which child(ren)?|enw(au)?( r)? (plentyn|plant)"
            r"|y? ?plentyn|y? ?plant",
        ),
        (
            "outcome",
            r".*\b(needs? to change|must change|has to change|should change|want to (see|change|happen)"
            r"|want to achieve|desired|outcomes?|goals?|objectives?|aims?|success"
            r"|canlyniad(au)?|newid|nod(au)?|amcan(ion)?)\b.*",
        ),
        (
            "by_when",
            r".*\b(when|time ?scales?|time ?frames?|time ?limits?|deadlines?|due|target date|completion"
            r"|dates?|erbyn pryd|pryd|amserlen|dyddiad(au)?)\b.*",
        ),
        (
            "owner",
            r".*\b(whom?|responsib(le|ility|ilities)|owners?|allocated to|assigned to"
            r"|lead (person|agency|professional)|named person|agency|agencies|persons?"
            r"|[pb]wy|cyfrifol(deb)?|asiantaeth(au)?|perchennog)\b.*",
        ),
        (
            "action",
            r".*\b(actions?|will be done|be done|will do|do about|tasks?|steps?|interventions?"
            r"|needs? to happen|should happen|will happen|support|services?|help"
            r"|gweithred(u|iad|oedd|iadau)?|tasg(au)?|camau?|ei wneud|cymorth|cefnogaeth)\b.*",
        ),
        (
            "concern",
            r".*\b(worried|worry|worries|concerns?|risks?|needs?|harms?|dangers?|issues?|problems?|difficult(y|ies)"
            r"|pryder(on|u|us)?|risg(iau)?|anghen(ion)?|niwed|perygl(on)?)\b.*",
        ),
    )
)


@dataclass(frozen=True)
class Headings:
    """The headings of a table: the line they stand in, the field of each column, what was not understood."""

    line: int  # index into the table's lines
    fields: dict[int, str]
    titles: dict[int, str]
    unknown: dict[int, str]
    numbers: frozenset[int] = frozenset()  # columns that only count the rows

    @property
    def score(self) -> int:
        return len(set(self.fields.values()))


def field_of(heading: str) -> str | None:
    """The field that a heading speaks of: one of FIELDS, "number", or None."""
    words = normal(heading)
    return next((name for name, shape in _HEADINGS if shape.fullmatch(words)), None)


def normal(text: str) -> str:
    """Small letters, no accents, no punctuation: how headings and names are compared."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]+|_", " ", plain).split())


def headings_of(table: Table) -> Headings | None:
    """A table's best row of headings: at least two fields, one of them a concern, an outcome or an action."""
    best: Headings | None = None
    for index, line in enumerate(table.lines[:_LOOKED_AT]):
        found = _read(index, line.texts)
        if found and (best is None or found.score > best.score):
            best = found
    return best


def _read(index: int, texts: tuple[str, ...]) -> Headings | None:
    fields: dict[int, str] = {}
    titles: dict[int, str] = {}
    unknown: dict[int, str] = {}
    numbers: set[int] = set()
    for column, text in enumerate(texts):
        if not text:
            continue
        title = " ".join(text.split())
        name = field_of(title) if len(title) <= 150 else None
        if name in FIELDS:
            fields[column], titles[column] = name, title
        elif name is None:
            unknown[column] = title
        else:
            numbers.add(column)
    named = set(fields.values())
    if len(named) < 2 or not named & _PLAN_FIELDS or len(unknown) > len(fields) + 3:
        return None
    return Headings(index, fields, titles, unknown, frozenset(numbers))
