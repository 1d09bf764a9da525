"""The plans in force of all children of a case at once, for paper: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, UUIDField

from coregroup.access.doors import Case
from coregroup.casefile import plans_load as load
from coregroup.casefile.audiences import Cut
from coregroup.casefile.plans_load import Desk
from coregroup.casefile.plans_shapes import PlanSheet
from coregroup.records.models import (
    ActionAnswer,
    ActionState,
    Child,
    PlanRevision,
    PlanVersion,
    VersionRevision,
)
from coregroup.rules import book


def sheets_in_force(case: Case, cut: Cut) -> tuple[tuple[PlanSheet, ...], bool]:
    """The sheet of each child whom the reader may know of, and whether a preview keeps something back.

    The version in force; before the first, what has been agreed to so far. Five queries, whatever the number
    of children and items.
    """
    children = [child for child in case.children if child.id in cut.reader.children]
    versions = _versions(children)
    rows = _rows(children, list(versions.values()))
    answers, states = _answers(children), _states(children)
    sheets, withheld = [], False
    for child in children:
        desk = Desk(case, child, cut, load.language())
        own = [row for row in rows if row.item.plan.child_id == child.id]
        withheld = withheld or _keeps_back(desk, own)
        parts = load.parts_of(desk)
        lines = [load.line_of(desk, row, {}, answers, parts, states) for row in own if desk.sees(row)]
        concerns, loose = load.nested(lines)
        page = next((line for line in lines if line.kind == "family_page"), None)
        sheets.append(
            replace(
                _head(desk, versions.get(child.id)),
                concerns=concerns, loose=loose, family_page=page,
                contacts=tuple(line for line in lines if line.kind == "contact"),
                contingencies=tuple(line for line in lines if line.kind == "contingency"),
                views=tuple(line for line in lines if line.kind == "view"),
            )
        )  # fmt: skip
    return tuple(sheets), withheld


def _head(desk: Desk, version: PlanVersion | None) -> PlanSheet:
    procedure = book.load(desk.case.group.procedure)
    return PlanSheet(
        group=desk.case.group.id,
        child=desk.child.id,
        child_name=desk.child.person.name,
        born=desk.child.date_of_birth is not None,
        procedure=procedure.identifier,
        plan_name=procedure.word("plan_name", desk.lang),
        version=load.version_shape(desk, version) if version else None,
        in_force=version.number if version else None,
        reader=desk.cut.reader.person,
    )


def _keeps_back(desk: Desk, rows: Sequence[PlanRevision]) -> bool:
    withheld = getattr(desk.cut, "withheld", None)
    return withheld is not None and any(withheld(row.audience_id, desk.child.id) for row in rows)


def _versions(children: Sequence[Child]) -> dict[UUID, PlanVersion]:
    """The newest version of each child's plan. One query."""
    rows = PlanVersion.objects.filter(plan__child__in=children).select_related("plan", "by")
    return {row.plan.child_id: row for row in rows.order_by("number")}


def _rows(children: Sequence[Child], versions: Sequence[PlanVersion]) -> list[PlanRevision]:
    """What the versions hold; for a child without one, what has been agreed to so far. One query."""
    parts = VersionRevision.objects.filter(version__in=versions).values("revision_id")
    unversioned = [child for child in children if child.id not in {row.plan.child_id for row in versions}]
    standing = load.without_proposed(PlanRevision.objects.filter(item=OuterRef("item"))).order_by("-number")
    latest = PlanRevision.objects.filter(item=OuterRef("item")).order_by("-number")
    rows = PlanRevision.objects.annotate(
        stands=Subquery(standing.values("id")[:1], output_field=UUIDField()),
        audience_now=Subquery(latest.values("audience_id")[:1], output_field=UUIDField()),
    ).filter(Q(id__in=parts) | Q(item__plan__child__in=unversioned, withdrawn_because=""))
    held = {row.plan.child_id for row in versions}
    found = load.rows_in_order(rows.select_related("item__plan"))
    return [row for row in found if row.item.plan.child_id in held or row.stands == row.id]  # type: ignore[attr-defined]


def _answers(children: Sequence[Child]) -> dict[UUID, list[ActionAnswer]]:
    rows = ActionAnswer.objects.filter(revision__item__plan__child__in=children)
    found: dict[UUID, list[ActionAnswer]] = {}
    for row in rows.select_related("revision", "recorded_by").order_by("made_at", "id"):
        found.setdefault(row.revision.item_id, []).append(row)
    return found


def _states(children: Sequence[Child]) -> dict[UUID, list[ActionState]]:
    rows = ActionState.objects.filter(item__plan__child__in=children).select_related("by")
    found: dict[UUID, list[ActionState]] = {}
    for row in rows.order_by("made_at", "id"):
        found.setdefault(row.item_id, []).append(row)
    return found
