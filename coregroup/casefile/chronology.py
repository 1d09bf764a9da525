"""The chronology, the next agenda, and what else hangs on a case by a code: read together, in one query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, JSONField, TextField, Value
from django.db.models.functions import Cast

from coregroup.casefile.audiences import Cut
from coregroup.casefile.sentences import Names, Told, sentence
from coregroup.records.models import AgendaItem, ChronologyEntry, Departure, Fact, Meeting, Person

MOST = 400
COLUMNS = ("what", "ref", "child_ref", "code_word", "values_of", "words", "extra", "seen_by", "first", "at")


@dataclass(frozen=True)
class CodedRow:
    """A stored row: an agenda item, a need, a departure, a planned meeting, a chronology entry."""

    what: str
    id: UUID
    child: UUID | None
    code: str
    data: Any
    text: str
    extra: str
    audience: UUID
    on: date
    at: datetime


@dataclass(frozen=True)
class EntryLine:
    """One chronology entry or agenda item, cut for its reader; `source` is its agency, for professionals."""

    id: UUID
    on: date
    sentence: str
    child: str
    source: str = ""


@dataclass(frozen=True)
class Place:
    """What is known of the place of a planned meeting (R44)."""

    address: str
    access: tuple[str, ...]
    private: bool | None
    notes: str


@dataclass(frozen=True)
class DepartureLine:
    """A limit knowingly not kept: which, counted from when, why, who approved it (R95)."""

    rule: str
    anchor_on: date
    reason: str
    approved_by: str


NEEDS = ("access_needs", "interpreter")  # what people need to take part
OF_ALL = ("departure", "b_meeting")  # about the whole group: the column of the child holds the group


def coded_rows(group: UUID, cut: Cut) -> tuple[CodedRow, ...]:
    """Agenda, departures, entries, needs and planned meetings that the reader may see, newest first.

    One query. An entry about a child whom the reader may not know of is absent.
    """
    agenda = AgendaItem.objects.filter(group_id=group, meeting__isnull=True).order_by().annotate(
        what=Value("agenda"), ref=F("id"), child_ref=F("child_id"), code_word=F("code"), values_of=F("data"),
        words=Cast(Value(""), TextField()), extra=Cast(Value(""), CharField()), seen_by=F("audience_id"),
        first=F("made_at__date"), at=F("made_at"),
    )  # fmt: skip
    departures = Departure.objects.filter(group_id=group).order_by().annotate(
        what=Value("departure"), ref=F("id"), child_ref=F("group_id"), code_word=F("rule"),
        values_of=Value({}, output_field=JSONField()), words=F("reason"), extra=F("approved_by"),
        seen_by=F("audience_id"), first=F("anchor_on"), at=F("made_at"),
    )  # fmt: skip
    entries = ChronologyEntry.objects.filter(group_id=group).order_by().annotate(
        what=Value("entry"), ref=F("id"), child_ref=F("child_id"), code_word=F("code"), values_of=F("data"),
        words=F("text"), extra=F("source_agency__name"), seen_by=F("audience_id"), first=F("on"),
        at=F("made_at"),
    )  # fmt: skip
    facts = Fact.objects.filter(group_id=group, kind__in=NEEDS, superseded_by__isnull=True)
    needs = facts.order_by().annotate(
        what=Value("a_need"), ref=F("id"), child_ref=F("child_id"), code_word=F("kind"),
        values_of=Value({}, output_field=JSONField()), words=F("value"),
        extra=Cast(F("about_id"), CharField()), seen_by=F("audience_id"), first=F("made_at__date"),
        at=F("made_at"),
    )  # fmt: skip
    meetings = Meeting.objects.filter(group_id=group, state="planned").order_by().annotate(
        what=Value("b_meeting"), ref=F("id"), child_ref=F("group_id"),
        code_word=Cast(F("venue_private"), CharField()), values_of=F("venue_access"),
        words=F("venue_address"),
        extra=F("venue_notes"), seen_by=F("audience_id"), first=F("planned_on"), at=F("made_at"),
    )  # fmt: skip
    parts = [part.values_list(*COLUMNS) for part in (departures, entries, needs, meetings)]
    union = agenda.values_list(*COLUMNS).union(*parts, all=True).order_by("what", "-first", "-at")
    rows = [CodedRow(*row) for row in union[:MOST]]
    return tuple(row for row in rows if _shown(row, cut))


def _shown(row: CodedRow, cut: Cut) -> bool:
    """Words about the whole family may speak of any child: not for whoever may not know of every one."""
    if row.what == "entry" and row.text and row.child is None and cut.reader.limited:
        return False
    return cut.sees(row.audience, None if row.what in OF_ALL else row.child)


def entry_lines(
    kind: str, rows: Iterable[CodedRow], *, procedure: str, children: Mapping[UUID, str], names: Names
) -> tuple[EntryLine, ...]:
    """Entries (`entry`) or agenda items (`agenda`) as sentences: somebody's own words, or from a code."""
    return tuple(
        EntryLine(
            row.id, row.on,
            row.text or sentence(kind, Told(row.code, row.data, procedure, _child(row, children)), names),
            _child(row, children), row.extra or "" if names.reader.professional else "",
        )
        for row in rows if row.what == kind
    )  # fmt: skip


def departure_lines(rows: Iterable[CodedRow], titles: Mapping[str, str]) -> tuple[DepartureLine, ...]:
    """The limits that were knowingly not kept."""
    return tuple(
        DepartureLine(titles.get(row.code, row.code), row.on, row.text, row.extra)
        for row in rows if row.what == "departure"
    )  # fmt: skip


def place_of(rows: Iterable[CodedRow], meeting: UUID) -> Place:
    """The place of a planned meeting, out of the rows."""
    row = next((one for one in rows if one.what == "b_meeting" and one.id == meeting), None)
    if row is None:
        return Place("", (), None, "")
    # A truth value as text: 1 or true, by the engine.
    private = None if not row.code else row.code in ("1", "true", "True")
    return Place(row.text, tuple(row.data), private, row.extra)


def needs_of(
    rows: Iterable[CodedRow], persons: Mapping[UUID, Person], known: Collection[UUID]
) -> tuple[str, ...]:
    """What people need to take part, each with the name of who needs it (R44, R91).

    `known` are the persons of the family whom the reader may know of; what others need is absent.
    """
    found = []
    for row in rows:
        if row.what == "a_need" and (not row.extra or UUID(row.extra) in known):
            person = persons.get(UUID(row.extra)) if row.extra else None
            found.append(f"{person.name}: {row.text}" if person else row.text)
    return tuple(found)


def _child(row: CodedRow, children: Mapping[UUID, str]) -> str:
    return children.get(row.child, "") if row.child else ""
