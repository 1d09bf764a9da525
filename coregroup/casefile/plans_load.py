"""Loads the rows of one child's plan, in a fixed number of queries, and cuts them for their reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery, UUIDField
from django.utils import timezone
from django.utils.translation import get_language

from coregroup.access.doors import Case
from coregroup.casefile.action_states import standing_progress
from coregroup.casefile.audiences import Cut
from coregroup.casefile.plans_shapes import (
    Answer,
    Line,
    Outline,
    Passed,
    Progress,
    Trace,
    Version,
    Who,
)
from coregroup.casefile.telling import Telling, telling_of
from coregroup.records.models import (
    ActionAnswer,
    ActionState,
    Child,
    Meeting,
    OutlineItem,
    Person,
    PlanRevision,
    PlanVersion,
    VersionRevision,
)
from coregroup.rules import access, book, plan_fields
from coregroup.rules.procedure import say

_ORDER = {kind: place for place, kind in enumerate(plan_fields.ORDER)}


@dataclass(frozen=True, eq=False)
class Desk:
    """What every reading of one child's plan stands on: the case, the child, the cut and its language."""

    case: Case
    child: Child
    cut: Cut
    lang: str

    @property
    def professional(self) -> bool:
        return self.cut.reader.professional

    @cached_property
    def telling(self) -> Telling:
        """What the reader may be told of those who are named on the plan."""
        return telling_of(self.case, self.cut.reader)

    def who(self, person: Person | None) -> Who | None:
        """A person as a plan names them (agency loaded), as far as the reader may be told."""
        if person is None:
            return None
        told = self.telling.may_name_agency(person)
        professional = person.kind == Person.PROFESSIONAL
        title = person.job_title if told else ""
        return Who(person.id, person.name, self.telling.agency(person), title, professional)

    def sees(self, row: PlanRevision) -> bool:
        """A revision shows to those who may see it as it was written *and* the item as it stands now.

        So narrowing an item hides its earlier texts as well, and widening it does not uncover them.
        """
        now = getattr(row, "audience_now", row.audience_id)
        return self.cut.sees(row.audience_id, self.child.id) and self.cut.sees(now, self.child.id)


def language() -> str:
    """The language in use, as procedures know it."""
    return "cy" if str(get_language() or "").startswith("cy") else "en"


def versions_of(child: Child) -> tuple[PlanVersion, ...]:
    """Every version of the child's plan, the first one first. One query."""
    return tuple(PlanVersion.objects.filter(plan__child=child).select_related("by").order_by("number"))


def version_shape(desk: Desk, row: PlanVersion) -> Version:
    """A version, with the guards passed at it whose reasons the reader may see."""
    passed = tuple(
        Passed(one["code"], one["reason"], one.get("by", ""))
        for one in row.passed_guards
        if desk.cut.sees(UUID(one["audience"]), desk.child.id)
    )
    return Version(row.number, row.by.name, row.at, row.because, passed)


def _with_now(rows: Any, item: str) -> Any:
    """Annotates each revision with the audience that its item has now."""
    latest = PlanRevision.objects.filter(item=OuterRef(item)).order_by("-number")
    return rows.annotate(audience_now=Subquery(latest.values("audience_id")[:1], output_field=UUIDField()))


def latest_rows(child: Child, *, agreed: bool = False) -> list[PlanRevision]:
    """The latest revision of every item that is not withdrawn. One query.

    `agreed`: as it stood before the meeting in session, whose proposals are not for everybody yet.
    """
    later = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    rows = PlanRevision.objects.filter(item__plan__child=child, withdrawn_because="")
    if agreed:
        later, rows = without_proposed(later), without_proposed(rows)
        return rows_in_order(_with_now(rows.filter(~Exists(later)), "item"))
    return rows_in_order(rows.filter(~Exists(later)).annotate(audience_now=F("audience_id")))


def without_proposed(rows: Any) -> Any:
    """Revisions without those of a meeting in session: the family reads what is proposed when it closes."""
    return rows.exclude(meeting__state="in_session")


def meeting_in_session(rows: Iterable[PlanRevision]) -> UUID | None:
    """The meeting in which what is saved now of these rows' plan is proposed. No query."""
    return next((row.sitting for row in rows), None)  # type: ignore[attr-defined]


def rows_in_order(rows: Any) -> list[PlanRevision]:
    """Revisions with all that a line is made of, in the plan's order. One query."""
    versions = PlanVersion.objects.filter(plan=OuterRef("item__plan"))
    now = Meeting.objects.filter(group=OuterRef("group"), state="in_session").values("id")[:1]
    rows = rows.annotate(has_version=Exists(versions), sitting=Subquery(now, output_field=UUIDField()))
    return _sorted(rows.select_related(*_RELATED))


def has_version(row: PlanRevision) -> bool:
    """Whether the plan of a row from `latest_rows` has a version in force."""
    return bool(getattr(row, "has_version", False))


def version_rows(child: Child, number: int) -> list[PlanRevision]:
    """The revisions of one version. One query."""
    parts = VersionRevision.objects.filter(version__plan__child=child, version__number=number)
    rows = PlanRevision.objects.filter(id__in=parts.values("revision_id"))
    return _sorted(_with_now(rows, "item").select_related(*_RELATED))


def item_rows(child: Child, item: UUID, *, agreed: bool = False) -> list[PlanRevision]:
    """Every revision of one item, the first one first; `agreed` as in `latest_rows`. One query."""
    rows = PlanRevision.objects.filter(item__plan__child=child, item=item)
    rows = without_proposed(rows) if agreed else rows
    return list(_with_now(rows, "item").select_related(*_RELATED).order_by("number"))


