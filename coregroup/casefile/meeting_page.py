"""A meeting's own page: before it, who comes and what is asked for; during it and after, where to go.

At most eight queries of its own. Cut for whoever asks: a family person sees when, where, who chairs, what is
on the agenda for them, and whether they were asked what they want said; nobody's apologies or updates.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.access.seats import named_of, past_of, persons_of, seats_from
from coregroup.casefile import chronology
from coregroup.casefile.audiences import Cut, cut_of, family_known
from coregroup.casefile.chairing import Roles, roles_of
from coregroup.casefile.family_first import asked_of, attendance_of, family_entries
from coregroup.casefile.meeting_rows import MeetingRow, meeting_rows
from coregroup.casefile.meeting_shapes import (
    ChildDecision,
    Coming,
    FamilyAsked,
    GuestComing,
    MeetingPage,
    Move,
)
from coregroup.casefile.meetings import apart
from coregroup.casefile.naming import child_name
from coregroup.casefile.sentences import Names, lang_now, persons_in
from coregroup.casefile.series import is_day_off
from coregroup.casefile.telling import telling_of
from coregroup.casefile.workspace import Entry
from coregroup.records.models import ClosureDay, Meeting, Membership, Person
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.dates import calendar_of
from coregroup.rules.errors import Closed
from coregroup.rules.face_sheet import VENUE_ACCESS
from coregroup.rules.procedure import Procedure, say


def meeting_page(*, group: UUID, meeting: UUID, by: Actor) -> MeetingPage:
    """A meeting's page for whoever asks. Closed to a stranger, and for a meeting that is not to be seen."""
    case = open_group(group, by=by, to=Capability.SEE_MEETING, what=f"meeting {meeting}")
    return _Page(case, meeting).read()


