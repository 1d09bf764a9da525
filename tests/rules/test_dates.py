"""Spans, working days and bank holidays: the decided conventions, at the edges."""

import calendar
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coregroup.rules import dates, holidays_table
from coregroup.rules.dates import BadSpan, OutOfTable, Span, add_months, calendar_of, count

PARTS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
DAYS = st.dates(date(2002, 1, 1), date(2057, 12, 31))
NATIONS = st.sampled_from(dates.NATIONS)
SPANS = st.builds(Span, st.integers(0, 60), st.sampled_from(dates.UNITS))


@pytest.mark.requirement("R7")
@pytest.mark.parametrize(("nation", "part"), PARTS.items())
def test_the_table_agrees_with_the_package_it_was_made_from(nation: str, part: str) -> None:
    years = range(holidays_table.FIRST_YEAR, holidays_table.LAST_YEAR + 1)
    oracle = {day for day in holidays.country_holidays("GB", subdiv=part, years=years) if day.weekday() < 5}
    assert {day for year in years for day in dates.bank_holidays(nation, year)} == oracle


@pytest.mark.requirement("R7")
@pytest.mark.parametrize(
    ("nations", "day"),
    [
        (dates.NATIONS, date(2022, 6, 2)),
        (dates.NATIONS, date(2022, 6, 3)),
        (dates.NATIONS, date(2022, 9, 19)),
        (dates.NATIONS, date(2023, 5, 8)),
        (dates.NATIONS, date(2020, 5, 8)),
        (("scotland",), date(2026, 6, 15)),
        (("scotland",), date(2026, 1, 2)),
        (("scotland",), date(2026, 8, 3)),
        (("scotland",), date(2026, 11, 30)),
        (("england", "wales", "northern-ireland"), date(2026, 4, 6)),
        (("england", "wales", "northern-ireland"), date(2026, 8, 31)),
        (("northern-ireland",), date(2026, 3, 17)),
        (("northern-ireland",), date(2026, 7, 13)),
        (dates.NATIONS, date(2026, 12, 28)),
        ((), date(2020, 5, 4)),  # moved to the 8th that year
        ((), date(2022, 5, 30)),  # moved to 2 June that year
    ],
)
def test_bank_holidays_of_each_nation(nations: tuple[str, ...], day: date) -> None:
    assert [nation for nation in dates.NATIONS if not calendar_of(nation).is_working(day)] == list(nations)


def test_every_holiday_has_a_name_in_both_languages() -> None:
    names = [
        name for n in PARTS for year in (2022, 2023, 2026) for name in dates.bank_holidays(n, year).values()
    ]
    assert all(name["en"] and name["cy"] and name["en"] != name["cy"] for name in names)
    assert (
        dates.bank_holidays("england", 2026)[date(2026, 12, 28)]["en"] == "the substitute day for Boxing Day"
    )


def test_a_day_outside_the_table_is_refused_rather_than_guessed() -> None:
    with pytest.raises(OutOfTable, match="known from 2000 to 2060, not for 2061"):
        calendar_of("england").step(date(2060, 12, 30), 5)
    assert dates.table_starts() == date(2000, 1, 1)
    assert dates.table_ends() == date(2060, 12, 31)


@pytest.mark.requirement("R7", "R101")
@pytest.mark.parametrize(
    ("nation", "anchor", "words", "before", "answer"),
    [
        ("england", date(2026, 4, 2), "10 working days", False, date(2026, 4, 20)),
        ("scotland", date(2026, 4, 2), "10 working days", False, date(2026, 4, 17)),
        ("england", date(2026, 4, 4), "1 working day", False, date(2026, 4, 7)),
        ("england", date(2026, 12, 24), "1 working day", False, date(2026, 12, 29)),
        ("england", date(2026, 12, 23), "10 working days", False, date(2027, 1, 11)),
        ("scotland", date(2026, 12, 23), "10 working days", False, date(2027, 1, 12)),
        ("northern-ireland", date(2026, 7, 10), "1 working day", False, date(2026, 7, 14)),
        ("england", date(2022, 9, 16), "1 working day", False, date(2022, 9, 20)),
        ("england", date(2026, 6, 2), "10 working days", True, date(2026, 5, 18)),
        ("england", date(2026, 1, 5), "10 working days", True, date(2025, 12, 17)),
        ("england", date(2026, 4, 7), "1 working day", True, date(2026, 4, 2)),
        ("england", date(2026, 1, 31), "1 month", False, date(2026, 2, 28)),
        ("england", date(2028, 1, 31), "1 month", False, date(2028, 2, 29)),
        ("england", date(2026, 1, 31), "3 months", False, date(2026, 4, 30)),
        ("england", date(2025, 11, 30), "3 months", False, date(2026, 2, 28)),
        ("england", date(2023, 8, 31), "6 months", False, date(2024, 2, 29)),
        ("england", date(2026, 3, 31), "1 month", True, date(2026, 2, 28)),
        ("england", date(2026, 1, 15), "1 month", True, date(2025, 12, 15)),
        ("england", date(2026, 1, 21), "4 weeks", False, date(2026, 2, 18)),
        ("england", date(2026, 2, 20), "15 days", False, date(2026, 3, 7)),
        ("england", date(2026, 10, 24), "2 days", False, date(2026, 10, 26)),  # the clocks go back
        ("england", date(2026, 4, 3), "0 days", False, date(2026, 4, 3)),
    ],
)
def test_dates_worked_out_by_hand(nation: str, anchor: date, words: str, before: bool, answer: date) -> None:
    assert count(anchor, Span.parse(words), calendar_of(nation), before=before) == answer


