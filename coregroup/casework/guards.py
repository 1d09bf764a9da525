"""The guards before a plan comes into force, judged on what stands in the case."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.plan_people import sees
from coregroup.casework.plan_versions import latest_revisions, plan_of
from coregroup.records.models import (
    ActionAnswer,
    Child,
    Conference,
    Meeting,
    Membership,
    OutlineItem,
    PlanRevision,
)
from coregroup.rules import book, plan_fields, plan_guards
from coregroup.rules.procedure import say


@dataclass(frozen=True)
class Guard:
    """One guard: what the procedure asks, and whether it holds."""

    code: str
    title: str
    must: bool
    held: bool

    @property
    def sentence(self) -> str:
        return _("This does not hold yet: %(guard)s.") % {"guard": self.title}


def judged(case: Case, child: Child) -> tuple[Guard, ...]:
    """Every guard of the group's procedure for this child, as far as the actor may see."""
    asked = book.load(case.group.procedure).guards
    lang = "cy" if str(get_language() or "").startswith("cy") else "en"
    rows = [
        row
        for row in latest_revisions(plan_of(case, child))
        if not row.withdrawn_because and sees(case, row.audience, child)
    ]
    outline = _outline(case, child)
    held = {**_of_case(case, child), **plan_guards.judge(_content(case, child, rows, outline))}
    return tuple(
        Guard(item.code, say(item.title, lang), item.must, held.get(item.code, True))
        for item in asked.values()
    )


def _of_case(case: Case, child: Child) -> dict[str, bool]:
    members = [member for member in case.members if member.part == Membership.MEMBER]
    lead = getattr(child, "lead_person_id", None)
    meeting = (
        Meeting.objects.standing()
        .filter(group=case.group)
        .filter(Q(held_on__isnull=False) | (Q(starts_at__isnull=False) & ~Q(venue="")))
    )
    review = Conference.objects.filter(group=case.group, kind="review", planned_on__gte=case.group.opened_on)
    return {
        "lead": lead is not None and case.member(lead) is not None,
        "members": len({member.person.agency_id for member in members}) > 1,
        "first_core_group": meeting.exists(),
        "review_date": review.exists(),
    }


def _outline(case: Case, child: Child) -> list[OutlineItem]:
    rows = OutlineItem.objects.filter(child=child, set_aside_because="").select_related("audience")
    return [row for row in rows.prefetch_related("audience__persons") if sees(case, row.audience, child)]


def _content(
    case: Case, child: Child, rows: list[PlanRevision], outline: list[OutlineItem]
) -> plan_guards.Content:
    answers = _answers(child)
    items = [
        plan_guards.Item(
            row.kind,
            row.item_id,
            row.item.under_id,
            row.owner_id,
            row.by_when is not None,
            row.outline_id,
            answers.get(row.item_id, {}).get(plan_fields.demand(row.owner_id, row.by_when, row.content), ""),
        )  # fmt: skip
        for row in rows
    ]
    return plan_guards.Content(
        tuple(items),
        child.person_id if child.date_of_birth else None,
        frozenset(
            row.adult.person_id
            for row in case.relationships
            if row.child_id == child.id and plan_guards.view_needed(row.kind, row.responsibility)
        ),
        frozenset(row.id for row in outline),
    )


def _answers(child: Child) -> dict[UUID, dict[tuple[str, str, str], str]]:
    """For each action the last answer to each thing that it has asked."""
    rows = ActionAnswer.objects.filter(revision__item__plan__child=child).select_related("revision")
    found: dict[UUID, dict[tuple[str, str, str], str]] = {}
    for row in rows.order_by("made_at", "id"):
        asked = plan_fields.demand(row.revision.owner_id, row.revision.by_when, row.revision.content)
        found.setdefault(row.revision.item_id, {})[asked] = row.answer
    return found