class _Page:
    """Reads a meeting's page, room by room."""

    def __init__(self, case: Case, meeting: UUID) -> None:
        self.case, self.lang = case, lang_now()
        self.cut: Cut = cut_of(case)
        self.reader = case.reader()
        self.telling = telling_of(case, self.reader)
        closed = ClosureDay.objects.filter(authority=OuterRef("authority"), day=OuterRef("planned_on"))
        rows = Meeting.objects.filter(group=case.group).annotate(closed_that_day=Exists(closed))
        self.meetings = {row.id: row for row in rows}
        self.row = self._own(meeting)
        self.procedure: Procedure = book.load(case.group.procedure)
        self.children = {one.id: child_name(one) for one in case.children if one.id in self.reader.children}

    def _own(self, meeting: UUID) -> Meeting:
        row = self.meetings.get(meeting)
        if row is None or not self.cut.sees(row.audience_id):
            raise Closed
        if self.case.guest is not None and self.case.guest.meeting_id != row.id:
            raise Closed
        return row

    def read(self) -> MeetingPage:
        row, word = self.row, self.procedure.word
        rows = meeting_rows(self.case, self.cut, row)
        coded = chronology.coded_rows(self.case.group.id, self.cut) if row.state in OPEN else ()
        persons = self._persons(rows, coded)
        entries = family_entries(self.case, self.cut, row.id) if row.state == "planned" else ()
        replaced = self.meetings.get(row.replaced_by_id) if row.replaced_by_id else None
        before = self._before()
        names = Names(persons, self.reader)
        told = {"procedure": self.case.group.procedure, "children": self.children, "names": names}
        professional = self.reader.professional
        return MeetingPage(
            group=self.case.group.id, id=row.id, heading=self._heading(),
            word=word("core_group_meeting", self.lang), record_word=word("record", self.lang),
            lead_word=word("lead_worker", self.lang), state=row.state, on=row.held_on or row.planned_on,
            at=row.starts_at, today=timezone.localdate(), venue=row.venue, address=row.venue_address,
            link=row.link if row.state in OPEN else "", access=self._access(), private=row.venue_private,
            notes=row.venue_notes, professional=professional, guest=self.case.guest is not None,
            can=frozenset(one for one in Capability if self.case.can(one)),
            needs=self._needs(coded, persons) if professional else (),
            roles=self._roles(rows, persons),
            coming=self._coming(rows) if professional else (),
            guests=self._guests(rows),
            family=(family := self._family(entries)),
            children=self._others(entries, family),
            agenda=chronology.entry_lines("agenda", coded, **told),  # type: ignore[arg-type]
            moves=self._moves(rows),
            ended_because=row.ended_because if self._may_read(row.ended_by_id) else "",
            authorised_by=row.authorised_by if professional else "",
            replaced_by=replaced.id if replaced and self.cut.sees(replaced.audience_id) else None,
            replaced_on=replaced.planned_on if replaced and self.cut.sees(replaced.audience_id) else None,
            day_off=self._day_off(), replaces=before.id if before else None,
            replaces_on=before.planned_on if before else None,
        )  # fmt: skip

    def _day_off(self) -> bool:
        """Is it planned for a day that is no working day? Said to whoever can move it."""
        row = self.row
        if row.state != "planned" or not self.case.can(Capability.BOOK_MEETING):
            return False
        closed = (row.planned_on,) if row.closed_that_day else ()  # type: ignore[attr-defined]
        return is_day_off(row.planned_on, calendar_of(self.procedure.nation, closed))

    def _before(self) -> Meeting | None:
        """The cancelled meeting in whose place this one stands, to whoever may see that."""
        found = next((one for one in self.meetings.values() if one.replaced_by_id == self.row.id), None)
        seen = found is not None and self.cut.sees(found.audience_id) and self.case.guest is None
        return found if seen else None

    def _heading(self) -> str:
        if self.reader.professional:
            return self.case.group.family.label
        return ", ".join(self.children.values())

    def _persons(
        self, rows: tuple[MeetingRow, ...], coded: tuple[chronology.CodedRow, ...]
    ) -> dict[UUID, Person]:
        """Everybody whom the page names. A query only for those who are not of the case."""
        wanted = {one for row in coded if row.what == "agenda" for one in persons_in(row.data)}
        wanted |= {UUID(row.extra) for row in coded if row.what == "a_need" and row.extra}
        wanted |= {row.person for row in rows if row.what == "guest" and row.person}
        wanted |= {one for one in (self.row.chair_id, self.row.minute_taker_id) if one}
        adults = {row.adult.person_id: row.adult.person for row in self.case.relationships}
        return adults | persons_of(self.case, wanted - set(adults))

    def _access(self) -> tuple[str, ...]:
        return tuple(
            say(VENUE_ACCESS[code], self.lang) for code in self.row.venue_access if code in VENUE_ACCESS
        )

    def _needs(self, coded: tuple[chronology.CodedRow, ...], persons: dict[UUID, Person]) -> tuple[str, ...]:
        known = family_known(self.case, self.cut)
        return (*chronology.needs_of(coded, persons, known), *apart(self.case, self.cut, known))

    def _roles(self, rows: tuple[MeetingRow, ...], persons: dict[UUID, Person]) -> Roles:
        seats = seats_from(
            self.case,
            others=persons,
            named=named_of((one.person, one.code, one.text) for one in rows if one.what == "guest"),
            past=past_of(one for one in self.meetings.values() if one.id != self.row.id),
            away={one.person for one in rows if one.what == "apology" and one.person},
        )
        found = roles_of(self.row, seats, self.procedure, self.reader, self.case)
        if self.row.state in OPEN:
            return found
        ran = {one.id: one.name for one in persons.values()}  # they may have left the group since
        return replace(
            found,
            chair_name=found.chair_name or ran.get(self.row.chair_id or self.row.id, ""),
            minute_taker_name=found.minute_taker_name or ran.get(self.row.minute_taker_id or self.row.id, ""),
        )

    def _coming(self, rows: tuple[MeetingRow, ...]) -> tuple[Coming, ...]:
        updates = {one.person: one.code for one in rows if one.what == "update"}
        sent = {one.person: one for one in rows if one.what == "apology"}
        leads = {child.lead_person_id for child in self.case.children if child.id in self.children}
        found = []
        for member in self.case.members:
            if member.part != Membership.MEMBER or not self.telling.may_know(member):
                continue
            person = member.person_id
            own, state, apology = person == self.reader.person, updates.get(person, ""), sent.get(person)
            found.append(
                Coming(
                    person=person, name=member.person.name, agency=self.telling.agency(member.person),
                    lead=person in leads, own=own,
                    update="given" if state == "given" else ("own" if own and state else "none"),
                    instead=apology.code if apology else "",
                    counts=apology is not None and (apology.code != "update" or state == "given"),
                    representative=apology.extra if apology and apology.extra else "",
                )
            )  # fmt: skip
        return tuple(sorted(found, key=lambda one: (not one.lead, one.name.casefold())))

    def _family(self, entries: tuple[Entry, ...]) -> tuple[FamilyAsked, ...]:
        """Everybody of the family, to a professional; to somebody of the family themselves alone."""
        decided = {one.child: one.decision for one in attendance_of(self.case, self.cut, entries)}
        return tuple(
            FamilyAsked(
                one.name, one.asked, one.own, one.child in decided,
                decided.get(one.child, "") if one.child else "",
            )
            for one in asked_of(self.case, self.cut, entries)
            if one.own or self.reader.professional
        )  # fmt: skip

    def _others(
        self, entries: tuple[Entry, ...], family: tuple[FamilyAsked, ...]
    ) -> tuple[ChildDecision, ...]:
        """The children who stand in no line of their own."""
        named = {one.name for one in family if one.decides}
        rows = attendance_of(self.case, self.cut, entries)
        return tuple(ChildDecision(one.name, one.decision) for one in rows if one.name not in named)

    def _guests(self, rows: tuple[MeetingRow, ...]) -> tuple[GuestComing, ...]:
        members = {one.person_id: one for one in self.case.members if self.telling.may_know(one)}
        return tuple(
            GuestComing(
                one.text, self.telling.words(one.extra), one.code,
                members[one.beside].person.name if one.beside in members else "",
            )
            for one in rows
            if one.what == "guest" and (one.beside is None or one.beside in members)
        )  # fmt: skip

    def _moves(self, rows: tuple[MeetingRow, ...]) -> tuple[Move, ...]:
        found = [one for one in rows if one.what == "move"]
        return tuple(
            Move(
                _day(one.data.get("was")),
                str(one.data.get("reason", "")) if self._may_read(one.person) else "",
                one.extra if self.reader.professional else "",
            )
            for one in sorted(found, key=lambda one: str(one.data.get("was")))
        )

    def _may_read(self, writer: UUID | None) -> bool:
        """Free text about all the children is not read by whoever may not know of them all."""
        return not self.reader.limited or writer == self.reader.person


OPEN = ("planned", "in_session")


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
