"""Two people saved the same thing: both texts are shown, and the second decides, field by field.

Everything that did not clash goes along unseen; what did is chosen by radio buttons, and a third text may be
written instead. The answer comes back as the same form, begun from the other person's revision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.http import QueryDict

from coregroup.rules.errors import Clash
from coregroup.web.kit.fields import PARTS
from coregroup.web.kit.fieldview import kind_of
from coregroup.web.kit.forms import Form
from coregroup.web.kit.words import clocktime, plaindate

MINE, THEIRS, THIRD = "mine", "theirs", "third"
CHOICE, THEIR_TEXT, THIRD_TEXT = "clash-choice-", "clash-theirs-", "clash-third-"
ASKED, FROM = "clash-asked", "clash-from"  # the fields to decide; the revision that mine was begun from
UNKEPT = ("csrfmiddlewaretoken", "base", "writer")


@dataclass(frozen=True)
class Side:
    """One field in which the two differ, in words."""

    name: str
    label: str
    theirs: str
    mine: str
    may_write: bool


def sides(form: Form, clash: Clash) -> list[Side]:
    """The fields in which they differ, as the person reads them."""
    found = []
    for name in clash.theirs:
        if name not in form.fields:
            continue
        found.append(
            Side(
                name=name,
                label=str(form[name].label),
                theirs=in_words(form, name, clash.theirs[name]),
                mine=in_words(form, name, clash.mine.get(name)),
                may_write=kind_of(form.fields[name]) in ("text", "textarea"),
            )
        )
    return found


def in_words(form: Form, name: str, value: Any) -> str:
    """A field's value as a person reads it: an answer's label, a date in words."""
    labels = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, date):
        return plaindate(value)
    if isinstance(value, time):
        return clocktime(value)
    shown = form.fields[name].prepare_value(value)
    return labels.get(str(shown), "" if value is None else str(shown))


def carried(form: Form, clash: Clash) -> list[tuple[str, str]]:
    """Everything that goes along unseen: what was sent, and their values of the fields that differ."""
    pairs = [(key, value) for key, values in form.sent.lists() if key not in UNKEPT and not _ours(key)
             for value in values]  # fmt: skip
    pairs.append((FROM, "" if form.base is None else str(form.base)))
    for name in clash.theirs:
        if name in form.fields:
            pairs.append((ASKED, name))
            for key, values in as_data(form, name, clash.theirs[name]).items():
                pairs += [(THEIR_TEXT + key, value) for value in values]
    return pairs


def as_data(form: Form, name: str, value: Any) -> dict[str, list[str]]:
    """A field's value as the form would send it."""
    one, html = form.fields[name], form.add_prefix(name)
    ready = one.prepare_value(value)
    if kind_of(one) == "date":
        return {f"{html}-{part}": [text] for part, text in zip(PARTS, ready, strict=True)}
    if isinstance(ready, list | tuple | set | frozenset):
        return {html: [str(part) for part in ready]}
    if kind_of(one) == "tick":
        return {html: ["on"] if value else []}
    return {html: ["" if ready is None else str(ready)]}


def undecided(data: QueryDict) -> list[str]:
    """The fields that were to be decided and were not."""
    return [name for name in data.getlist(ASKED) if data.get(CHOICE + name) not in (MINE, THEIRS, THIRD)]


def settled(data: QueryDict) -> QueryDict:
    """The form's data after the person has decided. Data that no clash went before comes back as it is.

    While something is undecided, the data still begins from the old revision, so that the verb finds the
    clash again and nothing is overwritten by saying nothing.
    """
    if ASKED not in data:
        return data
    result = data.copy()
    for key in [key for key in data if key.startswith(CHOICE)]:
        name, choice = key.removeprefix(CHOICE), data[key]
        if choice == THIRD:
            result[name] = data.get(THIRD_TEXT + name, "")
        elif choice == THEIRS:
            for field in [name, *(f"{name}-{part}" for part in PARTS)]:
                result.pop(field, None)
                if THEIR_TEXT + field in data:
                    result.setlist(field, data.getlist(THEIR_TEXT + field))
    if undecided(data):
        result["base"] = data.get(FROM, "")
    for key in [key for key in result if _ours(key)]:
        del result[key]
    return result


def _ours(key: str) -> bool:
    return key.startswith((CHOICE, THEIR_TEXT, THIRD_TEXT, ASKED, FROM))
