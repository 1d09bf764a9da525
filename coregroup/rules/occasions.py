"""When a rule's clock begins: the occurrences of its anchor, and which edition governs each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coregroup.rules.dates import WorkingDays, add_months, count
from coregroup.rules.procedure import Edition, Procedure, Rule
from coregroup.rules.story import Anchor, Departure, Story


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occurrence of an anchor: its day, what kind of day it is, and the conference its gap began with.

    The kinds are those of `Explanation.counted_from`.
    """

    day: date | None
    kind: str
    base: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a timetable is read with: the same for every row."""

    procedure: Procedure
    story: Story
    working: WorkingDays
    departures: tuple[Departure, ...]

    def kind(self, day: date) -> str:
        """Whether a given day has come or is planned."""
        return "event" if self.story.has_come(day) else "planned"


def occasions(rule: Rule, reading: Reading) -> list[Occasion]:
    """Every occurrence of the rule's anchor; one that waits, if there is none."""
    if rule.after_reviews:
        found = _after_reviews(rule, reading)
    elif rule.before and rule.anchor == "review_conference":
        found = _before_reviews(rule, reading)
    else:
        found = [Occasion(day, reading.kind(day)) for day in reading.story.days(rule.anchor)]
    return found or [Occasion(None, "waiting")]


def governing(rule: Rule, day: date, story: Story) -> Rule:
    """The rule itself, or the parent's from the event on at which the local one ends."""
    if rule.until is None or rule.then is None:
        return rule
    end = next(iter(story.days(rule.until)), None)
    return rule if end is None or day < end else governing(rule.then, day, story)


def edition_on(rule: Rule, day: date, story: Story) -> Edition | None:
    """The edition in force on the anchor's day, of whichever rule then governs."""
    return governing(rule, day, story).edition_on(day)


def warning_day(rule: Rule, story: Story) -> date | None:
    """The day from which a rule that waits for an occasion warns: counted from the initial conference."""
    conferences = story.days("initial_conference")
    if rule.warn is None or not conferences:
        return None
    return add_months(conferences[-1], rule.warn.n)


def _after_reviews(rule: Rule, reading: Reading) -> list[Occasion]:
    """The first anchor event after the n-th review conference: an occasion, never a count of months (R15)."""
    reviews = reading.story.days("review_conference")
    if len(reviews) < rule.after_reviews:
        return []
    review = reviews[rule.after_reviews - 1]
    later = [day for day in reading.story.days(rule.anchor) if day > review]
    base = Anchor("review_conference", review)
    return [Occasion(day, reading.kind(day), base) for day in later[:1]]


def _before_reviews(rule: Rule, reading: Reading) -> list[Occasion]:
    """Each review given, and after the last conference the next review's own limit (R101)."""
    story = reading.story
    days = story.days("review_conference")
    found = [Occasion(day, reading.kind(day), story.conference_before(day)) for day in days]
    if limit := _next_review_limit(reading):
        found.append(limit)
    return [occasion for occasion in found if _gap_is_long_enough(rule, occasion, reading)]


def _next_review_limit(reading: Reading) -> Occasion | None:
    """The latest day of the review that follows the last conference, where the procedure limits it."""
    last = reading.story.last_conference
    if last is None or last.date is None:
        return None
    name = "first_review" if last.event == "initial_conference" else "next_review"
    rule = reading.procedure.rules.get(name)
    edition = edition_on(rule, last.date, reading.story) if rule else None
    if edition is None:
        return None
    return Occasion(count(last.date, edition.latest, reading.working), "computed", last)


def _gap_is_long_enough(rule: Rule, occasion: Occasion, reading: Reading) -> bool:
    if rule.gap_at_least is None:
        return True
    if occasion.base is None or occasion.base.date is None or occasion.day is None:
        return False
    return occasion.day >= count(occasion.base.date, rule.gap_at_least, reading.working)
