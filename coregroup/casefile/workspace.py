"""What stands on a meeting's sheet: the last saving of everything written in it, cut to its reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value

from coregroup.access.doors import Case
from coregroup.casefile.audiences import Cut, family_known
from coregroup.casefile.telling import telling_of
from coregroup.records.models import Meeting, MeetingEntry, Membership, PlanRevision
from coregroup.rules import access, entry_cut
from coregroup.rules.meeting_entries import KINDS, thing_name


@dataclass(frozen=True)
class Entry:
    """The last saving of one thing (`rules.meeting_entries`): what it says, its number, who wrote it, when.

    `seen_by` is its audience. `correction_because` is filled where it was corrected after the meeting.
    """

    thing: str
    kind: str
    about: UUID | None
    child: UUID | None
    code: str
    number: int
    content: Mapping[str, Any]
    by: UUID
    by_name: str
    at: datetime
    audience: UUID
    seen_by: access.Audience
    correction_because: str = ""

    def text(self, field: str = "text") -> str:
        """What one field says; "" where nobody has said anything."""
        return str(self.content.get(field) or "")

    @property
    def empty(self) -> bool:
        """Whether everything that was written here was taken back."""
        return not any(str(value).strip() for value in self.content.values())


@dataclass(frozen=True)
class Sheet:
    """Everything that a reader may read of what was written in a meeting."""

    entries: tuple[Entry, ...] = ()

    def entry(
        self, kind: str, about: UUID | None = None, child: UUID | None = None, code: str = ""
    ) -> Entry | None:
        """The entry of one thing, or None."""
        name = thing_name(kind, about, child, code)
        return next((one for one in self.entries if one.thing == name), None)

    def of(self, *kinds: str) -> tuple[Entry, ...]:
        """Every entry of these kinds that says something."""
        return tuple(one for one in self.entries if one.kind in kinds and not one.empty)


def sheet_of(case: Case, cut: Cut, meeting: Meeting | UUID) -> Sheet:
    """The sheet of a meeting of this case, as the cut's reader may read it. One to three queries.

    What others may not see is absent: by its audience, its child, the person it is about, the plan item it is
    about; free text about the whole family from a reader who must not learn of every child.
    """
    later = MeetingEntry.objects.filter(
        meeting=OuterRef("meeting"), thing=OuterRef("thing"), number__gt=OuterRef("number")
    )
    key = meeting.id if isinstance(meeting, Meeting) else meeting
    rows = MeetingEntry.objects.filter(group=case.group, meeting=key).exclude(Exists(later))
    return Sheet(cut_entries(case, cut, rows.order_by("made_at", "thing")))


def cut_entries(case: Case, cut: Cut, rows: QuerySet[MeetingEntry]) -> tuple[Entry, ...]:
    """Entries out of rows, each cut to its reader."""
    others = MeetingEntry.objects.filter(meeting=OuterRef("meeting"), thing=OuterRef("thing"))
    told: Any = ~Exists(others.exclude(by=cut.reader.person)) if cut.reader.limited else None
    wrote_all = told or Value(False, output_field=BooleanField())
    found = list(rows.select_related("by").annotate(wrote_all=wrote_all))
    hidden = hidden_persons(case, cut) if any(KINDS[row.kind].about == "person" for row in found) else set()
    apart = _kept_apart(case, cut.reader)
    narrowed = _items_kept(cut, [row for row in found if KINDS[row.kind].about == "item"])
    entries = []
    for row in found:
        if row.about in hidden or row.about in narrowed or not cut.sees(row.audience_id, row.child_id):
            continue
        entry = _entry(row, cut)
        if entry is not None:
            entries.append(_without_note(entry, cut.reader) if apart else entry)
    return tuple(entries)


def _kept_apart(case: Case, reader: access.Reader) -> bool:
    """Is the reader an adult of the family who does not meet the others, or must not learn where they are?"""
    return not reader.professional and any(
        row.adult.person_id == reader.person and (row.adult.attends != "yes" or row.adult.must_not_learn)
        for row in case.relationships
    )


def _without_note(entry: Entry, reader: access.Reader) -> Entry:
    """How others came, with whom and from where, is not for an adult who is kept apart from them."""
    if entry.kind != "attendance" or entry.about == reader.person:
        return entry
    return replace(entry, content={name: told for name, told in entry.content.items() if name != "note"})


def hidden_persons(case: Case, cut: Cut) -> set[UUID]:
    """The persons of the case of whom the reader must not know. At most one query."""
    telling, known = telling_of(case, cut.reader), family_known(case, cut)
    family = {child.person_id for child in case.children}
    family |= {row.adult.person_id for row in case.relationships}
    staff = {
        member.person_id for member in case.members
        if member.part in (Membership.MEMBER, Membership.CHAIR) and not telling.may_know(member)
    }  # fmt: skip
    return (family - known - {cut.reader.person}) | staff  # type: ignore[arg-type]


def _items_kept(cut: Cut, rows: Iterable[MeetingEntry]) -> set[UUID]:
    """The plan items among these that are kept from the reader by now."""
    items = {row.about for row in rows}
    if not items:
        return set()
    audiences = PlanRevision.objects.filter(item__in=items).order_by("number")
    last = dict(audiences.values_list("item", "audience"))
    return {item for item, audience in last.items() if not cut.sees(audience)}


def _entry(row: MeetingEntry, cut: Cut) -> Entry | None:
    reader = cut.reader
    own = entry_cut.own_words(row.kind, row.about, reader, wrote_all=row.wrote_all)  # type: ignore[attr-defined]
    content = entry_cut.readable(row.kind, row.content, child=row.child_id, reader=reader, own=own)
    asker = getattr(cut, "asker", None)  # another's cut holds no more than whoever asks for it may see
    if asker is not None and content is not None:
        content = entry_cut.readable(row.kind, content, child=row.child_id, reader=asker, own=False)
    if content is None:
        return None
    return Entry(
        row.thing, row.kind, row.about, row.child_id, row.code, row.number, content, row.by_id, row.by.name,
        row.made_at, row.audience_id, cut.value(row.audience_id), row.correction_because,
    )  # fmt: skip
