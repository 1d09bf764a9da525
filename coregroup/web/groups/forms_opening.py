"""The forms by which a core group is opened: conference, decisions, lead worker.

Each is told the `room`: what lies ready and what has been said so far.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.opening import Desk
from coregroup.rules.dates import table_starts
from coregroup.web.kit.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    PersonField,
    TextField,
)
from coregroup.web.kit.forms import Form

LEAST_ROWS = 3
MORE_ROWS = 3
MOST_ROWS = 60


class Room(Protocol):
    """What the forms ask of an opening under way (`opening_room.Room`, which in its turn makes the forms)."""

    desk: Desk
    language: str

    def keys(self, kind: str) -> list[str]:
        """The children, adults or members told so far."""

    def short_name(self, key: str) -> str:
        """What to call a child."""


class RoomForm(Form):
    """A form of the opening. `groups` are headings with the names of the fields beneath each."""

    def __init__(self, *args: Any, room: Room, **options: Any) -> None:
        super().__init__(*args, **options)
        self.room = room
        self.groups: list[tuple[str, list[str]]] = []

    def ask(self, name: str, field: Any) -> None:
        """Adds a field whose name or answers depend on what was said before."""
        from coregroup.web.kit import sentences

        self.fields[name] = field
        field.error_messages.update(sentences.sentences(field))
        field.error_messages.update(field.own_messages)


def child_choices(room: Room) -> list[tuple[str, str]]:
    """The children told so far, as answers."""
    return [(key, room.short_name(key)) for key in room.keys("child")]


class ConferenceForm(RoomForm):
    """Which family, and the conference itself."""

    family_label = TextField(
        label=gettext_lazy("What is the family called?"),
        noun=gettext_lazy("the family's name"),
        help_text=gettext_lazy("Professionals will find the core group by this name."),
        max_length=200,
        width="two-thirds",
    )
    held_on = DateField(
        label=gettext_lazy("When was it held?"),
        noun=gettext_lazy("the date of the conference"),
        help_text=gettext_lazy("For example, 27 3 2026."),
        not_before=table_starts,
        not_after=timezone.localdate,
    )
    strategy_discussion_on = DateField(required=False, not_before=table_starts, not_after=timezone.localdate)
    chair = PersonField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        desk = self.room.desk
        talk = desk.word("strategy_discussion")
        self.fields["strategy_discussion_on"].label = _("When was the %(talk)s before it?") % {"talk": talk}
        self.fields["strategy_discussion_on"].look["noun"] = _("the date of the %(talk)s") % {"talk": talk}  # type: ignore[attr-defined]
        chairs = [worker for worker in desk.workers if "conference_chair" in worker.duties] or desk.workers
        self.fields["chair"].label = _("Who was the %(chair)s?") % {"chair": desk.word("conference_chair")}
        self.fields["chair"].choices = [(str(one.id), one.label) for one in chairs]  # type: ignore[attr-defined]


class DecisionsForm(RoomForm):
    """What the conference decided: a row each, for one child or for all."""

    def __init__(self, *args: Any, rows: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        children = [("", _("All children")), *child_choices(self.room)]
        told = self.data or self.draft
        figures = [name[6:] for name in told if name.startswith("words_")]
        used = [int(text) + 1 for text in figures if text.isdecimal() and len(text) < 4]
        self.rows = min(max([rows, LEAST_ROWS, *used]), MOST_ROWS)
        for row in range(self.rows):
            self._ask_row(row, children)

    def _ask_row(self, row: int, children: list[tuple[str, str]]) -> None:
        number = {"number": row + 1}
        names = [f"words_{row}"]
        self.ask(names[0], LongTextField(
            label=_("Decision %(number)d") % number, required=False, max_length=2000, rows=3))  # fmt: skip
        if len(children) > 2:  # with one child it can concern nobody else
            names.append(f"child_{row}")
            self.ask(names[1], ChoiceField(
                label=_("Whom decision %(number)d concerns") % number, choices=children, required=False,
                inline=True))  # fmt: skip
        for name in names:
            self.fields[name].look["plain_label"] = True  # type: ignore[attr-defined]

    def decisions(self) -> list[tuple[int, str, str]]:
        """(row, words, child's key) of every row that holds a decision."""
        given = self.cleaned_data
        rows = (
            (row, given.get(f"words_{row}", ""), given.get(f"child_{row}", "")) for row in range(self.rows)
        )
        return [row for row in rows if row[1].strip()]


class LeadForm(RoomForm):
    """Who leads: one person for all the children, or one for each (R4); and what they do, in plain words."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        desk, children = self.room.desk, child_choices(self.room)
        lead = desk.word("lead_worker")
        able = [worker for worker in desk.workers if "lead_worker" in worker.duties] or desk.workers
        people = [(str(worker.id), worker.label) for worker in able]
        if len(children) > 1:
            names = [f"lead_{key}" for key, _name in children]
            self.ask("how", ChoiceField(
                label=_("Is it the same person for all the children?"), noun=_("who leads"),
                choices=[("one", _("Yes, one for all")), ("each", _("No, one for each child"))],
                reveals={"one": ["lead"], "each": names}))  # fmt: skip
        self.ask("lead", PersonField(
            label=_("Who is the %(lead)s?") % {"lead": lead}, noun=_("the %(lead)s") % {"lead": lead},
            choices=people))  # fmt: skip
        if len(children) > 1:
            for key, name in children:
                self.ask(f"lead_{key}", PersonField(
                    label=_("For %(name)s") % {"name": name},
                    noun=_("the %(lead)s of %(name)s") % {"lead": lead, "name": name},
                    choices=people))  # fmt: skip
        self.ask("role", LongTextField(
            label=_("What does the %(lead)s do for the family?") % {"lead": lead},
            noun=_("what the %(lead)s does for the family") % {"lead": lead},
            help_text=_("In plain words: the family reads this."), rows=3, max_length=500))  # fmt: skip
        self.initial.setdefault(
            "role", _("Leads the work with your family. Ask them about anything in the plan.")
        )

    def leads(self) -> tuple[str, dict[str, str]]:
        """(the lead of all or of the first child, {child's key: lead}). Empty where nothing was chosen."""
        given = self.cleaned_data
        if given.get("how") != "each":
            return given.get("lead", ""), {}
        each = {key: given.get(f"lead_{key}", "") for key in self.room.keys("child")}
        return next((lead for lead in each.values() if lead), ""), {k: v for k, v in each.items() if v}
