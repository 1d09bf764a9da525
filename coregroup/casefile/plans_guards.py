"""The guards before a child's plan comes into force, with what each still lacks, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import open_group
from coregroup.casefile import plans_load as load
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.dated import Dated, dated_of
from coregroup.casefile.plans_content import content_of
from coregroup.casefile.plans_load import Desk, language
from coregroup.casefile.plans_papers import Papers, papers_of
from coregroup.records.models import Membership, OutlineItem, PlanRevision
from coregroup.rules import book, plan_fields, plan_guards
from coregroup.rules import registration as reg
from coregroup.rules.access import Actor, Capability
from coregroup.rules.procedure import Item, say


@dataclass(frozen=True)
class GuardLine:
    """One guard as a page shows it: what is asked, whether it holds, and what it lacks, by name."""

    code: str
    title: str
    must: bool
    held: bool
    lacking: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class ForcePage:
    """What the page needs on which a plan is put in force."""

    group: UUID
    child: UUID
    child_name: str
    plan_name: str
    in_force: bool
    guards: tuple[GuardLine, ...]
    held_on: tuple[date, ...]
    planned_on: date | None
    audience_people: tuple[PersonChoice, ...]
    late_after: date | None = None  # the limit for the core group, where its day has gone by without one

    @property
    def open_musts(self) -> tuple[GuardLine, ...]:
        """What keeps the plan from coming into force."""
        return tuple(guard for guard in self.guards if guard.must and not guard.held)

    @property
    def open_shoulds(self) -> tuple[GuardLine, ...]:
        """What can be passed with a reason."""
        return tuple(guard for guard in self.guards if not guard.must and not guard.held)


@dataclass(frozen=True)
class _Days:
    """What the guards ask of the calendar."""

    held: tuple[date, ...]
    planned: tuple[date, ...]
    placed: bool
    review: bool
    in_force: bool


def force_page(*, group: UUID, child: UUID, by: Actor) -> ForcePage:
    """Every guard for one child at once, met or not, with the way to meet it. A fixed number of queries.

    For the lead worker; Closed to a stranger, Refused to others. R4, R11, R31, R33, R41, R83.
    """
    case = open_group(group, by=by, to=Capability.PUT_IN_FORCE, what=f"guards of {child}")
    desk = Desk(case, case.child(child), cut_for(case.group.id, case.reader()), language())
    dated = dated_of({case.group.id: desk.cut}, {case.group.id: case.group.authority_id})[case.group.id]
    papers = papers_of([desk.child])[desk.child.id]
    days = _days(desk, dated, papers.rows)
    procedure = book.load(case.group.procedure)
    return ForcePage(
        group=case.group.id,
        child=desk.child.id,
        child_name=desk.child.person.name,
        plan_name=procedure.word("plan_name", desk.lang),
        in_force=days.in_force,
        guards=guard_lines(desk, dated, papers),
        held_on=days.held,
        planned_on=min(days.planned, default=None),
        audience_people=people_to_choose(case, desk.cut),
        late_after=None if days.held else _late_after(desk, dated),
    )


def guard_lines(
    desk: Desk, dated: Dated, papers: Papers, voices: frozenset[UUID] = frozenset()
) -> tuple[GuardLine, ...]:
    """Every guard of a child's plan, as far as the reader may see it. No query.

    `voices` are persons whose views are about to be written onto the plan: those of a meeting in session.
    """
    rows = [row for row in papers.rows if desk.sees(row)]
    outline = [
        row
        for row in papers.outline
        if not row.set_aside_because and desk.cut.sees(row.audience_id, desk.child.id)
    ]
    content = content_of(desk, rows, papers.answers, outline)
    given = tuple(plan_guards.Item("view", person, owner=person) for person in sorted(voices, key=str))
    content = replace(content, items=content.items + given)
    held = {**_of_case(desk, _days(desk, dated, rows)), **plan_guards.judge(content)}
    names = _lacking(desk, rows, outline, content)
    items = book.load(desk.case.group.procedure).guards.values()
    return tuple(_line(item, desk, held, names) for item in items)


def _line(
    item: Item, desk: Desk, held: Mapping[str, bool], names: Mapping[str, tuple[str, ...]]
) -> GuardLine:
    holds = held.get(item.code, True)
    return GuardLine(
        item.code,
        say(item.title, desk.lang),
        item.must,
        holds,
        () if holds else names.get(item.code, ()),
        say(item.source.title, desk.lang) if item.source else "",
    )


def _days(desk: Desk, dated: Dated, rows: list[PlanRevision]) -> _Days:
    """The core groups held and planned, whether a review is planned and a version in force."""
    return _Days(
        held=tuple(sorted(one.held_on for one in dated.meetings if one.held_on)),
        planned=tuple(sorted(one.planned_on for one in dated.meetings if not one.held_on)),
        placed=any(one.held_on or (one.venue and one.starts_at) for one in dated.meetings),
        review=any(
            one.kind == "review" and one.planned_on >= desk.case.group.opened_on for one in dated.conferences
        ),
        in_force=bool(rows) and load.has_version(rows[0]),
    )


def _late_after(desk: Desk, dated: Dated) -> date | None:
    """The limit for the first core group if it has passed and nobody has said why (R95)."""
    procedure, today = desk.case.group.procedure, timezone.localdate()
    rows = reg.rows_of(procedure, dated, desk.child.id, today)
    missed = [row.latest for row in reg.broken_by(rows, procedure, today, ()) if row.latest]
    return min(missed, default=None)


def _of_case(desk: Desk, days: _Days) -> dict[str, bool]:
    members = [member for member in desk.case.members if member.part == Membership.MEMBER]
    lead = getattr(desk.child, "lead_person_id", None)
    return {
        "lead": lead is not None and desk.case.member(lead) is not None,
        "members": len({member.person.agency_id for member in members}) > 1,
        "first_core_group": days.placed,
        "review_date": days.review,
    }


def _lacking(
    desk: Desk, rows: list[PlanRevision], outline: list[OutlineItem], content: plan_guards.Content
) -> Mapping[str, tuple[str, ...]]:
    lacks = plan_guards.lacking(content)
    declined = {one.item for one in content.items if one.answer == "declined"}
    parents = {
        row.adult.person_id: row.adult.person.name
        for row in desk.case.relationships
        if row.child_id == desk.child.id and desk.cut.sees(row.audience_id, desk.child.id)
    }
    texts = {
        row.item_id: _unanswered(row, row.item_id in declined)
        if row.kind == "action"
        else str(row.content.get(plan_fields.heading(row.kind), ""))
        for row in rows
    }
    texts |= {row.id: f"{row.position}. {load.outline_text(row)}" for row in outline}
    texts |= parents
    found = {code: tuple(texts[one] for one in texts if one in ids) for code, ids in lacks.items()}
    return found | {"child_voice": (desk.child.person.name,)}


def _unanswered(row: PlanRevision, declined: bool) -> str:
    told = {"name": row.owner.name if row.owner else "", "what": row.content["what"]}
    if declined:
        return _("%(name)s declined: %(what)s Give it to somebody else.") % told
    return _("%(name)s has not answered: %(what)s") % told
