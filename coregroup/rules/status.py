"""How a clock stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coregroup.rules.dates import WorkingDays
from coregroup.rules.story import Departure

STATUSES = ("not_started", "due", "due_soon", "overdue", "met", "met_late", "excused", "no_longer_needed")
SOON = 5  # working days before the expected date


@dataclass(frozen=True, slots=True)
class Clock:
    """What a status is read from: the dates of one row, whether it runs, and what may have ended it."""

    as_of: date | None
    expected: date | None
    latest: date | None
    met_on: date | None = None
    started: bool = False
    ended: bool = False
    warned_on: date | None = None
    departure: Departure | None = None


def status_of(clock: Clock, working: WorkingDays) -> str | None:
    """The one status of a clock; None without an as-of date."""
    if clock.as_of is None:
        return None
    if clock.met_on and clock.latest:
        if clock.met_on <= clock.latest:
            return "met"
        return "excused" if _covers(clock.departure, clock.met_on) else "met_late"
    if clock.ended:
        return "no_longer_needed"
    return _open(clock, clock.as_of, working)


def _open(clock: Clock, today: date, working: WorkingDays) -> str:
    warned = clock.warned_on is not None and today >= clock.warned_on
    if not clock.started or clock.expected is None or clock.latest is None:
        return "due_soon" if warned else "not_started"
    if today > clock.latest:
        return "excused" if _covers(clock.departure, today) else "overdue"
    return "due_soon" if warned or today >= working.step(clock.expected, -SOON) else "due"


def _covers(departure: Departure | None, day: date) -> bool:
    return departure is not None and (departure.until is None or day <= departure.until)
