"""Where the pages of decisions lie, and the steps before and after each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coregroup.rules import agenda_steps, book
from coregroup.rules.procedure import say
from coregroup.web.kit.links import address

Crumbs = list[tuple[str, str]]


@dataclass(frozen=True)
class Way:
    """A step before or after: what it is called, and where it lies."""

    title: str
    address: str


@dataclass(frozen=True)
class Place:
    """Where a page of decisions stands among the steps of the meeting."""

    title: str
    text: str
    before: Way | None
    after: Way | None


def at(name: str, group: UUID, meeting: UUID, **more: Any) -> str:
    """The address of one of these pages."""
    return reverse(name, kwargs={"group": group, "meeting": meeting, **more})


def crumbs(group: UUID, meeting: UUID, *last: tuple[str, str]) -> Crumbs:
    """The way back: the core group, the meeting, and what stands above this page."""
    way = [
        (_("Core group"), address("group", group=group)),
        (_("The meeting"), address("workspace", group=group, meeting=meeting)),
    ]
    return [(text, where) for text, where in way if where] + list(last)


def place(procedure: str, code: str, group: UUID, meeting: UUID, first_child: UUID | None = None) -> Place:
    """A step by its code, with its neighbours. A step for each child is entered at the first."""
    lang = (get_language() or "en").split("-")[0]
    steps = agenda_steps.steps_of(book.load(procedure))
    here = next(number for number, step in enumerate(steps) if step.code == code)

    def way(number: int) -> Way | None:
        if not 0 <= number < len(steps):
            return None
        step = steps[number]
        more: dict[str, Any] = {"step": step.code} if step.route == agenda_steps.STEP else {}
        more |= {"child": first_child} if step.each_child else {}
        where = address(step.route, group=group, meeting=meeting, **more)
        return Way(say(step.title, lang), where) if where else None

    step = steps[here]
    text = say(step.text, lang) if step.text else ""
    return Place(say(step.title, lang), text, way(here - 1), way(here + 1))
