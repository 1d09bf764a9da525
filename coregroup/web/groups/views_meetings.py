"""Planning the next core group."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.guidance import for_page
from coregroup.casefile.meetings import held_room, meeting_room
from coregroup.casework.meetings import book_meeting, record_held
from coregroup.web.groups.forms_meetings import HeldForm, MeetingForm
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.words import plaindate


def plan(request: HttpRequest, group: UUID) -> HttpResponse:
    """The form for the next core group, with its limits and their reasons above it."""
    actor = request.actor  # type: ignore[attr-defined]
    room = meeting_room(group=group, by=actor)
    back = reverse("group", kwargs={"group": group})

    def do(form: MeetingForm) -> object:
        return book_meeting(
            group=group, meeting=form.meeting(), moves=form.moved(), approval=form.approval(),
            audience=form.audience, by=actor, once=form.once,
        )  # fmt: skip

    context = {
        "title": _("Plan the next meeting"),
        "back": back,
        "cancel": back,
        "submit": _("Plan the meeting"),
        "room": room,
        "guidance": for_page(code="meeting", by=actor),
    }
    return form_view(
        request, form_class=MeetingForm, template="groups/meeting_plan.html", do=do, to=back, context=context,
        options={"people": room.people, "planned": room.planned}, done=_("The meeting is planned."),
    )  # fmt: skip


def held(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The one question of a meeting whose day has gone by: was it held, and on which day?"""
    actor = request.actor  # type: ignore[attr-defined]
    room = held_room(group=group, meeting=meeting, by=actor)
    back = reverse("group", kwargs={"group": group})

    def do(form: HeldForm) -> None:
        record_held(group=group, meeting=meeting, on=form.cleaned_data["on"], by=actor, once=form.once)

    context = {
        "title": _("The meeting of %(day)s was held") % {"day": plaindate(room.on)},
        "back": back,
        "cancel": back,
        "submit": _("Record that it was held"),
    }
    return form_view(
        request, form_class=HeldForm, do=do, to=back, context=context, initial={"on": room.on},
        done=_("Recorded."),
    )  # fmt: skip
