"""Building a child's detailed plan: items are saved as revisions, never overwritten (R10, R29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, value_of
from coregroup.casework.consequences import settle
from coregroup.casework.plan_checks import (
    Words,
    check_owner_sees,
    check_words,
    clash_of,
    words_of,
    words_told,
)
from coregroup.casework.plan_people import sees, settled_audience
from coregroup.casework.plan_versions import (
    author,
    in_force,
    in_session,
    next_version,
    plan_of,
    refuse_guest_elsewhere,
)
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Audience, Child, OutlineItem, Plan, PlanItem, PlanRevision
from coregroup.rules import plan_fields
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from coregroup.rules.happenings import ActionGiven, AudienceNarrowed, PlanItemSaved


@dataclass(frozen=True)
class Saved:
    """What was saved: the item, its revision, and the version that came of it.

    `version` is None while nothing is in force yet, and while a meeting is in session: then the change is
    proposed in it, and comes into force when it closes.
    """

    item: UUID
    revision: int
    version: int | None = None


def save_item(
    *,
    group: UUID,
    child: UUID,
    kind: str,
    content: Mapping[str, Any],
    item: UUID | None = None,
    base: int | None = None,
    owner: UUID | None = None,
    by_when: date | None = None,
    part: str = "",
    under: UUID | None = None,
    outline: UUID | None = None,
    new_because: str = "",
    audience: AudienceChoice | None = None,
    by: Actor,
    once: str | None = None,
) -> Saved:
    """Saves an item of one child's detailed plan as its next revision.

    Takes the kind and its content (see `rules.plan_fields`); `item` and `base`, the revision that was being
    read, for one that exists; `under` for a new outcome or action. `audience` None leaves it as it was (a new
    item: as what it hangs under); never wider than that of the outline item. Once a version is in force, each
    change makes the next. Two children are never served by one call (R80).

    Raises Closed for what the actor may not see, Problems naming each field at fault (R9, R11, R32, R51, R83,
    R111, R112), and Clash with both texts if somebody saved the item after `base`.
    """
    words = words_told(kind, content, owner, by_when, part, outline, new_because)
    with act(group, by=by, to=Capability.BUILD_PLAN, once=once, what=f"plan of {child}") as case:
        _refuse_closed(case)
        whose = case.child(child)
        plan = plan_of(case, whose)
        row, latest = _row_and_latest(case, whose, plan, kind, item)
        if latest is not None and base != latest.number:
            return _clash_or_same(words, latest, audience, plan)
        saved = _save(case, whose, plan, row, latest, words, under, audience)
        note_outcome(once, saved.item)
    return saved


def withdraw_item(
    *, group: UUID, child: UUID, item: UUID, base: int, reason: str, by: Actor, once: str | None = None
) -> Saved:
    """Takes an item out of the plan, with a reason; it stays readable in its history and in earlier versions.

    Raises Problem where no reason is given or something still hangs beneath it, Clash if somebody saved the
    item after `base`, Closed for what the actor may not see. R10, R29.
    """
    with act(group, by=by, to=Capability.BUILD_PLAN, once=once, what=f"plan of {child}") as case:
        _refuse_closed(case)
        whose = case.child(child)
        plan = plan_of(case, whose)
        row, latest = _row_and_latest(case, whose, plan, "", item)
        assert row is not None and latest is not None
        if base != latest.number:
            raise clash_of(words_of(latest), latest, withdrawn_because=reason.strip())
        if latest.withdrawn_because:
            raise Problem(None, _("This has already been withdrawn."))
        if not reason.strip():
            raise Problem("reason", _("Say why this is withdrawn."))
        _refuse_what_hangs_beneath(case, whose, row)
        words = replace(words_of(latest), withdrawn_because=reason.strip())
        revision = _write(case, row, words, latest.audience)
        settle(
            PlanItemSaved(child=whose.id, item=row.id, kind=row.kind, revision=revision.number),
            case=case,
            audience=latest.audience,
        )
        version = next_version(case, whose, plan, latest.audience)
        note_outcome(once, row.id)
    return Saved(row.id, revision.number, version)


def _refuse_closed(case: Case) -> None:
    if case.group.closed_on:
        raise Problem(None, _("This core group is closed. Its plan cannot be changed any more."))
    if case.guest is not None and in_session(case) is None:
        raise Refused(_("Somebody who comes to one meeting can change the plan in that meeting only."))
    refuse_guest_elsewhere(case)


def _row_and_latest(
    case: Case, child: Child, plan: Plan, kind: str, item: UUID | None
) -> tuple[PlanItem | None, PlanRevision | None]:
    """The item and its latest revision, if there is one; Closed for what the actor may not see."""
    rows = PlanItem.objects.filter(plan=plan)
    if item is not None:
        row = rows.filter(id=item, **({"kind": kind} if kind else {})).first()
        if row is None:
            raise Closed
    elif plan_fields.KINDS[kind].single:
        row = rows.filter(kind=kind).first()
    else:
        row = None
    if row is None:
        return None, None
    latest = row.revisions.select_related("audience", "by", "outline").order_by("-number").first()
    if latest is None or not sees(case, latest.audience, child):
        raise Closed
    return row, latest


def _clash_or_same(words: Words, latest: PlanRevision, choice: AudienceChoice | None, plan: Plan) -> Saved:
    """Somebody saved meanwhile: both texts, unless both wrote the very same."""
    clash = clash_of(words, latest, choice)
    if clash.theirs:
        raise clash
    return Saved(latest.item_id, latest.number, in_force(plan))


def _save(
    case: Case,
    child: Child,
    plan: Plan,
    row: PlanItem | None,
    latest: PlanRevision | None,
    words: Words,
    under: UUID | None,
    choice: AudienceChoice | None,
) -> Saved:
    source = _outline_item(case, child, words.outline)
    parent, above = _parent(case, child, plan, words.kind, under) if row is None else (None, None)
    check_words(words, case=case, child=child, outline=source)
    audience = settled_audience(
        case, choice, latest.audience if latest else above, source.audience if source else None
    )
    check_owner_sees(words, audience, case=case, child=child)
    same = latest is not None and words == words_of(latest) and not latest.withdrawn_because
    if same and latest is not None and value_of(audience) == value_of(latest.audience):
        return Saved(latest.item_id, latest.number, in_force(plan))
    if row is None:
        row = _new_item(case, plan, words.kind, parent)
    revision = _write(case, row, words, audience)
    _settle_saved(case, child, revision, latest, audience)
    return Saved(row.id, revision.number, next_version(case, child, plan, audience))


def _outline_item(case: Case, child: Child, outline: UUID | None) -> OutlineItem | None:
    if outline is None:
        return None
    row = OutlineItem.objects.filter(child=child, id=outline).select_related("audience").first()
    if row is None or not sees(case, row.audience, child):
        raise Closed
    return row


def _parent(
    case: Case, child: Child, plan: Plan, kind: str, under: UUID | None
) -> tuple[PlanItem | None, Audience | None]:
    """What a new outcome or action hangs under, and who may see that: a live item that the actor can see."""
    above = plan_fields.KINDS[kind].under
    if not above:
        return None, None
    if under is None:
        sentence = {
            "concern": _("Say which concern this outcome belongs to."),
            "outcome": _("Say which outcome this action serves."),
        }[above]
        raise Problems([("under", sentence)])
    parent, latest = _row_and_latest(case, child, plan, above, under)
    if latest is not None and latest.withdrawn_because:
        raise Problems([("under", _("What this would hang under has been withdrawn."))])
    return parent, latest.audience if latest else None


def _new_item(case: Case, plan: Plan, kind: str, parent: PlanItem | None) -> PlanItem:
    beside = PlanItem.objects.filter(plan=plan, kind=kind, under=parent).count()
    return PlanItem.objects.create(
        authority=case.group.authority, group=case.group, plan=plan, kind=kind, under=parent, position=beside
    )


def _write(case: Case, item: PlanItem, words: Words, audience: Audience) -> PlanRevision:
    last = PlanRevision.every.filter(item=item).order_by("-number").values_list("number", flat=True).first()
    return PlanRevision.objects.create(
        authority=case.group.authority, group=case.group, item=item, kind=item.kind,
        number=(last or 0) + 1, meeting=in_session(case), content=dict(words.content), owner_id=words.owner,
        by_when=words.by_when, part=words.part, outline_id=words.outline, new_because=words.new_because,
        withdrawn_because=words.withdrawn_because, audience=audience, by_id=author(case),
    )  # fmt: skip


def _settle_saved(
    case: Case, child: Child, revision: PlanRevision, latest: PlanRevision | None, audience: Audience
) -> None:
    item, number = revision.item_id, revision.number
    saved = PlanItemSaved(child=child.id, item=item, kind=revision.kind, revision=number)
    settle(saved, case=case, audience=audience)
    before = value_of(latest.audience) if latest else None
    if value_of(audience) != before and (before is not None or value_of(audience).restricted):
        settle(AudienceNarrowed(child=child.id, what=f"plan_item:{item}"), case=case, audience=audience)
    if revision.kind != "action" or revision.owner_id is None:
        return
    if revision.meeting_id is not None:
        return  # its owner is asked in the meeting, or told when it closes
    asked = plan_fields.demand(revision.owner_id, revision.by_when, revision.content)
    if latest is None or asked != plan_fields.demand(latest.owner_id, latest.by_when, latest.content):
        given = ActionGiven(child=child.id, item=item, owner=revision.owner_id, revision=number)
        settle(given, case=case, audience=audience)


def _refuse_what_hangs_beneath(case: Case, child: Child, row: PlanItem) -> None:
    beneath = PlanRevision.objects.filter(item__under=row).select_related("audience").order_by("number")
    latest = {one.item_id: one for one in beneath}
    live = [one for one in latest.values() if not one.withdrawn_because and sees(case, one.audience, child)]
    if live:
        raise Problem(None, _("First withdraw what hangs beneath this."))
