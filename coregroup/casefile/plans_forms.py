"""What the pages need on which a plan is built, answered and put in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coregroup.access.doors import Case, open_group
from coregroup.casefile import plans_load as load
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.plans import desk_of
from coregroup.casefile.plans_load import Desk
from coregroup.casefile.plans_shapes import Line
from coregroup.records.models import (
    AccountPerson,
    Audience,
    Conference,
    Membership,
    OutlineItem,
    PlanItem,
    PlanRevision,
)
from coregroup.rules import book, plan_fields
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Closed
from coregroup.rules.procedure import say


@dataclass(frozen=True)
class Option:
    """One answer that a form offers."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Standing:
    """The audience of an item as it stands, for the part of the form that asks it."""

    base: str
    named: frozenset[UUID]
    shut_out: frozenset[UUID]
    reason: str
    permitted_by: str
    review_on: date | None


@dataclass(frozen=True)
class ItemPage:
    """What a form for one item needs: what stands, and what can be chosen."""

    group: UUID
    child: UUID
    child_name: str
    plan_name: str
    kind: str
    line: Line | None
    audience: Standing | None
    parent: str  # what it hangs under, in its own words
    people: tuple[Option, ...]
    outline: tuple[Option, ...]
    parts: tuple[Option, ...]
    audience_people: tuple[PersonChoice, ...]
    next_review: date | None


def item_page(
    *,
    group: UUID,
    child: UUID,
    kind: str = "",
    item: UUID | None = None,
    under: UUID | None = None,
    by: Actor,
) -> ItemPage:
    """What the form for a new item of a kind, or for one that exists, needs. A fixed number of queries.

    Raises Closed for what the asker may not see, Refused to whoever may not build the plan. R9, R11, R51.
    """
    case = open_group(group, by=by, to=Capability.BUILD_PLAN, what=f"plan item of {child}")
    desk = desk_of(case, child)
    rows = _rows(desk, item, under)
    row = rows.get(item) if item else None
    kind = row.kind if row else kind
    if kind not in plan_fields.KINDS or (item and row is None) or (under and under not in rows):
        raise Closed
    shape = plan_fields.KINDS[kind]
    above = rows.get(row.item.under_id if row else under)
    begins = row or above
    outline = _outline_rows(desk) if shape.traced else []
    people = people_to_choose(case, desk.cut)
    return ItemPage(
        group=case.group.id,
        child=desk.child.id,
        child_name=desk.child.person.name,
        plan_name=book.load(case.group.procedure).word("plan_name", desk.lang),
        kind=kind,
        line=load.line_of(desk, row, {one.id: one for one in outline}, {}, {}) if row else None,
        audience=_standing(desk, begins.audience) if begins else None,
        parent=str(above.content.get(plan_fields.heading(above.kind), "")) if above else "",
        people=_people(desk, shape.person, people),
        outline=_outline(outline, kind, row.outline_id if row else None),
        parts=_parts(desk),
        audience_people=people,
        next_review=_next_review(case) if shape.dated else None,
    )


def _rows(desk: Desk, item: UUID | None, under: UUID | None) -> dict[UUID | None, PlanRevision]:
    """The latest revisions of the item and of what it hangs under, as far as the asker may see. One query."""
    if item is None and under is None:
        return {}
    wanted = [one for one in (item, under) if one]
    above = PlanItem.objects.filter(id=item).values_list("under_id", flat=True) if item else []
    rows = PlanRevision.objects.filter(item__plan__child=desk.child).select_related(
        "item", "owner__agency", "by", "audience", "meeting"
    )
    found: dict[UUID | None, PlanRevision] = {}
    wide = (
        rows.filter(item__in=wanted) | rows.filter(item__in=above) if item else rows.filter(item__in=wanted)
    )
    for row in wide.order_by("number"):
        found[row.item_id] = row
    return {key: row for key, row in found.items() if desk.cut.sees(row.audience_id, desk.child.id)}


def _standing(desk: Desk, row: Audience) -> Standing:
    value = desk.cut.value(row.id)
    return Standing(row.base, value.named, value.shut_out, row.reason, row.permitted_by, row.review_on)


