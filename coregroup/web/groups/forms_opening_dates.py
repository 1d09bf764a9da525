"""The forms of the opening that give a date with a limit: the first review and the first core group."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casework.opening_nouns import NewDeparture, NewMeeting
from coregroup.rules import face_sheet
from coregroup.rules.dates import table_ends, table_starts
from coregroup.rules.procedure import say
from coregroup.web.groups.forms_opening import RoomForm
from coregroup.web.kit.fields import ChoicesField, DateField, LongTextField, TextField, TimeField, YesNoField
from coregroup.web.kit.words import plaindate


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
