"""Actions as their owner meets them on the start page: to be answered, due, overdue (R34, R102)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from coregroup.casefile.audiences import Cut
from coregroup.records.models import ActionAnswer, PlanRevision, PlanVersion
from coregroup.rules.plan_fields import demand

SOON = timedelta(days=14)


@dataclass(frozen=True)
class OwnAction:
    """One action in somebody's name, as its latest revision has it."""

    item: UUID
    group: UUID
    child: UUID
    what: str
    by_when: date
    answer: str
    in_force: bool

    def late(self, today: date) -> bool:
        return self.by_when < today


@dataclass(frozen=True)
class Items:
    """The latest audience of each plan item asked about, and the actor's own actions; not yet cut."""

    audiences: Mapping[UUID, tuple[UUID, UUID]]  # item: (audience, child)
    own: tuple[tuple[OwnAction, UUID], ...]  # with its audience


def items_of(person: UUID | None, groups: Collection[UUID], items: Collection[UUID]) -> Items:
    """The latest revision of each action somebody owns in these groups, and of the items named. One query."""
    newer = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    answers = ActionAnswer.objects.filter(revision__item=OuterRef("item"), owner=OuterRef("owner")).order_by(
        "-made_at", "-id"
    )
    rows = (
        PlanRevision.objects.filter(
            Q(owner_id=person, kind="action", group_id__in=list(groups)) | Q(item_id__in=list(items))
        )
        .filter(~Exists(newer))
        .annotate(
            answer=Subquery(answers.values("answer")[:1]),
            answered_date=Subquery(answers.values("revision__by_when")[:1]),
            answered_content=Subquery(answers.values("revision__content")[:1]),
            in_force=Exists(PlanVersion.objects.filter(plan=OuterRef("item__plan"))),
        )
        .select_related("item__plan")
        .order_by("by_when", "item_id")
    )
    audiences, own = {}, []
    for row in rows:
        child = row.item.plan.child_id
        audiences[row.item_id] = (row.audience_id, child)
        if row.owner_id == person and row.kind == "action" and not row.withdrawn_because and row.by_when:
            own.append((_own(row, child), row.audience_id))
    return Items(audiences, tuple(own))


def _own(row: PlanRevision, child: UUID) -> OwnAction:
    asked = demand(row.owner_id, row.by_when, row.content)
    answered = row.answer and asked == demand(row.owner_id, row.answered_date, row.answered_content or {})  # type: ignore[attr-defined]
    return OwnAction(
        item=row.item_id,
        group=row.group_id,
        child=child,
        what=str(row.content.get("what", "")),
        by_when=row.by_when,  # type: ignore[arg-type]
        answer=row.answer if answered else "",  # type: ignore[attr-defined]
        in_force=row.in_force,  # type: ignore[attr-defined]
    )


def cut_actions(items: Items, cuts: Mapping[UUID, Cut]) -> tuple[OwnAction, ...]:
    """The own actions that their owner may see."""
    return tuple(
        action for action, audience in items.own
        if action.group in cuts and cuts[action.group].sees(audience, action.child)
    )  # fmt: skip
