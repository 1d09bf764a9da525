"""One registration as the records have it, and its clocks: what a timetable is read from.

Works on values that are already loaded, so that a page of five hundred children asks the database no more
than a page of one. `today` is a Europe/London date, passed in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from uuid import UUID

from coregroup.rules import book, timescales
from coregroup.rules.rows import Row
from coregroup.rules.story import Departure, Event

# Clocks are shown only for what this house records; a limit whose keeping nobody can enter would be overdue
# for ever, and teach people to overlook the others.
RECORDED = frozenset({"initial_conference", "core_group", "review_conference"})
RUNNING = ("overdue", "due_soon", "due")


@dataclass(frozen=True)
class MeetingDay:
    """A core group meeting, planned or held."""

    id: UUID
    planned_on: date
    held_on: date | None
    starts_at: time | None
    venue: str


@dataclass(frozen=True)
class ConferenceDay:
    """An initial or review conference, planned or held."""

    id: UUID
    kind: str
    planned_on: date
    held_on: date | None
    strategy_discussion_on: date | None

    @property
    def day(self) -> date:
        return self.held_on or self.planned_on


@dataclass(frozen=True)
class RegistrationSpan:
    """That a child is registered or on a plan, since when, until when, from which conference."""

    child: UUID
    conference: UUID
    began_on: date
    ended_on: date | None


@dataclass(frozen=True)
class DepartureDay:
    """A limit knowingly not kept."""

    rule: str
    anchor_on: date


@dataclass
class Dated:
    """The dated rows of one group, already cut to the reader."""

    meetings: list[MeetingDay] = field(default_factory=list)
    conferences: list[ConferenceDay] = field(default_factory=list)
    registrations: list[RegistrationSpan] = field(default_factory=list)
    departures: list[DepartureDay] = field(default_factory=list)
    closure_days: frozenset[date] = frozenset()

    def registration(self, child: UUID) -> RegistrationSpan | None:
        """The child's registration that stands, else the latest that has ended."""
        own = [one for one in self.registrations if one.child == child]
        standing = [one for one in own if one.ended_on is None]
        return max(standing or own, key=lambda one: one.began_on, default=None)

    def next_meeting(self, today: date) -> MeetingDay | None:
        """The next planned core group, today's included."""
        ahead = [one for one in self.meetings if one.held_on is None and one.planned_on >= today]
        return min(ahead, key=lambda one: (one.planned_on, one.starts_at or time.min), default=None)

    def unrecorded(self, today: date) -> list[MeetingDay]:
        """Planned core groups whose day has gone by, and of which nobody has said that they were held."""
        return [one for one in self.meetings if one.held_on is None and one.planned_on < today]

    def last_meeting(self) -> MeetingDay | None:
        """The last core group that was held."""
        held = [one for one in self.meetings if one.held_on is not None]
        return max(held, key=lambda one: one.held_on or date.min, default=None)

    def next_review(self, today: date) -> ConferenceDay | None:
        """The next planned review conference, today's included."""
        ahead = [
            one for one in self.conferences
            if one.kind == "review" and one.held_on is None and one.planned_on >= today
        ]  # fmt: skip
        return min(ahead, key=lambda one: one.planned_on, default=None)


def events_of(dated: Dated, child: UUID, today: date) -> tuple[Event, ...]:
    """The events of a child's registration, held and planned; none for a child who has no registration.

    What was planned for a day that has come and gone, and was not recorded as held, is no event.
    """
    span = dated.registration(child)
    if span is None:
        return ()
    found = [*_conference_events(dated, span, today)]
    for meeting in dated.meetings:
        if meeting.held_on is not None and meeting.held_on >= span.began_on:
            found.append(Event("core_group", meeting.held_on))
        elif meeting.held_on is None and meeting.planned_on > today:
            found.append(Event("core_group", meeting.planned_on))
    if span.ended_on is not None:
        found.append(Event("plan_ended", span.ended_on))
    return tuple(sorted(set(found)))


def _conference_events(dated: Dated, span: RegistrationSpan, today: date) -> list[Event]:
    found = []
    for conference in dated.conferences:
        if conference.id == span.conference:
            found.append(Event("initial_conference", conference.day))
            if conference.strategy_discussion_on is not None:
                found.append(Event("strategy_discussion", conference.strategy_discussion_on))
        elif _counts(conference, span, today):
            found.append(Event("review_conference", conference.day))
    return found


def _counts(conference: ConferenceDay, span: RegistrationSpan, today: date) -> bool:
    if conference.kind != "review" or conference.day < span.began_on:
        return False
    return conference.held_on is not None or conference.planned_on > today


def rows_of(procedure: str, dated: Dated, child: UUID, today: date) -> tuple[Row, ...]:
    """Every clock of a child's registration that this house can keep, ordered by latest date."""
    events = events_of(dated, child, today)
    if not events:
        return ()
    departures = tuple(Departure(one.rule, one.anchor_on) for one in dated.departures)
    return _timetable(procedure, events, today, dated.closure_days, departures)


@lru_cache(maxsize=4096)
def _timetable(
    procedure: str,
    events: tuple[Event, ...],
    today: date,
    closure_days: frozenset[date],
    departures: tuple[Departure, ...],
) -> tuple[Row, ...]:
    rules = book.load(procedure)
    rows = timescales.timetable(rules, events, as_of=today, closure_days=closure_days, departures=departures)
    return tuple(row for row in rows if RECORDED & set(rules.rules[row.rule].met_by))


def running(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The clocks that run now, those overdue first, then by latest date."""
    shown = [row for row in rows if row.status in RUNNING or (row.status == "excused" and not row.met_on)]
    return tuple(sorted(shown, key=lambda row: (row.status != "overdue", row.latest or date.max)))


def overdue(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The clocks whose latest date has gone by."""
    return tuple(row for row in rows if row.status == "overdue")


def broken_by(
    rows: tuple[Row, ...], procedure: str, planned: date, others: tuple[date, ...]
) -> tuple[Row, ...]:
    """The running limits for a core group that a meeting planned on that day would not keep (R95).

    `others` are the days of other planned meetings, one of which may keep the limit instead. A limit that was
    knowingly departed from is not broken again.
    """
    rules = book.load(procedure).rules
    return tuple(
        row
        for row in running(rows)
        if "core_group" in rules[row.rule].met_by
        and row.latest
        and row.latest < planned
        and row.departure is None
        and not any(day <= row.latest for day in others)
    )
