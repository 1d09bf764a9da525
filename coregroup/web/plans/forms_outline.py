"""The forms by which an outline plan is brought in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.intake.dates import read_by_when
from coregroup.rules.filekinds import FAULTS
from coregroup.web.kit import fields
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.forms import Form

LONGEST = 5_000


class WayForm(Form):
    """Typing, or from a file."""

    way = fields.ChoiceField(
        label=gettext_lazy("How will you bring it in?"),
        choices=[
            ("file", gettext_lazy("From a file")),
            ("type", gettext_lazy("By typing")),
        ],
        hints={
            "file": gettext_lazy("A Word document with the plan in a table, a CSV file or a spreadsheet."),
            "type": gettext_lazy("One row after the other. You can stop and come back."),
        },
    )


class UploadForm(Form):
    """The file, and for whom its rows are where they do not say."""

    file = fields.FileField(
        label=gettext_lazy("File with the outline plan"),
        help_text=gettext_lazy(
            "Word (.docx), CSV (.csv) or a spreadsheet (.xlsx, .xls, .ods), at most 10 MB. "
            "You can correct every row before anything is saved."
        ),
        accept=".docx,.csv,.tsv,.txt,.xlsx,.xls,.ods",
        noun=gettext_lazy("the outline plan"),
        largest=10**12,
    )

    def clean_file(self) -> Any:
        """The limit, said once for every way by which a file may come."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > settings.COREGROUP_LARGEST_FILE:
            megabytes = _("%(count)d MB") % {"count": settings.COREGROUP_LARGEST_FILE // (1024 * 1024)}
            raise ValidationError(_(FAULTS["too_large"]) % {"limit": megabytes})
        return file


class RowForm(WithAudience):
    """One row of the outline plan."""

    children = fields.ChoicesField(
        label=gettext_lazy("Which children is this row about?"),
        help_text=gettext_lazy("Each child you choose gets an item of their own."),
        noun=gettext_lazy("which children this row is about"),
    )
    concern = fields.LongTextField(
        label=gettext_lazy("What worries us"), required=False, max_length=LONGEST, rows=3
    )
    outcome = fields.LongTextField(
        label=gettext_lazy("What must change"), required=False, max_length=LONGEST, rows=3
    )
    action = fields.LongTextField(
        label=gettext_lazy("What is to be done"), required=False, max_length=LONGEST, rows=3
    )
    owner = fields.TextField(
        label=gettext_lazy("Who does it"),
        help_text=gettext_lazy("As the conference wrote it, for example “health visitor”."),
        required=False,
        max_length=300,
    )
    by_when = fields.DateField(
        label=gettext_lazy("By when"),
        noun=gettext_lazy("the date"),
        help_text=gettext_lazy("If the conference gave a date, for example 2 4 2026."),
        required=False,
    )
    by_when_words = fields.TextField(
        label=gettext_lazy("By when, in the conference's words"),
        help_text=gettext_lazy("For example “within 4 weeks”."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, children: Sequence[tuple[UUID, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["children"].choices = [(str(child), name) for child, name in children]  # type: ignore[attr-defined]
        for name in ("concern", "outcome", "action"):
            self.fields[name].look["plain_label"] = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not any((given.get(name) or "").strip() for name in ("concern", "outcome", "action")):
            said = _("Say what worries us, what must change or what is to be done: at least one of them")
            self.add_error("concern", said)
        read = read_by_when(given.get("by_when_words") or "")
        if given.get("by_when") is None and "by_when" not in self.errors:
            if read.fault:
                self.add_error("by_when_words", read.fault)
            given["by_when"], given["by_when_words"] = read.date, read.words
        return given


class ChildrenForm(Form):
    """Which children each row is about, for every row at once."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[tuple[str, str]] = (),
        children: Sequence[tuple[UUID, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for key, label in rows:
            self.fields[f"row_{key}"] = fields.ChoicesField(
                label=label,
                choices=[(str(child), name) for child, name in children],
                required=False,
                inline=True,
            )
            self.fields[f"row_{key}"].look["plain_label"] = True  # type: ignore[attr-defined]


class SaveForm(Form):
    """Nothing to fill in: the rows have been looked through."""


class SetAsideForm(Form):
    """Why an item is set aside."""

    reason = fields.LongTextField(
        label=gettext_lazy("Why is it set aside?"),
        help_text=gettext_lazy("The item stays readable, with this reason and your name."),
        noun=gettext_lazy("why it is set aside"),
        max_length=2_000,
        rows=3,
    )
