"""The meeting pack: everything that one recipient should have read before a meeting, cut for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coregroup.access.doors import Case, open_group
from coregroup.casefile import clocks
from coregroup.casefile.audiences import Cut, cut_of, family_known
from coregroup.casefile.dated import dated_of
from coregroup.casefile.family_first import KINDS, asked_of, attendance_of, seen_meeting
from coregroup.casefile.naming import child_name
from coregroup.casefile.pack_plans import sheets_in_force
from coregroup.casefile.pack_shapes import CopyLine, Decision, Pack, PackEntry, Point, Rated
from coregroup.casefile.sentences import Names, Told, lang_now, load_persons, persons_in, sentence
from coregroup.casefile.telling import telling_of
from coregroup.casefile.updates import GivenUpdate, RatingLine, given_updates, ratings_for
from coregroup.casefile.workspace import Entry, cut_entries
from coregroup.records.models import AgendaItem, ChronologyEntry, HandOut, Meeting, MeetingEntry, Person
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed
from coregroup.rules.moves import TOOK_PLACE
from coregroup.rules.procedure import Item, Procedure, say


def pack(
    *, group: UUID, meeting: UUID, reader: UUID | None = None, own_language: bool = False, by: Actor
) -> Pack:
    """The pack of a meeting for `reader` (by default whoever asks), with nothing that they may not see.

    A reader other than the asker is a person of the case, asked for by a professional member who knows of
    every child; the pack then holds no more than both may see, and with `own_language` is written in the
    reader's language, as they will be given it. Raises Closed for what may not be opened.
    R3, R14, R17, R30, R57, R86.
    """
    case = open_group(group, by=by, to=Capability.SEE_MEETING, what=f"pack of {meeting}")
    person = _person(case, reader)
    cut = cut_of(case, case.reader(person) if person else None)
    row = seen_meeting(case, cut, meeting)
    with translation.override(person.language if person and own_language else lang_now()):
        return _Pack(case, cut, row, person).read()


def _person(case: Case, reader: UUID | None) -> Person | None:
    """Whose copy it is, if not the asker's own."""
    if reader is None or reader == case.by.person:
        return None
    if not case.by.professional or case.guest is not None or case.reader().limited:
        raise Closed
    people = [member.person for member in case.members]
    people += [row.adult.person for row in case.relationships] + [child.person for child in case.children]
    found = next((person for person in people if person.id == reader), None)
    if found is None:
        raise Closed
    return found


