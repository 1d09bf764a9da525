"""Which limits a planned core group would not keep: read before it is booked, and again when it is (R95)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import standing_audience
from coregroup.casework.consequences import settle
from coregroup.records.models import ClosureDay, Conference, CoreGroup, Departure, Meeting, Registration
from coregroup.rules import registration as reg
from coregroup.rules import series as rule
from coregroup.rules.happenings import LimitDeparted


@dataclass(frozen=True)
class Limit:
    """A limit that would not be kept: its rule, what it counts from, its last day."""

    rule: str
    anchor_on: date
    latest: date


def broken_limits(case: Case, planned: date, *, moved: UUID | None = None) -> tuple[Limit, ...]:
    """The limits that a meeting on this day would not keep, over all children; `moved` is replaced by it."""
    dated = dated_of(case.group, moved)
    today = timezone.localdate()
    ahead = (one.planned_on for one in dated.meetings if one.held_on is None)
    others = tuple(day for day in ahead if day >= today)
    procedure = case.group.procedure
    found: dict[tuple[str, date], Limit] = {}
    for child in case.children:
        rows = reg.rows_of(procedure, dated, child.id, today)
        for row in reg.broken_by(rows, procedure, planned, others):
            if row.anchor.date and row.latest:
                found[row.rule, row.anchor.date] = Limit(row.rule, row.anchor.date, row.latest)
    return tuple(sorted(found.values(), key=lambda one: (one.latest, one.rule)))


def broken_without(case: Case, meeting: UUID | None, days: Sequence[date]) -> tuple[Limit, ...]:
    """The limits that would not be kept if this meeting were not held and others were, on these days.

    Those that run now, and the gaps that open between the planned meetings; without a meeting, those that
    open if the others are held as well as what is planned.
    """
    found = {
        (one.rule, one.anchor_on): one
        for one in broken_limits(case, min(days, default=date.max), moved=meeting)
    }
    before = {(row.rule, row.anchor.date) for row in rule.broken(asked_of(case), [])}
    for row in rule.broken(asked_of(case, meeting), days):
        if (row.rule, row.anchor.date) not in before and row.anchor.date and row.latest:
            found.setdefault((row.rule, row.anchor.date), Limit(row.rule, row.anchor.date, row.latest))
    return tuple(sorted(found.values(), key=lambda one: (one.latest, one.rule)))


def asked_of(case: Case, without: UUID | None = None) -> rule.Asked:
    """What a series of the case is read from today, with every meeting but one."""
    children = tuple(child.id for child in case.children)
    return rule.Asked(case.group.procedure, dated_of(case.group, without), children, timezone.localdate())


@dataclass(frozen=True)
class Approval:
    """Why a limit will not be kept, and who approved it when (R95)."""

    reason: str
    approved_by: str
    approved_on: date | None


def approval_faults(approval: Approval | None) -> list[tuple[str | None, str]]:
    """What a departure from a limit still lacks, each at its field."""
    faults: list[tuple[str | None, str]] = []
    if approval is None or not approval.reason.strip():
        faults.append(("late_reason", _("This is after the limit. Say why the limit is not kept.")))
    if approval is None or not approval.approved_by.strip():
        faults.append(("late_approved_by", _("Say who approved that the limit is not kept.")))
    if approval is None or approval.approved_on is None:
        faults.append(("late_approved_on", _("Enter the date when it was approved.")))
    elif approval.approved_on > timezone.localdate():
        faults.append(("late_approved_on", _("The date when it was approved must be today or in the past.")))
    return faults


def depart(case: Case, broken: tuple[Limit, ...], approval: Approval | None) -> None:
    """Keeps a departure for each limit that is not kept, once, and tells of it. Checked beforehand."""
    for limit in broken:
        assert approval is not None
        made = Departure.objects.get_or_create(  # type: ignore[misc]
            group=case.group, rule=limit.rule, anchor_on=limit.anchor_on,
            defaults={
                "authority": case.group.authority, "reason": approval.reason.strip(),
                "decided_by_id": case.by.who, "approved_by": approval.approved_by.strip(),
                "approved_on": approval.approved_on, "audience": standing_audience(case),
            },
        )[1]  # fmt: skip
        if made:
            settle(LimitDeparted(rule=limit.rule), case=case)


def dated_of(group: CoreGroup, moved: UUID | None = None) -> reg.Dated:
    """All dated rows of the group: a verb keeps the limits of the whole case, not of one reader's cut."""
    return reg.Dated(
        meetings=[
            reg.MeetingDay(row.id, row.planned_on, row.held_on, row.starts_at, row.venue)
            for row in Meeting.objects.standing().filter(group=group) if row.id != moved
        ],
        conferences=[
            reg.ConferenceDay(row.id, row.kind, row.planned_on, row.held_on, row.strategy_discussion_on)
            for row in Conference.objects.filter(group=group)
        ],
        registrations=[
            reg.RegistrationSpan(row.child_id, row.conference_id, row.began_on, row.ended_on)
            for row in Registration.objects.filter(group=group)
        ],
        departures=[
            reg.DepartureDay(row.rule, row.anchor_on) for row in Departure.objects.filter(group=group)
        ],
        closure_days=frozenset(
            ClosureDay.objects.filter(authority=group.authority_id).values_list("day", flat=True)
        ),
    )  # fmt: skip
