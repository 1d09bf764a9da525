"""Short ways to build a plan in tests, each through the verb that a person would use."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from coregroup.casework.plans import Saved, save_item
from coregroup.rules.access import Actor
from tests.builders import Family

SUMMER = date(2026, 6, 1)

CONTENT: dict[str, dict[str, Any]] = {
    "concern": {"worry": "Ben is often left alone at night."},
    "outcome": {
        "change": "Ben has a grown-up at home every night.",
        "by_how_much": "Every night of the week",
        "baseline": "Alone on three nights in May",
        "measure": "Nights with a grown-up at home",
        "evidence": "Ben tells his teacher; the neighbour sees it too.",
    },
    "action": {"what": "Agree a written list of who stays with Ben on which night."},
    "contact": {
        "every": 2,
        "unit": "weeks",
        "where": "At home",
        "alone": "yes",
        "purpose": "To hear from Ben",
    },
    "contingency": {
        "trigger": "Ben is found alone at night.",
        "response": "Ben goes to his aunt the same night.",
        "who": "Whoever finds out rings the duty team.",
    },
    "view": {
        "words": "I do not like the dark.",
        "sought": "direct",
        "how": "",
        "on": "2026-03-16",
        "taken_by": "Tariq Shah",
    },
    "family_page": {
        "why": "Ben was alone at night.",
        "must_change": "A grown-up is there each night.",
        "we_expect": "Tell us who is there.",
        "help": "Lena comes each week.",
        "if_not": "We go back to the conference.",
    },
}


def save(
    family: Family, kind: str, *, by: Actor | None = None, child: UUID | None = None, **more: Any
) -> Saved:
    """Saves one item as the lead would; `more` replaces what it says."""
    values: dict[str, Any] = {"content": CONTENT[kind]}
    if kind in ("concern", "outcome", "action"):
        values["new_because"] = "Came up in the meeting."
    if kind in ("outcome", "action"):
        values["by_when"] = SUMMER
    if kind == "action":
        values |= {"owner": family.people["health_visitor"].id, "part": "safety"}
    if kind == "contact":
        values["owner"] = family.people["health_visitor"].id
    if kind == "view":
        values["owner"] = (child and _person_of(family, child)) or family.child.person_id
    content = values["content"] | more.pop("content", {})
    return save_item(
        group=family.group, child=child or family.child.id, kind=kind, by=by or family.lead,
        **(values | more | {"content": content}),
    )  # fmt: skip


def _person_of(family: Family, child: UUID) -> UUID:
    return next(one.person_id for one in family.children if one.id == child)


def whole_plan(family: Family, child: UUID | None = None) -> dict[str, Saved]:
    """A plan that meets every guard of content, save that nobody has answered yet."""
    concern = save(family, "concern", child=child)
    outcome = save(family, "outcome", under=concern.item, child=child)
    made = {
        "concern": concern,
        "outcome": outcome,
        "action": save(family, "action", under=outcome.item, child=child),
    }
    for kind in ("contact", "contingency", "view", "family_page"):
        made[kind] = save(family, kind, child=child)
    for key in [one for one in ("mother", "father", "gil") if one in family.people]:
        person = family.people[key]
        related = person.adulthoods.first().relationships.filter(child_id=child or family.child.id).exists()
        if related:
            made[f"view_{key}"] = save(family, "view", owner=person.id, child=child)
    return made
