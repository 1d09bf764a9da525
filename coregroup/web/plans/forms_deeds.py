"""The short forms of a plan: withdrawing an item, answering an action, putting the plan in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.plans_forms import ActionPage
from coregroup.casefile.plans_guards import ForcePage
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.fields import ChoiceField, DateField, LongTextField, TextField
from coregroup.web.kit.forms import Form
from coregroup.web.kit.words import plaindate


class WithdrawForm(Form):
    """Why an item is taken out."""

    reason = LongTextField(
        label=gettext_lazy("Why is it withdrawn?"),
        help_text=gettext_lazy("It stays readable in its history and in earlier versions."),
        rows=4,
        error_messages={"required": gettext_lazy("Say why this is withdrawn.")},
    )


def answer_form(page: ActionPage) -> type[Form]:
    """The form by which an action is answered: by its owner, or by the lead worker on their behalf (R34)."""
    if page.mine:
        choices = [("accepted", _("I accept: I will do this")), ("declined", _("I decline"))]
        label = _("Will you do this?")
        reason, hint = _("Why do you decline?"), _("So that somebody else can be found in time.")
        reveals = {"declined": ["reason"]}
    else:
        name = page.line.owner.name if page.line.owner else ""
        choices = [("could_not_ask", _("They could not be asked"))]
        if not page.owner_signs_in:
            choices = [
                ("accepted", _("They accept")),
                ("declined", _("They decline")),
                *choices,
            ]
        label = _("What does %(name)s say?") % {"name": name}
        reason = (
            _("Why could they not be asked?")
            if page.owner_signs_in
            else _("Why could they not be asked, or who told you their answer, and how?")
        )
        hint = ""
        reveals = {}
    fields: dict[str, Any] = {
        "answer": ChoiceField(
            label=label, choices=choices, reveals=reveals,
            initial=choices[0][0] if len(choices) == 1 else None,
            error_messages={"required": _("Choose an answer.")},
        ),
        "reason": LongTextField(label=reason, help_text=hint, required=False, rows=3),
    }  # fmt: skip
    fields["reason"].look["plain_label"] = True
    return type("AnswerForm", (Form,), fields)


def _late_fields(limit: date) -> dict[str, Any]:
    """Why the core group met after its limit, and who approved it; asked where the limit has passed (R95)."""
    return {
        "late_reason": LongTextField(
            label=_("If it met after %(day)s: why so late?") % {"day": plaindate(limit)},
            help_text=_("That was the limit. The conference chair is told."),
            required=False,
            rows=3,
        ),
        "late_approved_by": TextField(label=_("Who approved it?"), required=False),
        "late_approved_on": DateField(
            label=_("When was it approved?"),
            noun=_("the date when it was approved"),
            required=False,
            not_after=timezone.localdate,
        ),
    }


def force_form(page: ForcePage) -> type[WithAudience]:
    """The form by which a plan is put in force: the days, and a reason for each should-guard that is open."""
    fields: dict[str, Any] = {}
    if not page.held_on:
        fields["met_on"] = DateField(
            label=_("On which day did the core group meet and agree this plan?"),
            noun=_("the day on which the core group met"),
            not_after=timezone.localdate,
        )
        if page.late_after:
            fields |= _late_fields(page.late_after)
    fields["on"] = DateField(
        label=_("From which day is the plan in force?"),
        noun=_("the day from which the plan is in force"),
        not_after=timezone.localdate,
    )
    for guard in page.open_shoulds:
        fields[f"passed_{guard.code}"] = LongTextField(
            label=_("Why is this passed: %(guard)s?") % {"guard": guard.title},
            help_text=_("Still missing: %(things)s") % {"things": "; ".join(guard.lacking)}
            if guard.lacking
            else "",
            rows=3,
            error_messages={"required": _("Say why this is passed: %(guard)s.") % {"guard": guard.title}},
        )
    return type("ForceForm", (WithAudience,), fields)
