"""The core group's own page: who is who, the children, the next dates with their reasons, what is missing.

At most nine queries of its own, whatever the case holds. Cut for whoever asks: a family person sees their own
children, their own dates, and no list of the group's shortcomings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile import chronology, clocks
from coregroup.casefile.audiences import Cut, family_known
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.dated import Dated, dated_of
from coregroup.casefile.gaps import Gap, PlanState, gaps_of, unrecorded
from coregroup.casefile.naming import age_words, child_name
from coregroup.casefile.sentences import Names, lang_now, persons_in
from coregroup.casefile.who import AdultLine, MemberLine, adults_of, members_of
from coregroup.records.models import (
    Child,
    OutlineItem,
    Person,
    PlanItem,
    PlanRevision,
    PlanVersion,
    ReadMark,
)
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.face_sheet import VENUE_ACCESS
from coregroup.rules.procedure import Procedure, say

LATEST = 6


@dataclass(frozen=True)
class ChildCard:
    """A child of the group: the age or the expected date, the lead, and how far the plan is."""

    id: UUID
    name: str
    age: str
    expected_on: date | None
    lead: str
    unallocated: bool
    registered_on: date | None
    ended_on: date | None
    plan: PlanState


@dataclass(frozen=True)
class SharedClock:
    """A running clock, and the children for whom it runs alike."""

    line: clocks.ClockLine
    children: tuple[str, ...]


@dataclass(frozen=True)
class MeetingCard:
    """The next core group: when, where, how accessible and private (R41, R44), and what does not fit."""

    id: UUID
    on: date
    starts_at: time | None
    venue: str
    address: str
    access: tuple[str, ...]
    private: bool | None
    notes: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class GroupPage:
    """The whole page, cut for its reader. `can` is what the reader may do here."""

    id: UUID
    heading: str
    procedure: Procedure
    authority: str
    out_of_hours: str
    today: date
    professional: bool
    can: frozenset[Capability]
    children: tuple[ChildCard, ...]
    members: tuple[MemberLine, ...]
    adults: tuple[AdultLine, ...]
    dates: tuple[SharedClock, ...]
    first_meeting: bool
    meeting: MeetingCard | None
    review_on: date | None
    gaps: tuple[Gap, ...]
    departures: tuple[chronology.DepartureLine, ...]
    agenda: tuple[chronology.EntryLine, ...]
    entries: tuple[chronology.EntryLine, ...]
    outline_unread: bool

    def word(self, key: str) -> str:
        """The procedure's own word for a role or a thing (R39)."""
        return self.procedure.word(key, lang_now())


def group_page(*, group: UUID, by: Actor) -> GroupPage:
    """The core group's page for whoever asks. Closed to a stranger. R4, R41, R44, R45, R92, R95."""
    case = open_group(group, by=by, to=Capability.SEE_CASE, what="group page")
    return _Page(case, timezone.localdate()).read()


