"""The forms on which a plan is built: one for each kind of item, made from the fields that the rules name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casefile import plain_words
from coregroup.casefile import plans_words as words
from coregroup.casefile.plans_forms import ItemPage
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.plan_checks import missing_sentence
from coregroup.rules import jargon, plan_fields, smart
from coregroup.web.kit.audience import WithAudience, initial_of
from coregroup.web.kit.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    NumberField,
    PersonField,
    SelectField,
    TextField,
)

NEW = "new"
FEW = 12  # more answers than this stand in a list to choose from


class ItemForm(WithAudience):
    """What every item's form can do; its fields are added by `form_for`."""

    digest = ""  # of what the five-point check found when it was last drawn

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        told = given.get("outline", NEW) == NEW and "outline" not in self.errors
        if "new_because" in self.fields and told and not given.get("new_because"):
            self.add_error("new_because", missing_sentence("new_because"))
        return given

    def told(self, page: ItemPage) -> dict[str, Any]:
        """The valid form as `casework.plans.save_item` takes it."""
        given, kind = self.cleaned_data, plan_fields.KINDS[page.kind]
        content = {field.name: given.get(field.name) for field in kind.fields}
        outline = given.get("outline") or NEW
        return {
            "content": plan_fields.tidy(page.kind, content),
            "owner": _uuid(given.get("owner")),
            "by_when": given.get("by_when"),
            "part": given.get("part") or "",
            "outline": None if outline == NEW else _uuid(outline),
            "new_because": (given.get("new_because") or "") if outline == NEW else "",
            "audience": self.audience,
        }

    def findings(self, page: ItemPage) -> tuple[smart.Finding, ...]:
        """What the five-point check says of the form as it was sent (R58)."""
        given = getattr(self, "cleaned_data", {})
        kind = plan_fields.KINDS[page.kind]
        content = {field.name: given.get(field.name) for field in kind.fields}
        found = smart.check(
            page.kind,
            plan_fields.tidy(page.kind, content),
            owner=given.get("owner") or None,
            by_when=given.get("by_when"),
            today=timezone.localdate(),
            next_review=page.next_review,
        )
        # The family reads its own page without help; elsewhere plain words are asked for by the way (R79).
        return (*found, *self.jargon(page)) if found or page.kind == "family_page" else ()

    def jargon(self, page: ItemPage) -> tuple[smart.Finding, ...]:
        """Words of the form that a parent may stumble over (R79)."""
        given = getattr(self, "cleaned_data", {})
        texts = {
            field.name: str(given.get(field.name) or "") for field in plan_fields.KINDS[page.kind].fields
        }
        names = [page.child_name, *(person.name for person in page.audience_people)]
        found = jargon.findings_for(texts, plain_words.language(), names=names)
        return tuple(
            smart.Finding(name, "plainer", one.word)
            for name, those in found.items() for one in jargon.once_each(those)
        )  # fmt: skip


def _uuid(text: Any) -> UUID | None:
    return UUID(str(text)) if text else None


def form_for(page: ItemPage) -> type[ItemForm]:
    """The form of one kind of item, with what can be chosen on this page."""
    kind = plan_fields.KINDS[page.kind]
    fields: dict[str, Any] = {}
    if kind.person:
        fields["owner"] = _person(page)
    fields |= {field.name: _field(page.kind, field) for field in kind.fields}
    if kind.dated:
        fields["by_when"] = DateField(**_told(page.kind, "by_when", noun=_("the date by when")))
    if kind.part:
        fields["part"] = ChoiceField(
            **_told(page.kind, "part"),
            choices=[(part.value, part.label) for part in page.parts],
            hints={part.value: part.hint for part in page.parts},
        )
    if kind.traced:
        fields |= _trace(page)
    return type("ItemForm", (ItemForm,), fields)


def _told(kind: str, name: str, *, required: bool = True, **look: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"label": words.field_label(kind, name), "required": required, **look}
    if required:
        told["error_messages"] = {"required": missing_sentence(name)}
    hint = _hints().get((kind, name))
    if hint:
        told["help_text"] = hint
    return told


