"""The meetings of a group, each meeting's own page, and planning the next one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.guidance import for_page
from coregroup.casefile.meeting_page import meeting_page
from coregroup.casefile.meeting_shapes import MeetingPage
from coregroup.casefile.meetings import held_room, meeting_room
from coregroup.casefile.meetings_list import meetings_page
from coregroup.casework.meetings import book_meeting, record_held
from coregroup.rules.access import Actor, Capability
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.kit.words import longdate, plaindate
from coregroup.web.meetings import words_before as words
from coregroup.web.meetings.forms_before import HeldForm, MeetingForm

Crumbs = list[tuple[str, str]]


def meetings(request: HttpRequest, group: UUID) -> HttpResponse:
    """Every meeting: in session, ahead, over, cancelled; and the requests for an earlier one."""
    page = meetings_page(group=group, by=actor_of(request))
    context = {
        "title": _("Meetings"),
        "caption": page.heading,
        "crumbs": [
            (_("My core groups"), reverse("groups")),
            (_("Core group"), reverse("group", kwargs={"group": group})),
        ],
        "page": page,
        "words": words,
        "at": lambda name, **parts: address(name, group=group, **parts),
        "Capability": Capability,
    }
    return render(request, "meetings/meetings.html", context)


def meeting(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """One meeting: before it, during it, after it."""
    page = meeting_page(group=group, meeting=meeting, by=actor_of(request))
    context = {
        "title": f"{page.word[:1].upper()}{page.word[1:]}, {longdate(page.on)}",
        "caption": page.heading,
        "crumbs": crumbs(group),
        "page": page,
        "words": words,
        "tasks": _leading(page, _tasks(page)),
        "planning": _leading(page, _planning(page)),
        "at": lambda name, **parts: address(name, group=group, meeting=meeting, **parts),
        "Capability": Capability,
    }
    return render(request, "meetings/meeting.html", context)


def plan(request: HttpRequest, group: UUID) -> HttpResponse:
    """The form for one more core group, with its limits and their reasons above it."""
    actor = actor_of(request)
    room = meeting_room(group=group, by=actor)
    back = reverse("group", kwargs={"group": group})

    def do(form: MeetingForm) -> object:
        return book_meeting(
            group=group, meeting=form.meeting(), approval=form.approval(), audience=form.audience, by=actor,
            once=form.once,
        )  # fmt: skip

    context = {
        "title": _("Plan the next meeting"),
        "back": back,
        "cancel": back,
        "submit": _("Plan the meeting"),
        "room": room,
        "guidance": for_page(code="meeting", by=actor),
        "at": lambda name, **parts: address(name, group=group, **parts),
    }
    return form_view(
        request, form_class=MeetingForm, template="meetings/plan.html", do=do, to=back, context=context,
        options={"people": room.people}, done=_("The meeting is planned."),
    )  # fmt: skip


def held(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The one question of a meeting whose day has gone by: was it held, and on which day?"""
    actor = actor_of(request)
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


def _tasks(page: MeetingPage) -> list[tuple[str, str]]:
    """What the reader can bring to this meeting, each by its page's name."""
    can, offered = page.can, []
    if page.ahead or page.state == "in_session":
        if Capability.GIVE_UPDATE in can:
            offered.append(("my_update", _("My update")))
            offered.append(("apologies", _("Apologies, and who comes in my place")))
        if Capability.RECOMMEND in can:
            offered.append(("recommend", _("My recommendation, sealed until all are opened")))
        if page.professional:
            offered.append(("family_first", _("Family first: what they want said, and who comes")))
        elif Capability.SAY_BEFOREHAND in can:
            offered.append(("family_first", _("Say what you want said")))
        offered.append(("pack", _("The meeting pack, to read or print")))
    return offered


def _planning(page: MeetingPage) -> list[tuple[str, str]]:
    """What the reader can change of the meeting itself."""
    offered = []
    if page.state in ("planned", "in_session") and Capability.BOOK_MEETING in page.can:
        offered.append(("meeting_roles", _("Who chairs, and who takes the minutes")))
    if page.ahead and Capability.BOOK_MEETING in page.can:
        offered.append(("meeting_move", _("Move to another day or place")))
        offered.append(("meeting_cancel", _("Cancel this meeting")))
    if page.ahead and page.on > page.today and Capability.TAKE_PART in page.can:
        offered.append(("meeting_begin", _("Begin it today, before its day")))
    if page.state == "in_session" and Capability.CLOSE_MEETING in page.can:
        offered.append(("meeting_close", _("Close the meeting")))
    return offered


def _leading(page: MeetingPage, offered: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The addresses of what is offered; what has no page is left out."""
    where = ((address(name, group=page.group, meeting=page.id), text) for name, text in offered)
    return [(one, text) for one, text in where if one]


def crumbs(group: UUID, meeting: UUID | None = None) -> Crumbs:
    """The way back: home, the group, its meetings, and the meeting where one is within it."""
    found = [
        (_("My core groups"), reverse("groups")),
        (_("Core group"), reverse("group", kwargs={"group": group})),
        (_("Meetings"), reverse("meetings", kwargs={"group": group})),
    ]
    if meeting is not None:
        found.append((_("This meeting"), reverse("meeting", kwargs={"group": group, "meeting": meeting})))
    return found


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined,no-any-return]
