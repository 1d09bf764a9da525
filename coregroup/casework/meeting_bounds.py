"""What somebody may not write about in a meeting: whom they do not know of, and what others settle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.plan_people import sees
from coregroup.records.models import Child, Meeting, Membership, PlanRevision
from coregroup.rules.access import Capability, Relation
from coregroup.rules.closing import SAID
from coregroup.rules.errors import Closed, Problem, Refused

FAMILY = (Membership.FAMILY, Membership.CHILD)


class Named(Protocol):
    """A thing of a meeting, as far as it matters here."""

    @property
    def kind(self) -> str: ...
    @property
    def about(self) -> UUID | None: ...
    @property
    def code(self) -> str: ...


def refuse_not_theirs(
    case: Case, meeting: Meeting, thing: Named, told: Mapping[str, Any], to: Capability
) -> None:
    """Refuses what has a verb of its own: who gets the record; a file, which is named by what adds it."""
    _refuse_who_does_not_settle(case, meeting, thing, told)
    if "file" in told and to is not Capability.SAY_BEFOREHAND:
        raise Closed


def _refuse_who_does_not_settle(case: Case, meeting: Meeting, thing: Named, told: Mapping[str, Any]) -> None:
    """Who gets the record, and that a closing guard holds, is said by whoever runs the meeting (R14, R53)."""
    said = thing.kind == "question" and thing.code.startswith(SAID)
    if not said and thing.kind not in ("recipients", "left_out"):
        return
    if Relation.LEAD not in case.relations and case.by.person not in (
        meeting.chair_id,
        meeting.minute_taker_id,
    ):
        raise Refused(_("Only the chair, the minute taker or the lead worker of this meeting can do this."))
    member = case.member(thing.about) if thing.kind == "left_out" else None
    if member is not None and member.part == Membership.CHAIR and told.get("out") == "yes":
        raise Problem("out", _("The chair of the conference is always given the record."))


def refuse_unseen_item(case: Case, child: Child | None, item: UUID | None) -> None:
    """Closed for a plan item of another case or child, or one that is kept from the actor by now."""
    rows = PlanRevision.objects.filter(group=case.group, item__plan__child=child, item=item)
    latest = rows.select_related("audience").order_by("-number").first()
    if latest is None or not sees(case, latest.audience, child):
        raise Closed


def knows_of(case: Case, meeting: Meeting, person: UUID | None) -> bool:
    """Is this a person of the case, of whom the actor may know?"""
    seen = case.reader().children
    professional = {one.person_id for one in case.members if one.part not in FAMILY}
    if person in professional | {one.person_id for one in case.children if one.id in seen}:
        return True
    if person in {row.adult.person_id for row in case.relationships if row.child_id in seen}:
        return True
    return meeting.guests.filter(person=person).exists()
