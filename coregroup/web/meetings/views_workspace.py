"""The workspace of a meeting in session: a page a step. Every step works as a plain form too."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile.workspace_steps import StepPage, step_page, workspace_room
from coregroup.rules.agenda_steps import STEP
from coregroup.web.kit.links import address
from coregroup.web.meetings import workspace_view as view
from coregroup.web.meetings.workspace_keep import Kept, both, keep_all


def workspace(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The steps of the meeting and what of them is done; leads to the first that is not."""
    by = request.actor  # type: ignore[attr-defined]
    room = workspace_room(group=group, meeting=meeting, by=by)
    context = {**view.frame(request, room, ""), "title": _("The meeting")}
    steps = view.steps_shown(room, "")
    begun = any(one.line.written for one in steps)
    context["first"] = next((one for one in steps[1:] if not one.line.done), steps[0]) if begun else steps[0]
    return render(request, "meetings/workspace_start.html", context)


def step(request: HttpRequest, group: UUID, meeting: UUID, step: str) -> HttpResponse:
    """One step: what there is to write, and what the group looks at."""
    by = request.actor  # type: ignore[attr-defined]
    page = step_page(group=group, meeting=meeting, step=step, by=by)
    if request.method != "POST":
        return _draw(request, page, Kept())
    kept = keep_all(request, (group, meeting), page.slots)
    if kept.clashes:
        return both(request, page.title, page.slots, kept)
    if kept.faults:
        return _draw(request, page, kept)
    _before, after = view.beside(view.steps_shown(page.room, step))
    if "stay" in request.POST or after is None:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path)
    return HttpResponseRedirect(after.address)


def _draw(request: HttpRequest, page: StepPage, kept: Kept) -> HttpResponse:
    slots = [view.shown(slot, kept.typed.get(slot.thing), kept.faults.get(slot.thing)) for slot in page.slots]
    faults = [
        (f"#{one.id}", one.fault) for shown in slots for one in shown.fields if one.fault
    ] + [(f"#{name}", told[""]) for name, told in kept.faults.items() if "" in told]  # fmt: skip
    kinds = dict.fromkeys(slot.kind for slot in page.slots)
    parts = {"group": page.room.group, "meeting": page.room.meeting}
    links = {name: address(name, **parts) for name in ("workspace_chronology", "workspace_book", "pack")}
    context = {
        **view.frame(request, page.room, page.code, kinds=kinds),
        "title": page.title,
        "page": page,
        "slots": slots,
        "faults": faults,
        "links": links,
        "child_links": _child_links(page),
    }
    return render(request, "meetings/workspace_step.html", context)


def _child_links(page: StepPage) -> list[tuple[str, str]]:
    """A page for each child, where the step has one."""
    line = page.room.step(page.code)
    if line is None or line.route == STEP:
        return []
    parts = {"group": page.room.group, "meeting": page.room.meeting}
    made = [(name, address(line.route, **parts, child=child)) for child, name in page.room.children]
    return [one for one in made if one[1]]
