"""The short form for contact that was missed or cannot be kept."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.fields import ChoiceField, DateField, LongTextField


class MissedForm(WithAudience):
    """What happened, which day, why."""

    kind = ChoiceField(
        label=_("What happened?"), noun=_("what happened"),
        choices=[("missed", _("It was missed")), ("cannot_keep", _("It cannot be kept from now on"))],
    )  # fmt: skip
    on = DateField(
        label=_("Which day?"),
        noun=_("the day"),
        help_text=_("The day that was missed, or the first day on which you cannot keep it."),
        initial=timezone.localdate,
    )
    reason = LongTextField(label=_("Why, in a few words"), noun=_("why"), rows=3, max_length=1000)
