"""The fields that our forms are made of. How each looks is decided here; `kit/fields.html` draws it.

Beside Django's own arguments each field takes some of these:

    noun          what it asks for, within a sentence: "the date of the conference" (else from the label)
    hints         {value: text} beneath single answers
    reveals       {value: [names of fields]} asked only with that answer (all shown without JavaScript)
    inline        answers side by side
    width         2, 3, 4, 5, 10, 20, "one-half" ...: how wide the box is
    rows, prefix, suffix, autocomplete, inputmode, spellcheck, accept
    plainer       in a long text: words that a parent may stumble over are pointed out as it is typed (R79)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coregroup.web.kit import dates, sentences
from coregroup.web.kit.words import clocktime

PARTS = ("day", "month", "year")


class Look:
    """Takes the arguments that say how a field looks, and remembers sentences that the form gave itself."""

    kind = "text"
    OPTIONS = ("noun", "hints", "reveals", "inline", "width", "rows", "prefix", "suffix", "autocomplete",
               "inputmode", "spellcheck", "accept", "plainer")  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        self.look = {name: options.pop(name) for name in self.OPTIONS if name in options}
        self.own_messages: Mapping[str, Any] = options.get("error_messages") or {}
        super().__init__(*args, **options)


class TextField(Look, forms.CharField):
    """One line of text."""


class LongTextField(Look, forms.CharField):
    """Several lines of text. Line ends come as the browser sends them and are kept as one kind."""

    kind = "textarea"
    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class EmailField(Look, forms.EmailField):
    """An e-mail address."""

    kind = "email"


class PasswordField(Look, forms.CharField):
    """A password: never drawn again, never in a draft."""

    kind = "password"
    widget = forms.PasswordInput

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, strip=False, **options)


class NumberField(Look, forms.IntegerField):
    """A whole number, typed into a plain box (a spinner loses figures to the mouse wheel)."""

    widget = forms.TextInput

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"inputmode": "numeric", "width": 4, "spellcheck": False, **options})


class ChoiceField(Look, forms.ChoiceField):
    """One of a few answers, as radio buttons."""

    kind = "radios"
    widget = forms.RadioSelect


class SelectField(Look, forms.ChoiceField):
    """One of many answers, as a list to choose from. An empty first line is added."""

    kind = "select"
    widget = forms.Select


class PersonField(ChoiceField):
    """A person among those offered: radio buttons for up to eight, a list above that."""

    @property
    def kind(self) -> str:  # type: ignore[override]
        return "radios" if len(list(self.widget.choices)) <= 8 else "select"


class ChoicesField(Look, forms.MultipleChoiceField):
    """Any number of answers, as tick boxes."""

    kind = "checkboxes"
    widget = forms.CheckboxSelectMultiple


class TickField(Look, forms.BooleanField):
    """One statement to tick; `required=False` where leaving it open is an answer too."""

    kind = "tick"


class YesNoField(Look, forms.TypedChoiceField):
    """Yes or no; gives True or False, or None where it may stay open."""

    kind = "radios"
    widget = forms.RadioSelect

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("inline", True)
        answers = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(*args, choices=answers, coerce=lambda v: v == "yes", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class HiddenField(Look, forms.CharField):
    """A value that the page carries along and the person does not see."""

    kind = "hidden"
    widget = forms.HiddenInput


class FileField(Look, forms.FileField):
    """One file. Its size is limited here, by `largest` or by the service's own limit.

    What the file really is gets decided by who takes it in.
    """

    kind = "file"

    def __init__(self, *args: Any, largest: int = 0, **options: Any) -> None:
        self.largest = largest or settings.COREGROUP_LARGEST_FILE
        super().__init__(*args, **options)

    def to_python(self, value: Any) -> Any:
        file = super().to_python(value)
        if file is not None and file.size > self.largest:
            raise ValidationError(sentences.too_large(self.largest), code="too_large")
        return file


class DateParts(forms.Widget):
    """Three boxes. Also reads one value under the field's own name, as programs send it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str, str]:
        if name in data and not any(f"{name}-{part}" in data for part in PARTS):
            return (str(data[name] or ""), "", "")
        day, month, year = (str(data.get(f"{name}-{part}") or "") for part in PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}-day" if id_ else id_


class DateField(Look, forms.Field):
    """A date in three boxes, or pasted whole into the first; gives a `datetime.date`.

    `not_before` and `not_after` are dates, or functions that give one, beyond which a date is a mistake.
    """

    kind = "date"
    widget = DateParts
    Limit = date | Callable[[], date] | None

    def __init__(self, *args: Any, not_before: Limit = None, not_after: Limit = None, **options: Any) -> None:
        self.not_before, self.not_after = not_before, not_after
        self.faulty_part = ""
        super().__init__(*args, **options)

    def prepare_value(self, value: Any) -> tuple[str, str, str]:
        if isinstance(value, date):
            return (str(value.day), str(value.month), str(value.year))
        if isinstance(value, tuple | list):
            day, month, year = (str(part) for part in value)
            return day, month, year
        return (str(value or ""), "", "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)

    def clean(self, value: Any) -> date | None:
        self.faulty_part = ""
        try:
            found = dates.date_of(*self.prepare_value(value))
        except dates.DateFault as fault:
            if fault.fault == dates.EMPTY and not self.required:
                return None
            self.faulty_part = fault.part
            code = "required" if fault.fault == dates.EMPTY else fault.fault
            said = self.own_messages.get(code) or sentences.date_sentence(self, fault.fault)
            raise ValidationError(said, code=code) from None
        self._within_limits(found)
        self.run_validators(found)
        return found

    def _within_limits(self, found: date) -> None:
        earliest = self.not_before() if callable(self.not_before) else self.not_before
        latest = self.not_after() if callable(self.not_after) else self.not_after
        if earliest and found < earliest:
            raise ValidationError(sentences.too_early(self, earliest), code="too_early")
        if latest and found > latest:
            raise ValidationError(sentences.too_late(self, latest), code="too_late")


class TimeField(Look, forms.Field):
    """A time of day as people type it: 10:30am, 14.30, 2pm, midday; gives a `datetime.time`."""

    widget = forms.TextInput

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"width": 5, "spellcheck": False, **options})

    def prepare_value(self, value: Any) -> Any:
        return clocktime(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> time | None:
        text = str(value or "").strip()
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            found = dates.time_of(text)
        except ValueError:
            raise ValidationError(sentences.bad_time(self), code="invalid") from None
        self.run_validators(found)
        return found
