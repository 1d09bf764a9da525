"""Dates and times as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest

from coregroup.web.kit import dates, words

SECOND_OF_APRIL = date(2026, 4, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "2 April 2026", "2nd April 2026", "02 Apr 2026", "Thursday 2 April 2026",
        "Thursday, 2nd of April 2026",
        "2/4/2026", "02/04/2026", "2.4.2026", "2-4-2026", "2 4 2026", "2026-04-02", "2026-04-02T00:00:00",
        "2026/4/2", "April 2, 2026", "2 april 2026", "2-Apr-2026", "2 Ebrill 2026", "Dydd Iau 2 Ebrill 2026",
        "  2   April   2026 ",
    ],
)  # fmt: skip
def test_whole_dates_in_many_spellings(typed: str) -> None:
    assert dates.date_of(typed, "", "") == SECOND_OF_APRIL


@pytest.mark.parametrize("month", ["4", "04", "April", "apr", "Apr.", "Ebrill", "ebr"])
def test_month_box_takes_names(month: str) -> None:
    assert dates.date_of("2", month, "2026") == SECOND_OF_APRIL


def test_day_box_takes_an_ordinal() -> None:
    assert dates.date_of("2nd", "April", "2026") == SECOND_OF_APRIL


@pytest.mark.parametrize(
    ("boxes", "fault", "part"),
    [
        (("", "", ""), dates.EMPTY, "day"),
        (("", "4", "2026"), dates.NO_DAY, "day"),
        (("2", "", "2026"), dates.NO_MONTH, "month"),
        (("2", "4", ""), dates.NO_YEAR, "year"),
        (("2", "4", "26"), dates.SHORT_YEAR, "year"),
        (("2/4/26", "", ""), dates.SHORT_YEAR, "year"),
        (("31", "2", "2026"), dates.NOT_REAL, "day"),
        (("29", "2", "2026"), dates.NOT_REAL, "day"),
        (("2", "13", "2026"), dates.NOT_REAL, "month"),
        (("2", "Brumaire", "2026"), dates.NOT_REAL, "month"),
        (("two", "4", "2026"), dates.NOT_REAL, "day"),
        (("2", "4", "20x6"), dates.NOT_REAL, "year"),
        (("next Thursday", "", ""), dates.NOT_REAL, "day"),
        (("٢", "4", "2026"), dates.NOT_REAL, "day"),
    ],
)
def test_what_is_wrong_is_named(boxes: tuple[str, str, str], fault: str, part: str) -> None:
    with pytest.raises(dates.DateFault) as raised:
        dates.date_of(*boxes)
    assert (raised.value.fault, raised.value.part) == (fault, part)


def test_leap_day_is_real_in_a_leap_year() -> None:
    assert dates.date_of("29/2/2028", "", "") == date(2028, 2, 29)


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_in_both_languages(number: int) -> None:
    for language in (dates.ENGLISH, dates.WELSH):
        assert dates.month_number(language[number - 1]) == number
        assert dates.month_number(language[number - 1][:3].upper()) in {number, *_shared(language, number)}


def _shared(language: tuple[str, ...], number: int) -> set[int]:
    """Months whose first three letters mean another month in the other language."""
    short = language[number - 1][:3]
    return {n for lang in (dates.ENGLISH, dates.WELSH) for n, name in enumerate(lang, 1) if name[:3] == short}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:30", time(10, 30)), ("10.30am", time(10, 30)), ("2pm", time(14)), ("2 p.m.", time(14)),
        ("12am", time(0)), ("12pm", time(12)), ("midday", time(12)), ("14.15", time(14, 15)),
        ("1415", time(14, 15)), ("9", time(9)), ("07:30", time(7, 30)), ("2yh", time(14)),
    ],
)  # fmt: skip
def test_times(typed: str, meant: time) -> None:
    assert dates.time_of(typed) == meant


@pytest.mark.parametrize("typed", ["2", "3:30", "25:00", "10:75", "soon", "", "13pm13"])
def test_times_that_would_need_guessing(typed: str) -> None:
    with pytest.raises(ValueError):
        dates.time_of(typed)


def test_words_for_dates() -> None:
    assert words.longdate(SECOND_OF_APRIL) == "Thursday 2 April 2026"
    assert words.plaindate(SECOND_OF_APRIL) == "2 April 2026"
    assert words.shortdate(SECOND_OF_APRIL) == "2 Apr 2026"
    assert words.longdate(None) == ""
    assert [words.clocktime(t) for t in (time(10, 30), time(14), time(12), time(0))] == [
        "10:30am",
        "2pm",
        "midday",
        "midnight",
    ]


@pytest.mark.requirement("R38")
def test_words_for_dates_in_welsh() -> None:
    from django.utils import translation

    with translation.override("cy"):
        assert words.longdate(SECOND_OF_APRIL) == "Dydd Iau 2 Ebrill 2026"
