"""What is needed to plan the next core group: its limits with reasons, what is planned, who needs what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile import chronology, clocks
from coregroup.casefile.audiences import Cut, family_known
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.clocks import ClockLine
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.dated import dated_of
from coregroup.casefile.sentences import lang_now, load_persons
from coregroup.records.models import Meeting
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed
from coregroup.rules.face_sheet import ATTENDANCE
from coregroup.rules.procedure import say


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
    link: str = ""


@dataclass(frozen=True)
class MeetingRoom:
    """The room in which a meeting is planned."""

    limits: tuple[ClockLine, ...]
    planned: tuple[PlannedMeeting, ...]
    needs: tuple[str, ...]
    people: tuple[PersonChoice, ...]
    word: str

    @property
    def late(self) -> bool:
        """Has the limit for the next one gone by?"""
        return any(one.status == "overdue" for one in self.limits)


def meeting_room(*, group: UUID, by: Actor) -> MeetingRoom:
    """The limits for the next core group, what is planned already, who needs what. R44, R95, R109.

    Raises Closed to a stranger and Refused to whoever does not plan meetings here.
    """
    case = open_group(group, by=by, to=Capability.BOOK_MEETING, what="plan meeting")
    today, lang = timezone.localdate(), lang_now()
    cut = cut_for(case.group.id, case.reader())
    procedure = book.load(case.group.procedure)
    planned = Meeting.objects.filter(group=case.group, state="planned", planned_on__gte=today)
    return MeetingRoom(
        limits=limits_of(case, cut, today),
        planned=tuple(planned_line(row) for row in planned if cut.sees(row.audience_id)),
        needs=family_needs(case, cut),
        people=people_to_choose(case, cut),
        word=procedure.word("core_group_meeting", lang),
    )


def family_needs(case: Case, cut: Cut) -> tuple[str, ...]:
    """What people need to take part: access, an interpreter, who is asked separately (R44, R91). Two queries.

    Two adults who must not meet are said as such: neither's reason stands here.
    """
    rows = chronology.coded_rows(case.group.id, cut)
    needing = {UUID(row.extra) for row in rows if row.what == "a_need" and row.extra}
    known = family_known(case, cut)
    found = chronology.needs_of(rows, load_persons(needing), known)
    return (*found, *apart(case, cut, known))


def limits_of(case: Case, cut: Cut, today: date) -> tuple[ClockLine, ...]:
    """The limits that run for the next core group, over the children whom the reader knows. One query."""
    dated = dated_of({case.group.id: cut}, {case.group.id: case.group.authority_id})[case.group.id]
    rules = book.load(case.group.procedure).rules
    found: dict[ClockLine, None] = {}
    for child in case.children:
        if child.id in cut.reader.children:
            running = clocks.running(clocks.rows_of(case.group.procedure, dated, child.id, today))
            met_here = [row for row in running if "core_group" in rules[row.rule].met_by]
            found.update(dict.fromkeys(clocks.lines(tuple(met_here), lang_now())))
    return tuple(sorted(found, key=lambda one: one.latest or date.max))


def apart(case: Case, cut: Cut, known: Collection[UUID]) -> tuple[str, ...]:
    """Adults who come separately, or to a part of the meeting, as professionals read it. No query."""
    if not cut.reader.professional:
        return ()
    adults = {row.adult.person_id: row.adult for row in case.relationships if row.adult.person_id in known}
    return tuple(
        f"{adult.person.name}: {say(ATTENDANCE[adult.attends], lang_now())}"
        for adult in adults.values() if adult.attends in ("separately", "part")
    )  # fmt: skip


def planned_line(row: Meeting) -> PlannedMeeting:
    """A meeting with all that can be changed of it."""
    return PlannedMeeting(
        row.id, row.planned_on, row.starts_at, row.venue, row.venue_address, tuple(row.venue_access),
        row.venue_private, row.venue_notes, row.link,
    )  # fmt: skip


@dataclass(frozen=True)
class ChangeRoom:
    """The room in which a planned meeting is moved or cancelled; `fallback`: who chairs if the lead is away.

    `state` as it stands: whoever comes late learns that it is no longer ahead.
    """

    meeting: PlannedMeeting
    state: str
    limits: tuple[ClockLine, ...]
    others: tuple[date, ...]
    fallback: str
    lead_word: str
    word: str


def change_room(*, group: UUID, meeting: UUID, by: Actor) -> ChangeRoom:
    """A planned meeting with its limits, before it is moved or cancelled (R55, R56). Closed, Refused."""
    case = open_group(group, by=by, to=Capability.BOOK_MEETING, what=f"change meeting {meeting}")
    today, lang = timezone.localdate(), lang_now()
    cut = cut_for(case.group.id, case.reader())
    rows = [row for row in Meeting.objects.filter(group=case.group) if cut.sees(row.audience_id)]
    row = next((one for one in rows if one.id == meeting), None)
    if row is None:
        raise Closed
    procedure = book.load(case.group.procedure)
    fallback = procedure.roles.get("fallback_chair", procedure.roles["chair"])
    return ChangeRoom(
        planned_line(row),
        row.state,
        limits_of(case, cut, today),
        tuple(
            one.planned_on for one in rows
            if one.state == "planned" and one.planned_on >= today and one.id != meeting
        ),
        say(fallback.text, lang),
        procedure.word("lead_worker", lang),
        procedure.word("core_group_meeting", lang),
    )  # fmt: skip


def held_room(*, group: UUID, meeting: UUID, by: Actor) -> PlannedMeeting:
    """A planned meeting of which it is to be said that it was held. Closed for one that is not to be seen."""
    case = open_group(group, by=by, to=Capability.BOOK_MEETING, what="meeting held")
    row = Meeting.objects.filter(id=meeting, group=case.group).first()
    if row is None or not cut_for(case.group.id, case.reader()).sees(row.audience_id):
        raise Closed
    return planned_line(row)
