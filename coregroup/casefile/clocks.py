"""Each child's clocks: what the records say happened, read by the rules, on a given day (R7, R8, R43, R92).

Everything here works on rows that are already loaded (`casefile.dated`), so that a page of five hundred
children asks the database no more than a page of one. `today` is a Europe/London date, passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from coregroup.casefile.dated import ConferenceDay, Dated, RegistrationSpan
from coregroup.rules import book, says, timescales
from coregroup.rules.procedure import say
from coregroup.rules.rows import Row
from coregroup.rules.story import Departure, Event

# Clocks are shown only for what this house records; a limit whose keeping nobody can enter would be overdue
# for ever, and teach people to overlook the others.
RECORDED = frozenset({"initial_conference", "core_group", "review_conference"})
RUNNING = ("overdue", "due_soon", "due")


@dataclass(frozen=True)
class ClockLine:
    """One clock of one child, with its reason as a sentence. `departed` where its limit was departed from."""

    rule: str
    title: str
    anchor_on: date | None
    expected: date | None
    latest: date | None
    meet_by: date | None
    met_on: date | None
    status: str
    assumed: bool
    why: str
    source: str
    departed: bool = False


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


def line(row: Row, lang: str) -> ClockLine:
    """A clock with its sentences, in a language."""
    return ClockLine(
        rule=row.rule,
        title=say(row.title, lang),
        anchor_on=row.anchor.date,
        expected=row.expected,
        latest=row.latest,
        meet_by=row.meet_by,
        met_on=row.met_on,
        status=row.status or "",
        assumed=row.assumed,
        why=says.why(row, lang),
        source=say(row.source.title, lang),
        departed=row.departure is not None,
    )


def lines(rows: tuple[Row, ...], lang: str) -> tuple[ClockLine, ...]:
    """Clocks with their sentences."""
    return tuple(line(row, lang) for row in rows)


def limit_of(rows: tuple[Row, ...], event: str, procedure: str) -> Row | None:
    """The running clock, the earliest, that an event such as `core_group` would meet."""
    rules = book.load(procedure).rules
    open_rows = [row for row in running(rows) if event in rules[row.rule].met_by and row.latest]
    return min(open_rows, key=lambda row: row.latest or date.max, default=None)
