"""What is due, expected and at the latest, and why: a procedure's timescales read over a child's events.

One row for each rule and each occurrence of its anchor. A row keeps the parts of its explanation, never a
sentence: `says.why` makes the sentence in the reader's language. (R7, R8, R15, R43, R76 to R78, R92, R99,
R101.)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from coregroup.rules.dates import Skipped, WorkingDays, calendar_of, check_known, count
from coregroup.rules.meeting_limits import met_on
from coregroup.rules.occasions import Occasion, Reading, governing, occasions, warning_day
from coregroup.rules.procedure import Edition, Procedure, Rule
from coregroup.rules.rows import Explanation, Row
from coregroup.rules.status import STATUSES, Clock, status_of
from coregroup.rules.story import Anchor, Departure, Event, Story

__all__ = ["STATUSES", "Anchor", "Departure", "Event", "Explanation", "Row", "timetable"]


def timetable(
    procedure: Procedure,
    facts: Sequence[Event],
    *,
    as_of: date | None = None,
    closure_days: Collection[date] = frozenset(),
    departures: Sequence[Departure] = (),
) -> list[Row]:
    """Every clock that the procedure sets for these events, ordered by latest date, then rule; waiting last.

    Takes the events in any order, doubles allowed; with `as_of` each row has a status and later events are
    only planned. `closure_days` are the authority's own. Raises Unknown for an event that is not in the list,
    and dates.OutOfTable for a date outside the years of known bank holidays.
    """
    for day in (*(event.date for event in facts), *([as_of] if as_of else [])):
        check_known(day)
    story = Story(facts, as_of)
    working = calendar_of(procedure.nation, closure_days)
    reading = Reading(procedure, story, working, tuple(departures))
    rows = [
        _row(rule, occasion, index + 1, reading)
        for rule in procedure.rules.values()
        for index, occasion in enumerate(occasions(rule, reading))
    ]
    return sorted(rows, key=lambda row: (row.latest or date.max, row.rule, row.anchor.date or date.max))


def _row(rule: Rule, occasion: Occasion, occurrence: int, reading: Reading) -> Row:
    rule = governing(rule, occasion.day, reading.story) if occasion.day else rule
    edition = rule.edition_on(occasion.day) if occasion.day else rule.newest
    expected, latest = _limits(rule, edition, occasion, reading.working)
    met = met_on(rule, occasion, latest, reading) if latest else None
    departure = _departure(rule.name, occasion.day, reading)
    clock = Clock(
        as_of=reading.story.as_of,
        expected=expected,
        latest=latest,
        met_on=met,
        started=_has_started(rule, occasion, reading),
        ended=reading.story.ended is not None and rule.anchor != "plan_ended",
        warned_on=warning_day(rule, reading.story),
        departure=departure,
    )
    shown = edition or rule.editions[0]
    return Row(
        rule=rule.name,
        title=rule.title,
        anchor=Anchor(rule.anchor, occasion.day),
        expected=expected,
        latest=latest,
        meet_by=reading.working.on_or_before(latest) if latest else None,
        assumed=shown.assumed is not None,
        status=status_of(clock, reading.working),
        source=shown.source,
        explanation=_explain(rule, edition, occasion, latest, reading),
        met_on=met,
        occurrence=occurrence,
        strictness=shown.strictness,
        departure=departure,
    )


def _limits(
    rule: Rule, edition: Edition | None, occasion: Occasion, working: WorkingDays
) -> tuple[date | None, date | None]:
    """The expected and the latest date; none while the anchor has not come, or before any edition."""
    if occasion.day is None or edition is None:
        return None, None
    latest = count(occasion.day, edition.latest, working, before=rule.before)
    return min(count(occasion.day, edition.expected, working, before=rule.before), latest), latest


def _has_started(rule: Rule, occasion: Occasion, reading: Reading) -> bool:
    """A clock runs from its anchor; one that counts back, or hangs on an occasion, from the gap's start."""
    if occasion.base and occasion.base.date:
        return reading.story.has_come(occasion.base.date)
    return rule.before or occasion.kind == "event"


def _departure(rule: str, anchor: date | None, reading: Reading) -> Departure | None:
    """The decision to depart from this clock: one that names its anchor before one for the rule at large."""
    of_rule = [d for d in reading.departures if d.rule == rule and d.anchor in (None, anchor)]
    return max(of_rule, key=lambda d: (d.anchor is not None, d.until or date.max), default=None)


def _explain(
    rule: Rule, edition: Edition | None, occasion: Occasion, latest: date | None, reading: Reading
) -> Explanation:
    shown, words = edition or rule.editions[0], reading.procedure.words
    counted_in_working_days = shown.latest.unit == "working_days"
    skipped: tuple[Skipped, ...] = ()
    if occasion.day and latest and counted_in_working_days:
        skipped = tuple(s for s in reading.working.skipped(occasion.day, latest) if s.day != occasion.day)
    return Explanation(
        counted_from=occasion.kind if edition or not occasion.day else "not_in_force",
        expected=shown.expected,
        latest=shown.latest,
        before=rule.before,
        anchor_words=words[rule.anchor],
        review_words=words["review_conference"],
        conference_words=words["initial_conference"],
        skipped=skipped,
        assumed=shown.assumed,
        note=shown.note,
        quote=shown.quote,
        edition_from=shown.first_day,
        first_edition=rule.editions[0].first_day,
        several_editions=len(rule.editions) > 1,
        base=occasion.base,
        after_reviews=rule.after_reviews,
        warn=rule.warn,
        warned_on=warning_day(rule, reading.story),
        ended=reading.story.ended if rule.anchor != "plan_ended" else None,
    )
