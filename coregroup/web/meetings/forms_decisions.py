"""The forms of what is decided: how far an action is, a recommendation, what an owner says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.casefile.action_states import next_states
from coregroup.casefile.read_back import Hearer
from coregroup.casefile.recommendations import OwnChild, RecommendPage
from coregroup.casework.audiences import AudienceChoice
from coregroup.web.kit.audience import WithAudience, initial_of
from coregroup.web.kit.fields import ChoiceField, LongTextField
from coregroup.web.kit.forms import Form


def state_form(state: str) -> type[Form]:
    """How far an action is now, with why where it has stopped or is taken up again."""
    offered = next_states(state)
    why = LongTextField(
        label=_("Why?"),
        required=False,
        rows=3,
        help_text=_("Needed where it stops, or goes on again."),
    )
    why.look["plain_label"] = True
    fields = {
        "state": ChoiceField(
            label=_("How far is it?"),
            choices=[(one.code, one.word) for one in offered],
            error_messages={"required": _("Choose how far it is.")},
        ),
        "because": why,
    }
    return type("StateForm", (Form,), fields)


class RecommendForm(WithAudience):
    """One's own recommendation for each child: an opinion and a reason, or nothing yet."""

    children: tuple[OwnChild, ...] = ()

    def told(self) -> list[tuple[UUID, str, str]]:
        """(child, opinion, reason) of every child for whom something was said."""
        given = self.cleaned_data
        rows = [
            (one.child, given.get(f"opinion_{n}") or "", given.get(f"reason_{n}") or "")
            for n, one in enumerate(self.children)
        ]
        return [row for row in rows if row[1] or row[2]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for n, _child in enumerate(self.children):
            opinion, reason = given.get(f"opinion_{n}"), given.get(f"reason_{n}")
            if opinion and not reason:
                self.add_error(f"reason_{n}", _("Give the reason."))
            if reason and not opinion:
                self.add_error(f"opinion_{n}", _("Choose what is recommended."))
        if not self.errors and not self.told():
            self.add_error("opinion_0", _("Choose what is recommended for at least one child."))
        return given


def recommend_form(page: RecommendPage) -> type[RecommendForm]:
    """The form for the children of this page."""
    fields: dict[str, Any] = {"children": page.children}
    for n, one in enumerate(page.children):
        opinion = ChoiceField(label=one.question, choices=page.opinions, required=False)
        reason = LongTextField(
            label=_("Why, for %(child)s?") % {"child": one.child_name},
            required=False,
            rows=4,
            max_length=5000,
        )
        opinion.look["plain_label"] = reason.look["plain_label"] = True
        fields |= {f"opinion_{n}": opinion, f"reason_{n}": reason}
    return type("RecommendForm", (RecommendForm,), fields)


def given_before(page: RecommendPage) -> dict[str, Any]:
    """What the form begins with: what the same person gave last."""
    told: dict[str, Any] = {}
    for n, one in enumerate(page.children):
        told |= {f"opinion_{n}": one.opinion, f"reason_{n}": one.reason}
    if page.audience:
        seen_by = page.audience
        told |= initial_of(
            AudienceChoice(
                seen_by.base,
                seen_by.named,
                seen_by.shut_out,
                seen_by.reason,
                seen_by.permitted_by,
                seen_by.review_on,
            )
        )
    return told


def said_form(person: Hearer) -> type[Form]:
    """What the owner of an action says to it, or why they could not be asked."""
    choices = [("accepted", _("Accepts it")), ("declined", _("Declines it"))] if person.here else []
    choices.append(("could_not_ask", _("Could not be asked")))
    hint = _("Needed unless it is accepted.")
    reason = LongTextField(label=_("Why?"), required=False, rows=3, help_text=hint)
    reason.look["plain_label"] = True
    fields = {
        "answer": ChoiceField(
            label=_("What does %(name)s say?") % {"name": person.name},
            choices=choices,
            initial=choices[0][0] if len(choices) == 1 else None,
            error_messages={"required": _("Choose an answer.")},
        ),
        "reason": reason,
    }
    return type("SaidForm", (Form,), fields)
