"""Which children a row speaks of, by the names in its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from coregroup.intake.columns import normal

Key = TypeVar("Key")

_EVERYONE = frozenset(
    {"all", "both", "all children", "both children", "the children", "children", "all of the children",
     "all the children", "siblings", "pawb", "y plant", "y ddau", "y ddwy", "pob plentyn", "pob un"}
)  # fmt: skip
_PARTED = re.compile(r"[,;/&+\n]|\band\b|\bac\b|\ba\b", re.IGNORECASE)


def children_named(text: str, names: Mapping[Key, str]) -> tuple[tuple[Key, ...], str]:
    """(the children whom a text names, what of it is no child's name).

    `names` are the children's whole names. A first name counts where only one child has it; nothing is
    guessed: of a name that is not theirs, none of them is meant.
    """
    if not text.strip():
        return (), ""
    if normal(text) in _EVERYONE:
        return tuple(names), ""
    found: list[Key] = []
    unread: list[str] = []
    for part in (part.strip() for part in _PARTED.split(text)):
        if not part:
            continue
        meant = _meant(normal(part), names)
        if meant is None:
            unread.append(part)
        elif meant not in found:
            found.append(meant)
    ordered = tuple(key for key in names if key in found)
    return ordered, ", ".join(unread)


def _meant(name: str, names: Mapping[Key, str]) -> Key | None:
    whole = [key for key, one in names.items() if normal(one) == name]
    if len(whole) == 1:
        return whole[0]
    first = [key for key, one in names.items() if normal(one).split()[:1] == [name]]
    return first[0] if len(first) == 1 and not whole else None
