"""The forms by which administrators set up their authority."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coregroup.casefile.people import AgencyRow, PersonRow
from coregroup.rules import book
from coregroup.rules.agency_kinds import KINDS
from coregroup.rules.procedure import say
from coregroup.web.kit.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    EmailField,
    FileField,
    LongTextField,
    SelectField,
    TextField,
)
from coregroup.web.kit.forms import Form

LARGEST_LIST = 2_000_000


def lang() -> str:
    """The reader's language, as the procedures know it."""
    return (get_language() or "en").split("-")[0]


class AuthorityForm(Form):
    """The authority's name, and the procedure for new core groups."""

    name = TextField(label=_("Name of the authority"), max_length=200)
    procedure = ChoiceField(
        label=_("Procedure for new core groups"),
        help_text=_("Core groups that are open keep the procedure under which they were opened."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(name, book.load(name).title(lang())) for name in book.identifiers()]
        self.fields["procedure"].choices = sorted(names, key=lambda one: one[1])  # type: ignore[attr-defined]


class AgencyForm(Form):
    """An agency and whom to ask there (R1)."""

    name = TextField(label=_("Name of the agency"), max_length=200)
    kind = SelectField(label=_("Kind of agency"))
    named_professional = TextField(
        label=_("Named child protection professional"), required=False, max_length=200,
        help_text=_("Whom members of this agency ask for advice."),
    )  # fmt: skip
    named_professional_contact = TextField(
        label=_("How to reach them"), required=False, max_length=200, width="two-thirds"
    )
    out_of_hours = TextField(label=_("Out-of-hours contact"), required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(code, say(words, lang())) for code, words in KINDS.items()]
        self.fields["kind"].choices = [("", ""), *kinds]  # type: ignore[attr-defined]


class PersonForm(Form):
    """A professional person."""

    given_name = TextField(label=_("Given name"), max_length=120, width="two-thirds")
    family_name = TextField(label=_("Family name"), max_length=120, width="two-thirds")
    email = EmailField(
        label=_("Work e-mail address"),
        help_text=_("They sign in with it."),
        autocomplete="off",
        max_length=254,
    )
    agency = SelectField(label=_("Agency"))
    job_title = TextField(label=_("Job title"), required=False, max_length=200)
    phone = TextField(label=_("Work telephone"), required=False, max_length=100, width=20)
    manager_email = SelectField(label=_("Line manager"), required=False)
    duties = ChoicesField(
        label=_("Duties in this service"),
        required=False,
        choices=[
            ("lead_worker", _("Opens core groups and leads the work")),
            ("conference_chair", _("Chairs conferences")),
            ("manager", _("Manages people who are members")),
            ("administrator", _("Looks after this set-up")),
        ],
        help_text=_("None is needed to be a member. A duty by itself opens no core group."),
    )

    def __init__(
        self, *args: Any, agencies: tuple[AgencyRow, ...], people: tuple[PersonRow, ...], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", ""), *((row.name, row.name) for row in agencies)]  # type: ignore[attr-defined]
        managers = [(row.email, f"{row.name}, {row.agency_name}") for row in people if row.email]
        self.fields["manager_email"].choices = [("", ""), *managers]  # type: ignore[attr-defined]


class ListForm(Form):
    """A list as a file, or pasted."""

    file = FileField(
        label=_("A CSV file or a spreadsheet"), required=False, largest=LARGEST_LIST,
        accept=".csv,.txt,.xlsx,.xls,.ods",
    )  # fmt: skip
    text = LongTextField(
        label=_("Or paste the list here"), required=False, rows=8,
        help_text=_("Rows from a spreadsheet, with the row that names the columns."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not told.get("file") and not (told.get("text") or "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste the list."))
        return told


class DayForm(Form):
    """A day on which the offices are closed."""

    day = DateField(label=_("Day"))
    reason = TextField(label=_("Why the offices are closed"), max_length=200)
