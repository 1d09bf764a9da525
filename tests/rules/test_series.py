"""The dates of the next meetings: a table for all nine procedures, and what must hold whatever the facts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coregroup.rules import book
from coregroup.rules.registration import ConferenceDay, Dated, DepartureDay, MeetingDay, RegistrationSpan
from coregroup.rules.series import Asked, broken, horizon, series

BEN, AMY, CONFERENCE = UUID(int=1), UUID(int=2), UUID(int=3)
TODAY = date(2026, 3, 18)
HELD = date(2026, 3, 4)
ALL = (
    "england", "wales", "scotland", "northern-ireland", "warwickshire", "nottinghamshire", "denbighshire",
    "scottish-council", "cambridgeshire",
)  # fmt: skip


def asked(
    procedure: str,
    *,
    reviews: tuple[date, ...] = (),
    reviewed: tuple[date, ...] = (),
    met: tuple[date, ...] = (date(2026, 3, 11),),
    planned: tuple[date, ...] = (),
    today: date = TODAY,
    held: date = HELD,
    **more: object,
) -> Asked:
    dated = Dated(
        meetings=[MeetingDay(UUID(int=100 + i), day, day, None, "") for i, day in enumerate(met)]
        + [MeetingDay(UUID(int=200 + i), day, None, None, "") for i, day in enumerate(planned)],
        conferences=[ConferenceDay(CONFERENCE, "initial", held, held, None)]
        + [ConferenceDay(UUID(int=300 + i), "review", day, day, None) for i, day in enumerate(reviewed)]
        + [ConferenceDay(UUID(int=400 + i), "review", day, None, None) for i, day in enumerate(reviews)],
        registrations=[RegistrationSpan(BEN, CONFERENCE, held, None)],
        **more,  # type: ignore[arg-type]
    )
    return Asked(procedure, dated, (BEN, AMY), today)


def days(one: Asked) -> list[str]:
    return [f"{proposal.on:%d %b}" for proposal in series(one)]


@pytest.mark.requirement("R109")
@pytest.mark.parametrize(
    ("procedure", "expected"),
    [
        # No interval laid down: a month apart is suggested, the day clamped to a working day.
        ("england", ["10 Apr", "08 May"]),
        ("scotland", ["10 Apr", "08 May"]),
        ("northern-ireland", ["10 Apr", "08 May"]),
        ("nottinghamshire", ["10 Apr", "08 May"]),
        # Monthly (expected), at the latest six weeks.
        ("wales", ["10 Apr", "08 May"]),
        ("denbighshire", ["10 Apr", "08 May"]),
        # At least monthly: 11 April is a Saturday.
        ("warwickshire", ["10 Apr", "08 May"]),
        # Every four weeks.
        ("scottish-council", ["08 Apr", "06 May"]),
        # Nothing but the one ten working days before the review.
        ("cambridgeshire", ["12 May"]),
    ],
)
def test_the_meetings_up_to_the_review(procedure: str, expected: list[str]) -> None:
    one = asked(procedure, reviews=(date(2026, 5, 27),))
    assert days(one) == expected
    assert horizon(one) == date(2026, 5, 27)
    assert broken(one, [proposal.on for proposal in series(one)]) == ()
    laid_down = procedure not in ("england", "scotland", "northern-ireland", "nottinghamshire")
    for proposal in series(one):
        assert bool(proposal.keeps) == laid_down
        assert proposal.latest is None or proposal.on <= proposal.latest


@pytest.mark.requirement("R101", "R109")
def test_one_more_where_the_gap_is_six_months() -> None:
    long = asked(
        "cambridgeshire", reviewed=(date(2026, 6, 2),), reviews=(date(2026, 11, 25),), today=date(2026, 6, 10)
    )
    found = series(long)
    assert [proposal.on for proposal in found] == [date(2026, 8, 26), date(2026, 11, 11)]
    assert [[row.rule for row in proposal.keeps] for proposal in found] == [
        ["core_group_between_reviews"],
        ["core_group_before_review"],
    ]
    short = asked(
        "cambridgeshire", reviewed=(date(2026, 6, 2),), reviews=(date(2026, 9, 2),), today=date(2026, 6, 10)
    )
    assert [[row.rule for row in one.keeps] for one in series(short)] == [["core_group_before_review"]]


@pytest.mark.requirement("R109")
def test_without_a_planned_review_its_own_limit_ends_the_series() -> None:
    assert horizon(asked("denbighshire")) == date(2026, 6, 4)
    assert days(asked("scottish-council")) == ["08 Apr", "06 May", "03 Jun"]


def test_what_is_booked_already_is_left_alone() -> None:
    booked = asked("denbighshire", reviews=(date(2026, 5, 27),), planned=(date(2026, 4, 20),))
    assert days(booked) == ["20 May"]
    late = asked("denbighshire", reviews=(date(2026, 5, 27),), planned=(date(2026, 5, 20),))
    assert days(late) == ["10 Apr"]  # the gap before it would be too long
    assert [row.rule for row in broken(late, [])] == ["next_core_group"]
    excused = asked(
        "denbighshire", reviews=(date(2026, 5, 27),), planned=(date(2026, 5, 20),),
        departures=[DepartureDay("next_core_group", date(2026, 3, 11))],
    )  # fmt: skip
    assert days(excused) == []
    assert broken(excused, []) == ()


@pytest.mark.requirement("R95", "R109")
def test_a_limit_that_has_gone_by_is_kept_as_soon_as_can_be_and_says_so() -> None:
    overdue = asked("denbighshire", reviews=(date(2026, 5, 27),), met=())
    late = asked("denbighshire", reviews=(date(2026, 5, 27),), met=(), today=date(2026, 3, 27))
    assert days(overdue)[0] == "19 Mar"  # unmet, and the 18th is the last day: tomorrow
    assert days(late)[0] == "30 Mar"
    assert [row.rule for row in broken(late, [date(2026, 3, 30)])] == ["first_core_group"]


def test_no_series_for_a_child_whose_plan_has_ended() -> None:
    one = asked("denbighshire", reviews=(date(2026, 5, 27),))
    one.dated.registrations = [RegistrationSpan(BEN, CONFERENCE, HELD, date(2026, 3, 16))]
    assert series(one) == ()


@given(
    procedure=st.sampled_from(ALL),
    since=st.integers(0, 200),
    gaps=st.lists(st.integers(2, 60), max_size=4),
    ahead=st.lists(st.integers(1, 120), max_size=3, unique=True),
    review=st.none() | st.integers(3, 180),
    closed=st.sets(st.integers(0, 100), max_size=4),
)
@settings(max_examples=30, deadline=None)
def test_every_proposal_is_a_working_day_that_keeps_its_limits(
    procedure: str, since: int, gaps: list[int], ahead: list[int], review: int | None, closed: set[int]
) -> None:
    held = TODAY - timedelta(days=since)
    met, day = [], held
    for gap in gaps:
        day += timedelta(days=gap)
        if day <= TODAY:
            met.append(day)
    one = asked(
        procedure, held=held, met=tuple(met), planned=tuple(TODAY + timedelta(days=n) for n in ahead),
        reviews=() if review is None else (TODAY + timedelta(days=review),),
        closure_days=frozenset(TODAY + timedelta(days=n) for n in closed),
    )  # fmt: skip
    found = series(one)
    proposed = [proposal.on for proposal in found]
    assert proposed == sorted(set(proposed))
    assert all(one.working.is_working(on) and TODAY < on < horizon(one) for on in proposed)
    first = one.working.step(TODAY, 1)
    assert all(row.latest and row.latest < first for row in broken(one, proposed) if row.met_on in proposed)
    assert series(one.with_days(proposed)) == ()


def test_the_sample_names_every_procedure() -> None:
    assert set(ALL) == set(book.identifiers())
