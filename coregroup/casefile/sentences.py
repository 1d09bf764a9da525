"""Sentences from codes: what notices, chronology, agenda and ledger say, made when they are read (R38).

Stored are codes and values; the sentence comes out in the reader's language, with the procedure's own words
for roles and things, and with names that are looked up for the whole page in one query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from coregroup.casefile.wordings import AGENDA, ENTRIES, LEDGER, NOTICES
from coregroup.records.models import Person
from coregroup.rules import book
from coregroup.rules.access import Reader
from coregroup.rules.procedure import Unknown, say

TABLES: Mapping[str, Mapping[str, Any]] = {
    "notice": NOTICES, "entry": ENTRIES, "agenda": AGENDA, "ledger": LEDGER,
}  # fmt: skip
PERSON_KEYS = ("person", "owner", "recipient")
WORDS = (
    "lead_worker", "core_group", "outline_plan", "line_manager", "review_conference", "conference",
    "chronology",
)  # fmt: skip


def lang_now() -> str:
    """The reader's language as the procedures know it: en or cy."""
    return (get_language() or "en").split("-")[0]


def persons_in(data: Mapping[str, Any]) -> set[UUID]:
    """The persons whom a happening's values name."""
    found = set()
    for key in PERSON_KEYS:
        try:
            found.add(UUID(str(data.get(key, ""))))
        except ValueError:
            continue
    return found


def load_persons(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """The persons of these ids. One query, also for none."""
    return {person.id: person for person in Person.objects.filter(Q(id__in=list(ids)))}


@dataclass(frozen=True)
class Names:
    """Whom the sentences of one page may name, to one reader.

    A family person is not told the name of another family person by a sentence, nor is a professional who may
    not know of every child: it could be one they must not know of.
    """

    persons: Mapping[UUID, Person]
    reader: Reader

    def of(self, value: Any) -> str:
        """A person's name; "somebody" where they cannot be named."""
        try:
            person = self.persons.get(UUID(str(value)))
        except ValueError:
            return gettext("the file") if value == "file" else gettext("somebody")
        if person is None:
            return gettext("somebody")
        if person.id == self.reader.person:
            return gettext("you")
        may_not_know = self.reader.limited or not self.reader.professional
        if may_not_know and person.kind == Person.FAMILY:
            return gettext("somebody in the family")
        return person.name


@dataclass(frozen=True)
class Told:
    """What a sentence is made from: code and values, the child's name (empty: the whole group), by whom."""

    code: str
    data: Mapping[str, Any]
    procedure: str
    child: str = ""
    family: str = ""
    by: str = ""


def sentence(kind: str, told: Told, names: Names) -> str:
    """The sentence for a code: `kind` is notice, entry, agenda or ledger. An unknown code says so plainly."""
    wording = TABLES[kind].get(_variant(told))
    if wording is None:
        return gettext("Something has changed in this core group.")
    words = str(wording) % _Values(told, names)
    return words[:1].upper() + words[1:]


def _variant(told: Told) -> str:
    """One code may have several wordings, by one of its values."""
    if told.code in ("contact_missed", "ContactMissed"):
        return f"{told.code}:{told.data.get('kind', 'missed')}"
    if told.code == "ActionAnswered":
        return f"{told.code}:{told.data.get('answer', 'accepted')}"
    return told.code


class _Values(dict[str, str]):
    """Looks up what a wording asks for, and nothing else."""

    def __init__(self, told: Told, names: Names) -> None:
        super().__init__()
        self.told = told
        self.names = names

    def __missing__(self, key: str) -> str:
        told = self.told
        if key == "child":
            return told.child or gettext("the children")
        if key in ("family", "by"):
            return str(getattr(told, key)) or gettext("somebody")
        if key in PERSON_KEYS:
            return self.names.of(told.data.get(key, ""))
        if key in WORDS:
            return _word(told.procedure, key)
        if key == "rule":
            return rule_title(told.procedure, str(told.data.get("rule", "")))
        return _plain(told.data.get(key))


def _word(procedure: str, key: str) -> str:
    try:
        return book.load(procedure).word(key, lang_now())
    except Unknown:
        return key.replace("_", " ")


def rule_title(procedure: str, rule: str) -> str:
    """A timescale's own title; the rule's name where the procedure no longer has it."""
    found = book.load(procedure).rules.get(rule)
    return say(found.title, lang_now()) if found else rule.replace("_", " ")


def _plain(value: Any) -> str:
    """A value as it stands in a sentence; an ISO date in words."""
    if isinstance(value, str):
        try:
            return date_format(date.fromisoformat(value), "j F Y", use_l10n=False)
        except ValueError:
            return value
    return "" if value is None else str(value)
