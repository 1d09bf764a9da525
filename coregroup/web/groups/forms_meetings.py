"""The form in which the next core group is planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

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
from coregroup.web.kit.words import plaindate

LATE = ("late_reason", "late_approved_by", "late_approved_on")


class MeetingForm(WithAudience):
    """When and where; and, for a day after the limit, why and who approved it."""

    moves = ChoiceField(
        label=gettext_lazy("Is this one more meeting, or does it replace one?"), required=False
    )
    on = DateField(
        label=gettext_lazy("Date"),
        noun=gettext_lazy("the date of the meeting"),
        not_before=timezone.localdate,
    )
    at = TimeField(label=gettext_lazy("Time"), help_text=gettext_lazy("For example 10:30am or 14:00."))
    venue = TextField(label=gettext_lazy("Place"), max_length=200, width="two-thirds")
    address = LongTextField(label=gettext_lazy("Address of the place"), required=False, rows=3)
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

    def __init__(self, *args: Any, planned: Sequence[PlannedMeeting] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        lang = (get_language() or "en").split("-")[0]
        self.fields["access"].choices = [(code, say(text, lang)) for code, text in VENUE_ACCESS.items()]  # type: ignore[attr-defined]
        if planned:
            self.fields["moves"].choices = [  # type: ignore[attr-defined]
                *((str(one.id), _("It replaces the one planned for %(day)s") % {"day": plaindate(one.on)})
                  for one in planned),
                ("more", _("One more meeting")),
            ]  # fmt: skip
            self.fields["moves"].required = True
        else:
            del self.fields["moves"]

    @property
    def late_open(self) -> bool:
        """Is the part about the limit shown? Once something in it is wrong or filled in."""
        return self.is_bound and any(self.data.get(name) or name in self.errors for name in LATE)

    def meeting(self) -> NewMeeting:
        """The meeting as the verb takes it."""
        told = self.cleaned_data
        return NewMeeting(
            told["on"], told["at"], told["venue"], told["address"], frozenset(told["access"]),
            told["private"], told["notes"],
        )  # fmt: skip

    def approval(self) -> Approval | None:
        """Why the limit is not kept, if anything was said."""
        told = self.cleaned_data
        if not any(told.get(name) for name in LATE):
            return None
        return Approval(told["late_reason"], told["late_approved_by"], told["late_approved_on"])

    def moved(self) -> UUID | None:
        """The meeting that this one replaces."""
        value = self.cleaned_data.get("moves")
        return UUID(value) if value and value != "more" else None


class HeldForm(Form):
    """On which day a planned meeting was held."""

    on = DateField(
        label=gettext_lazy("On which day was it held?"),
        noun=gettext_lazy("the day on which it was held"),
        not_after=timezone.localdate,
    )
