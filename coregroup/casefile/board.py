"""The whole action board of a core group, for every member; and one action with how far it is (R5, R59)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile.action_rows import answer_of, proposed, standing_rows
from coregroup.casefile.action_states import (
    NextState,
    history_of,
    is_late,
    is_open,
    is_soon,
    next_states,
    states_of,
)
from coregroup.casefile.audiences import Cut, cut_of
from coregroup.casefile.naming import first_name
from coregroup.casefile.plans_shapes import Progress
from coregroup.casefile.sentences import lang_now
from coregroup.casefile.telling import Telling, telling_of
from coregroup.records.models import Meeting, Person, PlanItem, PlanRevision
from coregroup.rules import book
from coregroup.rules.access import Actor, Base, Capability, Relation
from coregroup.rules.errors import Closed
from coregroup.rules.moves import TOOK_PLACE


@dataclass(frozen=True)
class BoardLine:
    """An action on the board. `left`: its owner has left, so it is the lead worker's.

    `changed` since the last meeting: its text, or how far it is. `outcome` is "" where the reader may not see
    what it serves. `kept` says, to professionals, that not everybody of the group sees it.
    """

    item: UUID
    child: UUID
    child_name: str
    what: str
    owner: UUID
    owner_name: str
    agency: str
    left: bool
    by_when: date
    late: bool
    soon: bool
    state: str
    because: str
    said_on: date | None
    under: UUID | None
    outcome: str
    answer: str
    in_force: bool
    proposed: bool
    changed: bool
    mine: bool
    may_change: bool
    kept: str = ""

    @property
    def open(self) -> bool:
        """Is there still something to do?"""
        return is_open(self.state)


@dataclass(frozen=True)
class OwnerCount:
    """How many actions somebody has to do, and how many of them are late."""

    person: UUID
    name: str
    agency: str
    open: int
    late: int
    finished: int


@dataclass(frozen=True)
class Board:
    """Every action that the reader may see, late ones first, and who has how many."""

    group: UUID
    heading: str
    lead_word: str
    today: date
    last_meeting: date | None
    lines: tuple[BoardLine, ...]
    owners: tuple[OwnerCount, ...]
    children: tuple[tuple[UUID, str], ...]
    professional: bool


@dataclass(frozen=True)
class ActionSheet:
    """One action: how far it is, everything that was said of that, and what may be said next."""

    group: UUID
    heading: str
    line: BoardLine
    history: tuple[Progress, ...]
    next: tuple[NextState, ...]


def action_board(*, group: UUID, by: Actor) -> Board:
    """The whole action board of a core group, in the reader's cut. Closed to a stranger. R5, R59.

    A fixed number of queries, whatever it holds.
    """
    case = open_group(group, by=by, to=Capability.SEE_BOARD, what="action board")
    reading = _Reading(case)
    rows = list(standing_rows(_of_group(case), agreed=not by.professional))
    lines = tuple(sorted(reading.lines(rows), key=lambda one: (not one.late, one.by_when, str(one.item))))
    known = case.reader().children
    return Board(
        group=case.group.id,
        heading=reading.heading(),
        lead_word=book.load(case.group.procedure).word("lead_worker", lang_now()),
        today=reading.today,
        last_meeting=reading.last.held_on if reading.last else None,
        lines=lines,
        owners=_counts(lines),
        children=tuple((child.id, first_name(child)) for child in case.children if child.id in known),
        professional=by.professional,
    )


def action_sheet(*, group: UUID, item: UUID, by: Actor) -> ActionSheet:
    """One action for whoever may say how far it is. Closed for what they may not see, or is withdrawn."""
    case = open_group(group, by=by, to=Capability.UPDATE_ACTION, what=f"state of action {item}")
    reading = _Reading(case)
    above = PlanItem.objects.filter(beneath=item)
    wanted = _of_group(case) & (Q(item_id=item) | Q(item__in=above))
    rows = standing_rows(wanted, agreed=not by.professional)
    line = next((one for one in reading.lines(rows) if one.item == item), None)
    if line is None:
        raise Closed
    child = case.child(line.child)
    said = states_of(child, item).get(item, [])
    return ActionSheet(
        case.group.id, reading.heading(), line, history_of(said, reading.cut, child.id),
        next_states(line.state),
    )  # fmt: skip


def _of_group(case: Case) -> Q:
    return Q(group=case.group, kind__in=("action", "outcome"))


class _Reading:
    """What every line of one case's board is made with. Two queries beside the relationships."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.cut: Cut = cut_of(case)
        self.today = timezone.localdate()
        self.telling: Telling = telling_of(case, self.cut.reader)
        self.names = {child.id: first_name(child) for child in case.children}
        meetings = list(
            Meeting.objects.filter(group=case.group, state__in=(*TOOK_PLACE, "in_session")).order_by(
                "-held_on", "-opened_at"
            )
        )
        self.last = next((one for one in meetings if one.state in TOOK_PLACE and one.held_on), None)
        self.in_session = any(one.state == "in_session" for one in meetings)

    def heading(self) -> str:
        """The family's label; the family reads its own children's names: the label may be another's name."""
        if self.case.by.professional:
            return self.case.group.family.label
        known = self.cut.reader.children
        return ", ".join(name for child, name in self.names.items() if child in known)

    def lines(self, rows: Iterable[PlanRevision]) -> list[BoardLine]:
        """The actions among the rows that the reader may see, each with the outcome that it serves."""
        seen = [row for row in rows if self._sees(row) and not row.withdrawn_because]
        outcomes = {row.item_id: str(row.content.get("change", "")) for row in seen if row.kind == "outcome"}
        return [self._line(row, outcomes) for row in seen if row.kind == "action" and row.by_when]

    def _sees(self, row: PlanRevision) -> bool:
        child, now = row.item.plan.child_id, row.audience_now  # type: ignore[attr-defined]
        return self.cut.sees(row.audience_id, child) and self.cut.sees(now, child)

    def _line(self, row: PlanRevision, outcomes: dict[UUID, str]) -> BoardLine:
        child, state, owner = row.item.plan.child_id, str(row.state), row.owner  # type: ignore[attr-defined]
        assert owner is not None and row.by_when is not None  # the database holds both for every action
        left = bool(row.gone) and owner.kind == Person.PROFESSIONAL  # type: ignore[attr-defined]
        reason = row.state_audience  # type: ignore[attr-defined]
        told = reason is None or self.cut.sees(reason, child)
        return BoardLine(
            item=row.item_id,
            child=child,
            child_name=self.names.get(child, ""),
            what=str(row.content.get("what", "")),
            owner=owner.id,
            owner_name=owner.name,
            agency=self._agency(owner),
            left=left,
            by_when=row.by_when,
            late=is_late(state, row.by_when, self.today),
            soon=is_soon(state, row.by_when, self.today),
            state=state,
            because=(row.state_because or "") if told else "",  # type: ignore[attr-defined]
            said_on=row.state_on,  # type: ignore[attr-defined]
            under=row.item.under_id if row.item.under_id in outcomes else None,
            outcome=outcomes.get(row.item.under_id, "") if row.item.under_id else "",
            answer=answer_of(row),
            in_force=row.in_force,  # type: ignore[attr-defined]
            proposed=proposed(row),
            changed=self._changed(row),
            mine=owner.id == self.case.by.person,
            may_change=self._may_change(owner.id),
            kept=self._kept(row.audience_id),
        )

    def _agency(self, owner: Person) -> str:
        member = self.case.member(owner.id)
        return self.telling.agency(member.person) if member else ""

    def _may_change(self, owner: UUID) -> bool:
        if not self.case.can(Capability.UPDATE_ACTION):
            return False
        if owner == self.case.by.person or Relation.LEAD in self.case.relations:
            return True
        return self.in_session and self.case.can(Capability.TAKE_PART)

    def _changed(self, row: PlanRevision) -> bool:
        if self.last is None or self.last.held_on is None:
            return False
        midnight = timezone.make_aware(datetime.combine(self.last.held_on, time()))
        since = self.last.closed_at or midnight
        said = row.state_at  # type: ignore[attr-defined]
        return row.made_at > since or (said is not None and said > since)

    def _kept(self, audience: UUID) -> str:
        if not self.cut.reader.professional:
            return ""
        value = self.cut.value(audience)
        if value.base is not Base.GROUP:
            return str(value.base)
        return "not_to" if value.shut_out else ""


def _counts(lines: Iterable[BoardLine]) -> tuple[OwnerCount, ...]:
    """Who has how many, whoever has late ones first."""
    owners: dict[UUID, list[BoardLine]] = {}
    for line in lines:
        owners.setdefault(line.owner, []).append(line)
    counts = [
        OwnerCount(
            person, own[0].owner_name, own[0].agency, sum(one.open for one in own),
            sum(one.late for one in own), sum(not one.open for one in own),
        )
        for person, own in owners.items()
    ]  # fmt: skip
    return tuple(sorted(counts, key=lambda one: (-one.late, -one.open, one.name.casefold(), str(one.person))))
