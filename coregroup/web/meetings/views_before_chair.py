"""Who chairs and takes the minutes, settled beforehand; and beginning the meeting (R49, R50, R75, R90)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.chairing import RolesRoom, roles_room
from coregroup.casework.chairing import settle_roles
from coregroup.casework.sessions import begin_meeting
from coregroup.rules.access import Capability
from coregroup.rules.errors import Refused
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.kit.words import longdate
from coregroup.web.meetings.forms_before_chair import NOBODY, OUTSIDE, BeginForm, RolesForm
from coregroup.web.meetings.views_before import actor_of, crumbs


def roles(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Chair and minute taker of a meeting that is ahead or in session."""
    actor = actor_of(request)
    room = roles_room(group=group, meeting=meeting, by=actor)
    if room.state not in ("planned", "in_session"):
        raise Refused(_("This meeting is over, or is not held."))
    back = reverse("meeting", kwargs={"group": group, "meeting": meeting})

    def do(form: RolesForm) -> None:
        settle_roles(
            group=group, meeting=meeting, chair=form.person("chair"),
            minute_taker=form.person("minute_taker"), chair_outside=form.outside("chair"),
            minute_taker_outside=form.outside("minute_taker"), because=form.cleaned_data["because"],
            by=actor, once=form.once,
        )  # fmt: skip

    return form_view(
        request, form_class=RolesForm, template="meetings/roles.html", do=do, to=back,
        initial=_initial(room), options={"room": room}, done=_("Settled."),
        context={
            "title": _("Who chairs, and who takes the minutes"), "crumbs": crumbs(group, meeting),
            "caption": longdate(room.meeting.on), "cancel": back, "submit": _("Save"), "room": room,
        },
    )  # fmt: skip


def begin(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Begins the meeting: the room is ready, the chair and the minute taker are named."""
    actor = actor_of(request)
    room = roles_room(group=group, meeting=meeting, by=actor, to=Capability.TAKE_PART)
    back = reverse("meeting", kwargs={"group": group, "meeting": meeting})
    on = address("workspace", group=group, meeting=meeting) or back
    if room.state != "planned" and request.method != "POST":
        raise Refused(_("This meeting has begun already, or is not to be held."))

    def do(form: BeginForm) -> None:
        begin_meeting(
            group=group, meeting=meeting, chair=form.person("chair"),
            minute_taker=form.person("minute_taker"), because=form.cleaned_data["because"], by=actor,
            once=form.once,
        )  # fmt: skip

    return form_view(
        request, form_class=BeginForm, template="meetings/begin.html", do=do, to=on, initial=_initial(room),
        options={"room": room},
        context={
            "title": _("Begin the meeting"), "crumbs": crumbs(group, meeting),
            "caption": longdate(room.meeting.on), "cancel": back, "submit": _("Begin the meeting"),
            "room": room, "at": lambda name: address(name, group=group, meeting=meeting),
        },
    )  # fmt: skip


def _initial(room: RolesRoom) -> dict[str, Any]:
    """What is settled, else what is suggested."""
    chair, taker = room.suggested
    nobody = NOBODY if not room.roles.minutes_needed else ""
    return {
        "chair": str(chair) if chair else (OUTSIDE if room.outside.get("chair") else ""),
        "chair_name": room.outside.get("chair", ""),
        "minute_taker": str(taker) if taker else (OUTSIDE if room.outside.get("minute_taker") else nobody),
        "minute_taker_name": room.outside.get("minute_taker", ""),
        "because": room.roles.because,
    }