class _Page:
    """Reads a group's page, room by room."""

    def __init__(self, case: Case, today: date) -> None:
        self.case, self.today, self.lang = case, today, lang_now()
        self.group, self.by = case.group, case.by
        self.reader = case.reader()
        self.cut: Cut = cut_for(self.group.id, self.reader)
        self.dated: Dated = dated_of({self.group.id: self.cut}, {self.group.id: self.group.authority_id})[
            self.group.id
        ]
        self.procedure = book.load(self.group.procedure)
        self.children = [child for child in case.children if child.id in self.reader.children]
        self.names = {child.id: child_name(child) for child in self.children}

    def read(self) -> GroupPage:
        states = self._states()
        rows = chronology.coded_rows(self.group.id, self.cut)
        persons = self._persons(rows)
        names = Names(persons, self.reader)
        titles = {rule.name: say(rule.title, self.lang) for rule in self.procedure.rules.values()}
        unread = [
            member.person.name for member in self.case.members
            if member.part == "member" and not getattr(persons.get(member.person_id), "read_outline", True)
        ]  # fmt: skip
        meeting = self._meeting(rows, chronology.needs_of(rows, persons, family_known(self.case, self.cut)))
        cards = tuple(self._card(child, states[child.id]) for child in self.children)
        told = {"procedure": self.group.procedure, "children": self.names, "names": names}
        entries = chronology.entry_lines("entry", rows, **told)  # type: ignore[arg-type]
        has_outline = any(state.outline for state in states.values())
        review = self.dated.next_review(self.today)
        return GroupPage(
            id=self.group.id,
            heading=self._heading(),
            procedure=self.procedure,
            authority=self.group.authority.name,
            out_of_hours=self.group.out_of_hours,
            today=self.today,
            professional=self.reader.professional,
            can=frozenset(one for one in Capability if self.case.can(one)),
            children=cards,
            members=members_of(self.case, self.reader, self.names),
            adults=adults_of(self.case, self.cut, self.names),
            dates=self._dates(),
            first_meeting=self.dated.last_meeting() is None,
            meeting=meeting,
            review_on=review.planned_on if review else None,
            gaps=self._gaps(cards, meeting, review, unread if has_outline else []),
            departures=chronology.departure_lines(rows, titles) if self.reader.professional else (),
            agenda=chronology.entry_lines("agenda", rows, **told),  # type: ignore[arg-type]
            entries=entries[:LATEST],
            outline_unread=has_outline and self._unread_by_me(persons),
        )

    def _gaps(
        self, cards: tuple[ChildCard, ...], meeting: MeetingCard | None, review: object, unread: list[str]
    ) -> tuple[Gap, ...]:
        """What is missing; nothing of it for a family person."""
        if not self.reader.professional:
            return ()
        asked = unrecorded(self.dated.unrecorded(self.today))
        return (*asked, *gaps_of(self.case, cards, meeting, review, unread, self.procedure))

    def _heading(self) -> str:
        if self.reader.professional:
            return self.group.family.label
        return ", ".join(self.names.values())

    def _persons(self, rows: tuple[chronology.CodedRow, ...]) -> dict[UUID, Person]:
        """Everybody whom the page names, with whether they have read the outline plan. One query."""
        told = (row for row in rows if row.what != "b_meeting")  # its values are of a place
        wanted = {one for row in told for one in persons_in(row.data)}
        wanted |= {member.person_id for member in self.case.members}
        wanted |= {UUID(row.extra) for row in rows if row.what == "a_need" and row.extra}
        read = ReadMark.objects.filter(group=self.group, person=OuterRef("pk"), what="outline")
        found = Person.objects.filter(id__in=wanted).annotate(read_outline=Exists(read))
        return {person.id: person for person in found}

    def _unread_by_me(self, persons: dict[UUID, Person]) -> bool:
        me = persons.get(self.by.person) if self.by.person else None
        return me is not None and not me.read_outline  # type: ignore[attr-defined]

    def _states(self) -> dict[UUID, PlanState]:
        """How far each child's plan is. One query."""
        versions = PlanVersion.objects.filter(plan__child=OuterRef("pk")).order_by("-number")
        newer = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
        contingency = PlanRevision.objects.filter(
            ~Exists(newer), item__plan__child=OuterRef("pk"), kind="contingency", withdrawn_because=""
        )
        rows = Child.objects.filter(id__in=list(self.names)).annotate(
            version=Subquery(versions.values("number")[:1]),
            version_at=Subquery(versions.values("at")[:1]),
            begun=Exists(PlanItem.objects.filter(plan__child=OuterRef("pk"))),
            has_outline=Exists(OutlineItem.objects.filter(child=OuterRef("pk"))),
            has_contingency=Exists(contingency),
        )
        return {
            row.id: PlanState(
                row.has_outline, row.begun, row.version,  # type: ignore[attr-defined]
                timezone.localdate(row.version_at) if row.version_at else None,  # type: ignore[attr-defined]
                row.has_contingency,  # type: ignore[attr-defined]
            )
            for row in rows
        }  # fmt: skip

    def _meeting(self, rows: tuple[chronology.CodedRow, ...], needs: tuple[str, ...]) -> MeetingCard | None:
        """The next core group, if the reader may see it."""
        ahead = self.dated.next_meeting(self.today)
        if ahead is None:
            return None
        place = chronology.place_of(rows, ahead.id)
        return MeetingCard(
            ahead.id, ahead.planned_on, ahead.starts_at, ahead.venue, place.address,
            tuple(say(VENUE_ACCESS[code], self.lang) for code in place.access if code in VENUE_ACCESS),
            place.private, place.notes, needs if self.reader.professional else (),
        )  # fmt: skip

    def _card(self, child: Child, state: PlanState) -> ChildCard:
        span = self.dated.registration(child.id)
        lead = self.case.member(child.lead_person_id)  # type: ignore[attr-defined]
        return ChildCard(
            id=child.id,
            name=self.names[child.id],
            age=age_words(child, self.today),
            expected_on=child.expected_on if child.date_of_birth is None else None,
            lead=lead.person.name if lead else "",
            unallocated=lead is None and span is not None and span.ended_on is None,
            registered_on=span.began_on if span else None,
            ended_on=span.ended_on if span else None,
            plan=state,
        )

    def _dates(self) -> tuple[SharedClock, ...]:
        """The running clocks of all the children, those that run alike said once."""
        shared: dict[clocks.ClockLine, list[str]] = {}
        for child in self.children:
            rows = clocks.rows_of(self.group.procedure, self.dated, child.id, self.today)
            for line in clocks.lines(clocks.running(rows), self.lang):
                shared.setdefault(line, []).append(self.names[child.id])
        every = len(self.children)
        found = [SharedClock(line, tuple(who) if len(who) < every else ()) for line, who in shared.items()]
        found.sort(key=lambda one: (one.line.status != "overdue", one.line.latest or date.max))
        return tuple(found)
