"""An entry of a meeting's sheet in words, field by field: for corrections and for what it said before."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coregroup.casefile.plans_words import choice_word, day
from coregroup.casefile.record_room import Room
from coregroup.casefile.record_said import direction_word
from coregroup.casefile.record_who import way_word
from coregroup.casefile.workspace import Entry
from coregroup.rules import agenda_steps, participation
from coregroup.rules.meeting_entries import KINDS
from coregroup.rules.procedure import say


@dataclass(frozen=True)
class Told:
    """A thing in words: what it is, and its filled fields."""

    what: str
    rows: tuple[tuple[str, str], ...]


def kind_words() -> dict[str, str]:
    """What each kind of entry is called."""
    return {
        "note": _("Note"),
        "asked": _("What they wanted said"),
        "child_attends": _("Should the child come?"),
        "attendance": _("How they took part"),
        "family_said": _("What they said"),
        "voice": _("Voice"),
        "agency": _("Nothing new"),
        "risk": _("Risk"),
        "contingency": _("Contingency plan"),
        "question": _("The chair’s question"),
        "legal": _("Legal measures"),
        "decision": _("Decision"),
        "read_back": _("Reading back"),
        "recipients": _("Who gets the record"),
        "left_out": _("Left out"),
        "restricted": _("Note of a part held without everybody"),
    }


def field_words() -> dict[str, str]:
    """What each field of an entry is called."""
    return {
        "text": _("Text"),
        "wants": _("What they want said"),
        "how": _("How"),
        "on": _("On which day"),
        "helped_by": _("Helped by"),
        "decision": _("Decision"),
        "why": _("Why"),
        "way": _("In which other way"),
        "who_asks": _("Who asks"),
        "note": _("Note"),
        "words": _("In their own words"),
        "sought": _("How the views were sought"),
        "taken_by": _("Taken down by"),
        "disagrees": _("What they do not agree with"),
        "nothing_new": _("Nothing new for the chronology"),
        "said_by": _("Said by"),
        "direction": _("The risk has"),
        "fit": _("Does it still fit?"),
        "family_knows": _("Does the family know it?"),
        "answer": _("Answer"),
        "in_force": _("In force"),
        "considered": _("Considered"),
        "what": _("What was decided"),
        "dissent": _("Seen differently"),
        "confirmed": _("Their actions were read back"),
        "settled": _("Settled"),
        "out": _("Left out"),
    }


def value_word(room: Room, kind: str, name: str, value: str) -> str:
    """A field's value as a person reads it."""
    if kind == "attendance" and name == "how" and value in participation.HOW:
        return say(participation.HOW[value], room.lang)
    field = KINDS[kind].field(name)
    if field is None or not value:
        return value
    if field.date:
        return day(value)
    if not field.choices:
        return value
    more = {
        "part": _("For a part"), "changed": _("It was changed"), "not_sure": _("Not sure"),
        "not_yet": _("Not yet"), "not_here": _("Was not here"),
    }  # fmt: skip
    return more.get(value) or direction_word(value) or way_word(value) or choice_word(value)


def told_fields(room: Room, entry: Entry) -> Told:
    """A thing of the meeting in words."""
    words = field_words()
    rows = tuple(
        (words.get(name, name), value_word(room, entry.kind, name, str(value)))
        for name, value in entry.content.items()
        if name != "file" and str(value).strip()
    )
    parts = [kind_words().get(entry.kind, entry.kind)]
    if KINDS[entry.kind].about == "person":
        parts.append(room.name(entry.about))
    if KINDS[entry.kind].about == "item" and entry.about and entry.about in room.items:
        row = room.items[entry.about][0]
        parts.append(str(row.content.get("worry") or row.content.get("change") or ""))
    if entry.kind == "question":
        titles = {item.code: say(item.title, room.lang) for item in room.procedure.questions}
        parts.append(titles.get(entry.code, ""))
    if entry.kind == "agency":
        parts.append(room.agency(entry.about))
    if entry.kind == "note":
        steps = {step.code: say(step.title, room.lang) for step in agenda_steps.steps_of(room.procedure)}
        parts.append(steps.get(entry.code, "").partition(":")[0])
    parts.append(room.of_child(entry.child))
    return Told(": ".join(dict.fromkeys(part for part in parts if part)), rows)
