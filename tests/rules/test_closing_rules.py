"""Closing guards and departures from the conference's plan, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coregroup.rules import book, closing, departing
from coregroup.rules import registration as reg
from coregroup.rules.procedure import Item

BEN, BABY, PERSON, AGENCY, ACTION = (UUID(int=n) for n in range(1, 6))
TODAY = date(2026, 4, 20)
HELD = frozenset(item.code for item in book.load("england").questions)
WHOLE = closing.Facts(
    {BEN: PERSON, BABY: None}, heard=frozenset({PERSON}), agencies=(AGENCY,), spoke=frozenset({AGENCY}),
    looked_at=frozenset({BEN, BABY}), asked=HELD, settled=True, next_date=True,
)  # fmt: skip


@pytest.mark.requirement("R13", "R30", "R83", "R84")
@pytest.mark.parametrize(
    ("code", "changes", "lacking"),
    [
        ("voice", {"heard": frozenset()}, (BEN,)),
        ("agencies", {"spoke": frozenset()}, (AGENCY,)),
        ("contingency", {"looked_at": frozenset({BEN})}, (BABY,)),
        ("owners", {"unanswered": (ACTION,)}, (ACTION,)),
        ("questions", {"asked": frozenset()}, tuple(item.code for item in book.load("england").questions)),
        ("next_date", {"next_date": False}, ()),
        ("distribution", {"settled": False}, ()),
    ],
)
def test_each_guard_holds_by_its_own_fact_alone(code: str, changes: Any, lacking: Any) -> None:
    assert all(verdict.held for verdict in closing.judge("england", WHOLE).values())
    verdicts = closing.judge("england", replace(WHOLE, **changes))
    assert [name for name, one in verdicts.items() if not one.held] == [code]
    assert verdicts[code].lacking == lacking


def test_a_reason_for_silence_stands_for_a_voice_and_an_unborn_baby_needs_none() -> None:
    facts = replace(WHOLE, heard=frozenset(), unheard=frozenset({PERSON}))
    assert closing.judge("england", facts)["voice"].held


def test_a_guard_that_a_procedure_adds_holds_once_somebody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Item("interpreter_thanked", {"en": "The interpreter was thanked"}, strictness="must")
    monkeypatch.setattr(book, "load", lambda _name: SimpleNamespace(questions=(), closing={own.code: own}))
    assert not closing.judge("any", WHOLE)[own.code].held
    assert closing.judge("any", replace(WHOLE, said=frozenset({own.code})))[own.code].held


def dated(*ahead: date, departed: bool = False, ended: date | None = None) -> reg.Dated:
    """A first core group on 20 April 2026 under Denbighshire, and what is planned after it."""
    conference, meeting = UUID(int=11), UUID(int=12)
    return reg.Dated(
        meetings=[
            reg.MeetingDay(meeting, TODAY, TODAY, None, ""),
            *(reg.MeetingDay(UUID(int=20 + n), day, None, None, "") for n, day in enumerate(ahead)),
        ],
        conferences=[reg.ConferenceDay(conference, "initial", date(2026, 4, 2), date(2026, 4, 2), None)],
        registrations=[reg.RegistrationSpan(BEN, conference, date(2026, 4, 2), ended)],
        departures=[reg.DepartureDay("next_core_group", TODAY)] if departed else [],
    )


@pytest.mark.requirement("R95", "R109")
@pytest.mark.parametrize(
    ("story", "held"),
    [
        (dated(), False),
        (dated(date(2026, 6, 1)), True),
        (dated(date(2026, 6, 2)), False),  # six weeks end on 1 June
        (dated(date(2026, 5, 20), date(2026, 7, 1)), True),
        (dated(departed=True), True),
        (dated(date(2026, 6, 9), departed=True), True),
        (dated(ended=TODAY), True),
    ],
)
def test_the_next_date_is_inside_the_limit_or_knowingly_not(story: reg.Dated, held: bool) -> None:
    assert closing.next_date_set(story, "denbighshire", [BEN], TODAY) is held


def traced(
    item: int, *, outline: int = 1, asks: str = "a", by: int = 0, limit: int | None = None
) -> departing.Traced:
    """An item that comes from the outline plan."""
    until = TODAY + timedelta(days=limit) if limit is not None else None
    return departing.Traced(UUID(int=item), UUID(int=outline), (asks,), TODAY + timedelta(days=by), until)


@pytest.mark.requirement("R73", "R74")
@pytest.mark.parametrize(
    ("before", "after", "standing", "how"),
    [
        ([traced(1)], [traced(1)], [1], []),
        ([traced(1)], [traced(1, asks="b")], [1], ["changed"]),
        ([traced(1)], [], [], ["withdrawn"]),
        ([traced(1)], [], [1], ["let_go"]),
        ([traced(1)], [traced(1, outline=2)], [1], ["let_go"]),
        ([], [traced(1, by=5, limit=4)], [1], ["later"]),
        ([], [traced(1, by=4, limit=4)], [1], []),
        ([traced(1)], [traced(1), traced(2)], [1, 2], []),
    ],
)
def test_what_departs_from_the_conference(before: Any, after: Any, standing: Any, how: Any) -> None:
    found = departing.departures(before, after, standing=[UUID(int=one) for one in standing])
    assert [one.how for one in found] == how


@given(st.lists(st.integers(1, 9), unique=True))
def test_an_unchanged_plan_departs_from_nothing(items: list[int]) -> None:
    rows = [traced(one) for one in items]
    assert departing.departures(rows, rows, standing=[row.item for row in rows]) == []
