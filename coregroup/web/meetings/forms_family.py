"""The forms of what the family want said, and of whether a child comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.family_words import decision_word, way_word
from coregroup.casework.family_first import Picture
from coregroup.rules.meeting_entries import COMES, WAYS_IN
from coregroup.web.kit import fields
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.forms import Form

PICTURES = ".png,.jpg,.jpeg,.pdf"


def _picture(label: Any, hint: Any) -> fields.FileField:
    return fields.FileField(label=label, help_text=hint, accept=PICTURES, required=False)


class OwnWordsForm(Form):
    """A parent's own words, on their own telephone."""

    wants = fields.LongTextField(
        label=gettext_lazy("What do you want said in the meeting?"),
        help_text=gettext_lazy(
            "Write it as you would say it, in any language. For example what has gone well, what is hard, "
            "what help you want, or what you do not agree with."
        ),
        required=False, rows=8, max_length=10_000,
    )  # fmt: skip
    picture = _picture(
        gettext_lazy("Do you want to add a photo of a letter or a drawing?"),
        gettext_lazy("JPEG, PNG or PDF, at most 10 MB."),
    )
    helped_by = fields.TextField(
        label=gettext_lazy("Did somebody help you to write it?"),
        help_text=gettext_lazy("For example an advocate or a friend."),
        required=False, max_length=200,
    )  # fmt: skip

    def __init__(self, *args: Any, has_file: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.has_file = has_file
        self.fields["wants"].look["plain_label"] = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        said = (given.get("wants") or "").strip() or given.get("picture") or self.has_file
        if not said and "picture" not in self.errors:
            self.add_error("wants", _("Write what you want said, or add a photo."))
        return given

    def content(self) -> dict[str, Any]:
        """What the entry holds: written here by themselves, today."""
        given = self.cleaned_data
        told = {"wants": given["wants"], "helped_by": given["helped_by"]}
        return told | {"how": "app", "on": timezone.localdate().isoformat()}


class AskedForm(WithAudience):
    """What somebody of the family said, written down by a professional."""

    how = fields.ChoiceField(
        label=gettext_lazy("How were they asked?"), noun=gettext_lazy("how they were asked")
    )
    on = fields.DateField(
        label=gettext_lazy("On which day?"), noun=gettext_lazy("the day"), not_after=timezone.localdate
    )
    wants = fields.LongTextField(
        label=gettext_lazy("What do they want said in the meeting?"),
        help_text=gettext_lazy(
            "In their own words; do not tidy them. Leave it empty if they were asked and want nothing said."
        ),
        required=False, rows=8, max_length=10_000,
    )  # fmt: skip
    helped_by = fields.TextField(
        label=gettext_lazy("Who asked them, and who helped them to say it?"),
        help_text=gettext_lazy("Names, for example the social worker and an interpreter or advocate."),
        noun=gettext_lazy("who asked them"),
        max_length=200,
    )
    picture = _picture(
        gettext_lazy("A letter, a drawing, or a photo of one"),
        gettext_lazy("JPEG, PNG or PDF, at most 10 MB. It is seen by the same people as the words."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "how", [(code, way_word(code)) for code in WAYS_IN])

    def content(self) -> dict[str, Any]:
        """What the entry holds."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("how", "wants", "helped_by")}
        return told | {"on": given["on"].isoformat()}


class ChildAttendsForm(Form):
    """Whether a child comes, why, and how their wishes come in otherwise."""

    decision = fields.ChoiceField(
        label=gettext_lazy("Does the child come?"), noun=gettext_lazy("whether the child comes")
    )
    why = fields.LongTextField(
        label=gettext_lazy("Why is that right for this child?"),
        help_text=gettext_lazy("Think of the child’s age, what the child wants, what will be talked about."),
        noun=gettext_lazy("why that is right for this child"),
        rows=4, max_length=4000, plainer=True,
    )  # fmt: skip
    way = fields.ChoiceField(
        label=gettext_lazy("How do the child’s wishes come in otherwise?"),
        help_text=gettext_lazy("Needed unless the child comes to the whole meeting."),
        required=False,
    )
    who_asks = fields.TextField(
        label=gettext_lazy("Who asks the child?"),
        help_text=gettext_lazy("Somebody whom the child knows and trusts."),
        required=False, max_length=200,
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("way", "who_asks"):  # needed with two of three answers: "(optional)" would mislead
            self.fields[name].look["plain_label"] = True  # type: ignore[attr-defined]
        _offer(self, "decision", [(code, decision_word(code)) for code in COMES])
        _offer(self, "way", [(code, way_word(code)) for code in WAYS_IN])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decision") in ("part", "no"):
            if not given.get("way"):
                self.add_error("way", _("Choose how the child’s wishes come in."))
            if not given.get("who_asks"):
                self.add_error("who_asks", _("Enter who asks the child."))
        return given


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def picture_of(given: Mapping[str, Any]) -> Picture | None:
    """The picture that was sent, if there was one."""
    sent = given.get("picture")
    return Picture(sent.name or "", sent.read()) if sent else None
