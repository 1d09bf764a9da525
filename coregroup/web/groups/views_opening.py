"""Opening a core group: where it starts and is taken up again, its task list, its steps, and the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coregroup.casefile.guidance import for_page
from coregroup.casefile.opening import desk, opened
from coregroup.casework import drafts as casework_drafts
from coregroup.casework.opening import open_core_group
from coregroup.rules.access import Capability
from coregroup.rules.errors import AlreadyDone, Closed, Problems
from coregroup.web.groups.opening_pages import TEMPLATES, address, caption, form_page, title_of
from coregroup.web.groups.opening_room import KIND, SINGLE, Room, enter, under_way
from coregroup.web.groups.opening_summary import cards
from coregroup.web.groups.opening_told import Told


def start(request: HttpRequest) -> HttpResponse:
    """Says what is needed, and shows the openings that were paused; a press starts a new one."""
    by = request.actor  # type: ignore[attr-defined]
    ready = desk(by=by)
    if request.method == "POST":
        journey = casework_drafts.start_journey(kind=KIND, by=by, capability=Capability.OPEN_GROUP)
        return HttpResponseRedirect(reverse("opening", args=[journey]))
    paused = [
        {"name": label or _("A family not yet named"), "at": at, "address": reverse("opening", args=[one.id])}
        for one, label, at in under_way(by=by)
    ]
    return render(request, "groups/opening_start.html", {
        "title": _("Open a core group"), "paused": paused, "authority": ready.authority,
        "procedure": ready.procedure.title(by.language), "lead_word": ready.word("lead_worker"),
        "guidance": for_page(code="open_group", by=by),
        "conference_word": ready.word("initial_conference"), "review_word": ready.word("review_conference"),
    })  # fmt: skip


def hub(request: HttpRequest, journey: UUID) -> HttpResponse:
    """The task list of an opening; once it is opened, what comes next."""
    room = enter(journey, by=request.actor)  # type: ignore[attr-defined]
    if room.journey.finished:
        return _done(request, room)
    told = Told(room, by=request.actor)  # type: ignore[attr-defined]
    add = {kind: reverse("opening_add", args=[journey, kind]) for kind in ("child", "adult", "member")}
    return render(request, "groups/opening_hub.html", {
        "title": caption(room), "parts": _parts(told), "add": add, "authority": room.desk.authority,
        "procedure": room.desk.procedure.title(room.language), "room": room,
        "check": reverse("opening_check", args=[journey]), "back": reverse("open_group"),
        "give_up": reverse("opening_give_up", args=[journey]),
    })  # fmt: skip


def _parts(told: Told) -> dict[str, list[dict[str, Any]]]:
    """The tasks by the heading under which they stand."""
    room = told.room
    known = room.desk.limits
    return {
        "conference": [_task(told, "conference"), _task(told, "decisions", optional=True)],
        "children": [_person(told, "child", key) for key in room.keys("child")],
        "adults": [_person(told, "adult", key) for key in room.keys("adult")],
        "family": [_task(told, "family", optional=True)],
        "members": [_task(told, "lead"), *(_person(told, "member", key) for key in room.keys("member"))],
        "dates": [
            _task(told, "review", hint=_by(known.get("first_review"))),
            _task(told, "meeting", hint=_by(known.get("first_core_group"))),
        ],
    }


def _by(limit: Any) -> str:
    from coregroup.web.kit.words import longdate

    return _("At the latest on %(day)s") % {"day": longdate(limit.latest)} if limit else ""


def _task(told: Told, step: str, *, optional: bool = False, hint: str = "") -> dict[str, Any]:
    said, wrong = step in told.forms, bool(told.at(step))
    status, colour = ("", "")
    if said and wrong:
        status, colour = _("Look at this again"), "red"
    elif not said and optional:
        status, colour = _("Optional"), "grey"
    return {
        "title": title_of(told.room, step), "address": address(told.room.id, step), "hint": hint,
        "done": said and not wrong, "status": status, "colour": colour,
    }  # fmt: skip


def _person(told: Told, kind: str, key: str) -> dict[str, Any]:
    room, wrong = told.room, bool(told.under(kind, key))
    worker = room.desk.worker((room.typed(f"member:{key}") or {}).get("person", [""])[0])
    return {
        "title": room.name_of(kind, key), "address": reverse("opening_person", args=[room.id, kind, key]),
        "hint": worker.label.partition(" – ")[2] if worker else "", "done": not wrong,
        "status": _("Something is missing") if wrong else "", "colour": "red",
    }  # fmt: skip


def step(request: HttpRequest, journey: UUID, step: str) -> HttpResponse:
    """One of the steps that are about no single person."""
    room = enter(journey, by=request.actor)  # type: ignore[attr-defined]
    if step not in SINGLE or room.journey.finished:
        raise Closed
    rows = request.GET.get("rows", "")
    options = {"rows": int(rows)} if step == "decisions" and rows.isdecimal() and len(rows) < 4 else {}
    back = reverse("opening", args=[journey])
    return form_page(
        request, room, step, to=back, title=title_of(room, step), options=options,
        template=TEMPLATES.get(step, "groups/opening_step.html"), context={"back": back, "cancel": back},
    )  # fmt: skip


def check(request: HttpRequest, journey: UUID) -> HttpResponse:
    """All answers on one page with every fault that is left; from here the core group is opened."""
    by = request.actor  # type: ignore[attr-defined]
    room = enter(journey, by=by)
    if room.journey.finished:
        return HttpResponseRedirect(reverse("opening", args=[journey]))
    told = Told(room, by=by)
    if request.method == "POST" and told.opening is not None and not told.faults:
        try:
            group = str(open_core_group(opening=told.opening, by=by, once=f"open-{journey.hex}"))
        except AlreadyDone as earlier:
            group = earlier.outcome
        except Problems:  # somebody left their agency a moment ago: the faults are found anew and shown
            return HttpResponseRedirect(request.path)
        casework_drafts.finish_journey(journey=journey, outcome=group, by=by)
        return HttpResponseRedirect(reverse("opening", args=[journey]))
    faults = [(address(room.id, fault.step) + fault.anchor, fault.sentence) for fault in told.faults]
    return render(request, "groups/opening_check.html", {
        "title": _("Check before you open the core group"), "caption": caption(room), "faults": faults,
        "cards": cards(told), "back": reverse("opening", args=[journey]), "tried": request.method == "POST",
    })  # fmt: skip


def give_up(request: HttpRequest, journey: UUID) -> HttpResponse:
    """Throws an opening away, after asking."""
    by = request.actor  # type: ignore[attr-defined]
    room = enter(journey, by=by)
    if room.journey.finished:
        raise Closed
    if request.method == "POST":
        casework_drafts.finish_journey(journey=journey, outcome="", by=by)
        return HttpResponseRedirect(reverse("open_group"))
    return render(request, "groups/opening_remove.html", {
        "title": _("Throw this opening away?"), "caption": caption(room),
        "words": _("Everything that you have typed for it is forgotten. No core group is opened."),
        "button": _("Throw it away"), "back": reverse("opening", args=[journey]),
    })  # fmt: skip


def _done(request: HttpRequest, room: Room) -> HttpResponse:
    """What comes next; for somebody who takes no part in the group only that it is open."""
    if not room.journey.outcome:
        raise Closed
    try:
        group = opened(group=room.journey.outcome, by=request.actor)  # type: ignore[attr-defined]
    except Closed:
        group = None
    links = {
        name: _address(route, [group.group] if group else [])
        for name, route in (("outline", "outline_new"), ("members", "members"), ("group", "group"))
    }
    return render(request, "groups/opening_done.html", {
        "title": _("The core group is open"), "opened": group, "links": links,
        "outline_word": capfirst(group.outline_plan) if group else "",
    })  # fmt: skip


def _address(route: str, args: list[Any]) -> str:
    try:
        return reverse(route, args=args) if args else ""
    except NoReverseMatch:
        return ""
