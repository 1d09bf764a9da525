"""What of a record its reader may correct, thing by thing, and one thing with its fields (R29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coregroup.access.doors import Case, open_group
from coregroup.casefile.record import room_of, section_titles
from coregroup.casefile.record_fields import field_words, told_fields, value_word
from coregroup.casefile.record_room import Room
from coregroup.casefile.workspace import Entry
from coregroup.records.models import MeetingEntry
from coregroup.rules import participation
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed
from coregroup.rules.meeting_entries import KINDS
from coregroup.rules.record_sections import OF_ENTRY, OWN_WORDS, order_of


@dataclass(frozen=True)
class Correctable:
    """One thing that can be corrected: `entry` is its last saving."""

    entry: UUID
    section: str
    what: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CorrectionField:
    """One field of a thing: its label, its value, and the answers to choose from, if it has any."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    date: bool = False
    longest: int = 20_000


@dataclass(frozen=True)
class CorrectionForm:
    """One thing to be corrected."""

    group: UUID
    meeting: UUID
    entry: UUID
    number: int
    title: str
    what: str
    fields: tuple[CorrectionField, ...]


@dataclass(frozen=True)
class BesideForm:
    """What setting a correction beside a record needs."""

    title: str
    sections: tuple[tuple[str, str], ...]
    children: tuple[tuple[UUID, str], ...]


def correctable(*, group: UUID, meeting: UUID, by: Actor) -> tuple[Correctable, ...]:
    """Everything of a meeting's sheet that the reader may correct, in the record's order.

    Closed before the meeting is closed and once its record is confirmed.
    """
    case = open_group(group, by=by, to=Capability.CORRECT_RECORD, what=f"correct record {meeting}")
    room = _issued(case, meeting)
    ids = dict(
        MeetingEntry.objects.filter(meeting=room.meeting).order_by("number").values_list("thing", "id")
    )
    titles, order = section_titles(), order_of(room.procedure.record_mode)
    found = []
    for entry in room.sheet.entries:
        if entry.empty or not _may_correct(room, entry):
            continue
        told = told_fields(room, entry)
        found.append((order.index(OF_ENTRY[entry.kind]), ids[entry.thing], OF_ENTRY[entry.kind], told))
    return tuple(
        Correctable(key, titles[section], told.what, told.rows)
        for _place, key, section, told in sorted(found, key=lambda one: one[0])
    )


def correction_form(*, group: UUID, meeting: UUID, entry: UUID, by: Actor) -> CorrectionForm:
    """One thing with its fields, as it stands. Closed for what the reader may not correct."""
    case = open_group(group, by=by, to=Capability.CORRECT_RECORD, what=f"correct record {meeting}")
    room = _issued(case, meeting)
    row = MeetingEntry.objects.filter(meeting=room.meeting, id=entry).first()
    found = next((one for one in room.sheet.entries if row and one.thing == row.thing), None)
    if found is None or not _may_correct(room, found):
        raise Closed
    told = told_fields(room, found)
    title = section_titles()[OF_ENTRY[found.kind]]
    return CorrectionForm(
        case.group.id, room.meeting.id, entry, found.number, title, told.what, tuple(_fields(room, found))
    )


def beside_form(*, group: UUID, meeting: UUID, by: Actor) -> BesideForm:
    """The sections beside which a correction can stand, and the children it can be about."""
    case = open_group(group, by=by, to=Capability.CORRECT_RECORD, what=f"correct record {meeting}")
    room = room_of(case, meeting)
    if room.meeting.state not in ("closed", "confirmed"):
        raise Closed
    titles = section_titles()
    sections = tuple((code, titles[code]) for code in order_of(room.procedure.record_mode))
    return BesideForm(titles["about"], sections, tuple(room.names.items()))


def _issued(case: Case, meeting: UUID) -> Room:
    room = room_of(case, meeting)
    if room.meeting.state != "closed":
        raise Closed
    return room


def _may_correct(room: Room, entry: Entry) -> bool:
    if entry.kind not in OF_ENTRY:
        return False
    if room.cut.reader.professional:
        return True
    return entry.kind in OWN_WORDS and entry.about == room.cut.reader.person


def _fields(room: Room, entry: Entry) -> list[CorrectionField]:
    """The fields that the reader reads: what is withheld from them is not theirs to correct."""
    words, kind = field_words(), KINDS[entry.kind]
    limited = room.cut.reader.limited and entry.child is None
    whole = not limited or (kind.spoken and entry.about == room.cut.reader.person)
    found = []
    for field in kind.fields:
        if field.name == "file" or not (whole or field.choices or field.date):
            continue
        codes = _codes(room, entry, field.name, field.choices)
        choices = tuple((code, value_word(room, entry.kind, field.name, code)) for code in codes)
        found.append(
            CorrectionField(
                field.name, words.get(field.name, field.name), entry.text(field.name), choices, field.date,
                field.longest,
            )
        )  # fmt: skip
    return found


def _codes(room: Room, entry: Entry, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    if entry.kind != "attendance" or name != "how":
        return choices
    if entry.about in {child.person_id for child in room.case.children}:
        return participation.choices_for("child")
    adults: Mapping[Any, Any] = {row.adult.person_id: row for row in room.case.relationships}
    return participation.choices_for("adult" if entry.about in adults else "professional")
