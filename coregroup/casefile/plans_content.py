"""A child's plan as its guards look at it: what it holds, and what it still lacks (R11, R33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from coregroup.access.doors import Case
from coregroup.casefile import plans_load as load
from coregroup.casefile.plans_shapes import Who
from coregroup.records.models import ActionAnswer, Child, OutlineItem, PlanRevision
from coregroup.rules import book, plan_guards


def content_of(
    desk: load.Desk,
    rows: Iterable[PlanRevision],
    answers: Mapping[UUID, list[ActionAnswer]],
    outline: Iterable[OutlineItem],
) -> plan_guards.Content:
    """The plan as the guards look at it, from what this reader may see."""
    items = []
    for row in rows:
        said = load.standing(row, answers) if row.kind == "action" else None
        items.append(
            plan_guards.Item(
                row.kind,
                row.item_id,
                row.item.under_id,
                row.owner_id,
                row.by_when is not None,
                row.outline_id,
                said.answer if said else "",
            )  # fmt: skip
        )
    return plan_guards.Content(
        tuple(items),
        desk.child.person_id if desk.child.date_of_birth else None,
        needed_views(desk.case, desk.child),
        frozenset(one.id for one in outline if not one.set_aside_because),
    )


def missing_of(desk: load.Desk, content: plan_guards.Content) -> tuple[str, ...]:
    """The guards of the content, as far as the procedure asks them, that do not hold yet."""
    asked = book.load(desk.case.group.procedure).guards
    held = plan_guards.judge(content)
    return tuple(code for code in plan_guards.OF_CONTENT if code in asked and not held[code])


def needed_views(case: Case, child: Child) -> frozenset[UUID]:
    """The adults whose views the plan needs (R33)."""
    return frozenset(
        row.adult.person_id
        for row in case.relationships
        if row.child_id == child.id and plan_guards.view_needed(row.kind, row.responsibility)
    )


def related_adults(desk: load.Desk) -> tuple[Who, ...]:
    """The adults related to the child whom the reader may know of."""
    return tuple(
        Who(row.adult.person_id, row.adult.person.name, professional=False)
        for row in desk.case.relationships
        if row.child_id == desk.child.id
        and desk.cut.sees(row.audience_id, desk.child.id)
        and desk.cut.sees(row.adult.audience_id)
    )
