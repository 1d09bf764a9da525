"""The children, adults and members of an opening: each added, changed and taken out again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.rules.errors import Closed
from coregroup.web.groups.forms_opening_face import SECTION_TITLES
from coregroup.web.groups.forms_opening_people import MemberForm
from coregroup.web.groups.opening_pages import address, caption, connect, form_page, title_of
from coregroup.web.groups.opening_room import PERSON, Room, enter, parts_of
from coregroup.web.groups.opening_told import Told
from coregroup.web.kit import drafts

ADULT_TITLES = {
    "children": gettext_lazy("What they are to the children"),
    "meetings": gettext_lazy("Meetings, and what they must not learn"),
}
TEMPLATES = {"member": "groups/opening_member.html"}


def _enter(request: HttpRequest, journey: UUID, kind: str, key: str = "") -> Room:
    room = enter(journey, by=request.actor)  # type: ignore[attr-defined]
    if kind not in PERSON or room.journey.finished or (key and not room.has(kind, key)):
        raise Closed
    return room


def add(request: HttpRequest, journey: UUID, kind: str) -> HttpResponse:
    """Adds a child, an adult or a member. Faulty text is kept as a draft, so that no nameless person is left.

    The new person's key comes from the form's own token: the same form sent twice adds one person.
    """
    by = request.actor  # type: ignore[attr-defined]
    room, draft_key = _enter(request, journey, kind), drafts.key_of(request)
    find = request.GET.get("find", "")
    options: dict[str, Any] = {"find": find} if kind == "member" else {}
    if request.method == "POST" and "discard" not in request.POST:
        form = room.form(kind_step(kind), request.POST, **options)
        if form.is_valid():
            key = form.once[:12]
            room.save(f"{kind}:{key}", form.draft_data(), by=by)
            drafts.drop(draft_key, by=by)
            return HttpResponseRedirect(_after(journey, kind, key, new=True))
        drafts.keep_data(draft_key, form.draft_data(), by=by)
    elif request.method == "POST":
        drafts.drop(draft_key, by=by)
        return HttpResponseRedirect(request.get_full_path())
    else:
        form = room.form(kind_step(kind), draft=drafts.kept(draft_key, by=by), **options)
        if kind == "child" and not form.draft and room.label:
            form.initial.setdefault("family_name", room.label)
    connect(request, form)
    back = reverse("opening", args=[journey])
    titles = {"child": _("Add a child"), "adult": _("Add an adult"), "member": _("Add a member")}
    return render(request, TEMPLATES.get(kind, "groups/opening_step.html"), {
        "title": titles[kind], "caption": caption(room), "form": form, "back": back, "cancel": back,
        **_search(form, find),
    })  # fmt: skip


def kind_step(kind: str) -> str:
    """The step of a person who is not there yet."""
    return f"{kind}:"


def _search(form: Any, find: str) -> dict[str, Any]:
    if not isinstance(form, MemberForm):
        return {}
    return {"find": find, "found": form.found}


def _after(journey: UUID, kind: str, key: str, *, new: bool = False) -> str:
    """Where to go when a person was said: an adult is at once asked about the children."""
    if kind == "member":
        return reverse("opening", args=[journey]) + "#members"
    if kind == "adult" and new:
        return reverse("opening_part", args=[journey, kind, key, "children"])
    return reverse("opening_person", args=[journey, kind, key])


def person(request: HttpRequest, journey: UUID, kind: str, key: str) -> HttpResponse:
    """One person of the opening: what was said and what can be added. A member has one page only."""
    room = _enter(request, journey, kind, key)
    if kind == "member":
        return part(request, journey, kind, key, "name")
    told = Told(room, by=request.actor)  # type: ignore[attr-defined]
    own = f"{kind}:{key}"
    first = {"child": _("Name, date of birth and categories"), "adult": _("Name")}[kind]
    tasks = [_task(told, own, first)]
    for name in parts_of(kind):
        title = ADULT_TITLES.get(name) or SECTION_TITLES[name]
        tasks.append(_task(told, f"{own}:{name}", title, optional=name in SECTION_TITLES))
    return render(request, "groups/opening_person.html", {
        "title": room.name_of(kind, key), "caption": caption(room), "tasks": tasks, "kind": kind,
        "back": reverse("opening", args=[journey]), "add": reverse("opening_add", args=[journey, kind]),
        "remove": reverse("opening_remove", args=[journey, kind, key]),
    })  # fmt: skip


def _task(told: Told, step: str, title: Any, *, optional: bool = False) -> dict[str, Any]:
    said, wrong = step in told.forms, bool(told.at(step))
    status, colour = ("", "")
    if said and wrong:
        status, colour = _("Look at this again"), "red"
    elif not said and optional:
        status, colour = _("Optional"), "grey"
    return {"title": title, "address": address(told.room.id, step), "done": said and not wrong,
            "status": status, "colour": colour}  # fmt: skip


def part(request: HttpRequest, journey: UUID, kind: str, key: str, part: str) -> HttpResponse:
    """One part of what is said of a person; `name` is the first."""
    room = _enter(request, journey, kind, key)
    if part != "name" and part not in parts_of(kind):
        raise Closed
    if part == "children" and not room.keys("child"):
        return HttpResponseRedirect(reverse("opening_person", args=[journey, kind, key]))
    step = f"{kind}:{key}" if part == "name" else f"{kind}:{key}:{part}"
    here = reverse("opening_person", args=[journey, kind, key])
    to, back = _after(journey, kind, key), here
    context: dict[str, Any] = {}
    if kind == "member":
        back = reverse("opening", args=[journey])
        context = {"remove": reverse("opening_remove", args=[journey, kind, key])}
    elif part == "children" and f"{kind}:{key}:meetings" not in room.journey.steps:
        to = reverse("opening_part", args=[journey, kind, key, "meetings"])
    return form_page(
        request, room, step, to=to, title=title_of(room, step),
        template=TEMPLATES.get(kind, "groups/opening_step.html"),
        context={"back": back, "cancel": back, **context},
    )  # fmt: skip


def remove(request: HttpRequest, journey: UUID, kind: str, key: str) -> HttpResponse:
    """Takes a person out of the opening, with all that was said of them, after asking."""
    room = _enter(request, journey, kind, key)
    if request.method == "POST":
        room.forget(kind, key, by=request.actor)  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("opening", args=[journey]))
    name = {"name": room.name_of(kind, key)}
    return render(request, "groups/opening_remove.html", {
        "title": _("Take %(name)s out of this opening?") % name, "caption": caption(room),
        "words": _("What you have typed about %(name)s is forgotten.") % name,
        "button": _("Take out"),
        "back": reverse("opening_person", args=[journey, kind, key]),
    })  # fmt: skip
