"""What differs between two versions of a plan. Pure: entries in, codes and values out (R10).

The reader's cut is made before: whoever calls this hands in only what the reader may see in both versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as it stands in a version: its kind, what it is called, and every field with its value."""

    item: UUID
    kind: str
    heading: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One field that reads differently."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """An item that stands in both versions with at least one field different."""

    before: Entry
    after: Entry
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs: what was added, what was withdrawn, what was changed, in the plan's order."""

    added: tuple[Entry, ...] = ()
    withdrawn: tuple[Entry, ...] = ()
    changed: tuple[Changed, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the two versions read the same."""
        return not (self.added or self.withdrawn or self.changed)


def between(before: Iterable[Entry], after: Iterable[Entry]) -> Differences:
    """What must be done to `before` to make it read like `after`."""
    earlier = {entry.item: entry for entry in before}
    later = {entry.item: entry for entry in after}
    changed = []
    for item, new in later.items():
        if item in earlier and (changes := _changes(earlier[item], new)):
            changed.append(Changed(earlier[item], new, changes))
    return Differences(
        added=tuple(entry for item, entry in later.items() if item not in earlier),
        withdrawn=tuple(entry for item, entry in earlier.items() if item not in later),
        changed=tuple(changed),
    )


def _changes(old: Entry, new: Entry) -> tuple[Change, ...]:
    names = [*new.fields, *(name for name in old.fields if name not in new.fields)]
    pairs = [(name, old.fields.get(name, ""), new.fields.get(name, "")) for name in names]
    return tuple(Change(name, was, now) for name, was, now in pairs if was != now)
