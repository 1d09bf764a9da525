"""Drafts and paused journeys: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from coregroup.access.doors import open_house
from coregroup.records.models import Draft, Journey
from coregroup.rules.access import Actor, Capability, may
from coregroup.rules.errors import Closed


def keep(*, key: str, data: dict[str, Any], by: Actor) -> None:
    """Keeps what a person has typed into the form at `key` (its own address). Theirs alone."""
    if by.person is None or not may(by, Capability.KEEP_DRAFT):
        raise Closed
    Draft.objects.update_or_create(person_id=by.who, key=key[:300], defaults={"data": _storable(data)})


def drop(*, key: str, by: Actor) -> None:
    """Forgets a draft: its form was saved, or the person threw it away."""
    Draft.objects.filter(person_id=by.who, key=key[:300]).delete()


def start_journey(*, kind: str, group: UUID | None = None, by: Actor, capability: Capability) -> UUID:
    """Starts a journey that can be paused and resumed; gives its id. Raises Closed to whoever may not."""
    open_house(by=by, to=capability, what=f"start {kind}")
    journey = Journey.objects.create(authority_id=by.home, kind=kind, person_id=by.who, group=group, steps={})
    return journey.id


def save_step(*, journey: UUID, step: str, data: Any, by: Actor) -> None:
    """Saves one step of a journey. Only the person whose journey it is; Closed to anybody else.

    Two windows of one journey: the later saving of a step wins, and neither disturbs the other's steps.
    """
    with transaction.atomic():
        row = _own_journey(journey, by)
        row.steps = {**row.steps, step: _storable(data)}
        row.save(update_fields=["steps", "changed_at"])


def forget_steps(*, journey: UUID, steps: Collection[str], by: Actor) -> None:
    """Forgets steps of a journey, with all that was typed into them. Closed to anybody but its person."""
    with transaction.atomic():
        row = _own_journey(journey, by)
        row.steps = {step: data for step, data in row.steps.items() if step not in set(steps)}
        row.save(update_fields=["steps", "changed_at"])


def _storable(value: Any) -> Any:
    """The same without zero signs: forms refuse them but keep what was typed, and PostgreSQL holds none."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {_storable(key): _storable(one) for key, one in value.items()}
    return [_storable(one) for one in value] if isinstance(value, list | tuple) else value


def _own_journey(journey: UUID, by: Actor) -> Journey:
    """The person's own journey under way, held still until the transaction ends; else Closed."""
    rows = Journey.objects.filter(id=journey, person_id=by.who, finished_at__isnull=True)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    row = rows.first()
    if row is None:
        raise Closed
    return row


def finish_journey(*, journey: UUID, outcome: object, by: Actor) -> None:
    """Ends a journey; its steps are emptied, for what they held is now in the record."""
    Journey.objects.filter(id=journey, person_id=by.who).update(
        finished_at=timezone.now(), outcome=str(outcome)[:100], steps={}
    )
