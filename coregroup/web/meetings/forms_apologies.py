"""The forms of apologies, and of who comes to one meeting only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.apologies_page import ApologyRoom, Colleague
from coregroup.casework.apologies import NOTHING, REPORT, REPRESENTATIVE, UPDATE, NewReport
from coregroup.casework.guests import ADVOCATE, COMPANION, INTERPRETER, NewGuest
from coregroup.web.kit import fields
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.forms import Form
from coregroup.web.meetings.forms_updates import reveal

OTHER = "other"  # somebody who is not in the lists


class ApologyForm(WithAudience):
    """Apologies: what is sent instead; for the lead worker also whose they are."""

    person = fields.SelectField(label=gettext_lazy("Who cannot come?"), noun=gettext_lazy("who cannot come"))
    reason = fields.TextField(
        label=gettext_lazy("Why, in a few words"), required=False, max_length=300,
        help_text=gettext_lazy("The group reads it, with the family. Leave out what is private."),
    )  # fmt: skip
    instead = fields.ChoiceField(
        label=gettext_lazy("What does the meeting get instead?"),
        noun=gettext_lazy("what the meeting gets instead"),
        choices=[
            (UPDATE, gettext_lazy("An update")),
            (REPORT, gettext_lazy("A written report")),
            (REPRESENTATIVE, gettext_lazy("Somebody in their place")),
            (NOTHING, gettext_lazy("There is nothing to report")),
        ],
        hints={
            UPDATE: gettext_lazy("The apologies count once the update is given."),
            REPRESENTATIVE: gettext_lazy(
                "If they can sign in, they see this core group until the meeting is over."
            ),
        },
        reveals={
            REPORT: ["file", "title", "child"],
            REPRESENTATIVE: ["colleague", "name", "agency_name"],
            NOTHING: ["nothing_because"],
        },
    )
    file = fields.FileField(
        label=gettext_lazy("The file"), noun=gettext_lazy("the report"),
        help_text=gettext_lazy("PDF, Word or a picture, at most 10 MB."),
    )  # fmt: skip
    title = fields.TextField(
        label=gettext_lazy("What it is called"), required=False, max_length=200,
        help_text=gettext_lazy("For example: school report for the meeting in March"),
    )  # fmt: skip
    child = fields.ChoiceField(
        label=gettext_lazy("Whom does it concern?"), noun=gettext_lazy("whom the report concerns")
    )
    colleague = fields.PersonField(label=gettext_lazy("Who comes?"), noun=gettext_lazy("who comes"))
    name = fields.TextField(label=gettext_lazy("Name of somebody else"), required=False, max_length=200)
    agency_name = fields.TextField(label=gettext_lazy("Their agency"), required=False, max_length=200)
    nothing_because = fields.LongTextField(
        label=gettext_lazy("Why is there nothing to report?"),
        noun=gettext_lazy("why there is nothing to report"),
        rows=2, max_length=1000,
    )  # fmt: skip

    def __init__(self, *args: Any, room: ApologyRoom, own: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if own:
            del self.fields["person"]
            answers = dict(self.fields["instead"].choices) | {REPRESENTATIVE: _("Somebody in my place")}  # type: ignore[attr-defined]
            _offer(self, "instead", list(answers.items()))
        else:
            _offer(self, "person", [(str(person), name) for person, name in room.members])
        _offer_colleagues(self, room.colleagues if own else ())
        children = [(str(child.id), child.name) for child in room.children]
        if len(children) > 1:
            _offer(self, "child", [*children, ("all", _("All the children"))])
        else:
            del self.fields["child"]
        asked = self.fields["instead"].look["reveals"]  # type: ignore[attr-defined]
        reveal(self, "instead", {
            answer: [name for name in names if name in self.fields] for answer, names in asked.items()
        })  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("instead") == REPRESENTATIVE:
            _want_name(self, given)
        return given

    def report(self) -> NewReport | None:
        """The written report that was sent, if that is what they send."""
        given = self.cleaned_data
        sent = given.get("file")
        if given["instead"] != REPORT or not sent:
            return None
        about = given.get("child")
        child = UUID(about) if about and about != "all" else None
        return NewReport(sent.name or "", sent.read(), given["title"], child, self.audience)

    def guest(self) -> NewGuest | None:
        """Who comes in their place, if somebody does."""
        return guest_of(self.cleaned_data) if self.cleaned_data["instead"] == REPRESENTATIVE else None

    def fault(self, field: str | None, sentence: str) -> None:
        super().fault("colleague" if field == "person" and "person" not in self.fields else field, sentence)


class GuestForm(Form):
    """Somebody who accompanies a member, interprets, or speaks for a child or a parent."""

    part = fields.ChoiceField(
        label=gettext_lazy("As what do they come?"), noun=gettext_lazy("as what they come"),
        choices=[
            (COMPANION, gettext_lazy("A more experienced colleague who accompanies me")),
            (INTERPRETER, gettext_lazy("An interpreter")),
            (ADVOCATE, gettext_lazy("An advocate for a child or a parent")),
        ],
        hints={
            COMPANION: gettext_lazy(
                "They see this core group until the meeting is over. They give no recommendation."
            ),
            INTERPRETER: gettext_lazy(
                "Somebody who does this as their work. Never a child, a relative or a friend."
            ),
            ADVOCATE: gettext_lazy("They speak for that person, and see nothing of the case here."),
        },
        reveals={COMPANION: ["colleague"]},
    )  # fmt: skip
    colleague = fields.PersonField(label=gettext_lazy("Which colleague?"), noun=gettext_lazy("the colleague"))
    name = fields.TextField(
        label=gettext_lazy("Name, if they are not in the list"), required=False, max_length=200
    )
    agency_name = fields.TextField(label=gettext_lazy("Agency or service"), required=False, max_length=200)
    because = fields.TextField(
        label=gettext_lazy("What for, in a few words"), required=False, max_length=300,
        help_text=gettext_lazy("For example the language, or for whom they speak."),
    )  # fmt: skip

    def __init__(self, *args: Any, room: ApologyRoom, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_colleagues(self, room.colleagues)
        if "colleague" not in self.fields:
            reveal(self, "part", {})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("part"):
            _want_name(self, given)
        return given

    def fault(self, field: str | None, sentence: str) -> None:
        super().fault("colleague" if field == "person" else field, sentence)


class WithdrawForm(Form):
    """One button: they come after all, or the guest does not."""


def guest_of(given: dict[str, Any]) -> NewGuest:
    """Who was chosen or named."""
    chosen = given.get("colleague")
    if chosen and chosen != OTHER:
        return NewGuest(person=UUID(chosen))
    return NewGuest(name=given["name"], agency_name=given["agency_name"])


def _want_name(form: Form, given: dict[str, Any]) -> None:
    chosen = given.get("colleague")
    if (
        chosen in (None, "", OTHER)
        and not (given.get("name") or "").strip()
        and "colleague" not in form.errors
    ):
        form.add_error("name", _("Enter the name."))


def _offer_colleagues(form: forms.Form, colleagues: Sequence[Colleague]) -> None:
    """The colleagues in the lists; without any, the name alone is asked."""
    if not colleagues:
        del form.fields["colleague"]
        form.fields["name"].label = _("Name")
        return
    found = [
        (str(one.id), f"{one.name}, {one.job_title}" if one.job_title else one.name) for one in colleagues
    ]
    _offer(form, "colleague", [*found, (OTHER, _("Somebody else, by name"))])


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
