"""Reads a "by when" as a conference's record writes it: a date in many spellings, or words that are none.

The day comes before the month, as people write here; a year of two figures belongs to this century. Nothing
is guessed: what could be read in two ways, or is no real date, is a fault of its row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

_ENGLISH = "january february march april may june july august september october november december".split()
_WELSH = "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr".split()
_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday".split(),
    "llun mawrth mercher iau gwener sadwrn sul".split(),
)
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)
_SERIAL_START = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar, for every date after February 1900


@dataclass(frozen=True)
class ByWhen:
    """What a cell says: a date, or words; `note` is what was made of it, `fault` what must be corrected.

    Words that only spell the date are not kept beside it.
    """

    date: date | None
    words: str
    note: str = ""
    fault: str = ""


def _month_names() -> dict[str, int]:
    names: dict[str, int] = {"sept": 9, "gorff": 7, "rhag": 12, "tach": 11, "meh": 6, "chwef": 2}
    for language in (_ENGLISH, _WELSH):
        for number, name in enumerate(language, start=1):
            names[name] = number
            names.setdefault(name[:3], number)
    return names


_MONTHS = _month_names()
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?"
_SEP = r"\s*[-/.]\s*"
# Year first; day, month, year in figures; day, named month, year; named month, day, year.
_SHAPES = (
    ("ymd", re.compile(rf"(?<!\d)(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})(?!\d)")),
    ("dmy", re.compile(rf"(?<!\d)(\d{{1,2}})(?:{_SEP}|\s+)(\d{{1,2}})(?:{_SEP}|\s+)(\d{{4}}|\d{{2}})(?!\d)")),
    ("dny", re.compile(rf"(?<!\d)(\d{{1,2}}){_ORDINAL}(?:\s+of)?[\s,./-]*({_NAME})\b[\s,./'’-]*"
                       r"(\d{4}|\d{2})(?!\d)")),
    ("ndy", re.compile(rf"\b({_NAME})\b\.?\s+(\d{{1,2}}){_ORDINAL},?\s+(\d{{4}})(?!\d)")),
)  # fmt: skip
# Something that was meant as a date: three figures, a day and a month alone, a month by name with a day.
_LIKE_A_DATE = re.compile(
    rf"\d{_SEP}\d+{_SEP}\d|^(?:by\s+)?\d{{1,2}}[/.]\d{{1,2}}$"
    rf"|\b\d{{1,2}}{_ORDINAL}(?:\s+of)?[\s,./-]*(?:{_NAME})\b|\b(?:{_NAME})\b\.?\s+\d{{1,2}}{_ORDINAL}\b"
)
_WEEKDAY = re.compile(r"\b(" + "|".join(name for names in _DAYS for name in names) + r")\b")
_FILL = re.compile(
    r"^(?:by|before|on|until|no later than|erbyn|cyn|ar|dydd|the|\W|" + _WEEKDAY.pattern + r")*$"
)


def read_by_when(value: object) -> ByWhen:
    """What a cell of the "by when" column says."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _within(value, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(float(value))
    words = " ".join(str(value or "").split())
    if re.fullmatch(r"[34567]\d{4}(?:\.0+)?", words):
        return _serial(float(words))
    return _from_words(words)


def _serial(number: float) -> ByWhen:
    """A spreadsheet's own count of days, which it shows as a date."""
    words = f"{number:g}"
    if not 30_000 <= number < 80_000:
        return ByWhen(
            None, words, note=_("“%(words)s” is not a date; it is kept as words.") % {"words": words}
        )
    found = _SERIAL_START + timedelta(days=int(number))
    read = _within(found, words)
    note = _("“%(words)s” is how a spreadsheet counts days; it was read as %(date)s.")
    if read.fault:
        return read
    return ByWhen(found, "", note % {"words": words, "date": _said(found)})


def _from_words(words: str) -> ByWhen:
    if not words:
        return ByWhen(None, "")
    small = words.lower()
    matches = _matches(small)
    if not matches:
        if _LIKE_A_DATE.search(small):
            return _faulty(words)
        return ByWhen(
            None, words, note=_("“%(words)s” is not a date; it is kept as words.") % {"words": words}
        )
    if len(matches) > 1:
        return ByWhen(None, words, fault=_("“%(words)s” names more than one date.") % {"words": words})
    order, match = matches[0]
    found = _date_of(order, match)
    if found is None:
        return _faulty(words)
    rest = f"{small[: match.start()]} {small[match.end() :]}".strip()
    return _checked(found, words, rest)


def _matches(small: str) -> list[tuple[str, re.Match[str]]]:
    """Every date in a text, each part of it used once."""
    found: list[tuple[str, re.Match[str]]] = []
    for order, shape in _SHAPES:
        for match in shape.finditer(small):
            if all(match.end() <= one.start() or match.start() >= one.end() for _order, one in found):
                found.append((order, match))
    return found


def _date_of(order: str, match: re.Match[str]) -> date | None:
    first, second, third = match.groups()
    day, month, year = {
        "ymd": (third, second, first),
        "dmy": (first, second, third),
        "dny": (first, second, third),
        "ndy": (second, first, third),
    }[order]
    number = _MONTHS.get(month) or int(month)
    whole = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        return date(whole, number, int(day))
    except ValueError:
        return None


def _checked(found: date, words: str, rest: str) -> ByWhen:
    """A date with the words around it: its weekday has to fit, and other words are kept."""
    named = _WEEKDAY.search(rest)
    if named and not any(days[found.weekday()] == named[1] for days in _DAYS):
        said = date_format(found, "l j F Y", use_l10n=False)
        sentence = _("“%(words)s” contradicts itself: that day is %(date)s.")
        return ByWhen(None, words, fault=sentence % {"words": words, "date": said})
    read = _within(found, words)
    if read.fault:
        return read
    if _FILL.match(rest):
        return ByWhen(found, "")
    note = _("“%(words)s” was read as %(date)s; its words are kept beside it.")
    return ByWhen(found, words, note=note % {"words": words, "date": _said(found)})


def _within(found: date, words: str) -> ByWhen:
    if _EARLIEST <= found < _LATEST:
        return ByWhen(found, words)
    words = words or found.isoformat()
    sentence = _("“%(words)s” cannot be right: its year is %(year)d.")
    return ByWhen(None, words, fault=sentence % {"words": words, "year": found.year})


def _faulty(words: str) -> ByWhen:
    return ByWhen(None, words, fault=_("“%(words)s” is not a date that can be read.") % {"words": words})


def _said(found: date) -> str:
    return date_format(found, "j F Y", use_l10n=False)
