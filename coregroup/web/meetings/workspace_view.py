"""The things of a step as the page draws them: fields with labels and answers, out of the rules' kinds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.workspace_room import Room, StepLine
from coregroup.casefile.workspace_slots import Slot
from coregroup.casefile.workspace_words import choice_word, field_hint, field_label
from coregroup.casework.meeting_sheet import Thing
from coregroup.rules.agenda_steps import STEP
from coregroup.rules.meeting_entries import KINDS, Field
from coregroup.web.kit.links import address
from coregroup.web.kit.words import clocktime

LINE = 300  # a field that holds no more than this is one line
# Fields that a step does not ask: they belong to another moment, or would ask the same twice.
_LEFT_OUT = {("voice", "on"), ("voice", "taken_by"), ("agency", "said_by")}
_ROWS = {
    ("voice", "words"): 4,
    ("family_said", "text"): 5,
    ("restricted", "text"): 10,
    ("decision", "what"): 3,
}


@dataclass(frozen=True)
class FieldShown:
    """One field: `shape` is text, line, date or choice; `options` are (value, words, chosen, id)."""

    name: str
    html: str
    id: str
    label: str
    hint: str
    shape: str
    rows: int
    value: str
    options: tuple[tuple[str, str, bool, str], ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class SlotShown:
    """One thing with its fields: `by` and `time` say who wrote what stands, in this meeting."""

    slot: Slot
    fields: tuple[FieldShown, ...]
    base: int
    by: str
    time: str

    @property
    def about(self) -> str:
        """What the thing names, for the page's script."""
        return str(self.slot.about or "")

    @property
    def child(self) -> str:
        return str(self.slot.child or "")


@dataclass(frozen=True)
class StepShown:
    """A step in the list, with the page that it leads to."""

    line: StepLine
    address: str
    current: bool


def shown(
    slot: Slot, typed: Mapping[str, str] | None = None, faults: Mapping[str, str] | None = None
) -> SlotShown:
    """A thing as it is drawn; `typed` is what was sent and not kept, `faults` why not."""
    content = dict(slot.entry.content) if slot.entry else {}
    values = {**content, **(typed or {})}
    fields = tuple(
        _field(slot, field, str(values.get(field.name, "")), (faults or {}).get(field.name, ""))
        for field in KINDS[slot.kind].fields if (slot.kind, field.name) not in _LEFT_OUT
    )  # fmt: skip
    entry = slot.entry
    if entry is None:
        return SlotShown(slot, fields, 0, "", "")
    return SlotShown(slot, fields, entry.number, entry.by_name, clocktime(entry.at))


def _field(slot: Slot, field: Field, value: str, fault: str) -> FieldShown:
    key = "f" + hashlib.sha256(f"{slot.thing}|{field.name}".encode()).hexdigest()[:10]
    shape = (
        "choice" if field.choices else "date" if field.date else "line" if field.longest <= LINE else "text"
    )
    offered = slot.offered or field.choices
    if value and shape == "choice" and value not in offered:
        offered = (*offered, value)
    label = slot.title if slot.kind == "note" else field_label(slot.kind, field.name)
    return FieldShown(
        name=field.name, html=f"{slot.thing}|{field.name}", id=key, label=label,
        hint=field_hint(slot.kind, field.name), shape=shape, rows=_ROWS.get((slot.kind, field.name), 2),
        value=value, fault=fault,
        options=tuple(
            (code, choice_word(slot.kind, field.name, code), code == value, f"{key}-{place}")
            for place, code in enumerate(offered if shape == "choice" else ())
        ),
    )  # fmt: skip


def thing_of(name: str) -> Thing | None:
    """The thing of a name, as a page sends it back; None for what is none."""
    parts = name.split(":", 3)
    if len(parts) != 4:
        return None
    try:
        about, child = (UUID(part) if part else None for part in parts[1:3])
    except ValueError:
        return None
    return Thing(parts[0], about, child, parts[3])


def step_address(room: Room, line: StepLine) -> str:
    """The page of a step; "" where there is none yet. One for each child leads to the only child's."""
    parts: dict[str, Any] = {"group": room.group, "meeting": room.meeting}
    own = "" if line.route == STEP else address(line.route, **parts)
    if not own and line.route != STEP and len(room.children) == 1:
        own = address(line.route, **parts, child=room.children[0][0])
    return own or address(STEP, **parts, step=line.code)


def steps_shown(room: Room, current: str) -> tuple[StepShown, ...]:
    """The list of steps that stands on every page of the workspace; steps without a page are left out."""
    made = (StepShown(line, step_address(room, line), line.code == current) for line in room.steps)
    return tuple(one for one in made if one.address)


def beside(steps: Iterable[StepShown]) -> tuple[StepShown | None, StepShown | None]:
    """The steps before and after the current one."""
    listed = list(steps)
    place = next((at for at, one in enumerate(listed) if one.current), None)
    if place is None:
        return None, listed[0] if listed else None
    after = listed[place + 1] if place + 1 < len(listed) else None
    return (listed[place - 1] if place else None), after


def frame(request: HttpRequest, room: Room, step: str, *, kinds: Iterable[str] = ()) -> dict[str, Any]:
    """What `meetings/workspace.html` needs: any page of the meeting in session can stand in it.

    `room` comes from `casefile.workspace_steps.workspace_room` or a step's own reading; `step` is the code of
    the step in whose place the page stands; `kinds` the kinds of entries that the page shows.
    """
    steps = steps_shown(room, step)
    before, after = beside(steps)
    place = next((at for at, one in enumerate(steps, 1) if one.current), 0)
    parts = {"group": room.group, "meeting": room.meeting}
    return {
        "room": room,
        "steps": steps,
        "step": step,
        "step_before": before,
        "step_after": after,
        "step_place": place,
        "kinds": " ".join(kinds),
        "keep_url": reverse("meeting_keep", kwargs=parts),
        "changes_url": reverse("meeting_changes", kwargs=parts),
        "restricted_url": address("workspace_restricted", **parts),
        "leave_url": address("meeting", **parts) or address("group", group=room.group),
        "sign_in_url": reverse("account_login", query={"next": request.get_full_path()}),
        "script_words": json.dumps(_words(), ensure_ascii=False),
        "wide": True,
    }


def _words() -> dict[str, str]:
    """What the page's script says; {braces} are filled by it."""
    return {
        "saving": _("Saving …"),
        "saved": _("Saved {time}"),
        "trying": _("Not saved yet: trying again"),
        "notkept": _("Not saved: see the field"),
        "notpossible": _("This cannot be saved here any more. Copy your text, then load the page again."),
        "signedout": _("You are signed out. Your text is kept here and goes on when you have signed in."),
        "signin": _("Sign in (in a new tab)"),
        "you": _("you"),
        "by": _("{name}, {time}"),
        "wrote": _("{name} wrote here meanwhile:"),
        "clash": _("{name} wrote in the same place. Both texts are at the field: choose."),
        "more": _("{name} has written something new here."),
        "somebody": _("Somebody"),
        "over": _("This meeting is not in session any more. Nothing more is saved here."),
        "plain": _("Plainer words:"),
    }
