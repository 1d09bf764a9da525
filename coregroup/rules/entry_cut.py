"""What of an entry somebody may read who must not learn of every child of the family.

An entry about one child goes with that child. One about the whole family that is free text may name any of
them: it is withheld from a limited reader, and only what was chosen from a list, or a date, stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from coregroup.rules.access import Reader
from coregroup.rules.meeting_entries import KINDS


def own_words(kind: str, about: UUID | None, reader: Reader, *, wrote_all: bool) -> bool:
    """Are these the reader's own words: spoken by them, or every saving of them their own?"""
    return wrote_all or (KINDS[kind].spoken and about is not None and about == reader.person)


def readable(
    kind: str, content: Mapping[str, Any], *, child: UUID | None, reader: Reader, own: bool
) -> Mapping[str, Any] | None:
    """The content as this reader has it, None where nothing of it is theirs to read."""
    if child is not None or not reader.limited or own:
        return content
    plain = [field.name for field in KINDS[kind].fields if field.choices or field.date]
    return {name: content[name] for name in plain if name in content} if plain else None


def may_write(kind: str, field: str, *, child: UUID | None, reader: Reader) -> bool:
    """May this reader write into this field what others have begun, which they cannot read?"""
    if child is not None or not reader.limited:
        return True
    told = KINDS[kind].field(field)
    return told is not None and bool(told.choices or told.date)
