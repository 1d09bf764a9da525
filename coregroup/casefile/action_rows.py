"""The standing text of actions with what was answered and how far they are: one query for all of them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.expressions import Combinable

from coregroup.casefile.action_states import state_now
from coregroup.casefile.plans_load import without_proposed
from coregroup.records.models import ActionAnswer, ActionState, Membership, PlanRevision, PlanVersion
from coregroup.rules.plan_fields import demand


def standing_rows(wanted: Q, *, agreed: bool = False) -> QuerySet[PlanRevision]:
    """The latest revision of the items that fit, withdrawn ones too, by date.

    Annotated with the last answer, the state and what was said of it, the audience of the item as it is now
    (`audience_now`), whether its plan is in force, and whether its owner is no member (`gone`). `agreed`:
    without what a meeting in session only proposes.
    """
    kept = without_proposed(PlanRevision.objects.all()) if agreed else PlanRevision.objects.all()
    latest = PlanRevision.objects.filter(item=OuterRef("item")).order_by("-number")
    newer = kept.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    answers = ActionAnswer.objects.filter(revision__item=OuterRef("item"), owner=OuterRef("owner")).order_by(
        "-made_at", "-id"
    )
    said = ActionState.objects.filter(item=OuterRef("item")).order_by("-made_at", "-id")
    return (
        kept.filter(wanted)
        .filter(~Exists(newer))
        .annotate(
            answer=Subquery(answers.values("answer")[:1]),
            answered_date=Subquery(answers.values("revision__by_when")[:1]),
            answered_content=Subquery(answers.values("revision__content")[:1]),
            in_force=Exists(PlanVersion.objects.filter(plan=OuterRef("item__plan"))),
            state=state_now(),
            state_because=Subquery(said.values("because")[:1]),
            state_on=Subquery(said.values("on")[:1]),
            state_at=Subquery(said.values("made_at")[:1]),
            state_audience=Subquery(said.values("audience")[:1], output_field=UUIDField()),
            audience_now=Subquery(latest.values("audience_id")[:1], output_field=UUIDField()),
            gone=gone(),
        )
        .select_related("item__plan", "owner", "meeting")
        .order_by("by_when", "item_id")
    )


def gone() -> Combinable:
    """Whether the owner of a revision is no member of its core group."""
    here = Membership.objects.filter(group=OuterRef("group"), person=OuterRef("owner"), until__isnull=True)
    return ~Exists(here)


def answer_of(row: PlanRevision) -> str:
    """The answer that stands to what a row from `standing_rows` asks now; "" while there is none."""
    if not row.answer:  # type: ignore[attr-defined]
        return ""
    asked = demand(row.owner_id, row.by_when, row.content)
    given = demand(row.owner_id, row.answered_date, row.answered_content or {})  # type: ignore[attr-defined]
    return str(row.answer) if asked == given else ""  # type: ignore[attr-defined]


def proposed(row: PlanRevision) -> bool:
    """Was it written in a meeting that is still in session?"""
    return row.meeting is not None and row.meeting.state == "in_session"
