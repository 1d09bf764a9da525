"""Reads dates and times as people type them. Pure: text in, a date or the name of the fault out.

Three boxes, or everything pasted into the first one: 2 April 2026, 2/4/2026, 2.4.2026, 2026-04-02,
Thursday 2nd April 2026, 2 Ebrill 2026. The day always comes before the month, except in 2026-04-02 and
"April 2, 2026". A year must have four figures: 26 may be 1926, and a date of birth decides a child's plan.
"""

from __future__ import annotations

import re
from datetime import date, time

ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
WELSH = ("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref",
         "tachwedd", "rhagfyr")  # fmt: skip
SHORT = {"sept": 9, "gorff": 7, "rhag": 12, "tach": 11, "meh": 6, "chwef": 2}

# What can be wrong. Each is a word of `DateFault.fault`.
EMPTY, NO_DAY, NO_MONTH, NO_YEAR, SHORT_YEAR, NOT_REAL = (
    "empty", "no_day", "no_month", "no_year", "short_year", "not_real",
)  # fmt: skip


class DateFault(Exception):
    """Why a text is no date: `fault` is one of the words above, `part` the box to go to."""

    def __init__(self, fault: str, part: str = "day") -> None:
        super().__init__(fault)
        self.fault = fault
        self.part = part


def _months() -> dict[str, int]:
    names: dict[str, int] = dict(SHORT)
    for language in (WELSH, ENGLISH):
        for number, name in enumerate(language, start=1):
            names[name] = number
    for number, name in enumerate(ENGLISH, start=1):
        names[name[:3]] = number
    for number, name in enumerate(WELSH, start=1):
        names.setdefault(name[:3], number)
    return names


MONTHS = _months()

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T.*)?")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d+)")
_NAMED = re.compile(r"(?:[^\W\d]+,?\s+){0,2}?(\d{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?\s*(?:of\s+)?"
                    r"[-/. ]?\s*([^\W\d]+)[.,]?\s*[-/. ]?\s*(\d+)")  # fmt: skip
_AMERICAN = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d+)")


def month_number(text: str) -> int | None:
    """4, 04, April, Apr, Ebrill: the month's number, or None."""
    word = text.strip().strip(".,").lower()
    if word.isdecimal():  # Python itself refuses to read a number of thousands of figures
        return int(word) if len(word) <= 2 and 1 <= int(word) <= 12 else None
    return MONTHS.get(word)


def whole_date(text: str) -> date:
    """A date written in one piece. Raises DateFault."""
    text = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(text):
        return _real(found[3], found[2], found[1])
    if found := _NUMBERS.fullmatch(text) or _NAMED.fullmatch(text):
        return _real(found[1], found[2], found[3])
    if found := _AMERICAN.fullmatch(text):
        return _real(found[2], found[1], found[3])
    raise DateFault(NOT_REAL)


def date_of(day: str, month: str, year: str) -> date:
    """The date in three boxes, or pasted whole into the first of them. Raises DateFault."""
    day, month, year = day.strip(), month.strip(), year.strip()
    if not (day or month or year):
        raise DateFault(EMPTY)
    if day and not month and not year and not day.isdecimal():
        return whole_date(day)
    for text, fault, part in ((day, NO_DAY, "day"), (month, NO_MONTH, "month"), (year, NO_YEAR, "year")):
        if not text:
            raise DateFault(fault, part)
    return _real(re.sub(r"(st|nd|rd|th)$", "", day.lower()), month, year)


def _real(day: str, month: str, year: str) -> date:
    if not _figures(year):
        raise DateFault(NOT_REAL, "year")
    if len(year) != 4:
        raise DateFault(SHORT_YEAR, "year")
    number = month_number(month)
    if number is None:
        raise DateFault(NOT_REAL, "month")
    if not _figures(day) or len(day) > 2:
        raise DateFault(NOT_REAL, "day")
    try:
        return date(int(year), number, int(day))
    except ValueError:
        raise DateFault(NOT_REAL, "day") from None


def _figures(text: str) -> bool:
    return text.isascii() and text.isdecimal()


_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(am|pm|a\.m\.?|p\.m\.?|yb|yh)?", re.IGNORECASE)


def time_of(text: str) -> time:
    """10:30, 10.30am, 2pm, 1430, midday: a time of day. Raises ValueError.

    A bare hour from 1 to 7 without am or pm is refused: nobody should guess when a meeting begins.
    """
    text = text.strip().lower()
    named = {"midday": time(12), "noon": time(12), "canol dydd": time(12), "midnight": time(0)}
    if text in named:
        return named[text]
    if re.fullmatch(r"\d{4}", text):
        return time(int(text[:2]), int(text[2:]))
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if half in ("pm", "yh") and hour < 12:
        hour += 12
    elif half in ("am", "yb") and hour == 12:
        hour = 0
    elif not half and (found[2] is None or len(found[1]) == 1) and hour < 8:
        raise ValueError(text)
    return time(hour, minute)
