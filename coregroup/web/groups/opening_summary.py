"""All that was told, in words, for the page on which it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from coregroup.web.groups.forms_opening import DecisionsForm, RoomForm
from coregroup.web.groups.forms_opening_face import FaceForm
from coregroup.web.groups.opening_pages import address, title_of
from coregroup.web.groups.opening_room import parts_of
from coregroup.web.groups.opening_told import Told
from coregroup.web.kit.clash import in_words
from coregroup.web.kit.fieldview import kind_of, shown_value


def cards(told: Told) -> list[dict[str, Any]]:
    """A card for each step that was told, in the order of the pages."""
    room = told.room
    steps = ["conference", "decisions"]
    for kind in ("child", "adult"):
        for key in room.keys(kind):
            steps += [f"{kind}:{key}", *(f"{kind}:{key}:{part}" for part in parts_of(kind))]
    steps += ["family", "lead", *(f"member:{key}" for key in room.keys("member")), "review", "meeting"]
    made = [_card(told, step) for step in steps if step in told.forms]
    return [card for card in made if card["rows"]]


def _card(told: Told, step: str) -> dict[str, Any]:
    change = {"text": _("Change"), "address": address(told.room.id, step)}
    return {
        "title": title_of(told.room, step),
        "rows": list(_rows(told.forms[step])),
        "actions": [change],
    }


def _rows(form: RoomForm) -> Iterator[dict[str, str]]:
    if isinstance(form, DecisionsForm):
        for row, words, child in form.decisions():
            whom = in_words(form, f"child_{row}", child) if child else _("All children")
            yield {"label": _("For %(name)s") % {"name": whom} if child else whom, "value": words}
        return
    sparing = isinstance(form, FaceForm) or "late_reason" in form.fields
    late = ("late_reason", "approved_by", "approved_on")
    for name in form.fields:
        if name in form.unasked() or (name in late and not form.late):  # type: ignore[attr-defined]
            continue
        value = _words(form, name)
        if value or not sparing:
            yield {"label": str(form.fields[name].label), "value": value}


def _words(form: RoomForm, name: str) -> str:
    """A field's value in words; what is faulty as it was typed."""
    if name in form.errors:
        shown = shown_value(form[name])
        return " ".join(str(part) for part in shown) if isinstance(shown, list | tuple) else str(shown or "")
    value = form.cleaned_data.get(name)
    if kind_of(form.fields[name]) == "tick":
        return _("Yes") if value else _("No")
    return in_words(form, name, value)
