"""All meetings of a group: ahead, over, cancelled; and who asks for an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut, cut_of
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.clocks import ClockLine
from coregroup.casefile.meetings import limits_of
from coregroup.casefile.sentences import lang_now
from coregroup.records.models import Meeting, MeetingRequest
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class MeetingLine:
    """One meeting; `on` is the day held, or planned. `unrecorded`: its day went by and nobody said more."""

    id: UUID
    on: date
    at: time | None
    venue: str
    online: bool
    state: str
    chair: str
    unrecorded: bool
    ended_because: str
    replaced_on: date | None


@dataclass(frozen=True)
class RequestLine:
    """A member's request for an earlier meeting; `granted` None while nobody has answered."""

    id: UUID
    by: str
    own: bool
    reason: str
    wanted_by: date | None
    asked_at: datetime
    granted: bool | None
    answer: str
    decided_by: str
    meeting: UUID | None = None  # the one that was booked for it
    meeting_on: date | None = None


@dataclass(frozen=True)
class MeetingsPage:
    """The whole page, cut for its reader."""

    group: UUID
    heading: str
    word: str
    review_word: str
    professional: bool
    can: frozenset[Capability]
    now: tuple[MeetingLine, ...]
    ahead: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    cancelled: tuple[MeetingLine, ...]
    limits: tuple[ClockLine, ...]
    requests: tuple[RequestLine, ...]


@dataclass(frozen=True)
class RequestRoom:
    """The room in which somebody asks for an earlier meeting."""

    planned: date | None
    limits: tuple[ClockLine, ...]
    people: tuple[PersonChoice, ...]
    word: str


def meetings_page(*, group: UUID, by: Actor) -> MeetingsPage:
    """Every meeting that the reader may see, by where it stands. Closed to a stranger. R55, R56, R109."""
    case = open_group(group, by=by, to=Capability.SEE_MEETING, what="meetings")
    cut, today = cut_of(case), timezone.localdate()
    procedure, lang = book.load(case.group.procedure), lang_now()
    professional = cut.reader.professional
    rows = Meeting.objects.filter(group=case.group).select_related("chair", "replaced_by")
    seen = [row for row in rows if cut.sees(row.audience_id)]
    if case.guest is not None:
        seen = [row for row in seen if row.id == case.guest.meeting_id]
    lines = [_line(row, cut, today) for row in seen]
    names = [child.person.given_name for child in case.children if child.id in cut.reader.children]
    return MeetingsPage(
        group=case.group.id,
        heading=case.group.family.label if professional else ", ".join(names),
        word=procedure.word("core_group_meeting", lang),
        review_word=procedure.word("review_conference", lang),
        professional=professional,
        can=frozenset(one for one in Capability if case.can(one)),
        now=tuple(one for one in lines if one.state == "in_session"),
        ahead=tuple(one for one in lines if one.state == "planned"),
        past=tuple(
            one for one in reversed(lines) if one.state in ("closed", "confirmed", "held")
        ),
        cancelled=tuple(one for one in reversed(lines) if one.state in ("cancelled", "abandoned")),
        limits=limits_of(case, cut, today) if case.can(Capability.BOOK_MEETING) else (),
        requests=_requests(case, cut) if professional and case.guest is None else (),
    )  # fmt: skip


def request_room(*, group: UUID, by: Actor) -> RequestRoom:
    """What is planned, and who can be named, for whoever asks for an earlier meeting. Closed, Refused."""
    case = open_group(group, by=by, to=Capability.ASK_MEETING, what="ask for a meeting")
    cut, today = cut_of(case), timezone.localdate()
    ahead = Meeting.objects.filter(group=case.group, state="planned", planned_on__gte=today)
    days = [row.planned_on for row in ahead if cut.sees(row.audience_id)]
    return RequestRoom(
        min(days, default=None), limits_of(case, cut, today), people_to_choose(case, cut),
        book.load(case.group.procedure).word("core_group_meeting", lang_now()),
    )  # fmt: skip


def request_line(*, group: UUID, request: UUID, by: Actor) -> RequestLine:
    """One request, for whoever answers it. Closed for one that is not to be seen; Refused."""
    case = open_group(group, by=by, to=Capability.BOOK_MEETING, what=f"request {request}")
    for line in _requests(case, cut_of(case)):
        if line.id == request:
            return line
    raise Closed


def _line(row: Meeting, cut: Cut, today: date) -> MeetingLine:
    replaced = row.replaced_by if row.replaced_by and cut.sees(row.replaced_by.audience_id) else None
    told = not cut.reader.limited or row.ended_by_id == cut.reader.person
    return MeetingLine(
        id=row.id, on=row.held_on or row.planned_on, at=row.starts_at, venue=row.venue,
        online=bool(row.link), state=row.state, chair=row.chair.name if row.chair else "",
        unrecorded=row.state == "planned" and row.planned_on < today,
        ended_because=row.ended_because if told else "",
        replaced_on=replaced.planned_on if replaced else None,
    )  # fmt: skip


def _requests(case: Case, cut: Cut) -> tuple[RequestLine, ...]:
    """The requests that the reader may read, the newest first. One query."""
    rows = MeetingRequest.objects.filter(group=case.group).select_related("by", "decided_by", "meeting")
    return tuple(
        RequestLine(
            id=row.id, by=row.by.name, own=row.by_id == cut.reader.person, reason=row.reason,
            wanted_by=row.wanted_by, asked_at=row.made_at, granted=row.granted, answer=row.answer,
            decided_by=row.decided_by.name if row.decided_by else "", **_booked(row, cut),
        )
        for row in rows.order_by("-made_at")
        if cut.sees(row.audience_id) and (not cut.reader.limited or row.by_id == cut.reader.person)
    )  # fmt: skip


def _booked(row: MeetingRequest, cut: Cut) -> dict[str, Any]:
    """The meeting that was booked for a request, to whoever may see that meeting."""
    booked = row.meeting
    if booked is None or not cut.sees(booked.audience_id):
        return {}
    return {"meeting": booked.id, "meeting_on": booked.held_on or booked.planned_on}
