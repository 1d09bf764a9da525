"""What a story's plans are made of: concerns, outcomes, actions, and everything else in a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Act:
    """An action: what, its owner by key, within how many days of the plan's beginning, which part."""

    what: str
    owner: str
    days: int
    part: str = "change"


@dataclass(frozen=True)
class Concern:
    """A concern with the outcome that answers it and the actions that bring it about."""

    worry: str
    change: str
    by_how_much: str
    actions: tuple[Act, ...]
    baseline: str = ""
    measure: str = ""
    evidence: str = ""
    days: int = 90


@dataclass(frozen=True)
class Child:
    """One child's plan. `contacts`: who, every, unit, where, alone, purpose; `views`: whose, words."""

    concerns: tuple[Concern, ...]
    contacts: tuple[tuple[str, int, str, str, str, str], ...] = ()
    contingency: tuple[str, str, str] | None = None
    views: tuple[tuple[str, str], ...] = ()
    family_page: tuple[str, str, str, str, str] | None = None


def others(child: Child, on: date, taken_by: str) -> list[tuple[str, str, dict[str, Any]]]:
    """(kind, person's key, content) of everything in a plan beside concerns, outcomes and actions."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    for who, every, unit, where, alone, purpose in child.contacts:
        seen = {"every": every, "unit": unit, "where": where, "alone": alone, "purpose": purpose}
        found.append(("contact", who, seen))
    if child.contingency:
        trigger, response, who = child.contingency
        found.append(("contingency", "", {"trigger": trigger, "response": response, "who": who}))
    for whose, words in child.views:
        view = {"words": words, "sought": "direct", "on": on.isoformat(), "taken_by": taken_by}
        found.append(("view", whose, view))
    if child.family_page:
        names = ("why", "must_change", "we_expect", "help", "if_not")
        found.append(("family_page", "", dict(zip(names, child.family_page, strict=True))))
    return found
