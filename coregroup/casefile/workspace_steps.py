"""One step of a meeting in session, as it is drawn: what there is to write, and what the group looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casefile import clocks
from coregroup.casefile.apologies import apologies_of
from coregroup.casefile.clocks import ClockLine
from coregroup.casefile.dated import dated_of
from coregroup.casefile.sentences import Names, Told, sentence
from coregroup.casefile.updates import latest_parts, may_read, readable
from coregroup.casefile.workspace_room import Room, Table, now, table_of
from coregroup.casefile.workspace_slots import Said, Slot, slots_of, standing
from coregroup.casefile.workspace_words import choice_word
from coregroup.records.models import (
    ChronologyEntry,
    MeetingEntry,
    MeetingGuest,
    MemberUpdate,
    Person,
    PlanRevision,
)
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed
from coregroup.rules.procedure import say

MOST = 200  # chronology entries shown at a meeting


@dataclass(frozen=True)
class ChronologyLine:
    """One entry since last time; `family`: told by one of them. `today`: written in this meeting."""

    id: UUID
    on: date
    text: str
    impact: str
    done: str
    child: str
    source: str
    family: bool
    today: bool


@dataclass(frozen=True)
class NextDate:
    """What is needed to agree the next meeting: what is planned, the limits, whether the reader may book."""

    planned: tuple[tuple[date, str], ...]
    limits: tuple[ClockLine, ...]
    books: bool


@dataclass(frozen=True)
class StepPage:
    """A step with everything on its page. `also` is (name, what was said) of guests without an account."""

    room: Room
    code: str
    title: str
    text: str
    prompts: tuple[str, ...]
    slots: tuple[Slot, ...]
    chronology: tuple[ChronologyLine, ...] = ()
    next_date: NextDate | None = None
    also: tuple[str, ...] = ()


def workspace_room(*, group: UUID, meeting: UUID, by: Actor) -> Room:
    """The workspace's first page: the steps and what of them is done. Errors as `step_page`."""
    return table_of(group=group, meeting=meeting, by=by).room(now())


def step_page(*, group: UUID, meeting: UUID, step: str, by: Actor) -> StepPage:
    """One step of a meeting in session (R86). Closed for a step that this procedure does not have.

    Raises Closed to a stranger; Refused to the family and where the meeting is not in session.
    """
    cursor = now()
    table = table_of(group=group, meeting=meeting, by=by)
    room = table.room(cursor)
    line = room.step(step)
    if line is None:
        raise Closed
    page = StepPage(room, step, line.title, line.text, _prompts(table, step), ())
    return _EXTRAS.get(step, _plain)(table, page)


def _plain(table: Table, page: StepPage) -> StepPage:
    return replace(page, slots=slots_of(table, page.code))


# A procedure's prompts stand where they help.
_PROMPTS: Mapping[str, tuple[str, ...]] = {
    "set_up": ("seat_family_first", "plain_words", "venue"),
    "child": ("each_child", "child_attends"),
    "plan": ("smart", "results_not_activity"),
}


def _prompts(table: Table, step: str) -> tuple[str, ...]:
    codes = _PROMPTS.get(step, ())
    return tuple(say(item.title, table.lang) for item in table.procedure.prompts if item.code in codes)


def _welcome(table: Table, page: StepPage) -> StepPage:
    guests = _guests(table)
    members = {one.person for one in table.members}
    before: dict[UUID, tuple[Said, ...]] = {}
    for one in apologies_of(table.case, table.cut, table.meeting.id):
        what = {
            "update": _("with an update") if one.counts else _("with an update, which has not come yet"),
            "report": _("with a written report"),
            "representative": _("represented by %(name)s") % {"name": one.representative},
            "nothing": _("nothing to report: %(why)s") % {"why": one.nothing_because},
        }[one.instead]
        before[one.person] = ((_("Sent apologies"), what),)
    here = [(one.person_id, one.name, _beside(one)) for one in guests
            if one.person_id is not None and one.person_id not in members]  # fmt: skip
    also = tuple(", ".join(filter(None, [one.name, _beside(one)])) for one in guests if one.person_id is None)
    return replace(page, slots=slots_of(table, "welcome", guests=here, before=before), also=also)


