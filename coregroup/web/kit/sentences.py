"""What a form says when an answer cannot be taken: plain words that name the field and say what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from coregroup.web.kit import dates
from coregroup.web.kit.words import filesize, plaindate


def noun(field: forms.Field) -> str:
    """What the field asks for, as it stands within a sentence: "the date of the conference".

    From the field's own `noun` if it has one, else from its label; a label that is a question gives none.
    """
    given = getattr(field, "look", {}).get("noun")
    if given:
        return str(given)
    label = str(field.label or "").strip()
    if not label or label.endswith("?"):
        return ""
    first = label.split()[0]
    if first.lower() in {"your", "the", "a", "an", "their", "its", "his", "her"}:
        return lowered(label)
    return _("the %(thing)s") % {"thing": lowered(label)}


def lowered(label: str) -> str:
    """The label as part of a sentence: GP and IRO keep their capitals."""
    if len(label) > 1 and (label[1].isupper() or label[1] in "-."):
        return label
    return label[:1].lower() + label[1:]


def named(field: forms.Field) -> str:
    """The label, without its question mark, as a sentence's first words."""
    given = getattr(field, "look", {}).get("noun")
    text = str(given or field.label or "").strip().rstrip("?")
    return text[:1].upper() + text[1:]


def _asks(field: forms.Field, with_noun: str, question: str) -> str:
    thing = noun(field)
    return with_noun % {"thing": thing} if thing else question % {"question": str(field.label or "")}


def missing(field: forms.Field) -> str:
    """What to say when nothing was answered."""
    kind = getattr(field, "kind", "text")
    answer = _("Answer the question “%(question)s”")
    if kind in ("radios", "select"):
        return _asks(field, _("Choose %(thing)s"), answer)
    if kind == "checkboxes":
        return _asks(field, _("Choose at least one answer for %(thing)s"), answer)
    if kind == "tick":
        return _("Tick “%(label)s” to go on") % {"label": str(field.label or "")}
    if kind == "file":
        return _asks(field, _("Choose a file for %(thing)s"), _("Choose a file"))
    return _asks(field, _("Enter %(thing)s"), answer)


def sentences(field: forms.Field) -> dict[str, Any]:
    """Our sentence for each fault that Django's own checks can find in this field.

    Percent signs are doubled, for Django fills in limits afterwards.
    """
    name = named(field).replace("%", "%%")
    told = {
        "required": missing(field),
        "invalid_choice": _("Choose one of the answers offered for “%(name)s”") % {"name": named(field)},
        "max_length": _("%(name)s must be %%(limit_value)d characters or fewer; it has %%(show_value)d")
        % {"name": name},
        "min_length": _("%(name)s must have at least %%(limit_value)d characters") % {"name": name},
        "max_value": _("%(name)s must be %%(limit_value)s or less") % {"name": name},
        "min_value": _("%(name)s must be %%(limit_value)s or more") % {"name": name},
        "invalid": _("%(name)s is not in a form that can be read") % {"name": named(field)},
        "empty": _("The file is empty"),
        "missing": missing(field),
        "null_characters_not_allowed": _("%(name)s holds a character that cannot be kept")
        % {"name": named(field)},
    }
    if isinstance(field, forms.EmailField):
        told["invalid"] = _("Enter an e-mail address like name@example.org")
    elif isinstance(field, forms.IntegerField):
        told["invalid"] = _("%(name)s must be a whole number") % {"name": named(field)}
    return told


def date_sentence(field: forms.Field, fault: str) -> str:
    """What is wrong with a date: "Date of the conference must be a real date"."""
    said = {
        dates.EMPTY: missing(field),
        dates.NO_DAY: _("%(name)s must include a day"),
        dates.NO_MONTH: _("%(name)s must include a month"),
        dates.NO_YEAR: _("%(name)s must include a year"),
        dates.SHORT_YEAR: _("The year of “%(name)s” must have 4 figures"),
        dates.NOT_REAL: _("%(name)s must be a real date"),
    }[fault]
    return said if fault == dates.EMPTY else said % {"name": named(field)}


def too_early(field: forms.Field, limit: date) -> str:
    """A date before the earliest that makes sense."""
    return _("%(name)s must be %(limit)s or later") % {"name": named(field), "limit": plaindate(limit)}


def too_late(field: forms.Field, limit: date) -> str:
    """A date after the latest that makes sense."""
    return _("%(name)s must be %(limit)s or earlier") % {"name": named(field), "limit": plaindate(limit)}


def bad_time(field: forms.Field) -> str:
    """A time that cannot be read without guessing."""
    return _("%(name)s must be a time, like 10:30am or 2pm") % {"name": named(field)}


def too_large(limit: int) -> str:
    """A file above the limit."""
    return _("The file must be smaller than %(limit)s") % {"limit": filesize(limit)}
