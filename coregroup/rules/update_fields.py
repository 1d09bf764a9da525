"""What a member's update holds: about the meeting as a whole, about each child, about sharing it.

An update is kept while it is written, so what is empty is no fault until it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coregroup.rules import participation

ALL, FAMILY = "all", "family"  # what a part is about; else it is about one child, by the child's id
LONGEST = 20_000
UNDER_WAY = ("planned", "in_session")  # states of a meeting while updates are written for it


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a text up to `longest` characters, one of `choices`, or a date as YYYY-MM-DD."""

    name: str
    choices: tuple[str, ...] = ()
    date: bool = False
    longest: int = LONGEST


_OF_ALL = (Field("contact"), Field("could_not"), Field("nothing_new", ("yes",)))
_OF_FAMILY = (
    Field("shared", ("yes", "no")),
    Field("on", date=True),
    Field("how", longest=200),
    Field("because", longest=1000),
    Field("said"),
)
_OF_CHILD = (Field("changed"),)
# The words that go to the meeting: an update without any of these says nothing.
SAYS_SOMETHING = ("contact", "could_not", "changed")


def fields_of(about: str) -> tuple[Field, ...]:
    """The fields of a part: `all`, `family`, or of a child."""
    return {ALL: _OF_ALL, FAMILY: _OF_FAMILY}.get(about, _OF_CHILD)


def form_name(about: str, field: str) -> str:
    """The name by which a field of a part is asked, told as faulty, and decided between."""
    return field if about in (ALL, FAMILY) else f"{field}_{about}"


def faults(about: str, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, code) of what cannot be kept: `unknown_field`, `unknown_choice`, `not_a_date`, `too_long`."""
    known = {field.name: field for field in fields_of(about)}
    found = []
    for name, value in content.items():
        field = known.get(name)
        if field is None or not isinstance(value, str):
            found.append((name, "unknown_field"))
        elif value and field.choices and value not in field.choices:
            found.append((name, "unknown_choice"))
        elif value and field.date and not participation.is_date(value):
            found.append((name, "not_a_date"))
        elif len(value) > field.longest:
            found.append((name, "too_long"))
    return found


def lacking(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, code) of what sharing with the family lacks, once something was said of it (R17).

    Shared: the day and how. Not shared: why not.
    """
    shared = content.get("shared")
    if shared == "yes":
        return [(name, f"no_{name}") for name in ("on", "how") if not str(content.get(name, "")).strip()]
    if shared == "no" and not str(content.get("because", "")).strip():
        return [("because", "no_because")]
    return []
