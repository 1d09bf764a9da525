"""The forms between meetings: how far an action is; a note to the lead worker, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.board import ActionSheet
from coregroup.casefile.lead_notes import NewNote
from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice
from coregroup.casework.lead_notes import LONGEST
from coregroup.web.kit.fields import ChoiceField, DateField, HiddenField, LongTextField, TickField
from coregroup.web.kit.forms import Form

ALL = "all"


def state_form(sheet: ActionSheet) -> type[Form]:
    """How far an action is: what may follow what stands, and why where that is needed (R59)."""
    always = all(one.needs_why for one in sheet.next)
    hint = (
        _("Say why it is taken up again.")
        if always
        else _("Needed if it cannot be done yet, or is no longer needed. If it is done: what changed then?")
    )
    fields: dict[str, Any] = {
        "state": ChoiceField(
            label=_("How far is it now?"),
            choices=[(one.code, one.word) for one in sheet.next],
            error_messages={"required": _("Say how far it is.")},
        ),
        "because": LongTextField(
            label=_("Why") if always else _("Why, or what changed because of it"),
            help_text=hint, required=always, rows=3, max_length=2000,
            error_messages={"required": _("Say why.")},
        ),
        "on": DateField(
            label=_("On which day, if it was not today?"), noun=_("the day"), required=False,
            not_after=timezone.localdate,
        ),
        "back": HiddenField(required=False, max_length=10),
    }  # fmt: skip
    fields["because"].look["plain_label"] = True  # "(optional)" would not be true of every answer
    return type("StateForm", (Form,), fields)


def note_form(page: NewNote) -> type[Form]:
    """A note to the lead worker. Professionals may choose who else reads it."""
    fields: dict[str, Any] = {
        "text": LongTextField(
            label=_("What do you want to say or ask?"), rows=6, max_length=LONGEST,
            error_messages={"required": _("Write what you want to say.")},
        )
    }  # fmt: skip
    if len(page.children) > 1:
        choices = [(str(key), name) for key, name, _lead in page.children]
        if not page.must_choose:
            choices.append((ALL, _("All of them")))
        fields["child"] = ChoiceField(
            label=_("Which child is it about?"), choices=choices,
            error_messages={"required": _("Say which child it is about.")},
        )  # fmt: skip
    fields["urgent"] = TickField(
        label=_("It is urgent"),
        help_text=_("It then stands first on their start page. If a child is in danger now, ring 999."),
        required=False,
    )
    if page.professional:
        fields["readers"] = ChoiceField(
            label=_("Who may read it?"),
            choices=[("usual", _("The professionals of the group")), ("group", _("The family as well"))],
            initial="usual",
        )
    fields["from_page"] = HiddenField(required=False, max_length=300)
    return type("NoteForm", (Form,), fields)


def chosen(given: Mapping[str, Any]) -> AudienceChoice | None:
    """Who may read a note, where a professional wants the family to read it as well; else None."""
    return WHOLE_GROUP if given.get("readers") == "group" else None


class WordForm(Form):
    """An answer to a note, or a further word to it."""

    text = LongTextField(
        label=gettext_lazy("Your answer"), rows=5, max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )  # fmt: skip
