"""The workspace around a step: which meeting, who runs it, the steps and what of them is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, Max, OuterRef, QuerySet, Subquery, UUIDField
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.naming import child_name
from coregroup.casefile.sentences import lang_now
from coregroup.casefile.sitting import runs
from coregroup.casefile.who import AdultLine, MemberLine, adults_of, members_of
from coregroup.casefile.workspace import Sheet, sheet_of
from coregroup.records.models import ActionState, Meeting, MeetingGuest, PlanRevision, RestrictedPart
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.agenda_steps import Step, steps_of
from coregroup.rules.errors import Closed, Refused
from coregroup.rules.procedure import Procedure, say


@dataclass(frozen=True)
class StepLine:
    """A step in the list: `written` of `expected` things say something; 0 expected where nobody can know."""

    code: str
    title: str
    text: str
    route: str
    written: int
    expected: int

    @property
    def short(self) -> str:
        """The title's first words, for the list of steps."""
        return self.title.partition(":")[0]

    @property
    def done(self) -> bool:
        """Whether everything that is expected there has been written."""
        return self.written >= self.expected > 0


@dataclass(frozen=True)
class Room:
    """What every page of the workspace stands in. `part` is the restricted part that is open now, if any."""

    group: UUID
    meeting: UUID
    word: str
    children: tuple[tuple[UUID, str], ...]
    on: date
    chair: str
    minute_taker: str
    runs: bool
    writer: UUID
    cursor: datetime
    part: UUID | None
    steps: tuple[StepLine, ...]

    def step(self, code: str) -> StepLine | None:
        """One step of the list."""
        return next((one for one in self.steps if one.code == code), None)

    def beside(self, code: str) -> tuple[StepLine | None, StepLine | None]:
        """The steps before and after one."""
        place = [one.code for one in self.steps].index(code)
        before = self.steps[place - 1] if place else None
        return before, self.steps[place + 1] if place + 1 < len(self.steps) else None


@dataclass(frozen=True, eq=False)
class Table:
    """What every reading in a meeting stands on: the case, the cut, the meeting, its sheet."""

    case: Case
    cut: Cut
    meeting: Meeting
    sheet: Sheet
    procedure: Procedure
    lang: str

    @cached_property
    def children(self) -> Mapping[UUID, str]:
        """The children whom the reader may know of, by name."""
        seen = self.cut.reader.children
        return {child.id: child_name(child) for child in self.case.children if child.id in seen}

    @cached_property
    def adults(self) -> tuple[AdultLine, ...]:
        """The adults of the family whom the reader may know of."""
        return adults_of(self.case, self.cut, self.children)

    @cached_property
    def members(self) -> tuple[MemberLine, ...]:
        """The professional members whom the reader may know of, the conference chair aside."""
        every = members_of(self.case, self.cut.reader, self.children)
        return tuple(one for one in every if not one.chair)

    @cached_property
    def agencies(self) -> Mapping[UUID, tuple[str, tuple[str, ...]]]:
        """The agencies of the members: name, and who comes from there."""
        found: dict[UUID, tuple[str, tuple[str, ...]]] = {}
        shown = {one.person for one in self.members}
        for member in self.case.members:
            office = member.person.agency
            if member.person_id in shown and office is not None:
                name, people = found.get(office.id, (office.name, ()))
                found[office.id] = (name, (*people, member.person.name))
        return dict(sorted(found.items(), key=lambda one: one[1][0].casefold()))

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        """The names of the people of the case whom the reader may know of."""
        found = {one.person: one.name for one in members_of(self.case, self.cut.reader, self.children)}
        found |= {one.person: one.name for one in self.adults}
        return found | {
            one.person_id: self.children[one.id] for one in self.case.children if one.id in self.children
        }

    def whose(self, person: UUID, kind: str) -> tuple[UUID | None, ...]:
        """About which child the words of an adult are written: their only one, else the whole family.

        Who must not learn of every child writes for each child apart; what they wrote stands beside it.
        """
        related = [row.child_id for row in self.case.relationships if row.adult.person_id == person]
        known = [child for child in dict.fromkeys(related) if child in self.children]
        if len(set(related)) == 1 and known:
            return (known[0],)
        if self.cut.reader.limited:
            return tuple(known)
        apart = {one.child for one in self.sheet.of(kind) if one.about == person}
        return (None, *(child for child in known if child in apart))

    def step_lines(self) -> tuple[StepLine, ...]:
        """The procedure's steps, with what of them is done."""
        return tuple(self._line(step) for step in steps_of(self.procedure))

    def _line(self, step: Step) -> StepLine:
        counted = [one for one in step.kinds if one != "note"]
        rows = self.sheet.of(*counted)
        if step.code in ("child", "views"):
            own = {child.person_id for child in self.case.children}
            rows = tuple(one for one in rows if (one.about in own) == (step.code == "child"))
        written = len(rows) or len([one for one in self.sheet.of("note") if one.code == step.code])
        written = max(written, self._elsewhere(step.code))
        text = say(step.text, self.lang) if step.text else ""
        return StepLine(step.code, self.title(step), text, step.route, written, self._expected(step.code))

    def _elsewhere(self, code: str) -> int:
        """1 where something has been done at a step that keeps nothing on the sheet."""
        row: Any = self.meeting
        return int(
            (code == "recommendations" and row.recommendations_opened_at is not None)
            or (code == "plan" and row.plan_touched and not self.cut.reader.limited)
        )

    def title(self, step: Step) -> str:
        """A step's title; of the child it names them, where they are few."""
        if step.code == "child" and len(self.children) > 1:
            return _("The children")
        return say(step.title, self.lang)

    def _expected(self, code: str) -> int:
        return {
            "welcome": len(self.members) + len(self.adults) + len(self.children),
            "child": len(self.children),
            "family_first": len(self.adults),
            "views": len(self.adults),
            "chronology": len(self.agencies),
            "contingency": len(self.children),
            "questions": len(self.procedure.questions),
            "recommendations": 1,
        }.get(code, 0)

    def room(self, cursor: datetime) -> Room:
        """The frame of the page."""
        row: Any = self.meeting
        word = self.procedure.word("core_group_meeting", self.lang)
        return Room(
            group=self.case.group.id, meeting=row.id, on=row.held_on or row.planned_on,
            word=word[:1].upper() + word[1:], children=tuple(self.children.items()),
            chair=row.chair.name if row.chair else row.chair_outside or "",
            minute_taker=row.minute_taker.name if row.minute_taker else row.minute_taker_outside or "",
            runs=runs(self.case, row), writer=self.case.by.who, cursor=cursor, part=row.open_part,
            steps=self.step_lines(),
        )  # fmt: skip


