"""Somebody's own actions over all their core groups: to be answered, due, overdue, how far (R34, R102)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from coregroup.access.desk import open_desk
from coregroup.casefile.action_rows import answer_of, gone, proposed, standing_rows
from coregroup.casefile.action_states import SOON, is_late, is_open, is_soon
from coregroup.casefile.audiences import Cut
from coregroup.casefile.lines import Shelf, shelf_of
from coregroup.records.models import Person, PlanRevision
from coregroup.rules.access import Actor, Capability, Relation

__all__ = ["SOON", "Items", "MyActions", "OwnAction", "cut_actions", "items_of", "my_actions"]


@dataclass(frozen=True)
class OwnAction:
    """One action in somebody's name, as its latest revision has it, and how far it is.

    `left` names an owner who has left: the action is the lead worker's until somebody else has it. `proposed`
    was written in a meeting that is still in session.
    """

    item: UUID
    group: UUID
    child: UUID
    what: str
    by_when: date
    answer: str
    in_force: bool
    state: str = "not_started"
    because: str = ""
    said_on: date | None = None
    proposed: bool = False
    left: str = ""

    @property
    def open(self) -> bool:
        """Is there still something to do?"""
        return is_open(self.state)

    def late(self, today: date) -> bool:
        """Has its date gone by, with something still to do?"""
        return is_late(self.state, self.by_when, today)

    def soon(self, today: date) -> bool:
        """Has its date come, or is it near?"""
        return is_soon(self.state, self.by_when, today)


@dataclass(frozen=True)
class Owned:
    """An own action, not yet cut: the audience of its text, of the item now, of its state's reason."""

    action: OwnAction
    audience: UUID
    now: UUID
    reason: UUID | None


@dataclass(frozen=True)
class Items:
    """The latest audience of each plan item asked about, and the actor's own actions; not yet cut."""

    audiences: Mapping[UUID, tuple[UUID, UUID]]  # item: (audience, child)
    own: tuple[Owned, ...]


@dataclass(frozen=True)
class MyAction:
    """An action of mine with the names that go with it; `late` and `soon` as of today."""

    action: OwnAction
    child: str
    late: bool
    soon: bool

    @property
    def asked(self) -> bool:
        """Does it wait for my answer?"""
        return not self.action.answer and not self.action.left and self.action.open


@dataclass(frozen=True)
class FamilyActions:
    """My actions with one family, the most urgent first."""

    group: UUID
    family: str
    actions: tuple[MyAction, ...]


@dataclass(frozen=True)
class MyActions:
    """My actions over all my core groups, as chosen: those still open, or those that are finished."""

    today: date
    families: tuple[FamilyActions, ...]
    open: int
    late: int
    finished: int
    shows_finished: bool = False
    left: tuple[FamilyActions, ...] = field(default=())  # mine to give away: whose owner has left


def my_actions(*, finished: bool = False, by: Actor) -> MyActions:
    """Every action of mine over all my groups, cut to what I may see; for a lead worker, leavers' as well.

    A fixed number of queries, for one core group or for five hundred. Closed to an actor who is no person.
    R34, R59, R102.
    """
    desk = open_desk(by=by, to=Capability.SEE_HOME, what="my actions")
    today = timezone.localdate()
    shelf = shelf_of(desk, today)
    led = [group for group, one in shelf.standings.items() if Relation.LEAD in one.relations]
    actions = cut_actions(items_of(by.person, shelf.lines, (), led, agreed=not by.professional), shelf.cuts)
    mine = [one for one in actions if not one.left]
    shown = [one for one in mine if one.open is not finished]
    left = [one for one in actions if one.left and one.open and not finished]
    return MyActions(
        today=today,
        families=_families(shown, shelf, today, finished),
        open=sum(one.open for one in mine),
        late=sum(one.late(today) for one in mine),
        finished=sum(not one.open for one in mine),
        shows_finished=finished,
        left=_families(left, shelf, today, False),
    )


