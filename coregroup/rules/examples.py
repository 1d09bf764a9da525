"""Worked examples, answered by the very code that they test."""

from __future__ import annotations

from collections.abc import Iterator

from coregroup.rules.procedure import Example, Procedure, Rule
from coregroup.rules.rows import Row
from coregroup.rules.story import Event
from coregroup.rules.timescales import timetable

ASKED = ("expected", "latest", "meet_by", "status")


def all_of(procedure: Procedure) -> Iterator[tuple[Rule, Example]]:
    """Every worked example of a procedure, with its rule."""
    for rule in procedure.rules.values():
        for edition in rule.editions:
            yield from ((rule, example) for example in edition.examples)


def answer(procedure: Procedure, rule: Rule, example: Example) -> Row | None:
    """The row that answers an example; None if the timetable has no such occurrence."""
    events = [Event(name, day) for name, day in example.events]
    rows = [row for row in timetable(procedure, events, as_of=example.as_of) if row.rule == rule.name]
    return rows[example.occurrence - 1] if len(rows) >= example.occurrence else None


def wrong(procedure: Procedure) -> list[str]:
    """A sentence for each example that the timetable does not agree with, and for each that asks nothing."""
    found = []
    for rule, example in all_of(procedure):
        row = answer(procedure, rule, example)
        asked = {key: getattr(example, key) for key in ASKED if getattr(example, key) is not None}
        given = {key: getattr(row, key, None) for key in asked}
        if not asked or asked != given:
            story = ", ".join(f"{name} on {day}" for name, day in example.events)
            found.append(f"{rule.name}, {story}: the example says {_said(asked)}, the rule {_said(given)}")
    return found


def _said(values: dict[str, object]) -> str:
    return ", ".join(f"{key} {value}" for key, value in values.items()) or "nothing"
