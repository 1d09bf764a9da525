"""What the pages of the opening share: addresses, titles, and the answer of a page with one step's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coregroup.web.groups.forms_opening import MORE_ROWS, DecisionsForm, RoomForm
from coregroup.web.groups.forms_opening_face import SECTION_TITLES
from coregroup.web.groups.opening_room import PERSON, SINGLE, Room
from coregroup.web.groups.opening_told import Told
from coregroup.web.kit import drafts

TEMPLATES = {
    "decisions": "groups/opening_decisions.html",
    "review": "groups/opening_dated.html",
    "meeting": "groups/opening_dated.html",
}


def address(journey: UUID, step: str) -> str:
    """Where a step is told. What is no step of its own stands on the opening's first page."""
    kind, _colon, rest = step.partition(":")
    key, _colon, part = rest.partition(":")
    if rest and kind in PERSON:
        return reverse("opening_part", args=[journey, kind, key, part or "name"])
    if kind in SINGLE:
        return reverse("opening_step", args=[journey, kind])
    return reverse("opening", args=[journey]) + f"#{kind}"


def title_of(room: Room, step: str) -> str:
    """What a step's page is called."""
    kind, _colon, rest = step.partition(":")
    key, _colon, part = rest.partition(":")
    if not rest:
        return {
            "conference": capfirst(
                _("the %(conference)s") % {"conference": room.desk.word("initial_conference")}
            ),
            "decisions": _("What the conference decided"),
            "family": _("The family as a whole"),
            "lead": capfirst(_("the %(lead)s") % {"lead": room.desk.word("lead_worker")}),
            "review": _("The first %(review)s") % {"review": room.desk.word("review_conference")},
            "meeting": _("The first core group"),
        }[kind]
    name = {"name": room.name_of(kind, key)}
    if not part:
        return room.name_of(kind, key)
    if part == "children":
        return _("What %(name)s is to the children") % name
    if part == "meetings":
        return _("%(name)s and the meetings") % name
    return f"{name['name']}: {SECTION_TITLES[part]}"


def caption(room: Room) -> str:
    """The line above each heading: what is going on, and for which family."""
    return (
        _("Open a core group: %(family)s") % {"family": room.label} if room.label else _("Open a core group")
    )


def form_page(
    request: HttpRequest,
    room: Room,
    step: str,
    *,
    to: str,
    title: str,
    context: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    template: str = "groups/opening_step.html",
) -> HttpResponse:
    """A page with the form of one step. What is sent is kept as it was typed, whether it is faulty or not."""
    by = request.actor  # type: ignore[attr-defined]
    key = drafts.key_of(request)
    if request.method == "POST":
        if "discard" in request.POST:
            drafts.drop(key, by=by)
            return HttpResponseRedirect(request.get_full_path())
        form = room.form(step, request.POST, **(options or {}))
        room.save(step, form.draft_data(), by=by)
        drafts.drop(key, by=by)
        if "more" in request.POST and isinstance(form, DecisionsForm):
            return HttpResponseRedirect(f"{request.path}?rows={form.rows + MORE_ROWS}#id_words_{form.rows}")
        if form.is_valid():
            _say_faults(request, room, step, form)
        if not form.errors:
            return HttpResponseRedirect(to)
    else:
        form = _standing(request, room, step, key, dict(options or {}))
    connect(request, form)
    told = {"title": title, "caption": caption(room), "form": form, **(context or {})}
    return render(request, template, told)


def _standing(request: HttpRequest, room: Room, step: str, key: str, options: dict[str, Any]) -> RoomForm:
    """The form as it stands: what was typed and not sent, else what was sent with its faults, else empty."""
    draft = drafts.kept(key, by=request.actor)  # type: ignore[attr-defined]
    if draft:
        return room.form(step, draft=draft, **options)
    typed = room.typed(step)
    if typed is None:
        return room.form(step, **options)
    if "rows" in options:  # more rows were asked for: nothing is checked yet
        return room.form(step, draft=typed, **options)
    form = room.kept(step)
    assert form is not None
    if form.is_valid():
        _say_faults(request, room, step, form)
    return form


def _say_faults(request: HttpRequest, room: Room, step: str, form: RoomForm) -> None:
    """Adds what only the whole opening can find wrong with this step."""
    if step == "conference":
        room.renew_limits(by=request.actor)  # type: ignore[attr-defined]
    for fault in Told(room, by=request.actor).at(step):  # type: ignore[attr-defined]
        if fault.field:
            form.fault(fault.field, fault.sentence)


def connect(request: HttpRequest, form: RoomForm) -> None:
    """Tells the form where what is typed is kept, and for whom it is drawn."""
    form.draft_key = drafts.key_of(request)
    form.draft_url = drafts.address()
    form.writer = drafts.writer_token(form.draft_key, request.actor)  # type: ignore[attr-defined]
