"""The dates of a group's next meetings, up to its next review, each with the rule that it keeps (R101, R109).

Proposed and checked by the timetable itself: a day is added to what is known, and the clocks are read again.
There is no second way of counting a date here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from coregroup.rules import book, timescales
from coregroup.rules.dates import DAY, Span, WorkingDays, add_months, calendar_of, count, table_ends
from coregroup.rules.procedure import Procedure
from coregroup.rules.registration import Dated, MeetingDay, events_of
from coregroup.rules.rows import Row
from coregroup.rules.story import Departure, Event

CUSTOMARY = Span(1, "months")  # where a procedure gives no interval: a suggestion, never a limit
AHEAD = 3  # months, where no review is planned and none has a limit
MOST = 40
_NO_MEETING = UUID(int=0)


@dataclass(frozen=True)
class Proposal:
    """A day for a meeting; `keeps` are the clocks that it meets. None: no limit is laid down for it."""

    on: date
    keeps: tuple[Row, ...]

    @property
    def latest(self) -> date | None:
        """The last day on which it would still keep every limit that it is there for."""
        return min((row.latest for row in self.keeps if row.latest), default=None)


@dataclass(frozen=True)
class Asked:
    """What a series is read from: the group's dated rows, its children, and the day on which it is asked."""

    procedure: str
    dated: Dated
    children: tuple[UUID, ...]
    today: date

    @property
    def standing(self) -> tuple[UUID, ...]:
        """The children whose registration stands: no series is needed for the others."""
        spans = {child: self.dated.registration(child) for child in self.children}
        return tuple(child for child, span in spans.items() if span is not None and span.ended_on is None)

    @property
    def rules(self) -> Procedure:
        return book.load(self.procedure)

    @property
    def working(self) -> WorkingDays:
        return calendar_of(self.rules.nation, self.dated.closure_days)

    def with_days(self, days: Iterable[date]) -> Asked:
        """The same with meetings planned on these days as well."""
        more = [MeetingDay(_NO_MEETING, day, None, None, "") for day in days]
        return replace(self, dated=replace(self.dated, meetings=[*self.dated.meetings, *more]))


def series(asked: Asked) -> tuple[Proposal, ...]:
    """The meetings that are still to be booked up to the next review, in order; none where all are booked.

    Every day is a working day after today. R101, R109.
    """
    end = horizon(asked)
    days: list[date] = []
    while len(days) < MOST:
        found = _next_day(asked.with_days(days), end, days)
        if found is None:
            break
        days.append(found)
    days += _customary(asked.with_days(days), end)
    return kept(asked, days)


def kept(asked: Asked, days: Sequence[date]) -> tuple[Proposal, ...]:
    """Meetings on these days, each with the clocks that it would keep."""
    found = _kept_by_day(asked.with_days(days))
    return tuple(Proposal(day, found.get(day, ())) for day in sorted(set(days)))


def horizon(asked: Asked) -> date:
    """The day up to which meetings are proposed: the next review planned, else its limit, else a while."""
    planned = asked.dated.next_review(asked.today)
    if planned is not None:
        return planned.planned_on
    limits = [
        row.latest for child in asked.standing for row in _read(asked, child, None)
        if "review_conference" in asked.rules.rules[row.rule].met_by and row.met_on is None and row.latest
    ]  # fmt: skip
    return min((day for day in limits if day > asked.today), default=add_months(asked.today, AHEAD))


def broken(asked: Asked, days: Sequence[date]) -> tuple[Row, ...]:
    """The limits that would not be kept if meetings were booked on these days (R95).

    Each once: a clock that the first meeting after its limit meets too late, unless that was decided before.
    """
    then = asked.with_days(days)
    booked = {*days, *_ahead(asked)}
    found: dict[tuple[str, date | None], Row] = {}
    for child in asked.standing:
        for row in _core_group_rows(then, child, None):
            late = row.latest is not None and row.met_on in booked and row.met_on > row.latest  # type: ignore[operator]
            if late and row.departure is None:
                found[row.rule, row.anchor.date] = row
    return tuple(sorted(found.values(), key=lambda row: (row.latest or date.max, row.rule)))


