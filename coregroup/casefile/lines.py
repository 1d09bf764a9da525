"""One line of each core group in which somebody stands: its children, their clocks, the next dates.

Shared by the start page, the list of one's core groups, the chair's plans and the manager's staff. Two
queries beside the desk's, whatever the number of groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coregroup.access.desk import Desk, Standing
from coregroup.casefile import clocks
from coregroup.casefile.audiences import Cut
from coregroup.casefile.cuts import cuts_of
from coregroup.casefile.dated import ConferenceDay, Dated, MeetingDay, dated_of
from coregroup.casefile.naming import child_name, first_name
from coregroup.records.models import Child, Membership
from coregroup.rules import book
from coregroup.rules.access import Relation
from coregroup.rules.rows import Row


@dataclass(frozen=True)
class ChildLine:
    """A child of a group: the lead (empty: unallocated, R4), the running clocks, since when on a plan."""

    id: UUID
    name: str
    lead: str
    lead_person: UUID | None
    began_on: date | None
    ended_on: date | None
    rows: tuple[Row, ...]
    running: tuple[Row, ...]

    @property
    def unallocated(self) -> bool:
        """A child on a plan without a lead worker: a state to end, never one to hide."""
        return self.lead_person is None and self.began_on is not None and self.ended_on is None

    @property
    def overdue(self) -> tuple[Row, ...]:
        return clocks.overdue(self.rows)

    def clock_lines(self, lang: str) -> tuple[clocks.ClockLine, ...]:
        """The running clocks with their sentences."""
        return clocks.lines(self.running, lang)


@dataclass(frozen=True)
class GroupLine:
    """A core group, as one of its people sees it in a list."""

    id: UUID
    family: str
    procedure: str
    authority: str
    parts: tuple[str, ...]
    children: tuple[ChildLine, ...]
    next_meeting: MeetingDay | None
    last_meeting: MeetingDay | None
    next_review: ConferenceDay | None
    joining_done: int
    joining_total: int
    opened_on: date

    @property
    def overdue_count(self) -> int:
        """How many clocks are overdue, over all its children."""
        return sum(len(child.overdue) for child in self.children)

    @property
    def to_join(self) -> bool:
        """Are steps of the joining list still open?"""
        return self.joining_done < self.joining_total

    def urgency(self) -> tuple[bool, bool, date, str]:
        """For ordering: alarms first, then whoever's clock ends soonest."""
        latest = [row.latest for child in self.children for row in child.running if row.latest]
        alarm = any(child.unallocated for child in self.children)
        return (not alarm, not self.overdue_count, min(latest, default=date.max), self.family)


@dataclass(frozen=True, eq=False)
class Shelf:
    """The lines of a desk, with what else a page needs to cut by."""

    desk: Desk
    lines: Mapping[UUID, GroupLine]
    cuts: Mapping[UUID, Cut]
    standings: Mapping[UUID, Standing]


def shelf_of(desk: Desk, today: date) -> Shelf:
    """The lines of every standing on a desk. Two queries."""
    standings = {one.group.id: one for one in desk.standings}
    cuts = cuts_of({group: one.reader for group, one in standings.items()})
    dated = dated_of(cuts, {group: one.group.authority_id for group, one in standings.items()})
    lines = {group: _line(one, dated[group], today) for group, one in standings.items()}
    return Shelf(desk, lines, cuts, standings)


def _line(standing: Standing, dated: Dated, today: date) -> GroupLine:
    group = standing.group
    done, total = _joining(standing)
    return GroupLine(
        id=group.id,
        family=_label(standing),
        procedure=group.procedure,
        authority=group.authority.name,
        parts=tuple(sorted(str(relation) for relation in standing.relations)),
        children=tuple(_child(child, group.procedure, dated, today) for child in standing.children),
        next_meeting=dated.next_meeting(today),
        last_meeting=dated.last_meeting(),
        next_review=dated.next_review(today),
        joining_done=done,
        joining_total=total,
        opened_on=group.opened_on,
    )


def _label(standing: Standing) -> str:
    """A family person reads the names of their own children: the label may be another parent's name."""
    if standing.reader.professional:
        return standing.group.family.label
    return ", ".join(first_name(child) for child in standing.children)


def _joining(standing: Standing) -> tuple[int, int]:
    own = standing.own
    if own is None or own.part != Membership.MEMBER or Relation.MEMBER not in standing.relations:
        return 0, 0
    return own.steps_done or 0, len(book.load(standing.group.procedure).joining)  # type: ignore[attr-defined]


def _child(child: Child, procedure: str, dated: Dated, today: date) -> ChildLine:
    rows = clocks.rows_of(procedure, dated, child.id, today)
    span = dated.registration(child.id)
    return ChildLine(
        id=child.id,
        name=child_name(child),
        lead=child.lead_name,  # type: ignore[attr-defined]
        lead_person=child.lead_person_id,  # type: ignore[attr-defined]
        began_on=span.began_on if span else None,
        ended_on=span.ended_on if span else None,
        rows=rows,
        running=clocks.running(rows),
    )