@pytest.mark.requirement("R7")
def test_months_are_added_at_once_never_one_by_one() -> None:
    assert add_months(date(2026, 1, 31), 2) == date(2026, 3, 31)
    assert add_months(add_months(date(2026, 1, 31), 1), 1) == date(2026, 3, 28)


def test_closure_days_do_not_count_and_are_told_apart() -> None:
    closed = date(2026, 12, 29)
    working = calendar_of("england", [closed])
    assert working.step(date(2026, 12, 24), 1) == date(2026, 12, 30)
    skipped = working.skipped(date(2026, 12, 24), date(2026, 12, 30))
    assert [(s.day, s.name is None) for s in skipped] == [
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),
        (closed, True),
    ]


@pytest.mark.parametrize(
    "words", ["ten days", "10", "10 Working Days", "-1 days", "1 fortnight", "", "1.5 weeks"]
)
def test_what_is_not_a_span_is_refused(words: str) -> None:
    with pytest.raises(BadSpan, match="is not a span such as"):
        Span.parse(words)


@pytest.mark.parametrize(
    "words", ["10 working days", "1 working day", "15 days", "1 day", "4 weeks", "1 month"]
)
def test_a_span_is_written_as_it_is_read(words: str) -> None:
    assert str(Span.parse(words)) == words


def test_there_is_no_list_for_an_unknown_nation() -> None:
    with pytest.raises(ValueError, match="no bank holidays are held for jersey"):
        calendar_of("jersey")


@given(NATIONS, DAYS, DAYS, SPANS, st.booleans())
def test_a_later_anchor_never_gives_an_earlier_date(
    nation: str, one: date, other: date, span: Span, before: bool
) -> None:
    working = calendar_of(nation)
    first, last = sorted((one, other))
    assert count(first, span, working, before=before) <= count(last, span, working, before=before)


@given(NATIONS, DAYS, st.integers(1, 60), st.booleans())
def test_working_days_land_on_working_days_and_can_be_counted(
    nation: str, day: date, n: int, before: bool
) -> None:
    working = calendar_of(nation)
    end = count(day, Span(n, "working_days"), working, before=before)
    assert working.is_working(end)
    low, high = (end, day - timedelta(1)) if before else (day + timedelta(1), end)
    days = [low + timedelta(i) for i in range((high - low).days + 1)]
    assert sum(map(working.is_working, days)) == n


@given(NATIONS, DAYS, st.integers(0, 40))
def test_back_and_forth_returns_to_a_working_day(nation: str, day: date, n: int) -> None:
    working = calendar_of(nation)
    start = working.on_or_before(day)
    assert working.step(working.step(start, n), -n) == start


@given(DAYS, st.integers(-24, 24))
def test_months_keep_the_day_or_clamp_to_the_last(day: date, n: int) -> None:
    moved = add_months(day, n)
    last = calendar.monthrange(moved.year, moved.month)[1]
    assert moved.day == min(day.day, last)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == n


@given(NATIONS, DAYS)
def test_meet_by_is_the_last_working_day_on_or_before(nation: str, day: date) -> None:
    working = calendar_of(nation)
    found = working.on_or_before(day)
    assert found <= day
    assert working.is_working(found)
    assert not any(working.is_working(found + timedelta(i)) for i in range(1, (day - found).days + 1))


@given(DAYS, st.sets(DAYS, max_size=5), st.integers(1, 20))
def test_closing_more_days_never_brings_a_date_forward(day: date, closed: set[date], n: int) -> None:
    assert calendar_of("england", closed).step(day, n) >= calendar_of("england").step(day, n)
