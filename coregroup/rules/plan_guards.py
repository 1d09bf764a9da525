"""What must or should hold before a plan comes into force, judged from values. Pure.

The procedure says which of these are asked and how strictly; this says only whether each holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

# Every guard that can be judged, in the order in which a plan is built.
CODES = (
    "lead", "members", "first_core_group", "review_date", "concern", "outcome", "action",
    "owner_and_date", "contingency", "child_voice", "parent_views", "agreed_contact", "family_page",
    "outline_traced", "answers",
)  # fmt: skip
# Those that the plan's own content decides.
OF_CONTENT = CODES[4:]


@dataclass(frozen=True, slots=True)
class Item:
    """One live item of a plan, as the guards look at it."""

    kind: str
    item: UUID
    under: UUID | None = None
    owner: UUID | None = None
    dated: bool = False
    outline: UUID | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A plan's content and what stands around it, for the guards that look at it.

    `voice` is the child's own person, None for a child not yet born. `parents` are those whose views are
    needed. `outline` are the outline items that were not set aside.
    """

    items: tuple[Item, ...]
    voice: UUID | None
    parents: frozenset[UUID]
    outline: frozenset[UUID]


def judge(content: Content) -> Mapping[str, bool]:
    """Whether each guard of the content holds, by code."""
    of = {
        kind: [one for one in content.items if one.kind == kind] for kind in {i.kind for i in content.items}
    }
    concerns, outcomes, actions = of.get("concern", []), of.get("outcome", []), of.get("action", [])
    heard = {one.owner for one in of.get("view", [])}
    return {
        "concern": bool(concerns),
        "outcome": bool(concerns) and _each_has(concerns, outcomes),
        "action": bool(outcomes) and _each_has(outcomes, actions),
        "owner_and_date": bool(actions) and all(one.owner and one.dated for one in actions),
        "contingency": bool(of.get("contingency")),
        "child_voice": content.voice is None or content.voice in heard,
        "parent_views": bool(heard - {content.voice}) and content.parents <= heard,
        "agreed_contact": bool(of.get("contact")),
        "family_page": bool(of.get("family_page")),
        "outline_traced": not untraced(content),
        "answers": bool(actions) and all(one.answer in ("accepted", "could_not_ask") for one in actions),
    }


def _each_has(above: list[Item], beneath: list[Item]) -> bool:
    """Whether something hangs under every one."""
    return {one.item for one in above} <= {one.under for one in beneath}


def untraced(content: Content) -> frozenset[UUID]:
    """The outline items that nothing in the plan has taken up (R11)."""
    return content.outline - {one.outline for one in content.items if one.outline}


def lacking(content: Content) -> Mapping[str, frozenset[UUID]]:
    """What exactly a guard lacks, where it can be named: items, outline items or persons, by code."""
    of = {kind: {one.item for one in content.items if one.kind == kind} for kind in ("concern", "outcome")}
    hung = {kind: {one.under for one in content.items if one.kind == kind} for kind in ("outcome", "action")}
    actions = [one for one in content.items if one.kind == "action"]
    return {
        "outcome": frozenset(of["concern"] - hung["outcome"]),
        "action": frozenset(of["outcome"] - hung["action"]),
        "parent_views": content.parents - {one.owner for one in content.items if one.kind == "view"},
        "outline_traced": untraced(content),
        "answers": frozenset(one.item for one in actions if one.answer not in ("accepted", "could_not_ask")),
    }


PARENTS = frozenset({"mother", "father", "adoptive_parent", "guardian"})


def view_needed(relationship: str, responsibility: bool | None) -> bool:
    """Whether the plan needs this adult's views: a parent, or somebody with parental responsibility (R33)."""
    return responsibility is True or relationship in PARENTS