def _guests(table: Table) -> list[MeetingGuest]:
    """Who comes to this meeting only, as far as the reader may know of the member beside them. One query."""
    rows = MeetingGuest.objects.filter(meeting=table.meeting, ended_at__isnull=True).select_related("beside")
    known = {one.person for one in table.members}
    beside_known = (row for row in rows if row.beside_id is None or row.beside_id in known)
    return [row for row in beside_known if table.cut.sees(row.audience_id)]


def _beside(guest: MeetingGuest) -> str:
    """Where a guest comes from, and whom they come for or with."""
    return ", ".join(filter(None, [guest.agency_name, guest.beside.name if guest.beside else ""]))


def _chronology(table: Table, page: StepPage) -> StepPage:
    nothing = _nothing_new(table)
    lines = chronology_lines(table)
    return replace(page, slots=slots_of(table, "chronology", before=nothing), chronology=lines)


def _nothing_new(table: Table) -> dict[UUID, tuple[Said, ...]]:
    """What each agency said in its update, given beforehand (R13)."""
    rows = MemberUpdate.objects.filter(meeting=table.meeting, group=table.case.group, state="given")
    given = [row for row in rows.select_related("person", "meeting") if may_read(table.case, table.cut, row)]
    parts = latest_parts(given)
    found: dict[UUID, list[Said]] = {}
    for row in given:
        told = readable(table.cut, row, parts.get(row.id, {}).get("all"))
        office = row.person.agency_id
        if office is None or not told:
            continue
        said = found.setdefault(office, [])
        if told.get("nothing_new") == "yes":
            said.append((_("%(name)s, in an update") % {"name": row.person.name}, _("Nothing new")))
        for name in ("contact", "could_not"):
            if str(told.get(name, "")).strip():
                said.append((_("%(name)s, in an update") % {"name": row.person.name}, str(told[name])))
    return {office: tuple(said) for office, said in found.items()}


def chronology_lines(table: Table) -> tuple[ChronologyLine, ...]:
    """What has happened since the last meeting, the family's own first (R86). One query."""
    last: date | None = getattr(table.meeting, "last_on", None)
    rows = ChronologyEntry.objects.filter(group=table.case.group).select_related("source", "source_agency")
    if last is not None:
        rows = rows.filter(Q(on__gt=last) | Q(made_at__date__gt=last) | Q(meeting=table.meeting))
    reader = table.cut.reader
    persons = _persons(table)
    found, here = [], table.meeting.id
    for row in rows.order_by("-on", "-made_at")[:MOST]:
        if not table.cut.sees(row.audience_id, row.child_id):
            continue
        if row.text and row.child_id is None and reader.limited and row.source_id != reader.person:
            continue
        told = Told(row.code, row.data, table.case.group.procedure, _child(table, row.child_id))
        family = row.source is not None and row.source.kind == Person.FAMILY
        found.append(
            ChronologyLine(
                row.id, row.on, row.text or sentence("entry", told, Names(persons, reader)), row.impact,
                row.done, _child(table, row.child_id), _source(table, row), family, row.meeting_id == here,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.family, one.on)))


def _persons(table: Table) -> dict[UUID, Person]:
    found = {member.person_id: member.person for member in table.case.members}
    return found | {row.adult.person_id: row.adult.person for row in table.case.relationships}


def _child(table: Table, child: UUID | None) -> str:
    return table.children.get(child, "") if child else ""


def _source(table: Table, row: ChronologyEntry) -> str:
    if row.source is not None and row.source.kind == Person.FAMILY:
        return table.names.get(row.source.id, _("somebody in the family"))
    return row.source_agency.name if row.source_agency else ""


def _items(table: Table, kind: str) -> list[PlanRevision]:
    """The standing items of one kind, of every child whom the reader may know of. One query."""
    later = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    rows = PlanRevision.objects.filter(group=table.case.group, kind=kind, withdrawn_because="")
    rows = (
        rows.filter(~Exists(later)).select_related("item__plan").order_by("item__position", "item__made_at")
    )
    return [row for row in rows if table.cut.sees(row.audience_id, row.item.plan.child_id)]