def table_of(*, group: UUID, meeting: UUID, by: Actor, what: str = "") -> Table:
    """Opens a meeting in session for somebody who takes part in it (R86).

    Raises Closed to a stranger; Refused, with a kind sentence, to the family, to whoever takes no part, and
    where the meeting has not begun or is over.
    """
    case = open_group(
        group, by=by, to=Capability.SEE_MEETING, what=what or f"workspace {meeting}", often=True
    )
    cut = cut_for(case.group.id, case.reader())
    row = _meeting(case, cut, meeting)
    if not case.can(Capability.TAKE_PART):
        raise Refused(_refusal(case))
    if row.state == "planned":
        raise Refused(_("This meeting has not begun yet."))
    if row.state != "in_session":
        raise Refused(_("This meeting is over. What was written in it is kept."))
    sheet = sheet_of(case, cut, row)
    return Table(case, cut, row, sheet, book.load(case.group.procedure), lang_now())


def now() -> datetime:
    """From when on a page that is drawn now asks for what the others write."""
    return timezone.now()


def _refusal(case: Case) -> str:
    if case.by.professional:
        return _("Only those who take part in this meeting can write in it. You can read its record.")
    return _(
        "Here the group types while it meets. You are in the room and can ask to see it at any time; "
        "the record comes to you after the meeting."
    )


def _open_to_all(rows: type[PlanRevision] | type[ActionState]) -> QuerySet[Any]:
    """What a meeting did to the plan and no professional is kept from."""
    wide = rows.objects.filter(meeting=OuterRef("id"), audience__base__in=["group", "professionals"])
    return wide.filter(audience__persons__isnull=True)


def _meeting(case: Case, cut: Cut, meeting: UUID) -> Meeting:
    """The meeting with who runs it, its open restricted part, and the day of the one before. One query."""
    earlier = Meeting.objects.filter(
        group=OuterRef("group"), state__in=["closed", "confirmed", "held"], held_on__isnull=False
    ).exclude(id=OuterRef("id"))
    last = earlier.order_by().values("group").annotate(day=Max("held_on")).values("day")
    running = RestrictedPart.objects.filter(meeting=OuterRef("id"), ended_at__isnull=True)
    rows = Meeting.objects.filter(group=case.group, id=meeting).select_related("chair", "minute_taker")
    outside = MeetingGuest.objects.filter(meeting=OuterRef("id"), person=None, ended_at__isnull=True)
    row = rows.annotate(
        chair_outside=Subquery(outside.filter(part="chair").values("name")[:1]),
        minute_taker_outside=Subquery(outside.filter(part="minute_taker").values("name")[:1]),
        last_on=Subquery(last, output_field=DateField()),
        open_part=Subquery(running.values("id")[:1], output_field=UUIDField()),
        plan_touched=Exists(_open_to_all(PlanRevision)) | Exists(_open_to_all(ActionState)),
    ).first()
    if row is None or not cut.sees(row.audience_id):
        raise Closed
    if case.guest is not None and case.guest.meeting_id != row.id:
        raise Closed
    return row
