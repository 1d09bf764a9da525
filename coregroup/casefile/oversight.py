"""Tables for those who oversee: every plan of a conference chair, every core group of a manager's staff.

At most ten queries, for one plan or for five hundred. Sorting and filtering work on lines that are already
cut: what a reader may not see can neither match nor be guessed from a count (R57, R92).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from coregroup.access.desk import open_desk
from coregroup.casefile.action_states import state_now
from coregroup.casefile.lines import ChildLine, GroupLine, Shelf, shelf_of
from coregroup.casefile.sentences import lang_now
from coregroup.records.models import Membership, PlanRevision, PlanVersion
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.moves import OPEN_ACTION_STATES
from coregroup.rules.procedure import say


@dataclass(frozen=True)
class PlanLine:
    """One child's plan, as the chair of its conferences oversees it."""

    group: UUID
    child: UUID
    name: str
    family: str
    lead: str
    procedure: str
    authority: str
    next_review: date | None
    review_limit: date | None
    began_on: date | None
    months: int | None
    overdue: tuple[str, ...]
    version: int | None
    last_meeting: date | None
    unallocated: bool


@dataclass(frozen=True)
class StaffLine:
    """One core group of one of my staff."""

    group: UUID
    person: UUID
    name: str
    agency: str
    family: str
    leads: tuple[str, ...]
    children: tuple[str, ...]
    joined: bool
    next_meeting: date | None
    overdue: tuple[str, ...]
    late_actions: int


@dataclass(frozen=True)
class Wanted:
    """What a table is narrowed to and sorted by; `sort` with a minus goes backwards."""

    text: str = ""
    procedure: str = ""
    overdue: bool = False
    sort: str = ""


def plans(*, by: Actor) -> tuple[PlanLine, ...]:
    """Every plan whose conferences somebody chairs. Closed to whoever holds no such duty."""
    desk = open_desk(by=by, to=Capability.OVERSEE_PLANS, relations={Relation.CONFERENCE_CHAIR}, what="plans")
    today = timezone.localdate()
    shelf = shelf_of(desk, today)
    children = [child.id for line in shelf.lines.values() for child in line.children]
    versions = dict(
        PlanVersion.objects.filter(plan__child_id__in=children)
        .order_by().values_list("plan__child_id").annotate(Max("number"))
    )  # fmt: skip
    return tuple(
        _plan(line, child, versions.get(child.id), today)
        for line in shelf.lines.values()
        for child in line.children
        if child.ended_on is None
    )


def _plan(line: GroupLine, child: ChildLine, version: int | None, today: date) -> PlanLine:
    limit = next((row.latest for row in child.running if row.rule in ("first_review", "next_review")), None)
    return PlanLine(
        group=line.id,
        child=child.id,
        name=child.name,
        family=line.family,
        lead=child.lead,
        procedure=book.load(line.procedure).title(lang_now()),
        authority=line.authority,
        next_review=line.next_review.planned_on if line.next_review else None,
        review_limit=limit,
        began_on=child.began_on,
        months=_months(child.began_on, today),
        overdue=_overdue(child),
        version=version,
        last_meeting=line.last_meeting.held_on if line.last_meeting else None,
        unallocated=child.unallocated,
    )


def _overdue(child: ChildLine) -> tuple[str, ...]:
    lang = lang_now()
    return tuple(dict.fromkeys(say(row.title, lang) for row in child.overdue))


def _months(began: date | None, today: date) -> int | None:
    """Whole months on the plan."""
    if began is None:
        return None
    months = (today.year - began.year) * 12 + today.month - began.month
    return max(months - (today.day < began.day), 0)


def staff(*, by: Actor) -> tuple[StaffLine, ...]:
    """Every core group of the people whom somebody manages, a line each. Closed to whoever manages nobody."""
    desk = open_desk(by=by, to=Capability.OVERSEE_STAFF, relations={Relation.MANAGER}, what="staff")
    today = timezone.localdate()
    shelf = shelf_of(desk, today)
    people = {member.person_id for one in desk.standings for member in one.staff}
    late = _late_actions(people, shelf, today)
    return tuple(
        _staff(shelf.lines[one.group.id], member, late.get((member.person_id, one.group.id), 0))
        for one in desk.standings
        for member in one.staff
    )