def _risk(table: Table, page: StepPage) -> StepPage:
    earlier = _last_directions(table)
    concerns = _items(table, "concern")
    made = []
    for child, name in table.children.items():
        for row in concerns:
            if row.item.plan.child_id == child:
                made.append(Slot("risk", row.item_id, child, title=str(row.content.get("worry", "")),
                                 before=earlier.get(row.item_id, ()), section=name))  # fmt: skip
        title = _("Legal position") if len(table.children) == 1 else _("Legal position of %(name)s")
        made.append(Slot("legal", child=child, title=title % {"name": name}, section=name, later=True))
    if not table.cut.reader.limited:
        made.append(Slot("note", code="drift", title=_("Where things drift: agreed, and not moving")))
    return replace(page, slots=(*(standing(table, one) for one in made), *slots_of(table, "risk")))


def _last_directions(table: Table) -> dict[UUID, tuple[Said, ...]]:
    """How each concern was judged at the last meetings, the newest first. One query."""
    later = MeetingEntry.objects.filter(
        meeting=OuterRef("meeting"), thing=OuterRef("thing"), number__gt=OuterRef("number")
    )
    rows = MeetingEntry.objects.filter(group=table.case.group, kind="risk").exclude(meeting=table.meeting)
    rows = rows.filter(~Exists(later), meeting__state__in=["closed", "confirmed"]).select_related("meeting")
    found: dict[UUID, list[str]] = {}
    for row in rows.order_by("-meeting__held_on"):
        direction = str(row.content.get("direction", ""))
        if direction and row.about and table.cut.sees(row.audience_id, row.child_id):
            found.setdefault(row.about, []).append(direction)
    return {item: tuple(_judged(codes)) for item, codes in found.items()}


def _judged(codes: list[str]) -> list[Said]:
    said = [(_("Last time"), choice_word("risk", "direction", codes[0]))]
    if len(codes) > 1 and all(code != "decreased" for code in codes[:2]):
        said.append((_("Drift"), _("It has not become less at the last two meetings.")))
    return said


def _contingency(table: Table, page: StepPage) -> StepPage:
    rows = _items(table, "contingency")
    made = []
    for child, name in table.children.items():
        said: list[Said] = []
        for row in rows:
            if row.item.plan.child_id == child:
                told = row.content
                said += [(_("If"), told.get("trigger", "")), (_("Then"), told.get("response", ""))]
        before = tuple(said) or ((_("In the plan"), _("There is no contingency plan for this child yet.")),)
        made.append(standing(table, Slot("contingency", child=child, title=name, before=before)))
    return replace(page, slots=(*made, *slots_of(table, "contingency")))


def limits_of(table: Table) -> tuple[tuple[ClockLine, ...], tuple[tuple[date, str], ...]]:
    """The limits that the next meetings must keep, and which are planned (day, place). One query."""
    group, today = table.case.group, timezone.localdate()
    dated = dated_of({group.id: table.cut}, {group.id: group.authority_id})[group.id]
    ahead = [one for one in dated.meetings if one.planned_on >= today and one.held_on is None]
    limits: dict[ClockLine, None] = {}
    for child in table.children:
        rows = clocks.running(clocks.rows_of(group.procedure, dated, child, today))
        met_here = tuple(row for row in rows if "core_group" in table.procedure.rules[row.rule].met_by)
        limits.update(dict.fromkeys(clocks.lines(met_here, table.lang)))
    ordered = tuple(sorted(limits, key=lambda one: one.latest or date.max))
    return ordered, tuple((one.planned_on, one.venue) for one in ahead)


def _next_date(table: Table, page: StepPage) -> StepPage:
    limits, planned = limits_of(table)
    told = NextDate(planned, limits, page.room.runs)
    return replace(page, slots=slots_of(table, "next_date"), next_date=told)


_EXTRAS: Mapping[str, Callable[[Table, StepPage], StepPage]] = {
    "welcome": _welcome,
    "chronology": _chronology,
    "risk": _risk,
    "contingency": _contingency,
    "next_date": _next_date,
}
