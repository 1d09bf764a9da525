"""An outline plan on its way in: the journey that holds it until it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from coregroup.casefile import drafts as reading
from coregroup.casefile.outline import OutlineDesk, outline_desk
from coregroup.casework import drafts as keeping
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed
from coregroup.web.plans import outline_rows as rows_of
from coregroup.web.plans.outline_rows import StagedRow
from coregroup.web.plans.views_outline import word

KIND = "outline"


@dataclass(frozen=True)
class Journey:
    """An outline plan on its way in: its case, its rows so far, and what was told of its file."""

    id: UUID
    desk: OutlineDesk
    rows: list[StagedRow]
    source: dict[str, Any]

    def row(self, key: str) -> StagedRow:
        """One row by its key; Closed where there is none."""
        for row in self.rows:
            if row.key == key:
                return row
        raise Closed

    def child_names(self, row: StagedRow) -> list[str]:
        """The names of the children whom a row is about."""
        return [name for child, name in self.desk.children if str(child) in row.children]

    def address(self, route: str = "outline_check", *more: str) -> str:
        return reverse(route, args=[self.desk.group, self.id, *more])


def journey_of(group: UUID, journey: UUID, by: Actor) -> Journey:
    """The person's own journey in this group, under way; Closed for any other."""
    desk = outline_desk(group=group, by=by)
    paused = reading.journey(journey=journey, by=by)
    if paused.kind != KIND or paused.group != group or paused.finished:
        raise Closed
    return Journey(
        paused.id,
        desk,
        rows_of.staged(paused.steps.get(rows_of.ROWS)),
        paused.steps.get(rows_of.SOURCE) or {},
    )


def keep(begun: Journey, rows: list[StagedRow], by: Actor) -> None:
    """Keeps the rows in the journey."""
    keeping.save_step(journey=begun.id, step=rows_of.ROWS, data=[row.kept() for row in rows], by=by)


def frame(desk: OutlineDesk, title: str) -> dict[str, Any]:
    """What every page of the journey is given."""
    return {
        "desk": desk,
        "title": title,
        "caption": desk.family,
        "plan_word": word(desk.procedure, "outline_plan"),
    }


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