def _people(desk: Desk, means: str, people: Iterable[PersonChoice]) -> tuple[Option, ...]:
    """Who can be chosen for the person column of a kind, among those whom the asker may know of."""
    if not means:
        return ()
    known = {person.id: person for person in people}
    ids: list[UUID] = []
    if means in ("owner", "keeps"):
        parts = (
            (Membership.MEMBER,)
            if means == "keeps"
            else (Membership.MEMBER, Membership.FAMILY, Membership.CHILD)
        )
        ids = [
            member.person_id
            for member in desk.case.members
            if member.part in parts and desk.child.id in desk.case.reader(member.person).children
        ]
    if means in ("owner", "whose"):
        ids += [row.adult.person_id for row in desk.case.relationships if row.child_id == desk.child.id]
    options = [
        Option(str(one.id), f"{one.name} ({one.role})" if one.role else one.name)
        for one in known.values()
        if one.id in ids
    ]
    if means == "whose":
        options.insert(0, Option(str(desk.child.person_id), desk.child.person.name))
    return tuple(options)


def _parts(desk: Desk) -> tuple[Option, ...]:
    return tuple(
        Option(part.code, say(part.title, desk.lang), say(part.text, desk.lang) if part.text else "")
        for part in book.load(desk.case.group.procedure).plan_parts
    )


def _outline_rows(desk: Desk) -> list[OutlineItem]:
    return [row for row in load.outline_rows(desk.child) if desk.cut.sees(row.audience_id, desk.child.id)]


def _outline(rows: Iterable[OutlineItem], kind: str, kept: UUID | None) -> tuple[Option, ...]:
    """What an item may come from. What it comes from already stays, though it was set aside since."""
    return tuple(
        Option(str(row.id), f"{row.position}. {load.outline_text(row, kind)}")
        for row in rows
        if not row.set_aside_because or row.id == kept
    )


def _next_review(case: Case) -> date | None:
    """The next review conference that is planned, for the check of dates (R58)."""
    rows = Conference.objects.filter(group=case.group, kind="review", held_on__isnull=True)
    return rows.order_by("planned_on").values_list("planned_on", flat=True).first()


@dataclass(frozen=True)
class ActionPage:
    """One action to be answered: what it asks, whose it is, and what was answered so far."""

    group: UUID
    child: UUID
    child_name: str
    plan_name: str
    lead_word: str
    line: Line
    mine: bool
    may_record: bool
    owner_signs_in: bool
    earlier: tuple[tuple[str, str, str], ...]  # (answer, reason, who recorded it)


def action_page(*, group: UUID, item: UUID, by: Actor) -> ActionPage:
    """One action for its owner, or for the lead worker on their behalf (R34).

    Raises Closed for what the asker may not see and for what is no live action.
    """
    case = open_group(group, by=by, to=Capability.ANSWER_ACTION, what=f"action {item}")
    rows = PlanRevision.objects.filter(group=case.group, item=item, kind="action")
    rows = rows if by.professional else load.without_proposed(rows)
    row = rows.select_related("item__plan", "owner__agency", "by", "meeting").order_by("-number").first()
    if row is None or row.withdrawn_because:
        raise Closed
    desk = desk_of(case, row.item.plan.child_id)
    if not desk.cut.sees(row.audience_id, desk.child.id):
        raise Closed
    answers = load.answers_of(desk.child)
    procedure = book.load(case.group.procedure)
    mine = row.owner_id == by.person
    lead = Relation.LEAD in case.relations
    earlier = tuple(
        (one.answer, one.reason, one.recorded_by.name)
        for one in answers.get(row.item_id, ())
        if desk.cut.sees(one.audience_id, desk.child.id)
    )
    return ActionPage(
        group=case.group.id,
        child=desk.child.id,
        child_name=desk.child.person.name,
        plan_name=procedure.word("plan_name", desk.lang),
        lead_word=procedure.word("lead_worker", desk.lang),
        line=load.line_of(desk, row, {}, answers, load.parts_of(desk)),
        mine=mine,
        may_record=lead and not mine,
        owner_signs_in=lead and AccountPerson.objects.filter(person=row.owner).exists(),
        earlier=earlier,
    )
