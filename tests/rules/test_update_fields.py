"""What an update holds, what cannot be kept, what sharing it lacks; and its moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coregroup.rules import moves
from coregroup.rules.errors import Refused
from coregroup.rules.update_fields import ALL, FAMILY, faults, fields_of, form_name, lacking

CHILD = "0d6d3031-6124-43b4-826c-b2559608b80b"


@pytest.mark.requirement("R17")
@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ({}, []),
        ({"shared": "yes"}, ["no_on", "no_how"]),
        ({"shared": "yes", "on": "2026-03-18", "how": "Letter"}, []),
        ({"shared": "no", "because": " "}, ["no_because"]),
        ({"shared": "no", "because": "They were away."}, []),
    ],
)
def test_sharing_says_when_and_how_or_why_not(content: dict[str, str], codes: list[str]) -> None:
    assert [code for _name, code in lacking(content)] == codes


@pytest.mark.parametrize(
    ("about", "content", "code"),
    [
        (ALL, {"contact": "x" * 20_001}, "too_long"), (ALL, {"nothing_new": "no"}, "unknown_choice"),
        (ALL, {"changed": "x"}, "unknown_field"), (CHILD, {"contact": "x"}, "unknown_field"),
        (FAMILY, {"on": "yesterday"}, "not_a_date"), (FAMILY, {"said": 3}, "unknown_field"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept(about: str, content: dict[str, str], code: str) -> None:
    assert [found for _name, found in faults(about, content)] == [code]


@given(st.sampled_from([ALL, FAMILY, CHILD]))
def test_an_empty_part_is_kept_and_its_names_are_apart(about: str) -> None:
    assert faults(about, {field.name: "" for field in fields_of(about)}) == []
    names = {form_name(about, field.name) for field in fields_of(about)}
    others = {
        form_name(one, field.name) for one in {ALL, FAMILY, CHILD} - {about} for field in fields_of(one)
    }
    assert not names & others


@pytest.mark.requirement("R16")
@given(st.lists(st.sampled_from([move.verb for move in moves.UPDATE]), max_size=30))
def test_nothing_is_written_on_while_it_is_given_and_only_a_change_takes_it_back(verbs: list[str]) -> None:
    state = moves.START
    for verb in verbs:
        before = state
        try:
            state = moves.after(moves.UPDATE, state, verb, "no")
        except Refused:
            assert not moves.can_move(moves.UPDATE, before, verb)
        if before == "given" and state != before:
            assert (verb, state) == ("change_update", "draft")
        if state == "returned" and before != state:
            assert (before, verb) == ("with_manager", "return_update")
