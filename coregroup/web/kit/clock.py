"""Where everything stands in the clock picture. The drawing is the template's, the arithmetic is here.

A row is a `casefile.clocks.ClockLine`, or anything else with `title` (or `label`), `anchor_on` (or `anchor`),
`expected`, `latest`, `met_on` and `status`, as attributes or keys; each date may be None. Nothing here reads
the wall clock: the page passes `today`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coregroup.web.kit.words import shortdate, status_word

LEFT, RIGHT, ROW, TOP = 12, 728, 58, 34
FADES = ("excused", "no_longer_needed")


@dataclass(frozen=True)
class Line:
    """One clock of the picture: places along the rail (None where there is no date), and its words."""

    label: str
    said: str
    y: int
    anchor: float | None
    expected: float | None
    latest: float | None
    met: float | None
    late_to: float | None


@dataclass(frozen=True)
class Tick:
    """The beginning of a month along the foot of the picture."""

    x: float
    text: str


@dataclass(frozen=True)
class Picture:
    """The whole picture: its height, where today stands, its lines and months, and all of it in words."""

    height: int
    today: float
    today_anchor: str
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    said: str


def value(row: Any, name: str) -> Any:
    """A row's value by name, from an attribute or a key; None where it has none."""
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)


def day(row: Any, name: str) -> date | None:
    """A row's date by name: anchor, expected, latest, met_on."""
    found = value(row, name) or (value(row, "anchor_on") if name == "anchor" else None)
    return localtime(found).date() if isinstance(found, datetime) else found


def label(row: Any) -> str:
    """What a row's clock is called."""
    return str(value(row, "label") or value(row, "title") or "")


def clock_layout(rows: Iterable[Any], today: date) -> Picture:
    """The picture of these clocks as of today."""
    rows = [row for row in rows if day(row, "latest") or day(row, "anchor")]
    names = ("anchor", "expected", "latest", "met_on")
    known = [found for row in rows for name in names if (found := day(row, name))]
    first, last = min([*known, today]), max([*known, today])
    width = max((last - first).days, 1)

    def place(moment: date | None) -> float | None:
        if moment is None:
            return None
        return round(LEFT + 8 + (moment - first).days / width * (RIGHT - LEFT - 16), 1)

    lines = tuple(_line(row, TOP + 24 + number * ROW, place, today) for number, row in enumerate(rows))
    now = place(today) or 0.0
    return Picture(
        height=TOP + 24 + len(lines) * ROW + 44,
        today=now,
        today_anchor="start" if now < 80 else ("end" if now > RIGHT - 80 else "middle"),
        lines=lines,
        ticks=_ticks(first, last, place),
        said=". ".join(f"{line.label}: {line.said}" for line in lines),
    )


def _line(row: Any, y: int, place: Any, today: date) -> Line:
    latest, met, status = day(row, "latest"), day(row, "met_on"), str(value(row, "status") or "")
    overdue = status == "overdue" and latest is not None and latest < today
    return Line(
        label=label(row),
        said=said(row),
        y=y + 22,
        anchor=place(day(row, "anchor")),
        expected=place(day(row, "expected")) if day(row, "expected") != latest else None,
        latest=place(latest) if status not in FADES else None,
        met=place(met),
        late_to=place(today) if overdue else None,
    )


def said(row: Any) -> str:
    """One clock's state in words: "due soon, latest 16 Apr 2026"."""
    latest, met, status = day(row, "latest"), day(row, "met_on"), value(row, "status")
    words = [status_word(status)] if status else []
    if met:
        words.append(_("met on %(day)s") % {"day": shortdate(met)})
    elif latest:
        words.append(_("latest %(day)s") % {"day": shortdate(latest)})
    return ", ".join(words)


def _ticks(first: date, last: date, place: Any) -> tuple[Tick, ...]:
    """Beginnings of months, as many as can be read beside one another."""
    months = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        start = date(year, month, 1)
        if first <= start <= last:
            months.append(start)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    step = max(1, -(-len(months) // 8))
    return tuple(Tick(place(start), date_format(start, "M Y", use_l10n=False)) for start in months[::step])
