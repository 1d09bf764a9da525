"""The kinds of plan item, and what each is made of. Pure: what pages ask and verbs check comes from here.

Texts live in `PlanRevision.content` under the names given here. The person, the date and the part of the plan
are columns of their own: `Kind.person` says what the person column means for a kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

Answered = TypeVar("Answered")


class Shape(StrEnum):
    """How a field is asked and kept."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"  # kept as YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. `needed_if` names (field, value): needed only with that answer."""

    name: str
    shape: Shape = Shape.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()
    needed_if: tuple[str, str] | None = None
    longest: int = 5000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item: its fields, what it hangs under, and which columns it uses.

    `person` is "" (none), "owner" (who is accountable, R9), "keeps" (who keeps the contact, R20) or "whose"
    (whose words they are, R33). `traced` items come from the outline or say why they are new (R11).
    """

    code: str
    fields: tuple[Field, ...]
    under: str = ""
    person: str = ""
    dated: bool = False
    part: bool = False
    traced: bool = False
    single: bool = False

    def field(self, name: str) -> Field:
        """One field by its name; KeyError if the kind has none of that name."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


UNITS = ("days", "working_days", "weeks", "months")
ALONE = ("yes", "where_possible", "no")
SOUGHT = ("direct", "advocate", "other")  # R111
ANSWERS = ("accepted", "declined", "could_not_ask")  # R34
# The six parts of a plan (R81). Their titles are the procedure's own.
PARTS = ("safety", "monitoring", "assessment", "change", "achieving_best", "contingency")

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("concern", (Field("worry"),), traced=True),
        Kind(  # what must change, by how much, by when: three separate fields (R31, R32)
            "outcome",
            (
                Field("change"),
                Field("by_how_much"),
                Field("baseline", required=False),
                Field("measure", required=False),
                Field("evidence", required=False),
            ),
            under="concern",
            dated=True,
            traced=True,
        ),
        Kind("action", (Field("what"),), under="outcome", person="owner", dated=True, part=True, traced=True),
        Kind(
            "contact",
            (
                Field("every", Shape.NUMBER),
                Field("unit", Shape.CHOICE, choices=UNITS),
                Field("where", Shape.LINE, longest=300),
                Field("alone", Shape.CHOICE, choices=ALONE),
                Field("purpose"),
            ),
            person="keeps",
        ),
        Kind("contingency", (Field("trigger"), Field("response"), Field("who", Shape.LINE, longest=300))),
        Kind(
            "view",
            (
                Field("words"),
                Field("sought", Shape.CHOICE, choices=SOUGHT),
                Field("how", Shape.LINE, required=False, needed_if=("sought", "other"), longest=300),
                Field("on", Shape.DATE),
                Field("taken_by", Shape.LINE, longest=200),
            ),
            person="whose",
        ),
        Kind(
            "family_page",
            (Field("why"), Field("must_change"), Field("we_expect"), Field("help"), Field("if_not")),
            single=True,
        ),
    )
}

# In this order the kinds stand on a plan.
ORDER = ("family_page", "concern", "outcome", "action", "contact", "contingency", "view")


def heading(kind: str) -> str:
    """The field by which an item of this kind is called: its first text."""
    return {"contact": "purpose"}.get(kind, KINDS[kind].fields[0].name)


def tidy(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it is kept: every field of the kind, spaces trimmed, numbers and dates in one spelling.

    Raises ValueError for a field that the kind does not have. What cannot be read stays as it came; `faults`
    names it.
    """
    known = {field.name for field in KINDS[kind].fields}
    if strange := set(content) - known:
        raise ValueError(f"{kind} has no field {', '.join(sorted(strange))}")
    return {field.name: _tidied(field, content.get(field.name)) for field in KINDS[kind].fields}


def _tidied(field: Field, value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if field.shape is Shape.NUMBER and text.isascii() and text.isdecimal() and len(text) < 6:
        return int(text)
    if field.shape is Shape.LINE:
        return " ".join(text.split())
    return text


def faults(kind: str, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, code) of everything that keeps tidied content from being saved.

    Codes: `missing`, `unknown_choice`, `not_a_number`, `not_a_date`, `too_long`.
    """
    found = []
    for field in KINDS[kind].fields:
        code = _fault(field, content.get(field.name, ""), content)
        if code:
            found.append((field.name, code))
    return found


def _fault(field: Field, value: Any, content: Mapping[str, Any]) -> str:
    if value == "":
        needed = field.needed_if
        asked = field.required or (needed is not None and content.get(needed[0]) == needed[1])
        return "missing" if asked else ""
    if field.shape is Shape.CHOICE:
        return "" if value in field.choices else "unknown_choice"
    if field.shape is Shape.NUMBER:
        return "" if isinstance(value, int) and 1 <= value <= 366 else "not_a_number"
    if field.shape is Shape.DATE:
        return "" if is_date(value) else "not_a_date"
    return "too_long" if len(str(value)) > field.longest else ""


def is_date(value: Any) -> bool:
    """Whether a kept date reads as one."""
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def demand(owner: object, by_when: object, content: Mapping[str, Any]) -> tuple[str, str, str]:
    """What an action asks of whom by when. An answer holds as long as this stays the same (R34)."""
    return (str(owner), str(by_when), str(content.get("what", "")))


def full_demand(kind: str, owner: object, by_when: object, content: Mapping[str, Any]) -> tuple[str, ...]:
    """What an item of any kind asks: who, by when, and what is to be done or to change (R73, R74)."""
    names = (heading(kind), "by_how_much")
    return (str(owner), str(by_when), *(str(content.get(name, "")) for name in names))


def standing_answer(
    asked: tuple[str, str, str], answers: Iterable[tuple[tuple[str, str, str], Answered]]
) -> Answered | None:
    """The last of an action's answers that was given to what is asked now; None if there is none."""
    standing = None
    for given_to, answer in answers:
        if given_to == asked:
            standing = answer
    return standing
