"""Every code has a sentence, and a sentence needs nothing that is not there."""

from __future__ import annotations

import itertools
from dataclasses import fields
from datetime import date
from uuid import uuid4

import pytest

from coregroup.casefile.sentences import Names, Told, sentence
from coregroup.casefile.wordings import AGENDA, ENTRIES, LEDGER, NOTICES
from coregroup.rules import happenings as h
from coregroup.rules.access import Reader
from coregroup.rules.consequences import TABLE, Agenda, Entry, Note, following
from coregroup.rules.moves import ACTION_STATES

TRAITS = frozenset({"missed_contact_urgent", "missed_contact_tells_all"})
CLOCK = (
    "clock_due_soon", "clock_overdue", "child_unallocated", "audience_review_due", "action_due_soon",
    "action_late", "record_not_given", "record_not_opened",
)  # fmt: skip
SAMPLES: dict[str, object] = {
    "UUID": uuid4(), "date": date(2026, 3, 18), "str": "first_core_group", "int": 2, "bool": False,
}  # fmt: skip


def variants(kind: type[h.Happening]) -> list[h.Happening]:
    """One happening of a kind for each answer or kind that it can have."""
    types = {field.name: str(field.type).split(" ")[0] for field in fields(kind)}
    choices = {
        "answer": ("accepted", "declined", "could_not_ask"),
        "kind": ("missed", "cannot_keep") if kind is h.ContactMissed else ("address",),
        "state": ACTION_STATES,
    }
    varied = [name for name in types if name in choices]
    found = []
    for values in itertools.product(*(choices[name] for name in varied)):
        told = {name: SAMPLES[type_] for name, type_ in types.items()}
        told |= dict(zip(varied, values, strict=True))
        found.append(kind(**told))
    return found


HAPPENINGS = [one for kind in TABLE for one in variants(kind)]


def said(table: str, code: str, happening: h.Happening) -> str:
    told = Told(code, happening.data(), "warwickshire", child="Ben", family="Rowe", by="Ann Lee")
    return sentence(table, told, Names({}, Reader(uuid4(), True)))


@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda one: type(one).__name__)
def test_every_happening_and_all_that_follows_has_its_sentence(happening: h.Happening) -> None:
    nothing = said("ledger", "no such thing", happening)
    told = said("ledger", type(happening).__name__, happening)
    assert told != nothing and "%(" not in told and "  " not in told
    for consequence in following(happening, TRAITS):
        table = {Entry: "entry", Note: "notice", Agenda: "agenda"}[type(consequence)]
        words = said(table, consequence.code, happening)
        assert words != nothing, f"no {table} wording for {consequence.code}"
        assert words.endswith((".", "?")) and "%(" not in words and "  " not in words


def test_no_wording_is_left_over() -> None:
    used: dict[str, set[str]] = {"entry": set(), "notice": set(CLOCK), "agenda": set()}
    for happening in HAPPENINGS:
        for consequence in following(happening, TRAITS):
            table = {Entry: "entry", Note: "notice", Agenda: "agenda"}[type(consequence)]
            used[table].add(consequence.code)
    for name, table in (("entry", ENTRIES), ("notice", NOTICES), ("agenda", AGENDA)):
        assert {code.split(":")[0] for code in table} == used[name]
    assert {code.split(":")[0] for code in LEDGER} == {kind.__name__ for kind in TABLE}


@pytest.mark.parametrize("code", CLOCK)
def test_the_clocks_notices_have_their_sentences(code: str) -> None:
    told = Told(
        code,
        {"rule": "first_core_group", "latest": "2026-03-18", "review_on": "2026-03-18",
         "by_when": "2026-03-18", "on": "2026-03-18"},
        "england",
    )  # fmt: skip
    words = sentence("notice", told, Names({}, Reader(uuid4(), True)))
    assert "%(" not in words and "has changed" not in words
    assert ("18 March 2026" in words) is (code != "child_unallocated")
