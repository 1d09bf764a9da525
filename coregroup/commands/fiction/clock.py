"""The story's clock: a verb dates what it writes by today, and these stories began months ago.

While a day is told, `timezone.now` gives that day, so that every row, ledger line and audit line of the story
bears the date on which it happens. Only for telling into an empty database, in one process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from coregroup.rules.dates import calendar_of


@contextmanager
def told_on(day: date, at: time = time(11)) -> Iterator[None]:
    """Everything within happens on this day, minute after minute; never later than it really is."""
    real = timezone.now
    begun, latest = datetime.combine(day, at, UTC), real()
    passed = 0

    def now() -> datetime:
        nonlocal passed
        passed += 1
        return min(begun + timedelta(seconds=passed), latest)

    timezone.now = now  # type: ignore[assignment]
    try:
        yield
    finally:
        timezone.now = real  # type: ignore[assignment]


class Days:
    """Days of a story, counted from today in one nation's working days."""

    def __init__(self, nation: str) -> None:
        self.working = calendar_of(nation)
        self.today = timezone.localdate()

    def ago(self, days: int) -> date:
        """The working day on or before so many days ago."""
        return self.working.on_or_before(self.today - timedelta(days=days))

    def ahead(self, days: int) -> date:
        """The working day on or before so many days from now, tomorrow at the earliest."""
        found = self.working.on_or_before(self.today + timedelta(days=days))
        return found if found > self.today else self.after(self.today, 1)

    def after(self, day: date, working_days: int) -> date:
        """So many working days after a day."""
        return self.working.step(day, working_days)
