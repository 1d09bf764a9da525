"""Actions whose owner has left the core group: the lead worker's until each is given to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from coregroup.access.doors import Case
from coregroup.casefile.action_states import state_now
from coregroup.casefile.audiences import Cut
from coregroup.records.models import Person, PlanRevision
from coregroup.rules.moves import OPEN_ACTION_STATES


@dataclass(frozen=True)
class LeftAction:
    """An action in the name of somebody who is not in the core group any more."""

    item: UUID
    child: UUID
    child_name: str
    what: str
    owner: str
    by_when: date | None


def left_actions(case: Case, cut: Cut) -> tuple[LeftAction, ...]:
    """The actions still to be done of professionals who are no members now, cut to the reader. One query."""
    here = [member.person_id for member in case.members]
    newer = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    rows = (
        PlanRevision.objects.filter(group=case.group, kind="action", withdrawn_because="")
        .filter(~Exists(newer), owner__kind=Person.PROFESSIONAL)
        .exclude(owner__in=here)
        .annotate(state=state_now())
        .filter(state__in=OPEN_ACTION_STATES)
        .select_related("item__plan", "owner")
        .order_by("by_when", "id")
    )
    names = {child.id: child.person.given_name for child in case.children}
    return tuple(
        LeftAction(
            row.item_id,
            row.item.plan.child_id,
            names.get(row.item.plan.child_id, ""),
            str(row.content.get("what", "")),
            row.owner.name if row.owner else "",
            row.by_when,
        )  # fmt: skip
        for row in rows
        if cut.sees(row.audience_id, row.item.plan.child_id)
    )
