"""The form by which guidance is published."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from coregroup.rules.pages import PAGES
from coregroup.web.kit import fields
from coregroup.web.kit.forms import Form


class GuidanceForm(Form):
    """A text or a link, where it is shown, and from when."""

    title = fields.TextField(label=_("Title"), max_length=200)
    text = fields.LongTextField(
        label=_("Text"), required=False, rows=15, help_text=_("Leave a line empty between paragraphs.")
    )
    link = fields.TextField(
        label=_("Link"), required=False, max_length=200,
        help_text=_("Where the authority publishes it itself, for example https://www.example.org/protocol"),
    )  # fmt: skip
    applies_to = fields.ChoicesField(
        label=_("On which pages is it shown?"), required=False,
        choices=[(code, _(name)) for code, name in PAGES.items()],
    )  # fmt: skip
    in_force_on = fields.DateField(label=_("In force from"), noun=_("the date from which it is in force"))
