"""What is needed to plan the next core group: its limits with reasons, what is planned, who needs what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import open_group
from coregroup.casefile import chronology, clocks
from coregroup.casefile.audiences import family_known
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.clocks import ClockLine
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.dated import dated_of
from coregroup.casefile.sentences import lang_now, load_persons
from coregroup.records.models import Meeting
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class PlannedMeeting:
    """A core group that is planned, with everything that can be changed of it."""

    id: UUID
    on: date
    at: time | None
    venue: str
    address: str
    access: tuple[str, ...]
    private: bool | None
    notes: str


@dataclass(frozen=True)
class MeetingRoom:
    """The room in which a meeting is planned."""

    limits: tuple[ClockLine, ...]
    planned: tuple[PlannedMeeting, ...]
    needs: tuple[str, ...]
    people: tuple[PersonChoice, ...]
    word: str


def meeting_room(*, group: UUID, by: Actor) -> MeetingRoom:
    """The limits for the next core group, what is planned already, who needs what. R44, R95, R109.

    Raises Closed to a stranger and Refused to whoever does not plan meetings here.
    """
    case = open_group(group, by=by, to=Capability.BOOK_MEETING, what="plan meeting")
    today, lang = timezone.localdate(), lang_now()
    cut = cut_for(case.group.id, case.reader())
    dated = dated_of({case.group.id: cut}, {case.group.id: case.group.authority_id})[case.group.id]
    procedure = book.load(case.group.procedure)
    limits: dict[ClockLine, None] = {}
    for child in case.children:
        running = clocks.running(clocks.rows_of(case.group.procedure, dated, child.id, today))
        met_here = [row for row in running if "core_group" in procedure.rules[row.rule].met_by]
        limits.update(dict.fromkeys(clocks.lines(tuple(met_here), lang)))
    rows = chronology.coded_rows(case.group.id, cut)
    needing = {UUID(row.extra) for row in rows if row.what == "a_need" and row.extra}
    planned = Meeting.objects.filter(group=case.group, state="planned", planned_on__gte=today)
    return MeetingRoom(
        limits=tuple(sorted(limits, key=lambda one: one.latest or date.max)),
        planned=tuple(_planned(row) for row in planned if cut.sees(row.audience_id)),
        needs=chronology.needs_of(rows, load_persons(needing), family_known(case, cut)),
        people=people_to_choose(case, cut),
        word=procedure.word("core_group_meeting", lang),
    )


def _planned(row: Meeting) -> PlannedMeeting:
    return PlannedMeeting(
        row.id, row.planned_on, row.starts_at, row.venue, row.venue_address, tuple(row.venue_access),
        row.venue_private, row.venue_notes,
    )  # fmt: skip


def held_room(*, group: UUID, meeting: UUID, by: Actor) -> PlannedMeeting:
    """A planned meeting of which it is to be said that it was held. Closed for one that is not to be seen."""
    case = open_group(group, by=by, to=Capability.BOOK_MEETING, what="meeting held")
    row = Meeting.objects.filter(id=meeting, group=case.group).first()
    if row is None or not cut_for(case.group.id, case.reader()).sees(row.audience_id):
        raise Closed
    return _planned(row)
