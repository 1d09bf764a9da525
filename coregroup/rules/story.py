"""The events of one child's registration, put in order: what the timetable is read from.

Events may come in any order and more than once; the story is the same. With an as-of date, what lies after
it is planned: it can anchor a row, but it has not met one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coregroup.rules.procedure import Unknown
from coregroup.rules.vocabulary import EVENTS


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that happened, or is planned, on a day; `name` is one of vocabulary.EVENTS."""

    name: str
    date: date


@dataclass(frozen=True, slots=True)
class Anchor:
    """The event a row counts from; no date while the event has not come."""

    event: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Departure:
    """A decision that a limit need not be kept: which, until when, why, and who approved it (R95).

    `anchor` is the date that the clock counts from, and None for every clock of that rule. `until` is the day
    agreed instead; after it the clock is late again. Reason and approver are codes or names that the caller
    keeps: the rules only hand them back.
    """

    rule: str
    anchor: date | None = None
    until: date | None = None
    reason: str = ""
    approved_by: str = ""


class Story:
    """The events in order, without doubles, and what they say about conferences and the plan's end."""

    def __init__(self, facts: Iterable[Event], as_of: date | None) -> None:
        self.as_of = as_of
        self._days: dict[str, list[date]] = {name: [] for name in EVENTS}
        for event in sorted(set(facts)):
            if event.name not in self._days:
                raise Unknown("event", event.name, EVENTS)
            self._days[event.name].append(event.date)

    def days(self, name: str) -> list[date]:
        """The days of an event, in order, each once."""
        return self._days[name]

    def has_come(self, day: date) -> bool:
        """Whether a day is on or before the as-of date; every day is, where there is none."""
        return self.as_of is None or day <= self.as_of

    @property
    def ended(self) -> date | None:
        """The day the plan ended, if it has; an end before the conference belongs to an earlier plan."""
        begun = max(self.days("initial_conference"), default=date.min)
        return next((day for day in self.days("plan_ended") if day >= begun and self.has_come(day)), None)

    @property
    def conferences(self) -> list[Anchor]:
        """Every initial and review conference, held or planned, in order."""
        kinds = ("initial_conference", "review_conference")
        found = [(day, kind) for kind in kinds for day in self.days(kind)]
        return [Anchor(kind, day) for day, kind in sorted(found)]

    def conference_before(self, day: date) -> Anchor | None:
        """The last initial or review conference before a day."""
        earlier = [c for c in self.conferences if c.date is not None and c.date < day]
        return earlier[-1] if earlier else None

    @property
    def last_conference(self) -> Anchor | None:
        """The latest conference of all, held or planned."""
        return self.conferences[-1] if self.conferences else None
