"""How far actions are, as their readers see it; never mixed with whether anything changed (R59, R102)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from coregroup.casefile.audiences import Cut
from coregroup.casefile.plans_shapes import Progress
from coregroup.records.models import ActionState, Child
from coregroup.rules.moves import ACTION, OPEN_ACTION_STATES

SOON = timedelta(days=14)
COLOURS = {
    "not_started": "grey", "under_way": "blue", "done": "green", "cannot_yet": "orange",
    "not_needed": "purple",
}  # fmt: skip


@dataclass(frozen=True)
class NextState:
    """A state that may follow, and whether it needs a reason."""

    code: str
    word: str
    needs_why: bool


def state_word(state: str) -> str:
    """What a state of an action is called."""
    return {
        "not_started": _("Not started"),
        "under_way": _("Under way"),
        "done": _("Done"),
        "cannot_yet": _("Cannot be done yet"),
        "not_needed": _("No longer needed"),
    }.get(state, state)


def next_states(state: str) -> tuple[NextState, ...]:
    """The states that may follow one, in the order of the table of moves."""
    return tuple(
        NextState(move.after, state_word(move.after), bool(move.needs)) for move in ACTION
        if move.before == state
    )  # fmt: skip


def is_open(state: str) -> bool:
    """Is there still something to do?"""
    return state in OPEN_ACTION_STATES


def is_late(state: str, by_when: date, today: date) -> bool:
    """Is something still to do whose date has gone by?"""
    return is_open(state) and by_when < today


def is_soon(state: str, by_when: date, today: date) -> bool:
    """Is something still to do whose date has come or is near?"""
    return is_open(state) and today <= by_when <= today + SOON


def state_now(item: str = "item") -> Coalesce:
    """The state in which an action stands, for annotating rows that have its item."""
    rows = ActionState.objects.filter(item=OuterRef(item)).order_by("-made_at", "-id")
    return Coalesce(Subquery(rows.values("state")[:1]), Value("not_started"))


def states_of(child: Child, item: UUID | None = None) -> dict[UUID, list[ActionState]]:
    """Everything that was said of how far a child's actions are, by item, the oldest first. One query."""
    rows = ActionState.objects.filter(item__plan__child=child)
    if item is not None:
        rows = rows.filter(item=item)
    found: dict[UUID, list[ActionState]] = {}
    for row in rows.select_related("by").order_by("made_at", "id"):
        found.setdefault(row.item_id, []).append(row)
    return found


def progress_of(row: ActionState, cut: Cut, child: UUID) -> Progress:
    """One saying. Its reason is left out for whoever could not see the action when it was said."""
    seen = cut.sees(row.audience_id, child)
    return Progress(
        row.state, row.because if seen else "", row.on, row.by.name if seen else "", row.meeting_id
    )


def standing_progress(
    item: UUID, states: Mapping[UUID, Sequence[ActionState]], cut: Cut, child: UUID
) -> Progress | None:
    """What was last said of an action; None where nobody has said anything yet."""
    said = states.get(item)
    return progress_of(said[-1], cut, child) if said else None


def history_of(rows: Iterable[ActionState], cut: Cut, child: UUID) -> tuple[Progress, ...]:
    """Everything that was said of one action, the latest first."""
    return tuple(reversed([progress_of(row, cut, child) for row in rows]))
