"""A child's plan in a meeting in session, outcome by outcome: what is proposed beside what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from coregroup.access.doors import Case
from coregroup.casefile import plans_load as load
from coregroup.casefile import plans_words as words
from coregroup.casefile.plans_load import Desk
from coregroup.casefile.plans_shapes import FieldChange, Line, Progress
from coregroup.casefile.workspace_room import Room, now, table_of
from coregroup.records.models import ActionState, Meeting, OutcomeRating, PlanRevision
from coregroup.rules import book, plan_fields
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed

NEW, CHANGED, WITHDRAWN = "new", "changed", "withdrawn"


@dataclass(frozen=True)
class RatingSeen:
    """What one person said last of an outcome, with the evidence; `now` if it was for this meeting."""

    name: str
    value: int
    evidence: str
    on: date
    now: bool


@dataclass(frozen=True)
class Piece:
    """An item as the meeting has it: `proposed` is new, changed or withdrawn in this meeting, else "".

    `before` are the fields that read differently in the text that is in force; `moved` says that its
    state was set in this meeting. `beneath` are an outcome's actions, a concern's outcomes.
    """

    line: Line
    proposed: str = ""
    before: tuple[FieldChange, ...] = ()
    moved: bool = False
    ratings: tuple[RatingSeen, ...] = ()
    beneath: tuple[Piece, ...] = ()

    @property
    def spread(self) -> tuple[int, int] | None:
        """The lowest and the highest rating: shown as they are, never averaged."""
        values = [one.value for one in self.ratings]
        return (min(values), max(values)) if values else None

    @property
    def touched(self) -> bool:
        """Whether this meeting changed it or anything beneath it."""
        return bool(self.proposed) or self.moved or any(one.touched for one in self.beneath)


@dataclass(frozen=True)
class PlanStep:
    """One child's plan at the plan step. `others` are the other children of the meeting."""

    room: Room
    group: UUID
    meeting: UUID
    child: UUID
    child_name: str
    plan_name: str
    in_force: bool
    concerns: tuple[Piece, ...]
    loose: tuple[Piece, ...]  # outcomes and actions whose parent this reader may not see
    further: tuple[Piece, ...]  # contact, contingency plans
    withdrawn: tuple[Piece, ...]
    children: tuple[tuple[UUID, str], ...] = field(default_factory=tuple)

    @property
    def outcomes(self) -> tuple[tuple[Piece | None, Piece], ...]:
        """Every outcome in its order, each with its concern."""
        under = [(concern, one) for concern in self.concerns for one in concern.beneath]
        return (*under, *((None, one) for one in self.loose if one.line.kind == "outcome"))


@dataclass(frozen=True)
class OutcomeStep:
    """One outcome of it, with the way to the one before and the one after."""

    plan: PlanStep
    concern: Piece | None
    outcome: Piece
    number: int
    before: UUID | None
    after: UUID | None

    @property
    def taken_out(self) -> tuple[Piece, ...]:
        """The actions beneath it that this meeting took out."""
        return tuple(one for one in self.plan.withdrawn if one.line.under == self.outcome.line.item)


def plan_step(*, group: UUID, meeting: UUID, child: UUID, by: Actor) -> PlanStep:
    """One child's plan as the meeting in session works on it, cut for the asker. A fixed number of queries.

    Raises Closed for what the asker may not open, Refused to the family and outside a session. R10, R51, R80.
    """
    cursor = now()
    table = table_of(group=group, meeting=meeting, by=by, what=f"plan step of {child}")
    desk = Desk(table.case, table.case.child(child), table.cut, load.language())
    return _step(table.case, desk, table.meeting, table.room(cursor))


def outcome_step(*, group: UUID, meeting: UUID, child: UUID, outcome: UUID, by: Actor) -> OutcomeStep:
    """One outcome with its concern, its ratings and the actions beneath it. R25, R59, R108."""
    step = plan_step(group=group, meeting=meeting, child=child, by=by)
    every = step.outcomes
    place = next((at for at, (_c, one) in enumerate(every) if one.line.item == outcome), None)
    if place is None:
        raise Closed
    concern, piece = every[place]
    return OutcomeStep(
        step, concern, piece, place + 1,
        before=every[place - 1][1].line.item if place else None,
        after=every[place + 1][1].line.item if place + 1 < len(every) else None,
    )  # fmt: skip


def _step(case: Case, desk: Desk, meeting: Meeting, room: Room) -> PlanStep:
    latest, before = _rows(desk, meeting)
    answers, parts = load.answers_of(desk.child), load.parts_of(desk)
    ratings = _ratings(desk, meeting)
    pieces = {
        row.item_id: _piece(
            desk, meeting, load.line_of(desk, row, {}, answers, parts), row, before.get(row.item_id), ratings
        )
        for row in latest
    }  # fmt: skip
    live = [row.item_id for row in latest if not row.withdrawn_because]
    concerns, loose = load.nested(pieces[item].line for item in live)
    procedure = book.load(case.group.procedure)
    children = [child for child in case.children if child.id in desk.cut.reader.children]
    return PlanStep(
        room=room,
        group=case.group.id,
        meeting=meeting.id,
        child=desk.child.id,
        child_name=desk.child.person.name,
        plan_name=procedure.word("plan_name", desk.lang),
        in_force=any(load.has_version(row) for row in latest),
        concerns=tuple(_grown(line, pieces) for line in concerns),
        loose=tuple(_grown(line, pieces) for line in loose),
        further=tuple(
            pieces[item] for item in live if pieces[item].line.kind in ("contact", "contingency")
        ),
        withdrawn=tuple(one for one in pieces.values() if one.proposed == WITHDRAWN),
        children=tuple((child.id, child.person.given_name) for child in children),
    )  # fmt: skip


