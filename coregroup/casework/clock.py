"""What the clock does: notices for dates that come near or have gone by, alarms, and forgetting old drafts.

Runs without a person and as often as wanted: each notice is given once for its key, and put away by itself
when what it spoke of no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery, UUIDField
from django.utils import timezone

from coregroup.casework.action_states import open_actions
from coregroup.casework.clock_records import records_due
from coregroup.casework.limits import dated_of
from coregroup.casework.verbs import act_alone
from coregroup.records.models import Audience, Child, CoreGroup, Draft, LeadAppointment, Membership, Notice
from coregroup.rules import registration as reg
from coregroup.rules.access import Actor, Capability

DRAFTS_LAST = timedelta(days=90)
PREFIX = "clock:"
REMIND = timedelta(days=3)


@dataclass(frozen=True)
class Due:
    """A notice that ought to stand: for whom, about what, under which key."""

    to: UUID
    code: str
    key: str
    data: tuple[tuple[str, str], ...] = ()
    child: UUID | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Rung:
    """What one round of the clock did."""

    groups: int
    given: int
    put_away: int


def give_notices(*, by: Actor) -> Rung:
    """Looks at every open core group: what is due soon, overdue, unallocated, to be looked at again.

    Only for the clock's own actor; Closed to anybody else. R4, R7, R8, R57, R92.
    """
    with act_alone(by=by, to=Capability.KEEP_CLOCK, what="notices"):
        groups = list(CoreGroup.objects.filter(closed_on__isnull=True).values_list("id", flat=True))
    given = put_away = 0
    for group in groups:
        with transaction.atomic():
            new, old = _keep(CoreGroup.objects.get(id=group))
        given, put_away = given + new, put_away + old
    return Rung(len(groups), given, put_away)


def forget_old_drafts(*, by: Actor) -> int:
    """Forgets what was typed and neither saved nor touched for ninety days; gives how many."""
    with act_alone(by=by, to=Capability.KEEP_CLOCK, what="old drafts"):
        before = timezone.now() - DRAFTS_LAST
        count, _by_model = Draft.objects.filter(kept_at__lt=before).delete()
    return count


def _keep(group: CoreGroup) -> tuple[int, int]:
    """Gives what ought to stand and does not yet; puts away what stands and ought not."""
    wanted = {(due.to, due.key): due for due in _due(group)}
    known = dict(Notice.objects.filter(group=group, key__startswith=PREFIX).values_list("id", "done_at"))
    rows = Notice.objects.filter(id__in=list(known)).values_list("id", "to_id", "key")
    there = {(to, key): notice for notice, to, key in rows}
    new = [
        Notice(
            authority_id=group.authority_id, group=group, child_id=due.child, to_id=due.to, code=due.code,
            data=dict(due.data), urgent=due.urgent, key=due.key,
        )
        for place, due in wanted.items() if place not in there
    ]  # fmt: skip
    Notice.objects.bulk_create(new, ignore_conflicts=True)  # another round may be at it just now
    stale = [notice for place, notice in there.items() if place not in wanted and known[notice] is None]
    Notice.objects.filter(id__in=stale).update(done_at=timezone.now())
    return len(new), len(stale)


def _due(group: CoreGroup) -> Iterable[Due]:
    today = timezone.localdate()
    members = list(Membership.objects.filter(group=group, until__isnull=True).select_related("person"))
    children = _children(group)
    yield from _clocks(group, members, children, today)
    yield from _unallocated(members, children)
    yield from _audiences(group, members, today)
    yield from _actions(group, members, children, today)
    yield from _records(group, members, children, today)


def _records(
    group: CoreGroup, members: list[Membership], children: list[Child], today: date
) -> Iterable[Due]:
    """A record that somebody was not given, or has not opened, is asked after once (R23, R53)."""
    to = {child.lead for child in children if child.lead}  # type: ignore[attr-defined]
    for due in records_due(group, members, children, today):
        key = f"{PREFIX}{due.code}:{due.meeting}:{due.recipient}"
        data = (
            ("meeting", str(due.meeting)),
            ("on", due.held_on.isoformat()),
            ("person", str(due.recipient)),
        )
        for person in to - {due.recipient}:
            yield Due(person, due.code, key, data)


def _actions(
    group: CoreGroup, members: list[Membership], children: list[Child], today: date
) -> Iterable[Due]:
    """An owner is reminded of an action three days before its date, and on the day after it; once each.

    Of actions in force with something still to do; whoever has declined one is not reminded of it (R102).
    """
    inside = {member.person_id for member in members}
    known = {child.id for child in children}
    for row in open_actions(group):
        child, by_when = row.item.plan.child_id, row.by_when
        if row.owner_id not in inside or child not in known or by_when is None:
            continue
        code = "action_late" if by_when < today else "action_due_soon" if by_when - REMIND <= today else ""
        if code:
            data = (("item", str(row.item_id)), ("by_when", by_when.isoformat()))
            key = f"{PREFIX}{code}:{row.item_id}:{by_when}"
            yield Due(row.owner_id, code, key, data, child, urgent=code == "action_late")  # type: ignore[arg-type]


def _children(group: CoreGroup) -> list[Child]:
    leads = LeadAppointment.objects.filter(child=OuterRef("pk"))
    last = leads.order_by("-since", "-made_at")
    return list(
        Child.objects.filter(group=group, registrations__ended_on__isnull=True, registrations__isnull=False)
        .annotate(
            lead=Subquery(leads.filter(until__isnull=True).values("person_id")[:1], output_field=UUIDField()),
            last_lead=Subquery(last.values("id")[:1]),
        )
        .order_by("position", "id")
        .distinct()
    )


def _clocks(group: CoreGroup, members: list[Membership], children: list[Child], today: date) -> Iterable[Due]:
    """One notice for a clock that runs alike for several children."""
    dated = dated_of(group)
    found: dict[tuple[str, str, date, date], list[Child]] = {}
    for child in children:
        for row in reg.rows_of(group.procedure, dated, child.id, today):
            if row.status in ("due_soon", "overdue") and row.latest and row.anchor.date:
                place = (row.status, row.rule, row.anchor.date, row.latest)
                found.setdefault(place, []).append(child)
    for (status, rule, anchor, latest), concerned in found.items():
        code = f"clock_{status}"
        to = {child.lead for child in concerned if child.lead}  # type: ignore[attr-defined]
        if status == "overdue":
            to |= _managers(members, to)
        data: dict[str, Any] = {"rule": rule, "latest": latest.isoformat()}
        one = concerned[0].id if len(concerned) == 1 else None
        key = f"{PREFIX}{status}:{rule}:{anchor}:{latest}:{one or group.id}"
        for person in to:
            yield Due(person, code, key, tuple(data.items()), one, urgent=status == "overdue")


def _managers(members: list[Membership], people: set[UUID]) -> set[UUID]:
    return {
        member.person.manager_id for member in members
        if member.person_id in people and member.person.manager_id
    }  # fmt: skip


def _unallocated(members: list[Membership], children: list[Child]) -> Iterable[Due]:
    """A child on a plan without a lead: told to the conference chair and to the members' managers (R4)."""
    to = {member.person_id for member in members if member.part == Membership.CHAIR}
    to |= _managers(members, {member.person_id for member in members if member.part == Membership.MEMBER})
    inside = {member.person_id for member in members}
    for child in children:
        lead, last = child.lead, child.last_lead  # type: ignore[attr-defined]
        if lead is None or lead not in inside:
            key = f"{PREFIX}unallocated:{child.id}:{last}"
            for person in to:
                yield Due(person, "child_unallocated", key, (), child.id, urgent=True)


def _audiences(group: CoreGroup, members: list[Membership], today: date) -> Iterable[Due]:
    """Whoever kept something to named people is asked to look at it again on its day; nobody else is told."""
    inside = {member.person_id for member in members}
    rows = Audience.objects.filter(group=group, base="named", review_on__lte=today, set_by__in=inside)
    for row in rows:
        data = (("review_on", row.review_on.isoformat()),) if row.review_on else ()
        yield Due(row.set_by_id, "audience_review_due", f"{PREFIX}audience:{row.id}:{row.review_on}", data)  # type: ignore[arg-type]
