"""The form that records how somebody was given their pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coregroup.web.kit import fields
from coregroup.web.kit.forms import Form


class PackGivenForm(Form):
    """How and when the pack was given, and what there is to say about it."""

    how = fields.ChoiceField(label=_("How was it given?"), noun=_("how it was given"), choices=())
    on = fields.DateField(
        label=_("When was it given?"), noun=_("the date when it was given"), not_after=timezone.localdate
    )
    note = fields.LongTextField(
        label=_("Anything to note"),
        help_text=_("If it is not given: say why, and who agreed to leave this person out."),
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["how"].choices = ways  # type: ignore[attr-defined]
