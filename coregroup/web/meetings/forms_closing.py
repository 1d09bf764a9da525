"""The form by which a core group is closed: what somebody says holds, and why anything is passed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casefile.closing import ClosingGuard, ClosingPage
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.fields import DateField, LongTextField, TextField, TickField
from coregroup.web.kit.forms import Form
from coregroup.web.kit.words import plaindate


def closing_form(page: ClosingPage) -> type[Form]:
    """The form for a meeting of which no must-guard is open any more."""
    fields: dict[str, Any] = {}
    if page.late_after:
        fields |= _late(page.late_after)
    for guard in page.to_say:
        fields |= _to_say(guard)
    for guard in page.open_shoulds:
        fields[f"passed_{guard.key}"] = _passed(guard)
    return type("ClosingForm", (WithAudience if page.open_shoulds else Form,), fields)


def _to_say(guard: ClosingGuard) -> dict[str, Any]:
    label = (
        _("It is settled: the record goes to the people listed here")
        if guard.code == "distribution"
        else guard.title
    )
    fields: dict[str, Any] = {f"said_{guard.code}": TickField(label=label, required=guard.must)}
    if not guard.must:
        fields[f"passed_{guard.key}"] = LongTextField(
            label=_("If not: why is this left open?"), required=False, rows=2
        )
        fields[f"passed_{guard.key}"].look["plain_label"] = True
    return fields


def _passed(guard: ClosingGuard) -> LongTextField:
    title = f"{guard.child_name}: {guard.title}" if guard.child_name else guard.title
    lacking = _("Still missing: %(things)s") % {"things": "; ".join(guard.lacking)} if guard.lacking else ""
    return LongTextField(
        label=_("Why is this passed: %(guard)s?") % {"guard": title},
        help_text=lacking,
        rows=2,
        error_messages={"required": _("Say why this is passed: %(guard)s.") % {"guard": title}},
    )


def _late(limit: date) -> dict[str, Any]:
    """Why the core group met after its limit, and who approved it (R95)."""
    return {
        "late_reason": LongTextField(
            label=_("This met after %(day)s, its limit: why so late?") % {"day": plaindate(limit)},
            help_text=_("The conference chair is told."),
            rows=2,
        ),
        "late_approved_by": TextField(label=_("Who approved it?")),
        "late_approved_on": DateField(
            label=_("When was it approved?"),
            noun=_("the date when it was approved"),
            not_after=timezone.localdate,
        ),
    }
