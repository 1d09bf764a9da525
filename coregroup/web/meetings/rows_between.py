"""Actions as they are drawn, on one's own page and on the board: words first, colour second."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.action_states import COLOURS, NextState, next_states, state_word
from coregroup.casefile.actions import FamilyActions, MyAction
from coregroup.casefile.board import Board, BoardLine
from coregroup.casefile.plans_words import choice_word
from coregroup.web.kit.links import address
from coregroup.web.kit.once import token
from coregroup.web.kit.words import plaindate

Tag = tuple[str, str]
STATES = ("cannot_yet", "not_started", "under_way", "done", "not_needed")


@dataclass(frozen=True)
class Saying:
    """What the short form in a list needs, by which somebody says how far an action is."""

    to: str
    states: tuple[NextState, ...]
    once: str
    back: str


@dataclass(frozen=True)
class Drawn:
    """One action in a list."""

    id: UUID
    what: str
    tags: tuple[Tag, ...]
    facts: tuple[tuple[str, str], ...]
    because: str = ""
    link: tuple[str, str] | None = None
    answer: str = ""
    saying: Saying | None = None


@dataclass(frozen=True)
class Section:
    """Some actions beneath one heading."""

    key: str
    title: str
    rows: tuple[Drawn, ...]
    address: str = ""
    tags: tuple[Tag, ...] = field(default=())


def when_tag(late: bool, soon: bool) -> tuple[Tag, ...]:
    """Whether an action is late or near, said in words."""
    return ((_("Overdue"), "red"),) if late else ((_("Due soon"), "yellow"),) if soon else ()


def state_tag(state: str) -> Tag:
    """How far it is, said in words."""
    return state_word(state), COLOURS.get(state, "grey")


def my_section(one: FamilyActions) -> Section:
    """My actions with one family."""
    rows = tuple(_mine(row) for row in one.actions)
    return Section(str(one.group), one.family, rows, address("group", group=one.group))


def _mine(row: MyAction) -> Drawn:
    action = row.action
    tags = [*when_tag(row.late, row.soon), state_tag(action.state)]
    tags += [(_("Proposed in the meeting now"), "purple")] if action.proposed else []
    tags += [(_("In a plan not in force yet"), "grey")] if not action.in_force else []
    tags += [(choice_word("declined"), "orange")] if action.answer == "declined" else []
    facts = [(_("By when"), plaindate(action.by_when)), (_("For"), row.child)]
    if action.left:
        facts.append((_("Left open by"), action.left))
    plan = address("plan", group=action.group, child=action.child)
    return Drawn(
        action.item,
        action.what,
        tuple(tags),
        tuple(facts),
        said(action.state, action.because, action.said_on),
        (_("See it in the plan"), f"{plan}#item-{action.item}"),
        address("answer_action", group=action.group, item=action.item) + "?back=mine" if row.asked else "",
        saying(action.group, action.item, action.state, "mine"),
    )


def saying(group: UUID, item: UUID, state: str, back: str) -> Saying:
    """The short form for one action; `back` is the page from which it is sent."""
    to = reverse("action_state", kwargs={"group": group, "item": item})
    return Saying(to, next_states(state), token(), back)


def said(state: str, because: str, on: date | None) -> str:
    """What was last said of an action, beside its state: why, and when."""
    if not because:
        return _("Since %(day)s.") % {"day": plaindate(on)} if on and state != "not_started" else ""
    return _("%(day)s: %(because)s") % {"day": plaindate(on), "because": because}


def board_sections(board: Board, lines: Iterable[BoardLine], by: str) -> tuple[Section, ...]:
    """The lines of a board, by state, child, owner or outcome; late ones first within each."""
    lines = list(lines)
    if by == "child":
        return _sections(board, lines, [(key, name) for key, name in board.children], lambda one: one.child)
    if by == "owner":
        return _sections(board, lines, [(one.person, one.name) for one in board.owners], lambda x: x.owner)
    if by == "outcome":
        keys = dict.fromkeys((one.under, one.outcome) for one in lines)
        titles = [(key, title or _("Another outcome")) for key, title in keys]
        return _sections(board, lines, titles, lambda one: one.under)
    return _sections(
        board, lines, [(code, state_word(code)) for code in STATES], lambda one: one.state, told=True
    )


def _sections(
    board: Board,
    lines: list[BoardLine],
    titles: Iterable[tuple[Hashable, str]],
    key: Callable[[BoardLine], Hashable],
    *,
    told: bool = False,
) -> tuple[Section, ...]:
    found: list[Section] = []
    for value, title in titles:
        rows = tuple(_on_board(board, one, told) for one in lines if key(one) == value)
        if rows:
            found.append(Section(f"part-{len(found) + 1}", title, rows))
    return tuple(found)


def _on_board(board: Board, line: BoardLine, told: bool) -> Drawn:
    """`told`: the heading says already how far it is."""
    tags = [*when_tag(line.late, line.soon), *([] if told else [state_tag(line.state)])]
    tags += [(_("Proposed in the meeting now"), "purple")] if line.proposed else []
    tags += [(_("Changed since the last meeting"), "blue")] if line.changed else []
    if not line.answer and line.open:
        tags.append((_("No answer yet"), "yellow"))
    elif line.answer in ("declined", "could_not_ask"):
        tags.append((choice_word(line.answer), "orange"))
    tags += [(choice_word(line.kept), "purple")] if line.kept else []
    facts = [
        (_("Who does it"), f"{line.owner_name} ({line.agency})" if line.agency else line.owner_name),
        (_("By when"), plaindate(line.by_when)),
        (_("For"), line.child_name),
    ]
    if line.left:
        facts.append((_("Has left, so it falls to"), board.lead_word))
    if line.outcome:
        facts.append((_("So that"), line.outcome))
    plan = reverse("plan_item", kwargs={"group": board.group, "child": line.child, "item": line.item})
    return Drawn(
        line.item,
        line.what,
        tuple(tags),
        tuple(facts),
        said(line.state, line.because, line.said_on),
        (_("History"), plan),
        "",
        saying(board.group, line.item, line.state, "board") if line.may_change else None,
    )
