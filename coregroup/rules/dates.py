"""Spans of time as the procedures state them, counted the same way everywhere.

The day of the anchor is day 0. *n working days* after it is the n-th working day that follows it, and before
it the n-th that precedes it. Days and weeks are calendar days. Months keep the day of the month and are
clamped to the month's last day; several are added at once, never one by one. A working day is Monday to
Friday, less the bank holidays of the nation and the authority's own closure days. (R7, R43, R76, R77.)
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from . import holidays_table as table

UNITS = ("working_days", "days", "weeks", "months")
NATIONS = ("england", "wales", "scotland", "northern-ireland")
DAY = timedelta(days=1)
_SPAN = re.compile(r"(\d+) (working day|day|week|month)s?")


class OutOfTable(ValueError):
    """A date lies outside the years for which bank holidays are known."""


class BadSpan(ValueError):
    """A span is not written as a whole number and a unit."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: a number and one of UNITS."""

    n: int
    unit: str

    @classmethod
    def parse(cls, words: str) -> Span:
        """Read "10 working days", "15 days", "4 weeks" or "1 month"; BadSpan if it is none of these."""
        found = _SPAN.fullmatch(words) if isinstance(words, str) else None
        if not found:
            raise BadSpan(
                f'"{words}" is not a span such as "10 working days", "15 days", "4 weeks" or "1 month"'
            )
        return cls(int(found[1]), found[2].replace(" ", "_") + "s")

    def __str__(self) -> str:
        unit = self.unit.replace("_", " ")
        return f"{self.n} {unit[:-1] if self.n == 1 else unit}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A weekday that was not counted: its date and the name of the holiday, or None for a closure day."""

    day: date
    name: dict[str, str] | None


def bank_holiday_list(nation: str) -> str:
    """The name of the list a nation uses: England and Wales share one."""
    return "england-and-wales" if nation in ("england", "wales") else nation


def table_starts() -> date:
    """The first day for which bank holidays are known."""
    return date(table.FIRST_YEAR, 1, 1)


def table_ends() -> date:
    """The last day for which bank holidays are known; it must stay a year and more ahead of the present."""
    return date(table.LAST_YEAR, 12, 31)


def check_known(day: date) -> None:
    """Refuse, with OutOfTable, a day in a year whose bank holidays are not known."""
    if not table.FIRST_YEAR <= day.year <= table.LAST_YEAR:
        raise OutOfTable(
            f"bank holidays are known from {table.FIRST_YEAR} to {table.LAST_YEAR}, not for {day.year}"
        )


@cache
def bank_holidays(nation: str, year: int) -> dict[date, dict[str, str]]:
    """The weekday bank holidays of one nation in one year, each with its names in English and Welsh.

    Raises OutOfTable for a year that the table does not hold: a date counted without its holidays would be
    wrong without saying so.
    """
    check_known(date(year, 1, 1))
    line = table.DAYS[bank_holiday_list(nation)][year]
    found = {}
    for word in line.split():
        day, code = date(year, int(word[:2]), int(word[2:4])), word[4:]
        name = table.NAMES[code.lower()]
        if code.isupper():
            name = {lang: table.SUBSTITUTE[lang].format(name[lang]) for lang in name}
        found[day] = name
    return found


@dataclass(frozen=True)
class WorkingDays:
    """The working days of one nation, less an authority's own closure days."""

    nation: str
    closure_days: frozenset[date] = frozenset()

    def why_not(self, day: date) -> Skipped | None:
        """Why a weekday does not count, or None if it does (or falls on a weekend)."""
        if day.weekday() >= 5:
            return None
        name = bank_holidays(self.nation, day.year).get(day)
        if name is not None or day in self.closure_days:
            return Skipped(day, name)
        return None

    def is_working(self, day: date) -> bool:
        """Whether this is a working day."""
        return day.weekday() < 5 and self.why_not(day) is None

    def on_or_before(self, day: date) -> date:
        """The last working day on or before a day: when people can still meet."""
        while not self.is_working(day):
            day -= DAY
        return day

    def step(self, day: date, n: int) -> date:
        """The n-th working day after a day, or before it if n is negative; the day itself if n is 0."""
        one = DAY if n > 0 else -DAY
        left = abs(n)
        while left:
            day += one
            left -= self.is_working(day)
        return day

    def skipped(self, start: date, end: date) -> tuple[Skipped, ...]:
        """The weekdays between two days, both ends included, that are not working days, in order."""
        first, last = sorted((start, end))
        days = (first + DAY * i for i in range((last - first).days + 1))
        return tuple(found for found in map(self.why_not, days) if found)


def add_months(day: date, n: int) -> date:
    """The same day of the month n months later (earlier if negative), clamped to the month's last day."""
    month = day.year * 12 + day.month - 1 + n
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day.day, calendar.monthrange(year, index + 1)[1]))


def count(anchor: date, span: Span, working: WorkingDays, *, before: bool = False) -> date:
    """The day that lies one span after the anchor, or before it."""
    n = -span.n if before else span.n
    if span.unit == "working_days":
        return working.step(anchor, n)
    if span.unit == "months":
        return add_months(anchor, n)
    return anchor + DAY * n * (7 if span.unit == "weeks" else 1)


def calendar_of(nation: str, closure_days: Collection[date] = ()) -> WorkingDays:
    """The working days of a nation, less any closure days."""
    if nation not in NATIONS:
        raise ValueError(f"no bank holidays are held for {nation}")
    return WorkingDays(nation, frozenset(closure_days))