def _field(kind: str, field: plan_fields.Field) -> forms.Field:
    told = _told(kind, field.name, required=field.required)
    shape = plan_fields.Shape
    if field.shape is shape.CHOICE:
        choices = [(code, words.choice_word(code)) for code in field.choices]
        if field.name == "sought":
            told["reveals"] = {"other": ["how"]}
        return ChoiceField(choices=choices, **told)
    if field.shape is shape.NUMBER:
        return NumberField(min_value=1, max_value=366, **told)
    if field.shape is shape.DATE:
        return DateField(not_after=timezone.localdate, noun=_("the day"), **told)
    if field.shape is shape.LINE:
        line = TextField(max_length=field.longest, **told)
        if field.needed_if:
            line.look["plain_label"] = True
        return line
    return LongTextField(rows=4, plainer=kind != "view", **told)  # what somebody said is not tidied


def _person(page: ItemPage) -> forms.Field:
    told = _told(page.kind, "owner")
    told["error_messages"] = {"required": _("Choose exactly one person.")}
    choices = [(person.value, person.label) for person in page.people]
    return PersonField(choices=choices, **told)


def _trace(page: ItemPage) -> dict[str, forms.Field]:
    """Where it comes from: an item of the outline plan, or new, because (R11)."""
    told = {
        "label": _("Which item of the outline plan does this come from?"),
        "error_messages": {
            "required": _("Choose the outline item that this comes from, or say that it is new.")
        },
    }
    choices = [(item.value, item.label) for item in page.outline]
    because = LongTextField(label=_("Why is it new?"), required=False, rows=3)
    because.look["plain_label"] = True  # it is needed with one answer: "(optional)" would mislead
    if not choices:
        because.label = _("This is not in the outline plan. Why is it new?")
        return {"new_because": because}
    new = (NEW, _("None: it is new"))
    if len(choices) > FEW:
        return {"outline": SelectField(choices=[*choices, new], **told), "new_because": because}
    return {
        "outline": ChoiceField(choices=[*choices, new], reveals={NEW: ["new_because"]}, **told),
        "new_because": because,
    }


def beginning(page: ItemPage) -> dict[str, Any]:
    """What the form begins with: the item as it stands; a new one begins with its parent's audience."""
    line, told = page.line, dict[str, Any]()
    if line is not None:
        told |= line.content
        told |= {
            "owner": str(line.owner.person) if line.owner else "",
            "by_when": line.by_when,
            "part": line.part,
            "outline": str(line.trace.outline) if line.trace else NEW,
            "new_because": line.new_because,
        }
    if page.audience:
        one = page.audience
        told |= initial_of(
            AudienceChoice(one.base, one.named, one.shut_out, one.reason, one.permitted_by, one.review_on)
        )
    return told


def _hints() -> dict[tuple[str, str], str]:
    return {
        ("concern", "worry"): _("What has happened or might happen to this child. One worry for each entry."),
        ("outcome", "change"): _(
            "What will be different for the child, not what people will do. For example: “Ben has a grown-up "
            "at home every night.”"
        ),
        ("outcome", "by_how_much"): _(
            "For example: “On every night of the week” or “at least 9 days in 10”."
        ),
        ("outcome", "baseline"): _("For example: “Alone on three nights in May.”"),
        ("outcome", "measure"): _("What is counted or looked at, and by whom."),
        ("outcome", "evidence"): _("What the child, the family or somebody else would tell us or show us."),
        ("action", "owner"): _("Exactly one person. They are asked to accept or decline."),
        ("action", "what"): _("One thing that this person does."),
        ("contact", "purpose"): _("What this member looks and listens for."),
        ("contingency", "trigger"): _("What anybody could notice: “Ben is found alone at night.”"),
        ("contingency", "response"): _("What happens at once, and where the child goes."),
        ("contingency", "who"): _("Who acts first, and whom they ring."),
        ("view", "words"): _("As they said it. Do not tidy it."),
        ("family_page", "why"): _("Speak to the family: short words, no abbreviations."),
        ("family_page", "help"): _("Who will help, with what, and when."),
    }
