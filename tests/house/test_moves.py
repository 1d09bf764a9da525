"""Every move that the tables draw is made by a verb that there is, and by no other name."""

from __future__ import annotations

import importlib

import pytest

from coregroup.rules import moves
from tests.house import tree

# What a table calls a verb for short, where the function says more.
IN_FULL = {
    "meeting": {"confirm": "confirm_record", **{
        verb: f"{verb}_meeting" for verb in ("book", "rearrange", "cancel", "begin", "close", "abandon")
    }},
    "record": {"close": "close_meeting", "correct": "correct_entry", "confirm": "confirm_record"},
}  # fmt: skip


def verbs() -> dict[str, str]:
    """Every public function of casework, with the module in which it stands."""
    return {node.name: path.stem for path in tree.modules("casework") for node in tree.public_functions(path)}


@pytest.mark.parametrize("name", list(moves.TABLES))
def test_every_verb_of_a_table_is_a_function(name: str) -> None:
    known = verbs()
    wanted = {move.verb: IN_FULL.get(name, {}).get(move.verb, move.verb) for move in moves.TABLES[name]}
    missing = {verb: full for verb, full in wanted.items() if full not in known}
    assert not missing
    for full in wanted.values():
        assert callable(getattr(importlib.import_module(f"coregroup.casework.{known[full]}"), full))


@pytest.mark.parametrize("name", list(moves.TABLES))
def test_every_state_can_be_reached_and_what_is_not_drawn_is_refused(name: str) -> None:
    table = moves.TABLES[name]
    reached = {table[0].before}
    for _turn in table:
        reached |= {move.after for move in table if move.before in reached}
    assert reached == {state for move in table for state in (move.before, move.after)}
    drawn = {(move.before, move.verb) for move in table}
    for state in reached:
        for verb in {move.verb for move in table}:
            assert moves.can_move(table, state, verb) is ((state, verb) in drawn)
