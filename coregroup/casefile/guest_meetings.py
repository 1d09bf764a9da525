"""The meetings that somebody is asked to come to without being a member: for their start page (R18, R54)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Exists, OuterRef

from coregroup.access.doors import guests_still
from coregroup.casefile.sentences import lang_now
from coregroup.records.models import Notice
from coregroup.rules import book
from coregroup.rules.access import Actor


@dataclass(frozen=True)
class GuestMeeting:
    """A meeting to which somebody comes once; `part` is a code, `beside` the member they come with or for."""

    group: UUID
    meeting: UUID
    family: str
    word: str
    on: date
    at: time | None
    venue: str
    part: str
    beside: str
    in_session: bool
    answered: bool = False  # a note of theirs to the lead worker was answered (R26)


def meetings_to_come_to(*, by: Actor) -> tuple[GuestMeeting, ...]:
    """One's own meetings as a guest, the next first. One query; the caller has opened the start page.

    The same condition as the door's: what is not listed here cannot be opened either.
    """
    if by.person is None or not by.professional:
        return ()
    rows = guests_still().filter(person_id=by.person).select_related("meeting", "group__family", "beside")
    told = Notice.objects.filter(group=OuterRef("group"), to=by.person, code="note_answered", done_at=None)
    rows = rows.annotate(answered=Exists(told))
    found: dict[UUID, GuestMeeting] = {}
    for row in rows:
        word = book.load(row.group.procedure).word("core_group_meeting", lang_now())
        found.setdefault(
            row.group_id,
            GuestMeeting(
                row.group_id, row.meeting_id, row.group.family.label, word, row.meeting.planned_on,
                row.meeting.starts_at, row.meeting.venue, row.part, row.beside.name if row.beside else "",
                row.meeting.state == "in_session", row.answered,  # type: ignore[attr-defined]
            ),
        )  # fmt: skip
    return tuple(found.values())
