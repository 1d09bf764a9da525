"""The forms about members: adding, inviting, ending, appointing a lead, sharing contact details."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.members import Member, MembersSheet
from coregroup.casefile.people import AgencyRow, PersonRow
from coregroup.rules.book import load
from coregroup.web.kit.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    EmailField,
    LongTextField,
    SelectField,
    TextField,
)
from coregroup.web.kit.forms import Form

NOT_LISTED = "new"


def person_words(row: PersonRow) -> str:
    """Name, job title and agency: two people of one name are told apart."""
    return ", ".join(part for part in (row.name, row.job_title, row.agency_name) if part)


class AddMemberForm(Form):
    """A professional member, from the lists or new, with their role in plain words (R48)."""

    person = SelectField(label=gettext_lazy("Who"), required=False)
    given_name = TextField(
        label=gettext_lazy("Given name"), required=False, max_length=120, width="two-thirds"
    )
    family_name = TextField(
        label=gettext_lazy("Family name"), required=False, max_length=120, width="two-thirds"
    )
    agency = SelectField(label=gettext_lazy("Agency"), required=False)
    job_title = TextField(label=gettext_lazy("Job title"), required=False, max_length=200)
    email = EmailField(
        label=gettext_lazy("Work e-mail address"), required=False, autocomplete="off",
        help_text=gettext_lazy("Without it they can be a member and own actions, but not sign in."),
    )  # fmt: skip
    phone = TextField(label=gettext_lazy("Work telephone"), required=False, max_length=100, width=20)
    role = LongTextField(
        label=gettext_lazy("What they do for the family"), rows=3, max_length=500,
        help_text=gettext_lazy("In plain words: the family reads this."),
    )  # fmt: skip
    only_children = ChoicesField(
        label=gettext_lazy("Only for some of the children"), required=False,
        help_text=gettext_lazy("Tick nothing if they work with all of them."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        sheet: MembersSheet,
        people: tuple[PersonRow, ...],
        agencies: tuple[AgencyRow, ...],
        new: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        here = {member.person for member in sheet.members}
        choices = [(str(row.id), person_words(row)) for row in people if row.id not in here]
        self.fields["person"].choices = [("", ""), *choices]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [("", ""), *((str(row.id), row.name) for row in agencies)]  # type: ignore[attr-defined]
        self.fields["only_children"].choices = [(str(one.id), one.name) for one in sheet.children]  # type: ignore[attr-defined]
        if len(sheet.children) < 2:
            del self.fields["only_children"]
        theirs = ("given_name", "family_name", "agency", "job_title", "email", "phone")
        for name in ("person",) if new else theirs:
            del self.fields[name]
        for name in ("given_name", "family_name", "agency") if new else ("person",):
            self.fields[name].required = True


class InviteForm(Form):
    """Where the invitation goes."""

    send_to = EmailField(
        label=gettext_lazy("E-mail address for the invitation"), required=False, autocomplete="off",
        help_text=gettext_lazy("The mail names nobody. Leave it empty to hand the link over yourself."),
    )  # fmt: skip


class FamilyMemberForm(Form):
    """An adult of the family who gets a way to sign in."""

    adult = ChoiceField(label=gettext_lazy("Who"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["adult"].choices = choices  # type: ignore[attr-defined]


class EndForm(Form):
    """Why a membership ends."""

    reason = LongTextField(label=gettext_lazy("Why the membership ends"), rows=3, max_length=1000)


class LeadForm(Form):
    """Who leads for one child from when on, and why that changes (R4)."""

    person = SelectField(label=gettext_lazy("Who"))
    on = DateField(label=gettext_lazy("From which day"), not_after=timezone.localdate)
    reason = LongTextField(label=gettext_lazy("Why"), rows=3, max_length=1000)

    def __init__(
        self, *args: Any, sheet: MembersSheet, people: tuple[PersonRow, ...], present: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        able = [row for row in people if row.agency_kind == "social_care" or "lead_worker" in row.duties]
        word = load(sheet.procedure).word("lead_worker")
        self.fields["person"].label = _("Who is the new %(lead)s?") % {"lead": word}
        choices = [(str(row.id), person_words(row)) for row in able if row.id != present]
        self.fields["person"].choices = [("", ""), *choices]  # type: ignore[attr-defined]


class ShareForm(Form):
    """One's own work telephone number, for the contact sheet (R42)."""

    phone = TextField(
        label=gettext_lazy("Work telephone"), required=False, max_length=100, width=20,
        help_text=gettext_lazy("Every member and the family see it on the contact sheet."),
    )  # fmt: skip


def open_to_invite(member: Member) -> bool:
    """Is there anything to invite them to? Not once they have joined."""
    return member.joined_at is None and not member.mine
