"""What is done in a meeting by a short form: a chronology entry, the next date, a restricted part."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coregroup.casefile.workspace_parts import PartsPage, book_room, entry_room, parts_page
from coregroup.casework.chronology import write_entry
from coregroup.casework.meetings import NewMeeting
from coregroup.casework.next_date import book_next
from coregroup.casework.restricted import begin_part, end_part
from coregroup.rules.errors import AlreadyDone
from coregroup.web.kit import once
from coregroup.web.kit.formview import form_view
from coregroup.web.meetings import workspace_view as view
from coregroup.web.meetings.forms_workspace import BookForm, EntryForm, PartForm
from coregroup.web.meetings.workspace_keep import both, keep_all

LOOKED_AT_AGAIN = timedelta(days=28)  # offered as the day on which a restricted part is looked at again


def _step(group: UUID, meeting: UUID, step: str) -> str:
    return reverse("workspace_step", kwargs={"group": group, "meeting": meeting, "step": step})


def chronology(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """An entry of the chronology, written in the meeting; back to its step (R13, R118)."""
    by = request.actor  # type: ignore[attr-defined]
    room = entry_room(group=group, meeting=meeting, by=by)
    back = _step(group, meeting, "chronology")

    def do(form: EntryForm) -> object:
        told = form.cleaned_data
        child = told.get("child") if "child" in form.fields else room.children[0][0]
        return write_entry(
            group=group, on=told["on"], text=told["text"], impact=told["impact"], done=told["done"],
            child=UUID(child) if child and child != WHOLE else None, source=UUID(told["source"]), by=by,
            once=form.once,
        )  # fmt: skip

    context = {
        **view.frame(request, room.room, "chronology"), "title": _("Add to the chronology"), "back": back,
        "cancel": back, "submit": _("Add it"),
    }  # fmt: skip
    children = [(key or WHOLE, name) for key, name in room.children]
    people = [(str(one.id), ", ".join(filter(None, [one.name, one.role]))) for one in room.people]
    own = [*people] if by.person in {one.id for one in room.people} else [(str(by.person), by.name), *people]
    return form_view(
        request, form_class=EntryForm, template="meetings/workspace_form.html", do=do, to=back,
        context=context, options={"children": children, "people": own}, initial={"source": str(by.person)},
    )  # fmt: skip


WHOLE = "all"


def book(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The next meeting is agreed before anybody leaves, with its limits in sight (R109)."""
    by = request.actor  # type: ignore[attr-defined]
    room = book_room(group=group, meeting=meeting, by=by)
    back = _step(group, meeting, "next_date")

    def do(form: BookForm) -> object:
        told = form.cleaned_data
        same = told["venue"].strip() == room.venue
        planned = NewMeeting(
            told["on"], told["at"], told["venue"], room.address if same else "",
            frozenset(room.access) if same else frozenset(), room.private if same else None,
        )  # fmt: skip
        return book_next(
            group=group, meeting=meeting, next_one=planned, approval=form.approval(), by=by, once=form.once
        )

    context = {
        **view.frame(request, room.room, "next_date"), "title": _("Agree the next meeting"), "back": back,
        "cancel": back, "submit": _("Book it"), "limits": room.limits,
    }  # fmt: skip
    return form_view(
        request, form_class=BookForm, template="meetings/workspace_form.html", do=do, to=back,
        context=context, initial={"at": room.at, "venue": room.venue},
    )  # fmt: skip


def restricted(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The restricted parts of the meeting; one that is open is written and ended here, else one is begun."""
    by = request.actor  # type: ignore[attr-defined]
    page = parts_page(group=group, meeting=meeting, by=by)
    context = _restricted_context(request, page)
    if "thing" in request.POST:
        slots = [one.notes for one in page.parts if one.notes is not None]
        kept = keep_all(request, (group, meeting), slots)
        if kept.clashes:
            return both(request, str(context["title"]), slots, kept)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path)
    if page.room.part is not None or not page.room.runs:
        return render(request, "meetings/workspace_restricted.html", context)

    def do(form: PartForm) -> object:
        told = form.cleaned_data
        return begin_part(
            group=group, meeting=meeting, leave={UUID(one) for one in told["leave"]},
            stay={UUID(one) for one in told.get("stay") or ()}, told=told["told"], why=told["why"],
            review_on=told["review_on"], by=by, once=form.once,
        )  # fmt: skip

    people = [(str(one.id), ", ".join(filter(None, [one.name, one.role]))) for one in page.people]
    staff = {str(one.id) for one in page.people if one.professional}
    staying = [one for one in people if one[0] in staff]
    return form_view(
        request, form_class=PartForm, template="meetings/workspace_restricted_begin.html", do=do,
        to=request.path, context=context, options={"people": people, "staying": staying},
        initial={"review_on": _again_on()}, keeps_draft=False,
    )  # fmt: skip


def _restricted_context(request: HttpRequest, page: PartsPage) -> dict[str, Any]:
    notes = {one.id: view.shown(one.notes) for one in page.parts if one.notes is not None}
    return {
        **view.frame(request, page.room, "", kinds=["restricted"]),
        "title": _("Restricted part"),
        "back": reverse("workspace", kwargs={"group": page.room.group, "meeting": page.room.meeting}),
        "page": page,
        "notes": notes,
        "once": once.token(),
        "submit": _("Begin the restricted part"),
    }


def _again_on() -> date:
    return timezone.localdate() + LOOKED_AT_AGAIN


@require_POST
def end(request: HttpRequest, group: UUID, meeting: UUID, part: UUID) -> HttpResponse:
    """Ends a restricted part: those who were asked to leave come back."""
    by = request.actor  # type: ignore[attr-defined]
    try:
        end_part(group=group, meeting=meeting, part=part, by=by, once=once.token(request.POST))
    except AlreadyDone:
        pass
    messages.success(request, _("The restricted part has ended."))
    return HttpResponseRedirect(reverse("workspace_restricted", kwargs={"group": group, "meeting": meeting}))
