"""The short forms of a meeting in session: a chronology entry, the next date, a restricted part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casework.limits import Approval
from coregroup.web.kit.fields import ChoicesField, DateField, LongTextField, SelectField, TextField, TimeField
from coregroup.web.kit.forms import Form

Choices = Iterable[tuple[str, str]]


class EntryForm(Form):
    """What happened, what it meant for the child, what was done (R118)."""

    on = DateField(
        label=gettext_lazy("When did it happen?"), noun=gettext_lazy("the date when it happened"),
        initial=timezone.localdate, not_after=timezone.localdate,
    )  # fmt: skip
    text = LongTextField(label=gettext_lazy("What happened?"), noun=gettext_lazy("what happened"), rows=4)
    impact = LongTextField(label=gettext_lazy("What did it mean for the child?"), required=False, rows=3)
    done = LongTextField(label=gettext_lazy("What was done about it?"), required=False, rows=2)
    child = SelectField(label=gettext_lazy("About whom?"), noun=gettext_lazy("whom it is about"))
    source = SelectField(label=gettext_lazy("Who told it?"), noun=gettext_lazy("who told it"))

    def __init__(self, *args: Any, children: Choices = (), people: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        told = list(children)
        self.fields["child"].choices = told  # type: ignore[attr-defined]
        if len(told) == 1:
            del self.fields["child"]
        self.fields["source"].choices = list(people)  # type: ignore[attr-defined]


class BookForm(Form):
    """When and where the group meets next; for a day after the limit, why and who approved it (R95, R109)."""

    on = DateField(
        label=gettext_lazy("Date"),
        noun=gettext_lazy("the date of the meeting"),
        not_before=timezone.localdate,
    )
    at = TimeField(label=gettext_lazy("Time"), help_text=gettext_lazy("For example 10:30am or 14:00."))
    venue = TextField(label=gettext_lazy("Place"), max_length=200, width="two-thirds")
    late_reason = LongTextField(
        label=gettext_lazy("If it is after the limit: why?"), required=False, rows=2, max_length=2000
    )
    late_approved_by = TextField(
        label=gettext_lazy("Who approved that?"), help_text=gettext_lazy("Name and role."), required=False,
        max_length=200, width="two-thirds",
    )  # fmt: skip

    def approval(self) -> Approval | None:
        """Why the limit is not kept, if anything was said; approved today, in the meeting."""
        told = self.cleaned_data
        if not (told["late_reason"] or told["late_approved_by"]):
            return None
        return Approval(told["late_reason"], told["late_approved_by"], timezone.localdate())


class PartForm(Form):
    """Who is asked to leave, what they are told, why, and until when it is kept to those who stay (R125)."""

    leave = ChoicesField(
        label=gettext_lazy("Who is asked to leave?"), noun=gettext_lazy("who is asked to leave")
    )
    told = LongTextField(
        label=gettext_lazy("What are they told?"), noun=gettext_lazy("what they are told"), rows=3,
        help_text=gettext_lazy("The whole group can read this."), max_length=2000,
    )  # fmt: skip
    why = LongTextField(
        label=gettext_lazy("Why?"), noun=gettext_lazy("why they are asked to leave"), rows=3, max_length=2000,
        help_text=gettext_lazy("Only those who stay can read this."),
    )  # fmt: skip
    stay = ChoicesField(
        label=gettext_lazy("Who stays?"), noun=gettext_lazy("who stays"), required=False,
        help_text=gettext_lazy("They alone read what is noted. You always stay."),
    )  # fmt: skip
    review_on = DateField(
        label=gettext_lazy("When will it be looked at again whether this stays with these people?"),
        noun=gettext_lazy("the date when this will be looked at again"), not_before=timezone.localdate,
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices = (), staying: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["leave"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["stay"].choices = list(staying)  # type: ignore[attr-defined]
        self.fields["stay"].look["plain_label"] = True  # type: ignore[attr-defined]
        if not list(staying):
            del self.fields["stay"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        both = set(given.get("leave") or ()) & set(given.get("stay") or ())
        if both:
            self.add_error("stay", _("Somebody cannot leave and stay at once."))
        return given
