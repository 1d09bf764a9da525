"""What a timetable is made of: rows that keep the parts of their explanation, never a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coregroup.rules.dates import Skipped, Span
from coregroup.rules.procedure import Source, Text
from coregroup.rules.story import Anchor, Departure


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts of the reason for a date.

    `counted_from` says what the anchor's date is: "event" (a day that was given), "planned" (a day after the
    as-of date), "computed" (a review's own limit, because no review is planned), "waiting" (nothing yet) or
    "not_in_force" (no edition was in force). The words are the procedure's own for the anchor, the review and
    the initial conference. `skipped` are the weekdays that did not count towards the latest date. `warned_on`
    is the day from which a waiting rule warns; `ended` the day the plan ended.
    """

    counted_from: str
    expected: Span
    latest: Span
    before: bool
    anchor_words: Text
    review_words: Text
    conference_words: Text
    skipped: tuple[Skipped, ...] = ()
    assumed: Text | None = None
    note: Text | None = None
    quote: str = ""
    edition_from: date | None = None
    first_edition: date | None = None
    several_editions: bool = False
    base: Anchor | None = None
    after_reviews: int = 0
    warn: Span | None = None
    warned_on: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One clock: a rule and one occurrence of its anchor."""

    rule: str
    title: Text
    anchor: Anchor
    expected: date | None
    latest: date | None
    meet_by: date | None
    assumed: bool
    status: str | None
    source: Source
    explanation: Explanation
    met_on: date | None
    occurrence: int
    strictness: str
    departure: Departure | None = None
