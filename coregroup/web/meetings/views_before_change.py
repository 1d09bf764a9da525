"""Moving and cancelling a meeting, and asking for an earlier one: each with a reason (R55, R56)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.meetings import ChangeRoom, PlannedMeeting, change_room
from coregroup.casefile.meetings_list import request_line, request_room
from coregroup.casework.meetings_changes import cancel_meeting, rearrange_meeting
from coregroup.casework.meetings_requests import answer_request, ask_earlier
from coregroup.rules.errors import Refused
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.kit.words import plaindate
from coregroup.web.meetings.forms_before import AnswerForm, AskForm, CancelForm, MoveForm
from coregroup.web.meetings.views_before import actor_of, crumbs


def move(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """A planned meeting gets another day, time or place; what was given for it goes along."""
    actor = actor_of(request)
    room = _room(group, meeting, request)
    back = reverse("meeting", kwargs={"group": group, "meeting": meeting})

    def do(form: MoveForm) -> object:
        return rearrange_meeting(
            group=group, meeting=meeting, to=form.meeting(), reason=form.cleaned_data["reason"],
            approval=form.approval(), by=actor, once=form.once,
        )  # fmt: skip

    return form_view(
        request, form_class=MoveForm, template="meetings/move.html", do=do, to=back,
        initial=_place(room.meeting), done=_("The meeting is changed."),
        context=_context(room, group, meeting, _("Move the meeting of %(day)s"), _("Move the meeting")),
    )  # fmt: skip


def cancel(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """A planned meeting is cancelled, as a last resort: reason, authoriser, and what comes in its place."""
    actor = actor_of(request)
    room = _room(group, meeting, request)
    back = reverse("meeting", kwargs={"group": group, "meeting": meeting})

    def do(form: CancelForm) -> object:
        told = form.cleaned_data
        return cancel_meeting(
            group=group, meeting=meeting, reason=told["reason"], authorised_by=told["authorised_by"],
            replacement=form.replacement(), approval=form.approval(), by=actor, once=form.once,
        )  # fmt: skip

    place = {name: value for name, value in _place(room.meeting).items() if name not in ("on", "reason")}
    return form_view(
        request, form_class=CancelForm, template="meetings/cancel.html", do=do, to=back, initial=place,
        options={"room": room.meeting}, done=_("The meeting is cancelled."),
        context=_context(room, group, meeting, _("Cancel the meeting of %(day)s"), _("Cancel the meeting")),
    )  # fmt: skip


def ask(request: HttpRequest, group: UUID) -> HttpResponse:
    """A member asks for an earlier meeting; the lead worker decides."""
    actor = actor_of(request)
    room = request_room(group=group, by=actor)
    back = reverse("meetings", kwargs={"group": group})

    def do(form: AskForm) -> object:
        told = form.cleaned_data
        return ask_earlier(
            group=group, reason=told["reason"], wanted_by=told["wanted_by"], audience=form.audience, by=actor,
            once=form.once,
        )  # fmt: skip

    return form_view(
        request, form_class=AskForm, template="meetings/ask.html", do=do, to=back,
        options={"people": room.people}, done=_("You have asked for an earlier meeting."),
        context={
            "title": _("Ask for an earlier meeting"), "crumbs": crumbs(group), "cancel": back,
            "submit": _("Ask for it"), "room": room,
        },
    )  # fmt: skip


def answer(request: HttpRequest, group: UUID, asked: UUID) -> HttpResponse:
    """The lead worker answers; granting leads on to booking."""
    actor = actor_of(request)
    line = request_line(group=group, request=asked, by=actor)
    if line.granted is not None:
        raise Refused(_("This was answered already."))
    back = reverse("meetings", kwargs={"group": group})

    def do(form: AnswerForm) -> bool:
        granted = form.cleaned_data["granted"] == "yes"
        answer_request(
            group=group, request=asked, granted=granted, answer=form.cleaned_data["answer"], by=actor,
            once=form.once,
        )  # fmt: skip
        return granted

    return form_view(
        request, form_class=AnswerForm, template="meetings/answer.html", do=do, done=_("Answered."),
        to=lambda granted: reverse("meeting_plan", kwargs={"group": group}) if granted is True else back,
        context={
            "title": _("%(name)s asks for an earlier meeting") % {"name": line.by}, "crumbs": crumbs(group),
            "cancel": back, "submit": _("Send the answer"), "line": line,
        },
    )  # fmt: skip


def _room(group: UUID, meeting: UUID, request: HttpRequest) -> ChangeRoom:
    """The room; whoever sends a form a second time, or comes late, learns how it stands."""
    room = change_room(group=group, meeting=meeting, by=actor_of(request))
    if room.state != "planned" and request.method != "POST":
        raise Refused(_("This meeting is not ahead any more: it has begun, is over or was cancelled."))
    return room


def _place(meeting: PlannedMeeting) -> dict[str, Any]:
    return {
        "on": meeting.on, "at": meeting.at, "venue": meeting.venue, "address": meeting.address,
        "link": meeting.link, "access": list(meeting.access), "private": meeting.private,
        "notes": meeting.notes,
    }  # fmt: skip


def _context(room: ChangeRoom, group: UUID, meeting: UUID, title: str, submit: str) -> dict[str, Any]:
    return {
        "title": title % {"day": plaindate(room.meeting.on)},
        "crumbs": crumbs(group, meeting),
        "cancel": reverse("meeting", kwargs={"group": group, "meeting": meeting}),
        "submit": submit,
        "room": room,
        "at": lambda name: address(name, group=group, meeting=meeting),
    }
