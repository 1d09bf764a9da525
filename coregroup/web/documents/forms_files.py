"""The form that adds a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.rules.filekinds import FAULTS
from coregroup.web.kit import fields
from coregroup.web.kit.audience import WithAudience


class FileForm(WithAudience):
    """A file, what it is, about whom, and who may see it."""

    file = fields.FileField(
        label=gettext_lazy("Which file?"),
        help_text=gettext_lazy(
            "PDF, Word (.docx), a spreadsheet, CSV, plain text, or a picture (JPEG, PNG), at most 10 MB. "
            "What a camera writes into a picture is taken out."
        ),
        accept=".pdf,.docx,.xlsx,.xls,.ods,.csv,.txt,.png,.jpg,.jpeg",
        largest=10**12,
    )
    title = fields.TextField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("For example “Ben's drawing of home” or “Letter from the clinic”."),
        noun=gettext_lazy("what the file is"),
        max_length=200,
    )
    child = fields.ChoiceField(label=gettext_lazy("Whom is it about?"), noun=gettext_lazy("whom it is about"))

    def __init__(self, *args: Any, children: Sequence[tuple[UUID, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(child), name) for child, name in children]
        self.fields["child"].choices = [*choices, ("all", _("The whole family"))]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """The limit, said as everywhere."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > settings.COREGROUP_LARGEST_FILE:
            megabytes = _("%(count)d MB") % {"count": settings.COREGROUP_LARGEST_FILE // (1024 * 1024)}
            raise ValidationError(_(FAULTS["too_large"]) % {"limit": megabytes})
        return file
