"""What hangs on one meeting by a person: updates, apologies, guests, moves; read together, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, JSONField, TextField, Value
from django.db.models.functions import Cast

from coregroup.access.doors import Case
from coregroup.casefile.audiences import Cut
from coregroup.records.models import Apology, LedgerEntry, Meeting, MeetingGuest, MemberUpdate

COLUMNS = ("what", "ref", "person_ref", "beside_ref", "code_word", "words", "extra", "values_of", "seen_by")
_NOTHING: Any = Value({}, output_field=JSONField())


@dataclass(frozen=True)
class MeetingRow:
    """A stored row: `update` (its state), `apology` (what instead), `guest` (as what), `move`."""

    what: str
    id: UUID
    person: UUID | None
    beside: UUID | None
    code: str
    text: str
    extra: str
    data: Any
    audience: UUID


def meeting_rows(case: Case, cut: Cut, meeting: Meeting) -> tuple[MeetingRow, ...]:
    """The rows that the reader may see. One query.

    Persons are found by id among those whom the page loads anyway; a column that a row lacks is filled.
    """
    updates = MemberUpdate.objects.filter(meeting=meeting).order_by().annotate(
        what=Value("update"), ref=F("id"), person_ref=F("person_id"), beside_ref=F("person_id"),
        code_word=F("state"), words=Cast(Value(""), TextField()), extra=Cast(Value(""), CharField()),
        values_of=_NOTHING, seen_by=F("audience_id"),
    )  # fmt: skip
    apologies = Apology.objects.filter(meeting=meeting, withdrawn_at__isnull=True).order_by().annotate(
        what=Value("apology"), ref=F("id"), person_ref=F("person_id"), beside_ref=F("person_id"),
        code_word=F("instead"), words=F("reason"), extra=F("guest__name"), values_of=_NOTHING,
        seen_by=F("audience_id"),
    )  # fmt: skip
    guests = MeetingGuest.objects.filter(meeting=meeting, ended_at__isnull=True).order_by().annotate(
        what=Value("guest"), ref=F("id"), person_ref=F("person_id"), beside_ref=F("beside_id"),
        code_word=F("part"), words=F("name"), extra=F("agency_name"), values_of=_NOTHING,
        seen_by=F("audience_id"),
    )  # fmt: skip
    moves = LedgerEntry.objects.filter(group=case.group, happening="MeetingRearranged").order_by().annotate(
        what=Value("move"), ref=F("id"), person_ref=F("by_id"), beside_ref=F("by_id"),
        code_word=F("happening"), words=Cast(Value(""), TextField()), extra=F("by_name"), values_of=F("data"),
        seen_by=F("audience_id"),
    )  # fmt: skip
    parts = [part.values_list(*COLUMNS) for part in (apologies, guests, moves)]
    union = updates.values_list(*COLUMNS).union(*parts, all=True)
    rows = [MeetingRow(*row) for row in union]
    own = str(meeting.id)
    return tuple(
        row for row in rows
        if cut.sees(row.audience) and (row.what != "move" or row.data.get("meeting") == own)
    )  # fmt: skip