class _Pack:
    """Reads a pack, part by part; each part a fixed number of queries."""

    def __init__(self, case: Case, cut: Cut, row: Meeting, person: Person | None) -> None:
        self.case, self.cut, self.row, self.person = case, cut, row, person
        self.lang, self.reader = lang_now(), cut.reader
        self.procedure: Procedure = book.load(case.group.procedure)
        self.names = {
            child.id: child_name(child) for child in case.children if child.id in self.reader.children
        }
        self.last = self._last()
        self.withheld = False

    def read(self) -> Pack:
        row, professional = self.row, self.reader.professional
        sheets, kept_back = sheets_in_force(self.case, self.cut)
        entries = self._entries()
        story, also = self._story()
        updates = given_updates(self.case, self.cut, row)
        told = [entry for entry in entries if entry.kind in KINDS]
        given = _given(row)
        return Pack(
            group=self.case.group.id, meeting=row.id,
            word=self.procedure.word("core_group_meeting", self.lang),
            heading=self.case.group.family.label if professional else ", ".join(self.names.values()),
            on=row.planned_on, starts_at=row.starts_at, venue=row.venue, address=row.venue_address,
            chair=row.chair.name if row.chair else "",
            minute_taker=row.minute_taker.name if row.minute_taker else "",
            reader=self.reader.person, reader_name=self.person.name if self.person else self.case.by.name,
            language=self.lang, professional=professional, preview=self.person is not None,
            withheld=kept_back or self.withheld,
            agenda=tuple(self._point(one) for one in self.procedure.agenda),
            also=also,
            people=tuple(one for one in asked_of(self.case, self.cut, told) if one.asked),
            children=attendance_of(self.case, self.cut, told),
            last_on=self.last.held_on if self.last else None,
            decisions=self._decisions(entries), entries=story, updates=updates, plans=sheets,
            ratings=self._ratings(updates), dates=self._dates(),
            copies=_copies(self.case, given), may_give=self.case.can(Capability.HAND_OUT),
            unopened=self.person is None and _unopened(given.get(self.reader.person)),
        )  # fmt: skip

    def _point(self, item: Item) -> Point:
        """A point of the agenda; what helps the chair at it is for those who may chair."""
        aid = say(item.text, self.lang) if item.text and self.reader.professional else ""
        return Point(say(item.title, self.lang), aid)

    def _last(self) -> Meeting | None:
        """The meeting that was held last before this one. One query."""
        rows = Meeting.objects.filter(group=self.case.group, state__in=TOOK_PLACE).exclude(id=self.row.id)
        rows = rows.filter(held_on__lte=self.row.held_on or self.row.planned_on).order_by("-held_on", "-id")
        return next((row for row in rows[:1] if self.cut.sees(row.audience_id)), None)

    def _entries(self) -> tuple[Entry, ...]:
        """What was asked for this meeting, and what the last one decided. One query, two for a preview."""
        later = MeetingEntry.objects.filter(
            meeting=OuterRef("meeting"), thing=OuterRef("thing"), number__gt=OuterRef("number")
        )
        wanted = Q(meeting=self.row, kind__in=KINDS)
        if self.last is not None:
            wanted |= Q(meeting=self.last, kind="decision")
        rows = MeetingEntry.objects.filter(wanted, group=self.case.group).exclude(Exists(later))
        if self.person is not None:
            self._mark(rows.values_list("audience_id", "child_id"))
        return cut_entries(self.case, self.cut, rows.order_by("made_at", "thing"))

    def _mark(self, rows: Iterable[tuple[UUID, UUID | None]], *, free: bool = True) -> None:
        """Notes that a preview keeps back something that its asker sees: that, never what.

        `free`: the rows hold free text, which is kept from whoever may not know of every child.
        """
        withheld = getattr(self.cut, "withheld", None)
        if withheld is None or self.withheld:
            return
        limited = free and self.reader.limited
        self.withheld = any(
            withheld(audience, child) or (limited and child is None) for audience, child in rows
        )

    def _decisions(self, entries: Iterable[Entry]) -> tuple[Decision, ...]:
        return tuple(
            Decision(one.text("what"), one.text("why"), self._child(one.child))
            for one in entries if one.kind == "decision" and one.text("what").strip()
        )  # fmt: skip

    def _story(self) -> tuple[tuple[PackEntry, ...], tuple[str, ...]]:
        """The chronology since the last meeting, the family's first; what else is on the agenda."""
        rows = ChronologyEntry.objects.filter(group=self.case.group)
        if self.last is not None:
            since = Q(on__gte=self.last.held_on)
            if self.last.closed_at:
                since = Q(made_at__gte=self.last.closed_at)
            rows = rows.filter(since).exclude(meeting=self.last)
        found = list(rows.select_related("source__agency", "source_agency").order_by("on", "made_at", "id"))
        items = AgendaItem.objects.filter(
            Q(meeting__isnull=True) | Q(meeting=self.row), group=self.case.group
        )
        agenda = list(items.order_by("made_at", "id"))
        self._mark((row.audience_id, row.child_id) for row in found if _free(row))
        self._mark(((row.audience_id, row.child_id) for row in found if not _free(row)), free=False)
        self._mark(((row.audience_id, row.child_id) for row in agenda), free=False)
        told = [*(row.data for row in found), *(row.data for row in agenda)]
        wanted = {one for data in told for one in persons_in(data)}
        names = Names(load_persons(wanted), self.reader)
        story = [self._entry(row, names) for row in found if self._sees(row)]
        story.sort(key=lambda pair: not pair[0])
        also = tuple(
            self._whose(row, self._sentence("agenda", row, names)) for row in agenda
            if self.cut.sees(row.audience_id, row.child_id)
        )  # fmt: skip
        return tuple(entry for _family, entry in story), tuple(dict.fromkeys(also))

    def _whose(self, row: AgendaItem, words: str) -> str:
        """With the child whom it concerns before it, where it does not name them itself."""
        child = self._child(row.child_id)
        return f"{child}: {words}" if child and child not in words else words

    def _sees(self, row: ChronologyEntry) -> bool:
        """Free text about the whole family is kept from whoever may not know of every child."""
        own = row.source_id is not None and row.source_id == self.reader.person
        kept = self.reader.limited and row.child_id is None and _free(row) and not own
        return self.cut.sees(row.audience_id, row.child_id) and not kept

    def _entry(self, row: ChronologyEntry, names: Names) -> tuple[bool, PackEntry]:
        family = row.source is not None and row.source.kind == Person.FAMILY
        telling = telling_of(self.case, self.reader)
        source = ""
        if self.reader.professional and row.source is not None:
            agency = telling.agency(row.source)
            kept = family and row.source_id not in family_known(self.case, self.cut)
            name = _("somebody in the family") if kept else row.source.name
            source = f"{name} ({agency})" if agency else name
        elif self.reader.professional and row.source_agency is not None:
            source = row.source_agency.name
        text = row.text or self._sentence("entry", row, names)
        return family, PackEntry(row.on, text, row.impact, row.done, self._child(row.child_id), source)

    def _sentence(self, kind: str, row: ChronologyEntry | AgendaItem, names: Names) -> str:
        told = Told(row.code, row.data, self.case.group.procedure, self._child(row.child_id))
        return sentence(kind, told, names)

    def _child(self, child: UUID | None) -> str:
        return self.names.get(child, "") if child else ""

    def _ratings(self, updates: Iterable[GivenUpdate]) -> tuple[Rated, ...]:
        """How each outcome is rated for this meeting beside the last one. One query."""
        before: dict[UUID, list[int]] = {}
        if self.last is not None:
            for lines in ratings_for(self.case, self.cut, self.last.id).values():
                for line in lines:
                    before.setdefault(line.item, []).append(line.value)
        now: dict[UUID, list[tuple[str, RatingLine]]] = {}
        for update in updates:
            for line in update.ratings:
                now.setdefault(line.item, []).append((update.name, line))
        return tuple(
            Rated(
                rows[0][1].child_name, rows[0][1].outcome,
                tuple((name, line.value) for name, line in rows), tuple(sorted(before.get(item, ()))),
            )
            for item, rows in now.items()
        )  # fmt: skip

    def _dates(self) -> tuple[clocks.ClockLine, ...]:
        """The dates ahead, each said once. One query."""
        group, today = self.case.group, timezone.localdate()
        dated = dated_of({group.id: self.cut}, {group.id: group.authority_id})[group.id]
        found: dict[clocks.ClockLine, None] = {}
        for child in self.names:
            rows = clocks.rows_of(group.procedure, dated, child, today)
            found.update(dict.fromkeys(clocks.lines(clocks.running(rows), self.lang)))
        return tuple(sorted(found, key=lambda one: one.latest or date.max))


