"""A "by when" in the spellings of conferences' records."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coregroup.intake.dates import read_by_when

APRIL = date(2026, 4, 2)


@pytest.mark.parametrize(
    "written",
    [
        "2 April 2026",
        "2/4/2026",
        "02.04.26",
        "2026-04-02",
        "Thursday 2nd April 2026",
        "2-4-26",
        "2 4 2026",
        "2 Apr 26",
        "April 2, 2026",
        "2nd of April, 2026",
        "by Thursday 2 April 2026",
        "Dydd Iau 2 Ebrill 2026",
        "2 EBRILL 2026",
        "Erbyn 2 Ebrill 2026",
        "  2 April\n2026 ",
        APRIL,
        datetime(2026, 4, 2, 9, 30),
    ],
)
def test_a_date_in_many_spellings(written: object) -> None:
    read = read_by_when(written)
    assert (read.date, read.words, read.note, read.fault) == (APRIL, "", "", "")


@pytest.mark.parametrize("serial", [46114, 46114.0, 46114.75, "46114", "46114.0"])
def test_a_spreadsheets_day_count_is_read_and_said(serial: object) -> None:
    read = read_by_when(serial)
    assert read.date == APRIL and "2 April 2026" in read.note and not read.fault


@pytest.mark.parametrize(
    "words",
    [
        "within 4 weeks",
        "ongoing",
        "Ongoing.",
        "before the first core group",
        "1-2 weeks",
        "April 2026",
        "3",
        "every Monday",
        "ar unwaith",
        "ASAP",
        "1/2 days a week",
        5,
        12.5,
    ],
)
def test_words_that_are_no_date_are_kept_and_said(words: object) -> None:
    read = read_by_when(words)
    assert read.date is None and read.words == str(words) and "kept as words" in read.note and not read.fault


def test_words_beside_a_date_are_kept() -> None:
    read = read_by_when("2 April 2026 or sooner if possible")
    assert read.date == APRIL and read.words == "2 April 2026 or sooner if possible" and read.note


@pytest.mark.parametrize(
    ("written", "because"),
    [
        ("31/02/2026", "not a date"),
        ("4/13/2026", "not a date"),
        ("0.4.26", "not a date"),
        ("2/4", "not a date"),
        ("2 April", "not a date"),
        ("April 2nd", "not a date"),
        ("29 February 2027", "not a date"),
        ("Friday 2 April 2026", "Thursday 2 April 2026"),
        ("2/4/2026 or 9/4/2026", "more than one"),
        ("2 April 2062026", "not a date"),
        ("1.1.1026", "1026"),
        (date(1900, 1, 1), "1900"),
    ],
)
def test_what_is_ambiguous_or_impossible_is_a_fault(written: object, because: str) -> None:
    read = read_by_when(written)
    assert (
        read.date is None
        and because in read.fault
        and read.words == (written if isinstance(written, str) else "1900-01-01")
    )


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back_from_every_spelling(day: date) -> None:
    month = day.strftime("%B")
    for written in (
        f"{day.day} {month} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        f"{day:%A} {day.day} {month[:3]} {day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
    ):
        assert read_by_when(written).date == day


@given(st.text(max_size=60) | st.floats() | st.integers() | st.none())
def test_nothing_written_breaks_it(written: object) -> None:
    read = read_by_when(written)
    assert not (read.date and read.fault)