def _families(
    actions: Iterable[OwnAction], shelf: Shelf, today: date, finished: bool
) -> tuple[FamilyActions, ...]:
    """By family: late ones first, then by their dates; what is finished, the latest first."""
    found: dict[UUID, list[MyAction]] = {}
    for one in actions:
        line = shelf.lines[one.group]
        child = next((known.name for known in line.children if known.id == one.child), "")
        found.setdefault(one.group, []).append(MyAction(one, child, one.late(today), one.soon(today)))
    families = [
        FamilyActions(
            group,
            shelf.lines[group].family,
            tuple(sorted(rows, key=lambda row: _place(row.action, finished))),
        )
        for group, rows in found.items()
    ]
    return tuple(
        sorted(
            families, key=lambda one: (_place(one.actions[0].action, finished), one.family, str(one.group))
        )
    )


def _place(action: OwnAction, finished: bool) -> tuple[int, str]:
    if finished:
        return (-(action.said_on or action.by_when).toordinal(), str(action.item))
    return (action.by_when.toordinal(), str(action.item))


def items_of(
    person: UUID | None,
    groups: Collection[UUID],
    items: Collection[UUID],
    led: Collection[UUID] = (),
    *,
    agreed: bool = False,
) -> Items:
    """The latest revision of each action somebody owns in these groups, and of the items named. One query.

    With `led`, also the actions of professionals who have left these groups: they are the lead worker's.
    `agreed`: without what a meeting in session only proposes; the family reads that when it closes.
    """
    rows = list(standing_rows(_wanted(person, groups, items, led), agreed=agreed))
    audiences, own = {}, []
    for row in rows:
        child = row.item.plan.child_id
        now, reason = row.audience_now, row.state_audience  # type: ignore[attr-defined]
        audiences[row.item_id] = (now, child)
        live = row.kind == "action" and not row.withdrawn_because and row.by_when is not None
        if live and (row.owner_id == person or _left(row, led)):
            own.append(Owned(_own(row, child, person), row.audience_id, now, reason))
    return Items(audiences, tuple(own))


def _wanted(
    person: UUID | None, groups: Collection[UUID], items: Collection[UUID], led: Collection[UUID]
) -> Q:
    leaver = Q(kind="action", group_id__in=list(led), owner__kind=Person.PROFESSIONAL) & Q(gone())
    own = Q(owner_id=person, kind="action", group_id__in=list(groups))
    return own | Q(item_id__in=list(items)) | leaver


def _left(row: PlanRevision, led: Collection[UUID]) -> bool:
    """Is it an action, in a group that the actor leads, of a professional who has left it?"""
    gone = row.gone and row.owner is not None and row.owner.kind == Person.PROFESSIONAL  # type: ignore[attr-defined]
    return bool(gone and row.group_id in led)


def _own(row: PlanRevision, child: UUID, person: UUID | None) -> OwnAction:
    return OwnAction(
        item=row.item_id,
        group=row.group_id,
        child=child,
        what=str(row.content.get("what", "")),
        by_when=row.by_when,  # type: ignore[arg-type]
        answer=answer_of(row),
        in_force=row.in_force,  # type: ignore[attr-defined]
        state=row.state,  # type: ignore[attr-defined]
        because=row.state_because or "",  # type: ignore[attr-defined]
        said_on=row.state_on,  # type: ignore[attr-defined]
        proposed=proposed(row),
        left=row.owner.name if row.owner and row.owner_id != person else "",
    )


def cut_actions(items: Items, cuts: Mapping[UUID, Cut]) -> tuple[OwnAction, ...]:
    """The own actions that their owner may see."""
    return tuple(
        _cut(one, cuts[one.action.group])
        for one in items.own
        if one.action.group in cuts
        and cuts[one.action.group].sees(one.audience, one.action.child)
        and cuts[one.action.group].sees(one.now, one.action.child)
    )


def _cut(one: Owned, cut: Cut) -> OwnAction:
    seen = one.reason is None or cut.sees(one.reason, one.action.child)
    return one.action if seen else replace(one.action, because="")
