"""Which event met a clock. What is planned meets nothing, nor does what came after the plan's end."""

from __future__ import annotations

from datetime import date

from coregroup.rules.dates import count
from coregroup.rules.occasions import Occasion, Reading
from coregroup.rules.procedure import Rule


def met_on(rule: Rule, occasion: Occasion, latest: date, reading: Reading) -> date | None:
    """The day of the event that met this clock: the first later one of its kind; None if none has.

    An event on the anchor's own day counts where it can only have followed (a core group held straight after
    the conference), not where it is of the anchor's own kind. A rule that counts backwards is met between the
    conference before and the review itself; one that hangs on an occasion from that review on.
    """
    if occasion.day is None:
        return None
    days = _candidates(rule, reading)
    if rule.before:
        return _met_before(rule, occasion, latest, days, reading)
    if rule.after_reviews and occasion.base and occasion.base.date:
        begin = occasion.base.date
        return next((day for day in days if day >= begin), None)
    strictly = rule.anchor in rule.met_by or not rule.same_day
    return next((day for day in days if day > occasion.day or (day == occasion.day and not strictly)), None)


def _candidates(rule: Rule, reading: Reading) -> list[date]:
    story = reading.story
    days = sorted({day for event in rule.met_by for day in story.days(event) if story.has_come(day)})
    if story.ended and rule.anchor != "plan_ended":
        days = [day for day in days if day <= story.ended]
    return days


def _met_before(
    rule: Rule, occasion: Occasion, latest: date, days: list[date], reading: Reading
) -> date | None:
    """The first meeting in the gap before a review that counts for this rule.

    `window` keeps an early core group from passing for the one before the review; `besides` keeps one core
    group from serving two rules.
    """
    assert occasion.day is not None
    begin = occasion.base.date if occasion.base else None
    inside = [day for day in days if day < occasion.day and (begin is None or day > begin)]
    if rule.window:
        opens = count(latest, rule.window, reading.working, before=True)
        inside = [day for day in inside if day >= opens]
    if rule.besides and (other := reading.procedure.rules.get(rule.besides)):
        edition = other.edition_on(occasion.day)
        if edition:
            limit = count(occasion.day, edition.latest, reading.working, before=True)
            taken = met_on(other, occasion, limit, reading)
            inside = [day for day in inside if day != taken]
    return next(iter(inside), None)
