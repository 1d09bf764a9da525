"""The form for one fact of the face sheet."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coregroup.rules.face_sheet import KINDS, kinds_for
from coregroup.rules.procedure import say
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.fields import DateField, LongTextField, SelectField, TextField


class FactForm(WithAudience):
    """What is known, since when, from whom. With `kind` given it replaces a fact; else the kind is asked."""

    kind = SelectField(label=_("What is this?"), noun=_("what this is"))
    value = LongTextField(label=_("What is known"), noun=_("what is known"), max_length=5000, rows=4)
    since = DateField(
        label=_("Since when?"), noun=_("the date since when this is so"), required=False,
        not_after=timezone.localdate,
    )  # fmt: skip
    source = TextField(
        label=_("Who says so?"), help_text=_("For example the school, the mother, a letter of the hospital."),
        required=False, max_length=200, width="two-thirds",
    )  # fmt: skip

    def __init__(self, *args: Any, about: str, fixed_kind: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        lang = (get_language() or "en").split("-")[0]
        self.fixed_kind = fixed_kind
        if fixed_kind:
            del self.fields["kind"]
            self.fields["value"].label = say(KINDS[fixed_kind].label, lang)
        else:
            choices = [(kind.code, say(kind.label, lang)) for kind in kinds_for(about)]
            self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def chosen_kind(self) -> str:
        """The kind: given, or chosen."""
        return self.fixed_kind or self.cleaned_data["kind"]