def _next_day(asked: Asked, end: date, found: list[date]) -> date | None:
    """The day for the earliest clock that no meeting keeps yet; None where all are kept that can be."""
    wanted: list[tuple[date, str, date]] = []
    for child in asked.standing:
        for row in _core_group_rows(asked, child, None):
            if row.latest is None or row.departure is not None or _is_kept(row, asked):
                continue
            gone_by = (
                asked.rules.rules[row.rule].before and row.anchor.date and row.anchor.date <= asked.today
            )
            day = _day_for(row, asked)
            if day < end and day not in found and not gone_by:
                wanted.append((row.latest, row.rule, day))
    return min(wanted)[2] if wanted else None


def _is_kept(row: Row, asked: Asked) -> bool:
    """Kept by a meeting, in time or by one that has been held; a planned one too late leaves room."""
    assert row.latest is not None
    if row.met_on is None:
        return False
    planned_late = row.met_on > row.latest and row.met_on > asked.today
    return not planned_late or row.latest <= asked.today


def _day_for(row: Row, asked: Asked) -> date:
    """The working day that suits a clock best: when it is expected; halfway for one more between reviews."""
    assert row.latest is not None
    first = asked.working.step(asked.today, 1)
    wanted = row.expected or row.latest
    base = row.explanation.base
    rule = asked.rules.rules[row.rule]
    if rule.besides and base and base.date:
        begin = max(base.date, asked.today)
        wanted = begin + (row.latest - begin) // 2
        taken = {*_ahead(asked), *(one.held_on for one in asked.dated.meetings)}
        while asked.working.on_or_before(wanted) in taken:
            wanted -= DAY
    return max(asked.working.on_or_before(wanted), first)


def _customary(asked: Asked, end: date) -> list[date]:
    """A month apart, where the procedure gives no interval at all: better a date to change than none."""
    repeated = [
        rule for rule in asked.rules.rules.values()
        if "core_group" in rule.met_by and rule.anchor not in ("initial_conference", "plan_ended")
    ]  # fmt: skip
    if repeated or not asked.standing:
        return []
    known = [one.held_on or one.planned_on for one in asked.dated.meetings]
    last = max(known, default=asked.today)
    days: list[date] = []
    while len(days) < MOST:
        day = asked.working.on_or_before(count(last, CUSTOMARY, asked.working))
        day = max(day, asked.working.step(asked.today, 1))
        if day >= end or day <= last:
            break
        days.append(day)
        last = day
    return days


def _kept_by_day(asked: Asked) -> dict[date, tuple[Row, ...]]:
    """Which clocks each planned day keeps; the rows say of their anchors that these are planned."""
    found: dict[date, dict[tuple[str, date | None], Row]] = {}
    for child in asked.standing:
        worded = {(row.rule, row.anchor.date): row for row in _core_group_rows(asked, child, asked.today)}
        for row in _core_group_rows(asked, child, None):
            if row.met_on is not None:
                key = (row.rule, row.anchor.date)
                found.setdefault(row.met_on, {})[key] = worded.get(key, row)
    return {day: tuple(rows.values()) for day, rows in found.items()}


def _core_group_rows(asked: Asked, child: UUID, as_of: date | None) -> list[Row]:
    rules = asked.rules.rules
    return [row for row in _read(asked, child, as_of) if "core_group" in rules[row.rule].met_by]


def _read(asked: Asked, child: UUID, as_of: date | None) -> list[Row]:
    """A child's clocks. Without a day, what is planned counts as if it had been held: is all kept then?"""
    events: tuple[Event, ...] = events_of(asked.dated, child, asked.today - DAY)
    events = tuple(event for event in events if event.date <= table_ends())
    departures = tuple(Departure(one.rule, one.anchor_on) for one in asked.dated.departures)
    return timescales.timetable(
        asked.rules, events, as_of=as_of, closure_days=asked.dated.closure_days, departures=departures
    ) if events else []  # fmt: skip


def _ahead(asked: Asked) -> list[date]:
    """The days of planned meetings, today's included."""
    days = (one.planned_on for one in asked.dated.meetings if one.held_on is None)
    return [day for day in days if day >= asked.today]
