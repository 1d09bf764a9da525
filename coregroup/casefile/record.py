"""The record of a meeting: what changed, who was there, who said what; computed, never typed (R23, R89)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case, open_group
from coregroup.casefile import record_done as done
from coregroup.casefile import record_plan as plan
from coregroup.casefile import record_said as said
from coregroup.casefile import record_who as who
from coregroup.casefile.audiences import cut_of
from coregroup.casefile.lead_notes import notes_since
from coregroup.casefile.plans_load import language
from coregroup.casefile.plans_words import day
from coregroup.casefile.readers import reader_of
from coregroup.casefile.record_fields import told_fields
from coregroup.casefile.record_room import Room
from coregroup.casefile.record_shapes import Correction, Part, Record, Section, Words
from coregroup.records.models import HandOut, Meeting, RecordCorrection
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Closed
from coregroup.rules.record_sections import OF_ENTRY, order_of

WRITTEN_HERE = ("closed", "confirmed")

_PARTS: dict[str, Callable[[Room], Iterator[Part]]] = {
    "about": who.about,
    "attendance": who.attendance,
    "family": who.family_words,
    "child": lambda room: who.voices(room, children=True),
    "chronology": done.chronology,
    "updates": done.updates,
    "actions": done.actions,
    "ratings": done.ratings,
    "risk": said.risk,
    "legal": said.legal,
    "contingency": said.contingency,
    "views": lambda room: who.voices(room, children=False),
    "decisions": said.decisions,
    "recommendations": done.recommendations,
    "restricted": who.restricted,
    "questions": said.questions,
    "notes": said.notes,
    "next_date": said.next_date,
    "passed": said.passed,
    "distribution": who.distribution,
}


def record(
    *,
    group: UUID,
    meeting: UUID,
    reader: UUID | None = None,
    to: Capability = Capability.SEE_MEETING,
    by: Actor,
) -> Record:
    """The record of a closed meeting, cut for `reader` (by default whoever asks), never more than both see.

    The same rows give the same record in years. Raises Closed before the meeting is closed, to a stranger,
    and for what the asker may not open; a fixed number of queries. R14, R23, R29, R57, R89.
    """
    case = open_group(group, by=by, to=to, what=f"record of {meeting}")
    return told(room_of(case, meeting, reader))


def room_of(case: Case, meeting: UUID, reader: UUID | None = None) -> Room:
    """A closed meeting of an opened case for one reader. Raises Closed where there is no record to read."""
    other = reader_of(case, reader)
    if other is not None and case.reader().limited:
        raise Closed  # whoever may not read the whole cannot make another's copy of it
    cut = cut_of(case, other)
    rows = Meeting.objects.filter(id=meeting, group=case.group, state__in=WRITTEN_HERE)
    row = rows.select_related("chair", "minute_taker", "closed_by", "confirmed_by").first()
    if row is None or row.closed_at is None or not cut.sees(row.audience_id) or case.guest is not None:
        raise Closed
    return Room(case, cut, row, language())


def told(room: Room) -> Record:
    """The record of a room."""
    case, row = room.case, room.meeting
    beside = list(RecordCorrection.objects.filter(meeting=row).select_related("by"))
    sections = tuple(_sections(room, beside))
    own = room.cut.reader.person == case.by.person
    issued = own and row.state == "closed" and case.can(Capability.CORRECT_RECORD)
    runs = Relation.LEAD in case.relations or case.by.person == row.chair_id
    given = HandOut.objects.filter(meeting=row, document="record", recipient_id=case.by.person)
    unopened = given.exclude(how="not_given").filter(openings__isnull=True)
    return Record(
        group=case.group.id, meeting=row.id, procedure=room.procedure.identifier,
        mode=room.procedure.record_mode, title=title_of(room), about=_about(room), held_on=room.held_on,
        state=row.state, closed_at=room.closed_at, closed_by=room.named(row.closed_by),
        confirmed_at=row.confirmed_at, confirmed_by=room.named(row.confirmed_by),
        edition=1 + sum(isinstance(part, Correction) for section in sections for part in section.parts),
        sections=sections, can_correct=issued,
        children=tuple(room.of_child(child.id) for child in room.children),
        can_add_correction=own and case.can(Capability.CORRECT_RECORD),
        can_confirm=own and row.state == "closed" and runs and case.can(Capability.CLOSE_MEETING),
        can_hand_out=own and (runs or case.by.person == row.minute_taker_id) and not room.cut.reader.limited
        and case.can(Capability.CLOSE_MEETING),
        may_see_distribution=own and case.can(Capability.SEE_DISTRIBUTION),
        given_unopened=own and unopened.exists(),
        withheld=_withheld(room),
    )  # fmt: skip


def title_of(room: Room) -> str:
    """What the record is called under its procedure: a record, or the updated plan (R89)."""
    if room.procedure.record_mode == "updated_plan":
        name = room.procedure.word("plan_name", room.lang)
        return _("Updated %(plan)s") % {"plan": name}
    name = room.procedure.word("record", room.lang)
    return name[:1].upper() + name[1:]


def _about(room: Room) -> str:
    told = {"day": day(room.held_on), "children": ", ".join(room.names[child.id] for child in room.children)}
    return _("%(day)s, for %(children)s") % told if told["children"] else told["day"]


def edition_of(meeting: Meeting) -> int:
    """Which edition of the record there is: 1, and one more for each correction."""
    assert meeting.closed_at is not None
    later = meeting.entries.filter(made_at__gte=meeting.closed_at)
    corrected = [because for because in later.values_list("correction_because", flat=True) if because]
    return 1 + len(corrected) + meeting.corrections.count()


def section_titles() -> dict[str, str]:
    """What each section is called."""
    return {
        "about": _("The meeting"),
        "attendance": _("Who took part"),
        "family": _("What the family said"),
        "child": _("The child"),
        "chronology": _("Chronology"),
        "updates": _("Updates of members"),
        "plan": _("What changed in the plan"),
        "updated_plan": _("The plan as it stands now"),
        "actions": _("Actions"),
        "ratings": _("Has it changed for the child?"),
        "risk": _("Risk"),
        "legal": _("Legal measures"),
        "contingency": _("Contingency plan"),
        "views": _("Views"),
        "decisions": _("Decisions"),
        "recommendations": _("Recommendations"),
        "restricted": _("Parts held without everybody"),
        "questions": _("The chair’s questions"),
        "notes": _("Notes"),
        "next_date": _("Next meeting"),
        "passed": _("What was passed by"),
        "distribution": _("Who gets this record"),
    }


def _sections(room: Room, beside: list[RecordCorrection]) -> Iterator[Section]:
    titles = section_titles()
    updated = room.procedure.record_mode == "updated_plan"
    makers = {**_PARTS, "plan": plan.updated_plan if updated else plan.changes, "updates": _updates}
    corrected = list(_corrected(room))
    for code in order_of(room.procedure.record_mode):
        parts = [
            *makers[code](room),
            *(part for section, part in corrected if section == code),
            *_beside(room, beside, code),
        ]
        if parts:
            yield Section(code, titles["updated_plan" if code == "plan" and updated else code], tuple(parts))


def _updates(room: Room) -> Iterator[Part]:
    """Updates, and the notes to the lead worker since the last meeting with their answers (R26)."""
    yield from done.updates(room)
    for note in notes_since(room.case, room.cut, room.begun):
        if note.at > room.closed_at:
            continue
        answers = [f"{word.by_name}: {word.text}" for word in note.words if word.at <= room.closed_at]
        told = {"name": note.by_name, "day": day(timezone.localdate(note.at))}
        yield Words("\n".join([note.text, *answers]), _("Note of %(name)s on %(day)s") % told)


def _corrected(room: Room) -> Iterator[tuple[str, Part]]:
    """For each thing corrected after closing: who, when, why, and what it said before (R29)."""
    for savings in room.history.values():
        for earlier, later in zip([None, *savings], savings, strict=False):
            if not later.correction_because or later.kind not in OF_ENTRY:
                continue
            reads = room.reads(later.audience, later.child, later.by)
            section = OF_ENTRY[later.kind]
            if later.kind == "voice" and later.about in {child.person_id for child in room.case.children}:
                section = "child"
            yield section, Correction(
                told_fields(room, later).what, later.by_name, timezone.localdate(later.at),
                later.correction_because if reads else "",
                told_fields(room, earlier).rows if earlier else (),
            )  # fmt: skip


def _beside(room: Room, rows: Iterable[RecordCorrection], code: str) -> Iterator[Part]:
    for row in rows:
        if row.section == code and room.reads(row.audience_id, row.child_id, row.by_id):
            name = room.of_child(row.child_id)
            yield Correction(name, room.named(row.by), timezone.localdate(row.made_at), "", beside=row.text)


def _withheld(room: Room) -> bool:
    """Whether a preview keeps something back that its asker sees: said *that*, never what."""
    withheld = getattr(room.cut, "withheld", None)
    if withheld is None:
        return False
    revisions = [row for version in room.versions for row in room.after(version)]
    every = [(row.audience_id, row.item.plan_id) for row in revisions]
    children = {version.plan_id: version.plan.child_id for version in room.versions}
    entries = room.meeting.entries.values_list("audience_id", "child_id")
    return any(withheld(audience, children.get(plan)) for audience, plan in every) or any(
        withheld(audience, child) for audience, child in entries
    )