_RELATED = ("item", "owner__agency", "by", "meeting")


def _sorted(rows: Iterable[PlanRevision]) -> list[PlanRevision]:
    return sorted(rows, key=lambda row: (_ORDER[row.kind], row.item.position, row.item.made_at, row.item_id))


def answers_of(child: Child) -> dict[UUID, list[ActionAnswer]]:
    """Every answer to the child's actions by item, the oldest first. One query."""
    rows = ActionAnswer.objects.filter(revision__item__plan__child=child)
    found: dict[UUID, list[ActionAnswer]] = {}
    for row in rows.select_related("revision", "recorded_by").order_by("made_at", "id"):
        found.setdefault(row.revision.item_id, []).append(row)
    return found


def standing(row: PlanRevision, answers: Mapping[UUID, list[ActionAnswer]]) -> ActionAnswer | None:
    """The answer that stands for what the action asks now."""
    asked = plan_fields.demand(row.owner_id, row.by_when, row.content)
    given = [
        (plan_fields.demand(one.revision.owner_id, one.revision.by_when, one.revision.content), one)
        for one in answers.get(row.item_id, ())
    ]
    return plan_fields.standing_answer(asked, given)


def outline_rows(child: Child) -> list[OutlineItem]:
    """The child's outline plan. One query."""
    return list(OutlineItem.objects.filter(child=child).order_by("position", "id"))


def outline_text(row: OutlineItem, kind: str = "action") -> str:
    """What an outline item says, as one text, beginning with what matters for the kind."""
    first = {"concern": "concern", "outcome": "outcome"}.get(kind, "action")
    names = [first, *(name for name in ("action", "outcome", "concern") if name != first)]
    return next((str(row.content[name]) for name in names if row.content.get(name)), "")


def outline_shape(desk: Desk, row: OutlineItem, taken: Iterable[UUID | None]) -> Outline:
    """An outline item, with what became of it."""
    return Outline(row.id, row.position, outline_text(row), row.id in set(taken), row.set_aside_because)


def line_of(
    desk: Desk,
    row: PlanRevision,
    outline: Mapping[UUID, OutlineItem],
    answers: Mapping[UUID, list[ActionAnswer]],
    parts: Mapping[str, str],
    states: Mapping[UUID, Sequence[ActionState]] | None = None,
) -> Line:
    """One revision as a line. The caller has made sure that the reader may see it.

    Without `states` (from `action_states.states_of`) it does not tell how far an action is.
    """
    said = standing(row, answers) if row.kind == "action" else None
    told = states is not None and row.kind == "action"
    progress = _progress(desk, row, states)
    return Line(
        item=row.item_id,
        revision=row.number,
        kind=row.kind,
        content=dict(row.content),
        owner=desk.who(row.owner),
        by_when=row.by_when,
        part=row.part,
        part_title=parts.get(row.part, row.part),
        under=row.item.under_id,
        trace=_trace(desk, row, outline),
        new_because=row.new_because,
        withdrawn_because=row.withdrawn_because,
        answer=_answer(desk, said),
        audience=mark(desk, row.audience_id),
        audience_reason=desk.cut.reasons.get(row.audience_id, "") if desk.professional else "",
        by_name=row.by.name,
        at=row.made_at,
        state=progress.state if progress else "not_started" if told else "",
        progress=progress,
        proposed=row.meeting is not None and row.meeting.state == "in_session",
    )


def _trace(desk: Desk, row: PlanRevision, outline: Mapping[UUID, OutlineItem]) -> Trace | None:
    source = outline.get(row.outline_id) if row.outline_id else None
    if source is None or not desk.cut.sees(source.audience_id, desk.child.id):
        return None
    return Trace(source.id, source.position, outline_text(source, row.kind))


def _progress(
    desk: Desk, row: PlanRevision, states: Mapping[UUID, Sequence[ActionState]] | None
) -> Progress | None:
    if states is None or row.kind != "action":
        return None
    return standing_progress(row.item_id, states, desk.cut, desk.child.id)


def _answer(desk: Desk, said: ActionAnswer | None) -> Answer | None:
    if said is None or not desk.cut.sees(said.audience_id, desk.child.id):
        return None
    other = said.recorded_by.name if said.recorded_by_id != said.owner_id else ""
    return Answer(said.answer, said.reason, timezone.localdate(said.made_at), other)


def mark(desk: Desk, audience: UUID) -> str:
    """The mark of a narrowed audience; the family gets none, for it would tell them that there is more."""
    if not desk.professional:
        return ""
    value = desk.cut.value(audience)
    if value.base is not access.Base.GROUP:
        return str(value.base)
    return "not_to" if value.shut_out else ""


def parts_of(desk: Desk) -> dict[str, str]:
    """The six parts of the plan and what this procedure calls them (R81)."""
    procedure = book.load(desk.case.group.procedure)
    return {part.code: say(part.title, desk.lang) for part in procedure.plan_parts}


def nested(lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """(concerns with what hangs beneath, what hangs under something that this reader may not see)."""
    lines = list(lines)
    shown = {line.item for line in lines}
    beneath: dict[UUID | None, list[Line]] = {}
    loose: list[Line] = []
    for line in lines:
        if line.kind in ("outcome", "action"):
            if line.under in shown:
                beneath.setdefault(line.under, []).append(line)
            else:
                loose.append(replace(line, under=None, loose=True))

    def grown(line: Line) -> Line:
        return replace(line, beneath=tuple(grown(one) for one in beneath.get(line.item, ())))

    concerns = tuple(grown(line) for line in lines if line.kind == "concern")
    return concerns, tuple(grown(line) for line in loose)
