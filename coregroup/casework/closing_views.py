"""What somebody said in a meeting becomes their view on the plan when the meeting closes (R30, R33, R111)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, value_of
from coregroup.casework.plan_people import group_people
from coregroup.casework.plan_versions import plan_of
from coregroup.records.models import Audience, Child, Meeting, MeetingEntry, PlanItem, PlanRevision
from coregroup.rules import plan_fields
from coregroup.rules.access import Audience as Value

_SOUGHT_BY = {
    "PN1": "direct", "PN3": "direct", "PN4": "direct", "PN2": "advocate", "PN5": "advocate",
    "attended": "direct", "represented": "advocate",
}  # fmt: skip


def write_views(
    case: Case, meeting: Meeting, children: Iterable[Child], entries: Iterable[MeetingEntry]
) -> None:
    """Writes each voice of the meeting onto the plans it belongs to, as revisions of this meeting.

    A child's onto their own plan; an adult's onto that of the child it was said about, or of every child to
    whom they are related. The same person's earlier view of the same audience takes the new words as its next
    revision; the earlier ones stay in its history.
    """
    rows = list(entries)
    how = {row.about: str(row.content.get("how", "")) for row in rows if row.kind == "attendance"}
    for row in rows:
        if row.kind != "voice" or not str(row.content.get("words", "")).strip():
            continue
        for child in _plans_of(case, row, children):
            _write(case, meeting, child, row, how.get(row.about, ""))


def _plans_of(case: Case, row: MeetingEntry, children: Iterable[Child]) -> list[Child]:
    related = {one.child_id for one in case.relationships if one.adult.person_id == row.about}
    return [
        child for child in children
        if child.person_id == row.about or (child.id in related and row.child_id in (None, child.id))
    ]  # fmt: skip


def _write(case: Case, meeting: Meeting, child: Child, row: MeetingEntry, attended: str) -> None:
    plan = plan_of(case, child)
    audience = row.audience
    if row.child_id is None and child.person_id != row.about:
        audience = _kept_from_limited(case, row)
    content = _content(meeting, row, attended)
    latest = _standing_view(plan.id, row.about, audience)
    if latest is not None and latest.content == content:
        return
    stamp = {"authority": case.group.authority, "group": case.group}
    if latest is None:
        beside = PlanItem.objects.filter(plan=plan, kind="view").count()
        item = PlanItem.objects.create(**stamp, plan=plan, kind="view", position=beside)
    else:
        item = latest.item
    last = PlanRevision.every.filter(item=item).order_by("-number").values_list("number", flat=True).first()
    PlanRevision.objects.create(
        **stamp, item=item, number=(last or 0) + 1, kind="view", content=content,
        owner_id=row.about, audience=audience, by_id=row.by_id, meeting=meeting,
    )  # fmt: skip


def _content(meeting: Meeting, row: MeetingEntry, attended: str) -> dict[str, str]:
    """The view as a plan keeps it. How it was sought is taken from how the person took part, or left open."""
    told = {name: str(row.content.get(name, "")) for name in ("words", "sought", "how", "on", "taken_by")}
    told["sought"] = told["sought"] or _SOUGHT_BY.get(attended, "")
    told["on"] = told["on"] or (meeting.held_on.isoformat() if meeting.held_on else "")
    told["taken_by"] = told["taken_by"] or row.by.name
    return plan_fields.tidy("view", told)


def _standing_view(plan: UUID, owner: UUID | None, audience: Audience) -> PlanRevision | None:
    rows = PlanRevision.objects.filter(item__plan=plan, kind="view").select_related("item", "audience")
    latest: dict[UUID, PlanRevision] = {}
    for row in rows.prefetch_related("audience__persons").order_by("made_at", "number"):
        latest[row.item_id] = row
    wanted = value_of(audience)
    own = [
        row for row in latest.values()
        if row.owner_id == owner and not row.withdrawn_because and value_of(row.audience) == wanted
    ]  # fmt: skip
    return own[-1] if own else None


def _kept_from_limited(case: Case, row: MeetingEntry) -> Audience:
    """Words about all the children are kept from whoever may not know of every one of them."""
    people = group_people(case)
    limited = frozenset(
        person.id for person in people.values() if person.id != row.about and case.reader(person).limited
    )
    managers = {member.person.manager_id for member in case.members if member.person.manager_id}
    limited |= {one for one in managers if case._reader(one, True).limited}
    value = value_of(row.audience)
    if limited <= value.shut_out or (value.base != "group" and not limited):
        return row.audience
    wanted = Value(value.base, value.named, value.shut_out | limited)
    rows = Audience.objects.filter(group=case.group, base=str(value.base)).exclude(reason="")
    for known in rows.prefetch_related("persons").order_by("made_at"):
        if value_of(known) == wanted:
            return known
    because = _("These words were said about all the children.")
    return audience_row(
        case,
        AudienceChoice(
            base=str(value.base),
            named=value.named,
            shut_out=wanted.shut_out,
            reason=f"{row.audience.reason} {because}".strip(),
            permitted_by=row.audience.permitted_by,
            review_on=row.audience.review_on,
        ),  # fmt: skip
    )
