"""All that the guards of several children's plans look at, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from coregroup.casefile.plans_load import rows_in_order
from coregroup.records.models import ActionAnswer, Child, OutlineItem, PlanRevision


@dataclass(frozen=True)
class Papers:
    """All that the guards of one child's plan look at: latest revisions, answers by item, the outline."""

    rows: list[PlanRevision]
    answers: dict[UUID, list[ActionAnswer]]
    outline: list[OutlineItem]


def papers_of(children: Iterable[Child]) -> dict[UUID, Papers]:
    """`latest_rows`, `answers_of` and `outline_rows` of several children. Three queries, or none."""
    found = {child.id: Papers([], {}, []) for child in children}
    if not found:
        return found
    later = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    rows = PlanRevision.objects.filter(item__plan__child__in=found, withdrawn_because="")
    rows = rows.filter(~Exists(later)).annotate(
        audience_now=F("audience_id"), whose=F("item__plan__child_id")
    )
    for row in rows_in_order(rows):
        found[row.whose].rows.append(row)  # type: ignore[attr-defined]
    answers = ActionAnswer.objects.filter(revision__item__plan__child__in=found)
    answers = answers.annotate(whose=F("revision__item__plan__child_id"))
    for one in answers.select_related("revision", "recorded_by").order_by("made_at", "id"):
        found[one.whose].answers.setdefault(one.revision.item_id, []).append(one)
    for outlined in OutlineItem.objects.filter(child__in=found).order_by("position", "id"):
        found[outlined.child_id].outline.append(outlined)
    return found
