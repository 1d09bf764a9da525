"""What a template needs to know of one field in order to draw it: a frozen answer to every question.

Also draws Django's own fields (sign-in's forms are not ours), by their widgets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.PasswordInput, "password"),
    (forms.EmailInput, "email"),
    (forms.HiddenInput, "hidden"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "tick"),
)


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    id: str
    value: str
    label: str
    hint: str = ""
    chosen: bool = False
    reveals: tuple[str, ...] = ()


@dataclass(frozen=True)
class FieldView:
    """One field, ready to be drawn."""

    kind: str
    id: str
    name: str
    label: str
    hint: str
    value: Any
    required: bool
    errors: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    faulty_part: str = ""
    max_length: int | None = None
    look: dict[str, Any] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The id to which the error summary's link leads: the first box, or the faulty one."""
        return f"{self.id}-{self.faulty_part or 'day'}" if self.kind == "date" else self.id

    @property
    def described_by(self) -> str:
        """The ids of what explains this field, for `aria-describedby`."""
        ids = [f"{self.id}-hint"] if self.hint else []
        ids += [f"{self.id}-error"] if self.errors else []
        ids += [f"{self.id}-advice"] if self.advice else []
        return " ".join(ids)


def kind_of(one: forms.Field) -> str:
    """Which component draws this field."""
    if hasattr(one, "kind"):
        return str(one.kind)
    return next((kind for widget, kind in KINDS if isinstance(one.widget, widget)), "text")


def shown_value(bound: BoundField) -> Any:
    """What stands in the field: what was sent, else what the draft kept, else what it began with."""
    form, one = bound.form, bound.field
    if form.is_bound:
        return one.widget.value_from_datadict(form.data, form.files, bound.html_name)
    draft = getattr(form, "draft", None) or {}
    name = bound.html_name
    if any(key == name or key.startswith(f"{name}-") for key in draft):
        return one.widget.value_from_datadict(query_of(draft), {}, name)
    return one.prepare_value(bound.initial)


def query_of(draft: Any) -> QueryDict:
    """A draft's plain lists as form data."""
    data = QueryDict(mutable=True)
    for key, values in draft.items():
        data.setlist(key, [str(value) for value in values] if isinstance(values, list) else [str(values)])
    return data


def field_view(form: forms.BaseForm, name: str) -> FieldView:
    """Everything about one field of a form. Raises KeyError for a name that the form does not have."""
    bound = form[name]
    one = bound.field
    kind = kind_of(one)
    value = shown_value(bound)
    look = dict(getattr(one, "look", {}))
    return FieldView(
        kind=kind,
        id=bound.auto_id or f"id_{bound.html_name}",
        name=bound.html_name,
        label=str(bound.label),
        hint=str(bound.help_text or ""),
        value="" if kind in ("password", "file") or value is None else value,
        required=one.required or bool(look.get("plain_label")),  # else "(optional)" is said
        errors=tuple(str(error) for error in form.errors.get(name, ())) if form.is_bound else (),
        advice=tuple(str(words) for words in getattr(form, "advice", {}).get(name, ())),
        options=_options(bound, kind, value, look),
        faulty_part=getattr(one, "faulty_part", ""),
        max_length=getattr(one, "max_length", None),
        look=look,
    )


def _options(bound: BoundField, kind: str, value: Any, look: dict[str, Any]) -> tuple[Option, ...]:
    id_ = bound.auto_id or f"id_{bound.html_name}"
    if kind == "tick":
        return (Option(id_, "on", str(bound.label), str(bound.help_text or ""), bool(value)),)
    if kind not in ("radios", "checkboxes", "select"):
        return ()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple | set) else [value])}
    hints, reveals = look.get("hints", {}), look.get("reveals", {})
    offered = getattr(bound.field, "choices", ())
    pairs = [(str(key), str(label)) for key, label in offered if key != "" or kind == "radios"]
    return tuple(
        Option(
            id=id_ if number == 1 else f"{id_}-{number}",
            value=key,
            label=label,
            hint=str(hints.get(key, "")),
            chosen=key in chosen,
            reveals=tuple(reveals.get(key, ())),
        )
        for number, (key, label) in enumerate(pairs, start=1)
    )