def _rows(desk: Desk, meeting: Meeting) -> tuple[list[PlanRevision], dict[UUID, PlanRevision]]:
    """The latest revisions, and what stood before this meeting where it changed something. One query."""
    every = PlanRevision.objects.filter(item=OuterRef("item"))
    later = every.filter(number__gt=OuterRef("number"))
    newest = ~Exists(later) & (Q(withdrawn_because="") | Q(meeting=meeting))
    stood = Exists(every.filter(meeting=meeting)) & ~Exists(later.exclude(meeting=meeting))
    rows = PlanRevision.objects.filter(item__plan__child=desk.child).filter(
        newest | (stood & ~Q(meeting=meeting))
    )
    now: dict[UUID, PlanRevision] = {}
    then: dict[UUID, PlanRevision] = {}
    for row in load.rows_in_order(_with_states(rows)):
        if row.item_id not in now or now[row.item_id].number < row.number:
            now[row.item_id] = row
        if row.meeting_id != meeting.id:
            then[row.item_id] = row
    seen = [row for row in now.values() if desk.cut.sees(row.audience_id, desk.child.id)]
    shown = [row for row in seen if not row.withdrawn_because or row.item_id in then]
    stood_before = {
        item: row for item, row in then.items()
        if row is not now[item] and desk.cut.sees(row.audience_id, desk.child.id)
    }  # fmt: skip
    return shown, stood_before


def _piece(
    desk: Desk,
    meeting: Meeting,
    line: Line,
    row: PlanRevision,
    before: PlanRevision | None,
    ratings: Mapping[UUID, tuple[RatingSeen, ...]],
) -> Piece:
    here = row.meeting_id == meeting.id
    proposed = "" if not here else WITHDRAWN if row.withdrawn_because else CHANGED if before else NEW
    said = _progress(desk, row)
    line = replace(line, proposed=False)  # `proposed` says it more closely
    if row.kind == "action":
        line = replace(line, state=said.state if said else "not_started", progress=said)
    return Piece(
        line,
        proposed,
        _differing(desk, before, row) if before and proposed == CHANGED else (),
        moved=said is not None and said.meeting == meeting.id,
        ratings=ratings.get(row.item_id, ()),
    )


def _with_states(rows: QuerySet[PlanRevision]) -> QuerySet[PlanRevision]:
    """Each action with what was last said of how far it is."""
    said = ActionState.objects.filter(item=OuterRef("item")).order_by("-made_at", "-id")
    return rows.annotate(
        said_state=Subquery(said.values("state")[:1]),
        said_because=Subquery(said.values("because")[:1]),
        said_on=Subquery(said.values("on")[:1]),
        said_audience=Subquery(said.values("audience")[:1], output_field=UUIDField()),
        said_meeting=Subquery(said.values("meeting")[:1], output_field=UUIDField()),
    )


def _progress(desk: Desk, row: Any) -> Progress | None:
    if row.said_state is None:
        return None
    seen = desk.cut.sees(row.said_audience, desk.child.id)
    because = row.said_because if seen else ""
    return Progress(row.said_state, because, row.said_on, meeting=row.said_meeting)


def _grown(line: Line, pieces: Mapping[UUID, Piece]) -> Piece:
    one = pieces[line.item]
    return Piece(
        line, one.proposed, one.before, one.moved, one.ratings,
        tuple(_grown(below, pieces) for below in line.beneath),
    )  # fmt: skip


def _differing(desk: Desk, before: PlanRevision, after: PlanRevision) -> tuple[FieldChange, ...]:
    """The fields that read differently, in words. That who may see it was changed is not said here."""
    then, now = _told(desk, before), _told(desk, after)
    return tuple(
        FieldChange(name, words.field_label(after.kind, name), then.get(name, ""), now.get(name, ""))
        for name in now
        if then.get(name, "") != now.get(name, "")
    )


def _told(desk: Desk, row: PlanRevision) -> dict[str, str]:
    kind = plan_fields.KINDS[row.kind]
    told = {name: words.value_words(row.kind, name, value) for name, value in row.content.items()}
    if kind.person:
        told["owner"] = str(desk.who(row.owner) or "")
    if kind.dated:
        told["by_when"] = words.day(row.by_when)
    return told


def _ratings(desk: Desk, meeting: Meeting) -> dict[UUID, tuple[RatingSeen, ...]]:
    """What each person said last of each outcome, cut to the reader, the lowest first. One query."""
    rows = OutcomeRating.objects.filter(item__plan__child=desk.child).select_related("person__agency")
    last: dict[tuple[UUID, UUID], OutcomeRating] = {}
    for row in rows.order_by("made_at", "id"):
        last[(row.item_id, row.person_id)] = row
    found: dict[UUID, list[RatingSeen]] = {}
    for (item, _person), row in last.items():
        if desk.cut.sees(row.audience_id, desk.child.id):
            who = str(desk.who(row.person) or "")
            seen = RatingSeen(who, row.value, row.evidence, row.on, row.meeting_id == meeting.id)
            found.setdefault(item, []).append(seen)
    return {item: tuple(sorted(ones, key=lambda one: (one.value, one.name))) for item, ones in found.items()}
