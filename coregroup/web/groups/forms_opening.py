"""The forms by which a core group is opened: conference, decisions, lead worker, dates.

Each is told the `room`: what lies ready and what has been said so far.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.opening import Desk
from coregroup.casework.opening_nouns import NewDeparture, NewMeeting
from coregroup.rules import face_sheet
from coregroup.rules.dates import table_ends, table_starts
from coregroup.rules.procedure import say
from coregroup.web.kit.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    LongTextField,
    PersonField,
    TextField,
    TimeField,
    YesNoField,
)
from coregroup.web.kit.forms import Form
from coregroup.web.kit.words import plaindate

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


class LateForm(RoomForm):
    """A date with a limit. After the limit it needs a reason and an approver (R95)."""

    rule = ""
    day = ""

    def ask_late(self) -> None:
        """Adds the questions for a date after its limit, as the form's last."""
        self.ask("late_reason", LongTextField(
            label=_("Why will it be late?"), required=False, rows=3, max_length=1000))  # fmt: skip
        self.ask("approved_by", TextField(
            label=_("Who approved it?"), help_text=_("Name and role."), required=False, max_length=200,
            width="two-thirds"))  # fmt: skip
        self.ask("approved_on", DateField(
            label=_("When did they approve it?"), noun=_("the date of approval"), required=False,
            not_after=timezone.localdate))  # fmt: skip
        for name in ("late_reason", "approved_by", "approved_on"):
            self.fields[name].look["plain_label"] = True  # type: ignore[attr-defined]

    @property
    def limit(self) -> Any:
        """The limit that the rules set, or None before the conference's date is known."""
        return self.room.desk.limits.get(self.rule)

    @property
    def late_open(self) -> bool:
        """Whether the questions about a late date are unfolded: the date is late, or one is answered."""
        if not self.is_bound:
            return any("".join(self.draft.get(name, ())) for name in ("late_reason", "approved_by"))
        late = ("late_reason", "approved_by", "approved_on")
        return self.late or any(name in self.errors or self.data.get(name) for name in late)

    @property
    def late(self) -> bool:
        """Whether the date given is after the limit."""
        self.is_valid()
        day = self.cleaned_data.get(self.day)
        return bool(day and self.limit and day > self.limit.latest)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day = given.get(self.day)
        if not (day and self.limit and day > self.limit.latest):
            return given
        latest = {"day": plaindate(self.limit.latest)}
        if not given.get("late_reason") and "late_reason" not in self.errors:
            self.add_error(
                "late_reason", _("This is after the limit, %(day)s. Say why it will be late") % latest
            )
        if not given.get("approved_by") and "approved_by" not in self.errors:
            self.add_error("approved_by", _("Say who approved going past the limit of %(day)s") % latest)
        if not given.get("approved_on") and "approved_on" not in self.errors:
            self.add_error("approved_on", _("Enter the date on which it was approved"))
        return given

    def departure(self) -> NewDeparture | None:
        """Why the limit is not kept, if it is not and all was said."""
        given = self.cleaned_data
        if not self.late or not all(given.get(n) for n in ("late_reason", "approved_by", "approved_on")):
            return None
        return NewDeparture(given["late_reason"], given["approved_by"], given["approved_on"])


class ReviewForm(LateForm):
    """The first review conference: proposed from the rules."""

    rule, day = "first_review", "review_on"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        review = self.room.desk.word("review_conference")
        self.ask("review_on", DateField(
            label=_("When will the first %(review)s be held?") % {"review": review},
            noun=_("the date of the first %(review)s") % {"review": review},
            not_before=table_starts, not_after=table_ends))  # fmt: skip
        self.ask_late()
        if self.limit:
            self.initial.setdefault("review_on", self.limit.meet_by)


class MeetingForm(LateForm):
    """The first core group: date, time, venue, and what the venue offers (R41, R44)."""

    rule, day = "first_core_group", "on"

    on = DateField(
        label=gettext_lazy("Which day?"),
        noun=gettext_lazy("the date of the first core group"),
        not_before=table_starts,
        not_after=table_ends,
    )
    at = TimeField(
        label=gettext_lazy("What time?"),
        noun=gettext_lazy("the time of the first core group"),
        help_text=gettext_lazy("For example, 10:30am or 2pm."),
    )
    venue = TextField(
        label=gettext_lazy("Where?"),
        noun=gettext_lazy("the venue of the first core group"),
        help_text=gettext_lazy("The name of the place and the room."),
        max_length=200,
        width="two-thirds",
    )
    address = LongTextField(
        label=gettext_lazy("Address of the venue"), required=False, rows=3, max_length=500
    )
    access = ChoicesField(label=gettext_lazy("What does the venue offer?"), required=False)
    private = YesNoField(label=gettext_lazy("Can people talk there without being overheard?"), required=False)
    notes = LongTextField(
        label=gettext_lazy("What else should people know?"),
        help_text=gettext_lazy("For example where to park, which door, or that a child may come along."),
        required=False,
        rows=3,
        max_length=1000,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = self.room.language
        offers = [(code, say(text, lang)) for code, text in face_sheet.VENUE_ACCESS.items()]
        self.fields["access"].choices = offers  # type: ignore[attr-defined]
        self.ask_late()

    def meeting(self) -> NewMeeting | None:
        """The meeting as the verb takes it; None without a date."""
        given = self.cleaned_data
        day: date | None = given.get("on")
        if day is None:
            return None
        return NewMeeting(
            day, given.get("at"), given.get("venue", ""), given.get("address", ""),
            frozenset(given.get("access", ())), given.get("private"), given.get("notes", ""),
        )  # fmt: skip
