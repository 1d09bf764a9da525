"""What a person does with what waits for them, and that they were here."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from coregroup.casework.verbs import act_alone
from coregroup.records.models import Notice, Visit
from coregroup.rules.access import Actor, Capability, may
from coregroup.rules.errors import Closed

A_PAUSE = timedelta(minutes=30)  # after which somebody who comes back is here anew
A_MOMENT = timedelta(minutes=5)  # within which a visit is not written down again


def done(*, notice: UUID, by: Actor) -> None:
    """Puts a notice away. Doing it twice is as doing it once. Closed for a notice to somebody else."""
    with act_alone(by=by, to=Capability.SEE_HOME, what="notice done"):
        row = Notice.objects.filter(id=notice, to_id=by.person).first()
        if row is None:
            raise Closed
        if row.done_at is None:
            Notice.objects.filter(id=row.id).update(done_at=timezone.now())


def visited(*, latest: datetime | None, by: Actor) -> None:
    """Notes that a person is on their start page; `latest` is when they last were, as the page has read it.

    At most one statement, and none within five minutes. A visit ends after half an hour without one; what
    changed since the visit before is told during the whole of the next.
    """
    if by.person is None or not may(by, Capability.SEE_HOME):
        raise Closed
    now = timezone.now()
    if latest is None:
        _first(by.person, now)
    elif now - latest > A_PAUSE:
        Visit.objects.filter(person_id=by.person, latest_at__lt=now).update(latest_at=now, previous_at=latest)
    elif now - latest > A_MOMENT:
        Visit.objects.filter(person_id=by.person).update(latest_at=now)


def _first(person: UUID, now: datetime) -> None:
    # They may open two windows at once: the second finds the row.
    Visit.objects.bulk_create([Visit(person_id=person, latest_at=now)], ignore_conflicts=True)
