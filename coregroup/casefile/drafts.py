"""What a person has typed and not yet said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from coregroup.records.models import Draft, Journey
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class PausedJourney:
    """A journey under way: what each step has been told so far."""

    id: UUID
    kind: str
    group: UUID | None
    steps: dict[str, Any]
    changed_at: datetime
    finished: bool
    outcome: str


def kept(*, key: str, by: Actor) -> dict[str, Any] | None:
    """The draft of the form at this address, of this person alone; None where there is none."""
    row = Draft.objects.filter(person_id=by.who, key=key[:300]).first()
    return row.data if row else None


def journey(*, journey: UUID | str, by: Actor) -> PausedJourney:
    """One journey of this person. Closed for anybody else's."""
    row = Journey.objects.filter(id=journey, person_id=by.who).first()
    if row is None:
        raise Closed
    return _paused(row)


def journeys(*, by: Actor) -> tuple[PausedJourney, ...]:
    """The journeys that this person has paused, the latest first."""
    rows = Journey.objects.filter(person_id=by.who, finished_at__isnull=True).order_by("-changed_at")
    return tuple(_paused(row) for row in rows[:20])


def _paused(row: Journey) -> PausedJourney:
    return PausedJourney(
        row.id, row.kind, row.group, row.steps, row.changed_at, row.finished_at is not None, row.outcome
    )
