"""The form that ours begin with: plain sentences, drafts, advice, a token against double sending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from coregroup.web.kit import once, sentences
from coregroup.web.kit.fields import PARTS
from coregroup.web.kit.fieldview import FieldView, field_view, kind_of

NEVER_KEPT = ("password", "file", "hidden")


class Form(forms.Form):
    """A form whose errors are sentences that name the field, and which can be paused.

    `draft` is what was typed before and not yet said ({name: [values]}, as `draft_data` gives it); `base` is
    the revision from which the person began, so that a clash is noticed. `advice` may be filled before
    drawing: {field: [sentences]}, shown calmly at the field, apart from errors.

    A field that stands beneath another's answer (`reveals`) is asked only with that answer: without it, what
    it holds is neither checked nor taken.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        draft: Mapping[str, Any] | None = None,
        base: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, files, **{"label_suffix": "", **options})
        self.draft: Mapping[str, Any] = draft or {}
        self.advice: dict[str, list[str]] = {}
        self.draft_key = ""
        self.draft_url = ""
        self.writer = ""
        self.once = once.token(data)
        self.base = _base(data, self.draft, base)
        for one in self.fields.values():
            one.error_messages.update(sentences.sentences(one))
            one.error_messages.update(getattr(one, "own_messages", {}))

    def view(self, name: str) -> FieldView:
        """One field, ready to be drawn."""
        return field_view(self, name)

    @property
    def names(self) -> list[str]:
        """The fields' names in their order."""
        return list(self.fields)

    @property
    def revealed(self) -> set[str]:
        """Fields that stand beneath another field's answer, and are drawn there."""
        told: set[str] = set()
        for one in self.fields.values():
            for names in getattr(one, "look", {}).get("reveals", {}).values():
                told.update(names)
        return told

    @property
    def sent(self) -> QueryDict:
        """What was sent, every value of every name."""
        return cast(QueryDict, self.data)

    def unasked(self) -> set[str]:
        """Fields beneath answers that were not given."""
        asked: set[str] = set()
        for name, one in self.fields.items():
            chosen = self[name].data
            answers = {str(a) for a in (chosen if isinstance(chosen, list) else [chosen])}
            for answer, names in getattr(one, "look", {}).get("reveals", {}).items():
                if answer in answers:
                    asked.update(names)
        return self.revealed - asked

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.unasked():
            self.errors.pop(name, None)
            self.cleaned_data[name] = nothing(self.fields[name])

    def fault(self, field: str | None, sentence: str) -> None:
        """Adds what a verb found wrong, at its field if the form has it, else for the form as a whole."""
        self.is_valid()
        self.add_error(field if field in self.fields else None, sentence)

    def draft_data(self) -> dict[str, list[str]]:
        """What was sent, as a draft keeps it: every field named, no password, no file, no token.

        The revision goes along, so that a draft picked up later is still held against what was saved since.
        """
        kept: dict[str, list[str]] = {} if self.base is None else {"base": [str(self.base)]}
        for name, one in self.fields.items():
            if kind_of(one) in NEVER_KEPT:
                continue
            html = self.add_prefix(name)
            for key in [f"{html}-{part}" for part in PARTS] if kind_of(one) == "date" else [html]:
                kept[key] = [str(value) for value in self.sent.getlist(key)]
        return kept


def error_links(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(where it leads, what it says) of every error, in the order of the fields, for the error summary."""
    if not form.is_bound or not form.errors:
        return []
    links = []
    for name in form.fields:
        for sentence in form.errors.get(name, ()):
            links.append((f"#{field_view(form, name).anchor}", str(sentence)))
    whole = [("#form", str(sentence)) for sentence in form.non_field_errors()]
    return whole + links


def nothing(one: forms.Field) -> Any:
    """What a field gives that was not asked: an empty text, an empty list, or None."""
    if isinstance(one, forms.MultipleChoiceField):
        return []
    return "" if isinstance(one, forms.CharField) else None


def _base(data: Any, draft: Mapping[str, Any], now: int | None) -> int | None:
    """The revision that the person began from: as sent, else as the draft remembers, else the present one.

    The draft's own comes before the present one, so that a draft picked up later still meets the clash.
    """
    text = data.get("base", "") if data is not None else "".join(draft.get("base", ()))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else now
