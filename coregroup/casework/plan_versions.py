"""The versions of a child's plan: numbered sets of revisions, never overwritten (R10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.consequences import settle
from coregroup.records.models import (
    Audience,
    Child,
    Meeting,
    Plan,
    PlanRevision,
    PlanVersion,
    VersionRevision,
)
from coregroup.rules import plan_fields
from coregroup.rules.errors import Refused
from coregroup.rules.happenings import PlanChanged


def author(case: Case) -> UUID:
    """The person who writes: a door to a case opens to persons alone."""
    assert case.by.person is not None
    return case.by.person


def plan_of(case: Case, child: Child) -> Plan:
    """The child's plan, begun if it has not been."""
    return Plan.objects.get_or_create(
        child=child, defaults={"authority": case.group.authority, "group": case.group}
    )[0]


def latest_revisions(plan: Plan) -> list[PlanRevision]:
    """The latest revision of every item, withdrawn ones too, with what decides who may see it."""
    rows = PlanRevision.objects.filter(item__plan=plan).select_related("item", "owner", "audience", "outline")
    latest: dict[UUID, PlanRevision] = {}
    for row in rows.prefetch_related("audience__persons").order_by("number"):
        latest[row.item_id] = row
    order = {kind: place for place, kind in enumerate(plan_fields.ORDER)}
    return sorted(latest.values(), key=lambda row: (order[row.kind], row.item.position, row.item.made_at))


def in_session(case: Case) -> Meeting | None:
    """The meeting of this group that is in session: what is saved now is proposed in it."""
    return Meeting.objects.filter(group=case.group, state="in_session").first()


def refuse_guest_elsewhere(case: Case) -> None:
    """Refused to somebody who comes to one meeting, while another meeting of the group is in session."""
    now = in_session(case) if case.guest is not None else None
    if case.guest is not None and now is not None and now.id != case.guest.meeting_id:
        raise Refused(_("Somebody who comes to one meeting can change things in that meeting only."))


def next_version(case: Case, child: Child, plan: Plan, audience: Audience) -> int | None:
    """Once a version is in force, a saved change makes the next one (R10); gives its number, or None.

    While a meeting is in session a change is proposed in it: the version is made when the meeting closes.
    """
    if in_session(case) is not None:
        return None
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    if last is None:
        return None
    version = make_version(case, plan, last.number + 1)
    settle(PlanChanged(child=child.id, version=version.number), case=case, audience=audience)
    return version.number


def make_version(
    case: Case, plan: Plan, number: int, *, at: datetime | None = None, **more: Any
) -> PlanVersion:
    """A version: the latest revisions that are not withdrawn."""
    stamp = {"authority": case.group.authority, "group": case.group}
    version = PlanVersion.objects.create(
        **stamp, plan=plan, number=number, by_id=author(case), at=at or timezone.now(), **more
    )
    VersionRevision.objects.bulk_create(
        VersionRevision(**stamp, version=version, revision=row)
        for row in latest_revisions(plan)
        if not row.withdrawn_because
    )
    return version


def in_force(plan: Plan) -> int | None:
    """The number of the version in force, or None."""
    return PlanVersion.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