def _staff(line: GroupLine, member: Membership, late: int) -> StaffLine:
    leads = tuple(child.name for child in line.children if child.lead_person == member.person_id)
    return StaffLine(
        group=line.id,
        person=member.person_id,
        name=member.person.name,
        agency=member.person.agency.name if member.person.agency else "",
        family=line.family,
        leads=leads,
        children=tuple(child.name for child in line.children),
        joined=member.joined_at is not None or bool(leads),
        next_meeting=line.next_meeting.planned_on if line.next_meeting else None,
        overdue=tuple(dict.fromkeys(title for child in line.children for title in _overdue(child))),
        late_actions=late,
    )


def _late_actions(people: Iterable[UUID], shelf: Shelf, today: date) -> Mapping[tuple[UUID, UUID], int]:
    """How many actions in force whose date has gone by each of these people has, by group. One query."""
    newer = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    in_force = PlanVersion.objects.filter(plan=OuterRef("item__plan"))
    rows = PlanRevision.objects.filter(
        ~Exists(newer), Exists(in_force), owner_id__in=list(people), group_id__in=list(shelf.lines),
        kind="action", withdrawn_because="", by_when__lt=today,
    ).annotate(state=state_now()).filter(state__in=OPEN_ACTION_STATES)  # fmt: skip
    found: dict[tuple[UUID, UUID], int] = {}
    for owner, group, audience, child in rows.order_by().values_list(
        "owner_id", "group_id", "audience_id", "item__plan__child_id"
    ):
        if shelf.cuts[group].sees(audience, child):
            found[owner, group] = found.get((owner, group), 0) + 1
    return found


PLAN_KEYS: Mapping[str, Callable[[PlanLine], Any]] = {
    "child": lambda line: line.name.casefold(),
    "lead": lambda line: line.lead.casefold() or None,
    "procedure": lambda line: line.procedure.casefold(),
    "review": lambda line: line.next_review or line.review_limit,
    "months": lambda line: line.months,
    "overdue": lambda line: len(line.overdue) + line.unallocated,
    "version": lambda line: line.version,
    "last": lambda line: line.last_meeting,
}
STAFF_KEYS: Mapping[str, Callable[[StaffLine], Any]] = {
    "name": lambda line: line.name.casefold(),
    "family": lambda line: line.family.casefold(),
    "meeting": lambda line: line.next_meeting,
    "overdue": lambda line: len(line.overdue),
    "actions": lambda line: line.late_actions,
}


def narrowed_plans(lines: Iterable[PlanLine], wanted: Wanted) -> list[PlanLine]:
    """The plans that fit, in the order asked for; by default the next review first."""
    found = [
        line for line in lines
        if _holds(wanted.text, line.name, line.family, line.lead)
        and (not wanted.procedure or line.procedure == wanted.procedure)
        and (not wanted.overdue or line.overdue or line.unallocated)
    ]  # fmt: skip
    return _sorted(found, wanted.sort, PLAN_KEYS, "review")


def narrowed_staff(lines: Iterable[StaffLine], wanted: Wanted) -> list[StaffLine]:
    """The staff's groups that fit, in the order asked for; by default by name."""
    found = [
        line for line in lines
        if _holds(wanted.text, line.name, line.family, *line.children)
        and (not wanted.overdue or line.overdue or line.late_actions or not line.joined)
    ]  # fmt: skip
    return _sorted(found, wanted.sort, STAFF_KEYS, "name")


def _holds(text: str, *shown: str) -> bool:
    """Is the text part of what is shown? Every word of it, in any order, without regard to case."""
    all_shown = " ".join(shown).casefold()
    return all(word in all_shown for word in text.casefold().split())


def _sorted(
    lines: Sequence[Any], sort: str, keys: Mapping[str, Callable[[Any], Any]], usual: str
) -> list[Any]:
    """Sorted by a key, a minus turning it round; lines without a value come last either way."""
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    key = keys.get(name) or keys[usual]
    backwards = backwards and name in keys
    with_value = [line for line in lines if key(line) is not None]
    without = [line for line in lines if key(line) is None]
    return sorted(with_value, key=key, reverse=backwards) + without
