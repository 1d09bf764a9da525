"""The forms before a meeting: when and where, moving, cancelling, asking for an earlier one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from coregroup.casefile.meetings import PlannedMeeting
from coregroup.casework.limits import Approval
from coregroup.casework.meetings import NewMeeting
from coregroup.rules.face_sheet import VENUE_ACCESS
from coregroup.rules.procedure import say
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    LongTextField,
    TextField,
    TimeField,
    YesNoField,
)
from coregroup.web.kit.forms import Form

LATE = ("late_reason", "late_approved_by", "late_approved_on")
PLACE = ("on", "at", "venue", "address", "link", "access", "private", "notes")


class WithApproval(Form):
    """The part that a limit which is not kept asks for: why, who approved it, when (R95)."""

    late_reason = LongTextField(
        label=gettext_lazy("Why will the limit not be kept?"), required=False, rows=3, max_length=2000
    )
    late_approved_by = TextField(
        label=gettext_lazy("Who approved this?"), help_text=gettext_lazy("Name and role."), required=False,
        max_length=200, width="two-thirds",
    )  # fmt: skip
    late_approved_on = DateField(
        label=gettext_lazy("When was it approved?"), noun=gettext_lazy("the date when it was approved"),
        required=False, not_after=timezone.localdate,
    )  # fmt: skip

    @property
    def late_open(self) -> bool:
        """Is the part about the limit shown? Once something in it is wrong or filled in."""
        return self.is_bound and any(self.data.get(name) or name in self.errors for name in LATE)

    def approval(self) -> Approval | None:
        """Why the limit is not kept, if anything was said."""
        told = self.cleaned_data
        if not any(told.get(name) for name in LATE):
            return None
        return Approval(told["late_reason"], told["late_approved_by"], told["late_approved_on"])


class WhenAndWhere(WithApproval):
    """When and where a group meets: a place, a link for joining online, or both."""

    field_order: tuple[str, ...] = (*PLACE, *LATE)
    on = DateField(
        label=gettext_lazy("Date"),
        noun=gettext_lazy("the date of the meeting"),
        not_before=timezone.localdate,
    )
    at = TimeField(label=gettext_lazy("Time"), help_text=gettext_lazy("For example 10:30am or 14:00."))
    venue = TextField(
        label=gettext_lazy("Place"), help_text=gettext_lazy("Leave empty if everybody joins online."),
        required=False, max_length=200, width="two-thirds",
    )  # fmt: skip
    address = LongTextField(label=gettext_lazy("Address of the place"), required=False, rows=3)
    link = TextField(
        label=gettext_lazy("Link for joining online"), required=False, max_length=1000,
        help_text=gettext_lazy("Begins with https://. Only those who may see the meeting are shown it."),
    )  # fmt: skip
    access = ChoicesField(
        label=gettext_lazy("What the place offers"),
        noun=gettext_lazy("what the place offers"),
        required=False,
    )
    private = YesNoField(
        label=gettext_lazy("Can people speak there without being overheard?"), required=False
    )
    notes = LongTextField(
        label=gettext_lazy("Notes for those who come"), required=False, rows=3, max_length=1000
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = (get_language() or "en").split("-")[0]
        self.fields["access"].choices = [(code, say(text, lang)) for code, text in VENUE_ACCESS.items()]  # type: ignore[attr-defined]

    def meeting(self) -> NewMeeting:
        """The meeting as the verb takes it."""
        told = self.cleaned_data
        return NewMeeting(
            told["on"], told["at"], told["venue"], told["address"], frozenset(told["access"]),
            told["private"], told["notes"], told["link"],
        )  # fmt: skip


class MeetingForm(WhenAndWhere, WithAudience):
    """One more meeting; and, for a day after the limit, why and who approved it."""


class MoveForm(WhenAndWhere):
    """Another day or place for a planned meeting, and why."""

    reason = LongTextField(
        label=gettext_lazy("Why is the meeting moved?"), required=False, rows=3, max_length=2000,
        help_text=gettext_lazy("Needed when the day changes. Everybody who may see the meeting can read it."),
    )  # fmt: skip
    field_order = ("on", "at", "reason", *PLACE[2:], *LATE)


class CancelForm(WhenAndWhere):
    """A meeting is cancelled: why, who authorised it, and the one in its place."""

    reason = LongTextField(
        label=gettext_lazy("Why is the meeting cancelled?"), rows=3, max_length=2000,
        noun=gettext_lazy("why the meeting is cancelled"),
    )  # fmt: skip
    authorised_by = TextField(
        label=gettext_lazy("Who authorised this?"), help_text=gettext_lazy("Name and role."), max_length=200,
        noun=gettext_lazy("who authorised this"), width="two-thirds",
    )  # fmt: skip
    replace = ChoiceField(
        label=gettext_lazy("Is there another meeting in its place?"),
        noun=gettext_lazy("whether there is another meeting in its place"),
        choices=[
            ("yes", gettext_lazy("Yes, on another day")),
            ("no", gettext_lazy("No")),
        ],
        reveals={"yes": ["on", "at", "venue", "address", "link"]},
    )  # fmt: skip

    def __init__(self, *args: Any, room: PlannedMeeting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.room = room
        for name in ("access", "private", "notes"):
            del self.fields[name]
        self.order_fields(["reason", "authorised_by", "replace", *PLACE, *LATE])

    def replacement(self) -> NewMeeting | None:
        """The meeting in its place; in the same place it offers the same."""
        told = self.cleaned_data
        if told["replace"] != "yes":
            return None
        new = NewMeeting(told["on"], told["at"], told["venue"], told["address"], link=told["link"])
        if new.venue.strip() != self.room.venue:
            return new
        return replace(
            new, access=frozenset(self.room.access), private=self.room.private, notes=self.room.notes
        )


class HeldForm(Form):
    """On which day a planned meeting was held."""

    on = DateField(
        label=gettext_lazy("On which day was it held?"),
        noun=gettext_lazy("the day on which it was held"),
        not_after=timezone.localdate,
    )


class AskForm(WithAudience):
    """A member asks for an earlier meeting."""

    reason = LongTextField(
        label=gettext_lazy("Why should the group meet earlier?"), rows=4, max_length=2000,
        noun=gettext_lazy("why the group should meet earlier"),
    )  # fmt: skip
    wanted_by = DateField(
        label=gettext_lazy("By when?"), noun=gettext_lazy("by when"), required=False,
        not_before=timezone.localdate,
    )  # fmt: skip


class AnswerForm(Form):
    """The lead worker's answer to a request for an earlier meeting."""

    granted = ChoiceField(
        label=gettext_lazy("Will the group meet earlier?"),
        noun=gettext_lazy("whether the group will meet earlier"),
        choices=[
            ("yes", gettext_lazy("Yes: book an earlier day next")),
            ("no", gettext_lazy("No: the planned day stays")),
        ],
    )  # fmt: skip
    answer = LongTextField(
        label=gettext_lazy("Why?"), help_text=gettext_lazy("Whoever asked reads this."), rows=3,
        max_length=2000, noun=gettext_lazy("why"),
    )  # fmt: skip
