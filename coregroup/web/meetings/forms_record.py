"""The forms of a record: correcting a thing, a correction beside it, giving it to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.record_corrections import BesideForm, CorrectionField, CorrectionForm
from coregroup.web.kit import fields
from coregroup.web.kit.forms import Form


def correction_form_of(page: CorrectionForm) -> type[Form]:
    """The form of one thing: its own fields, and why it is corrected."""
    made: dict[str, Any] = {field.name: _field(field) for field in page.fields}
    made["because"] = fields.LongTextField(
        label=_("Why is it corrected?"),
        help_text=_("This stands beside it, with your name. What it said before stays readable."),
        rows=2,
        error_messages={"required": _("Say why it is corrected.")},
    )
    return type("CorrectionForm", (Form,), made)


def _field(field: CorrectionField) -> Any:
    if field.choices:
        kind: Any = fields.ChoiceField if len(field.choices) <= 8 else fields.SelectField
        return kind(label=field.label, choices=field.choices, required=False)
    if field.date:
        return fields.DateField(label=field.label, required=False)
    return fields.LongTextField(label=field.label, required=False, max_length=field.longest, rows=4)


def beside_form_of(page: BesideForm) -> type[Form]:
    """The form that sets a correction beside a record."""
    made: dict[str, Any] = {
        "section": fields.SelectField(label=_("Which part of the record?"), choices=page.sections),
    }
    if len(page.children) > 1:
        choices = [("", _("All of them")), *((str(key), name) for key, name in page.children)]
        made["child"] = fields.ChoiceField(
            label=_("About which child?"), choices=choices, required=False, initial=""
        )
    made["text"] = fields.LongTextField(
        label=_("What is not right, and what is?"),
        help_text=_("It stands beside that part, with your name. The record itself stays as it is."),
        error_messages={"required": _("Say what is not right, and what is.")},
    )
    return type("BesideForm", (Form,), made)


class GiveRecordForm(Form):
    """How and when the record was given, and what there is to say about it."""

    how = fields.ChoiceField(
        label=gettext_lazy("How was it given?"), noun=gettext_lazy("how it was given"), choices=()
    )
    on = fields.DateField(
        label=gettext_lazy("When was it given?"), noun=gettext_lazy("the date when it was given")
    )
    note = fields.LongTextField(
        label=gettext_lazy("Anything to note"),
        help_text=gettext_lazy("If it is not given: say why, and who agreed to leave this person out."),
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["how"].choices = ways  # type: ignore[attr-defined]


class ConfirmForm(Form):
    """One press that confirms a record."""


class LeaveOutForm(Form):
    """Whether somebody on the list is left out, and why."""

    out = fields.ChoiceField(
        label=gettext_lazy("Is this person given the record?"),
        choices=[("no", gettext_lazy("Yes, as listed")), ("yes", gettext_lazy("No, they are left out"))],
        reveals={"yes": ["why"]},
    )
    why = fields.LongTextField(
        label=gettext_lazy("Why are they left out, and who agreed to it?"),
        required=False,
        rows=3,
        error_messages={"required": gettext_lazy("Say why they are left out.")},
    )
