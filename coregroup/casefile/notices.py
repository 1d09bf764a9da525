"""What waits for a person: notices, notes that they are to answer, and journeys that they have paused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from coregroup.access.desk import open_desk
from coregroup.casefile.actions import Items, items_of
from coregroup.casefile.audiences import Cut
from coregroup.casefile.lines import Shelf, shelf_of
from coregroup.casefile.sentences import Names, Told, load_persons, persons_in, sentence
from coregroup.records.models import Journey, LeadAppointment, LeadNote, LeadNoteAnswer, Notice
from coregroup.rules.access import Actor, Capability, Reader

MOST = 300
NO_ITEMS = Items({}, ())


@dataclass(frozen=True)
class InboxRow:
    """A row of the inbox as it is stored: a notice, a note to a lead worker, or a paused journey."""

    what: str
    id: UUID
    group: UUID | None
    child: UUID | None
    code: str
    data: Mapping[str, Any]
    at: datetime
    urgent: bool
    audience: UUID | None
    by: str = ""

    @property
    def item(self) -> UUID | None:
        """The plan item that it speaks of, if any."""
        return self.named("item")

    def named(self, key: str) -> UUID | None:
        """What one of its values names, if it does."""
        try:
            return UUID(str(self.data.get(key, "")))
        except ValueError:
            return None


@dataclass(frozen=True)
class NoticeLine:
    """A notice with its sentence. `item`, `meeting`, `person`: of what it speaks, for where it leads."""

    id: UUID
    code: str
    sentence: str
    urgent: bool
    at: datetime
    group: UUID | None
    child: UUID | None
    family: str
    item: UUID | None
    meeting: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class PausedLine:
    """A journey that waits to be gone on with."""

    id: UUID
    kind: str
    group: UUID | None
    changed_at: datetime


def waiting(*, by: Actor) -> tuple[NoticeLine, ...]:
    """The notices that wait for somebody, urgent ones first; what they may no longer see is absent."""
    desk = open_desk(by=by, to=Capability.SEE_HOME, what="notices")
    shelf = shelf_of(desk, timezone.localdate())
    rows = [row for row in inbox(by.person) if row.what == "notice"]
    items = items_of(by.person, (), {row.item for row in rows if row.item})
    persons = load_persons({one for row in rows for one in persons_in(row.data)})
    return notice_lines(rows, shelf, items, persons)


COLUMNS = (
    "what", "ref", "group_ref", "child_ref", "code_word", "values_of", "on_at", "is_urgent", "seen_by",
    "by_whom",
)  # fmt: skip


def inbox(person: UUID | None) -> list[InboxRow]:
    """What is stored as waiting for a person, the newest first, not yet cut. One query."""
    notices = Notice.objects.filter(to_id=person, done_at__isnull=True).order_by().annotate(
        what=Value("notice"), ref=F("id"), group_ref=F("group_id"), child_ref=F("child_id"),
        code_word=F("code"), values_of=F("data"), on_at=F("made_at"), is_urgent=F("urgent"),
        seen_by=F("because__audience_id"), by_whom=Coalesce(F("because__by_name"), Value("")),
    )  # fmt: skip
    journeys = Journey.objects.filter(person=person, finished_at__isnull=True).order_by().annotate(
        what=Value("journey"), ref=F("id"), group_ref=F("group"), child_ref=F("group"), code_word=F("kind"),
        values_of=Value({}, output_field=JSONField()), on_at=F("changed_at"), is_urgent=Value(False),
        seen_by=F("group"), by_whom=Value(""),
    )  # fmt: skip
    parts = [part.values_list(*COLUMNS) for part in (journeys, _notes(person))]
    rows = notices.values_list(*COLUMNS).union(*parts, all=True).order_by("-on_at")
    return [InboxRow(*row) for row in rows[:MOST]]


def _notes(person: UUID | None) -> QuerySet[LeadNote]:
    """The notes whose last word a lead worker has not answered yet (R19)."""
    answers = LeadNoteAnswer.objects.filter(note=OuterRef("pk")).order_by("-made_at", "-id")
    leads = LeadAppointment.objects.filter(Q(person=person), until__isnull=True)
    of_all = Q(child__isnull=True) & Exists(leads.filter(child__group=OuterRef("group")))
    return (
        LeadNote.objects.annotate(last_by=Subquery(answers.values("by_id")[:1], output_field=UUIDField()))
        .filter(Q(last_by__isnull=True) | Q(last_by=F("by_id")))
        .filter(of_all | Exists(leads.filter(child=OuterRef("child"))))
        .exclude(by_id=person)
        .order_by()
        .annotate(
            what=Value("note"), ref=F("id"), group_ref=F("group_id"), child_ref=F("child_id"),
            code_word=Value("note_to_lead"), values_of=Value({}, output_field=JSONField()),
            on_at=F("made_at"), is_urgent=F("urgent"), seen_by=F("audience_id"),
            by_whom=Concat(F("by__given_name"), Value(" "), F("by__family_name")),
        )
    )  # fmt: skip


def notice_lines(
    rows: Iterable[InboxRow], shelf: Shelf, items: Items, persons: Mapping[UUID, Any]
) -> tuple[NoticeLine, ...]:
    """The notices of an inbox that their reader may still see, as sentences; urgent ones first."""
    found = [
        _line(row, shelf, persons)
        for row in rows
        if row.what == "notice" and still_seen(row, shelf.cuts, items)
    ]
    return tuple(sorted(found, key=lambda line: (not line.urgent, -line.at.timestamp())))


def note_lines(rows: Iterable[InboxRow], shelf: Shelf) -> tuple[NoticeLine, ...]:
    """The notes that wait for their reader as a lead worker, urgent ones first; each leads to its own page.

    A note about all the children is withheld from whoever may not know of them all.
    """
    found = []
    for row in rows:
        cut = shelf.cuts.get(row.group) if row.group else None
        if row.what != "note" or cut is None or not still_seen(row, shelf.cuts, NO_ITEMS):
            continue
        if row.child is not None or not cut.reader.limited:
            found.append(_line(row, shelf, {}))
    return tuple(sorted(found, key=lambda line: (not line.urgent, line.at)))


def still_seen(row: InboxRow, cuts: Mapping[UUID, Cut], items: Items) -> bool:
    """May the reader still see what a notice speaks of: its group, its child, its text as it now stands?"""
    if row.group is None:
        return True
    cut = cuts.get(row.group)
    if cut is None or (row.child is not None and row.child not in cut.reader.children):
        return False
    if row.audience is not None and not cut.sees(row.audience, row.child):
        return False
    item = row.item
    if item is not None and item in items.audiences:
        audience, child = items.audiences[item]
        return cut.sees(audience, child)
    return True


def _line(row: InboxRow, shelf: Shelf, persons: Mapping[UUID, Any]) -> NoticeLine:
    group = shelf.lines.get(row.group) if row.group else None
    standing = shelf.standings.get(row.group) if row.group else None
    child = next((one.name for one in group.children if one.id == row.child), "") if group else ""
    told = Told(
        row.code, row.data, group.procedure if group else "england", child=child,
        family=group.family if group else "", by=row.by.strip(),
    )  # fmt: skip
    reader = standing.reader if standing else Reader(None, False)
    return NoticeLine(
        row.id, row.code, sentence("notice", told, Names(persons, reader)), row.urgent, row.at, row.group,
        row.child, group.family if group else "", row.item, row.named("meeting"), row.named("person"),
    )  # fmt: skip