def _free(row: ChronologyEntry) -> bool:
    """Does an entry hold somebody's own words, beside what its code says?"""
    return bool(row.text or row.impact or row.done)


def _given(meeting: Meeting) -> dict[UUID | None, HandOut]:
    """To whom the pack was given, each with the last time. One query."""
    rows = HandOut.objects.filter(meeting=meeting, document="pack").order_by("made_at", "id")
    return {row.recipient_id: row for row in rows.annotate(opened_at=Min("openings__made_at"))}


def _unopened(given: HandOut | None) -> bool:
    return given is not None and given.how != "not_given" and given.opened_at is None  # type: ignore[attr-defined]


def _copies(case: Case, given: Mapping[UUID | None, HandOut]) -> tuple[CopyLine, ...]:
    """Whose copies a professional member can look at: members and adults of the family, by name."""
    reader = case.reader()
    if not reader.professional or case.guest is not None or reader.limited:
        return ()
    people = {member.person_id: member.person.name for member in case.members}
    people |= {row.adult.person_id: row.adult.person.name for row in case.relationships}
    lines = [
        _copy(person, name, case.member(person) is not None, given.get(person))
        for person, name in people.items() if person != reader.person
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.name.casefold()))


def _copy(person: UUID, name: str, signs_in: bool, given: HandOut | None) -> CopyLine:
    if given is None:
        return CopyLine(person, name, signs_in)
    opened = given.opened_at  # type: ignore[attr-defined]
    return CopyLine(
        person, name, signs_in, given.how, given.on, timezone.localdate(opened) if opened else None
    )
