"""What the short forms of a meeting in session need, and its restricted parts, each cut to its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.clocks import ClockLine
from coregroup.casefile.sitting import runs
from coregroup.casefile.workspace import hidden_persons
from coregroup.casefile.workspace_room import Room, Table, now, table_of
from coregroup.casefile.workspace_slots import Slot, standing
from coregroup.casefile.workspace_steps import limits_of
from coregroup.records.models import Person, RestrictedPart
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Refused


@dataclass(frozen=True)
class PartLine:
    """A restricted part: who was asked to leave, what they were told; `why` and its notes for who stayed."""

    id: UUID
    left: tuple[str, ...]
    told: str
    why: str
    began_at: datetime
    ended_at: datetime | None
    notes: Slot | None


@dataclass(frozen=True)
class PartsPage:
    """The page of a meeting's restricted parts: those there were, and whom one can ask to leave."""

    room: Room
    parts: tuple[PartLine, ...]
    people: tuple[PersonChoice, ...]

    @property
    def running(self) -> PartLine | None:
        """The part that has begun and not ended."""
        return next((one for one in self.parts if one.ended_at is None), None)


@dataclass(frozen=True)
class EntryRoom:
    """What the form for a chronology entry needs: about whom, told by whom."""

    room: Room
    children: tuple[tuple[str, str], ...]
    people: tuple[PersonChoice, ...]


@dataclass(frozen=True)
class BookRoom:
    """What the form for the next meeting needs: the limits, and where this meeting is held."""

    room: Room
    limits: tuple[ClockLine, ...]
    at: time | None
    venue: str
    address: str
    access: tuple[str, ...]
    private: bool | None


def parts_page(*, group: UUID, meeting: UUID, by: Actor) -> PartsPage:
    """The restricted parts of a meeting in session (R57, R125). Errors as `workspace_steps.step_page`."""
    cursor = now()
    table = table_of(group=group, meeting=meeting, by=by)
    people = tuple(one for one in people_to_choose(table.case, table.cut) if one.id != by.person)
    return PartsPage(table.room(cursor), part_lines(table), people)


def part_lines(table: Table) -> tuple[PartLine, ...]:
    """Every restricted part whose existence the reader may know of, in their order. Two queries."""
    reader = table.cut.reader
    rows = list(RestrictedPart.objects.filter(meeting=table.meeting))
    asked = {UUID(one) for row in rows for one in row.asked_to_leave}
    hidden = hidden_persons(table.case, table.cut) if asked else set()
    names = {one.id: one.name for one in Person.objects.filter(id__in=asked - hidden)} if asked else {}
    found = []
    for row in rows:
        inside = table.cut.sees(row.audience_id)
        told = table.cut.sees(row.told_audience_id) and (inside or not reader.limited)
        if not (told or inside):
            continue
        left = tuple(sorted(names[UUID(one)] for one in row.asked_to_leave if UUID(one) in names))
        notes = standing(table, Slot("restricted", row.id, title=_("Notes of this part"))) if inside else None
        found.append(
            PartLine(row.id, left, row.told, row.why if inside else "", row.began_at, row.ended_at, notes)
        )
    return tuple(found)


def entry_room(*, group: UUID, meeting: UUID, by: Actor) -> EntryRoom:
    """What a chronology entry can be about, and who can have told it. Refused as for the workspace."""
    table = table_of(group=group, meeting=meeting, by=by)
    if not table.case.can(Capability.ADD_ENTRY):
        raise Refused(_("Your part in this meeting does not allow this."))
    whole = [] if table.cut.reader.limited or len(table.children) == 1 else [("", _("The whole family"))]
    children = [(str(key), name) for key, name in table.children.items()]
    return EntryRoom(table.room(now()), (*children, *whole), people_to_choose(table.case, table.cut))


def book_room(*, group: UUID, meeting: UUID, by: Actor) -> BookRoom:
    """The limits of the next meeting, and where this one is held. Refused to who does not run it (R109)."""
    table = table_of(group=group, meeting=meeting, by=by)
    row = table.meeting
    if not runs(table.case, row):
        raise Refused(_("Only the chair, the minute taker or the lead worker of this meeting can do this."))
    limits, _ahead = limits_of(table)
    return BookRoom(
        table.room(now()), limits, row.starts_at, row.venue, row.venue_address, tuple(row.venue_access),
        row.venue_private,
    )  # fmt: skip
