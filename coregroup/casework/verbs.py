"""How every verb works: the door, one transaction, the check again, and no form taken twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from coregroup.access.doors import Case, open_again, open_group, open_house, open_still
from coregroup.records.models import Once
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import AlreadyDone


def claim(token: str | None, by: Actor) -> None:
    """Takes a form's token inside the verb's transaction; raises AlreadyDone if it was taken before.

    Two sendings of one form at the same moment: the second waits for the first and then finds it done.
    """
    if not token:
        return
    try:
        with transaction.atomic():
            Once.objects.create(token=token, person=by.person)
    except IntegrityError:
        earlier = Once.objects.filter(token=token, person=by.person).first()
        raise AlreadyDone(earlier.outcome if earlier else "") from None


def note_outcome(token: str | None, outcome: object) -> None:
    """Keeps what a form led to, so that sending it again is answered the same way."""
    if token:
        Once.objects.filter(token=token).update(outcome=str(outcome))


@contextmanager
def act(
    group_id: UUID | str,
    *,
    by: Actor,
    to: Capability,
    once: str | None = None,
    what: str = "",
    often: bool = False,
) -> Iterator[Case]:
    """A verb on a case: opens the door (its audit line commits), then one transaction, checked again inside.

    `often`: for what is saved every second; while a line of the last minutes says that this person does just
    this, the check inside is the only one. Raises Closed, Refused (see `open_group`) and AlreadyDone.
    """
    if often:
        with transaction.atomic():
            still = open_still(group_id, by=by, to=to, what=what)
            if still is not None:
                claim(once, by)
                yield still
                return
    case = open_group(group_id, by=by, to=to, what=what, often=often)
    with transaction.atomic():
        claim(once, by)
        yield open_again(case, to=to)


@contextmanager
def act_alone(*, by: Actor, to: Capability, once: str | None = None, what: str = "") -> Iterator[None]:
    """A verb that needs no case. Raises Closed and AlreadyDone."""
    open_house(by=by, to=to, what=what)
    with transaction.atomic():
        claim(once, by)
        yield
