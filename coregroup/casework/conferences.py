"""Review conferences: that one was held, and when the next is planned."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casework.consequences import settle
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Conference
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Problem, Problems
from coregroup.rules.happenings import ReviewHeld


def record_review(*, group: UUID, on: date, next_on: date, by: Actor, once: str | None = None) -> UUID:
    """Records that the planned review conference was held and that the plan goes on; plans the next one.

    Gives the next conference's id. Raises Problems at `on` or `next_on`, Problem where no review is planned;
    Closed, Refused, AlreadyDone. R8, R78.
    """
    with act(group, by=by, to=Capability.EDIT_CASE, once=once, what="review held") as case:
        planned = Conference.objects.filter(group=case.group, kind="review", held_on__isnull=True)
        row = planned.order_by("planned_on").first()
        if row is None:
            raise Problem(None, _("No review conference is planned."))
        faults: list[tuple[str | None, str]] = []
        if on > timezone.localdate():
            faults.append(("on", _("A conference that was held must be today or in the past.")))
        if on < case.group.opened_on:
            faults.append(("on", _("The review cannot have been held before the core group was opened.")))
        if next_on <= on:
            faults.append(("next_on", _("The next review must be after this one.")))
        if faults:
            raise Problems(faults)
        row.held_on = on
        row.save(update_fields=["held_on"])
        coming = Conference.objects.create(
            authority=case.group.authority, group=case.group, kind="review", planned_on=next_on,
            chair_id=row.chair_id,
        )  # fmt: skip
        settle(ReviewHeld(on=on, next_on=next_on), case=case)
        note_outcome(once, coming.id)
    return coming.id
