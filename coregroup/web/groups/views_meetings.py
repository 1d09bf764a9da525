"""Planning the next core group."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.meetings import meeting_room
from coregroup.casework.meetings import book_meeting
from coregroup.web.groups.forms_meetings import MeetingForm
from coregroup.web.kit.formview import form_view


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
    }
    return form_view(
        request, form_class=MeetingForm, template="groups/meeting_plan.html", do=do, to=back, context=context,
        options={"people": room.people, "planned": room.planned}, done=_("The meeting is planned."),
    )  # fmt: skip
