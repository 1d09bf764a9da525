"""The start page, and putting a notice away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coregroup.casefile.home import ActionLine, Home, HomeGroup
from coregroup.casefile.home import home as read_home
from coregroup.casefile.home_meetings import GIVE_UPDATE, IN_SESSION, NEVER_BEGUN, SAY
from coregroup.casefile.notices import NoticeLine, PausedLine
from coregroup.casework import notices
from coregroup.rules.access import Actor, Capability, may
from coregroup.web.kit.links import address
from coregroup.web.kit.once import token
from coregroup.web.kit.words import plaindate
from coregroup.web.notices import links


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: where it leads, and for a notice how to put it away."""

    text: str
    about: str
    address: str
    tag: str = ""
    colour: str = ""
    done: str = ""
    once: str = ""


def home(request: HttpRequest) -> HttpResponse:
    """The start page of whoever is signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = read_home(by=actor)
    notices.visited(latest=found.latest_visit, by=actor)
    context = {
        "title": _("Home"),
        "home": found,
        "family_reader": not actor.professional,
        "waiting": waiting(found),
        "one_group": _only(found.groups),
        "may_open": may(actor, Capability.OPEN_GROUP),
        "open_group": address("open_group"),
        "guest_address": links.of_guest_meeting,
    }
    return render(request, "notices/home.html", context)


@require_POST
def done(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Puts a notice away and goes back to the start page."""
    notices.done(notice=notice, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Put away."))
    return HttpResponseRedirect(reverse("home"))


def waiting(found: Home) -> list[Waiting]:
    """What waits: urgent notices, actions, other notices, joining lists, paused journeys."""
    urgent = [_notice(line) for line in found.notices if line.urgent]
    calm = [_notice(line) for line in found.notices if not line.urgent]
    paused = [_paused(line) for line in found.paused]
    return [*urgent, *_meetings(found), *_notes(found), *_actions(found), *calm, *_joining(found), *paused]


def _notice(line: NoticeLine) -> Waiting:
    return Waiting(
        line.sentence, line.family, links.of_notice(line), _("Urgent") if line.urgent else "",
        "red" if line.urgent else "", reverse("notice_done", args=[line.id]), token(),
    )  # fmt: skip


def _meetings(found: Home) -> Iterable[Waiting]:
    for one in found.meetings:
        told = {"word": one.word, "day": plaindate(one.on)}
        to = {"group": one.group, "meeting": one.meeting}
        if one.code == IN_SESSION:
            yield Waiting(_("In session: %(word)s") % told, one.family, address("workspace", **to),
                          _("Now"), "purple")  # fmt: skip
        elif one.code == NEVER_BEGUN:
            words = _("%(word)s of %(day)s: was it held?") % told
            yield Waiting(capfirst(words), one.family, address("meeting", **to), _("Overdue"), "red")
        elif one.code == GIVE_UPDATE:
            words = _("Your update for the %(word)s on %(day)s") % told
            yield Waiting(words, one.family, address("my_update", **to), _("To do"), "blue")
        elif one.code == SAY:
            words = _("Say what you want said in the %(word)s on %(day)s") % told
            yield Waiting(words, one.family, address("family_first", **to), _("Before the meeting"), "blue")
        else:
            words = _("The record of the %(word)s on %(day)s: confirm it") % told
            yield Waiting(words, one.family, address("record", **to), _("To do"), "blue")


def _notes(found: Home) -> Iterable[Waiting]:
    for line in found.notes:
        yield Waiting(
            line.sentence, line.family, address("note", group=line.group, note=line.id),
            _("Urgent") if line.urgent else _("Answer"), "red" if line.urgent else "blue",
        )  # fmt: skip


def _actions(found: Home) -> Iterable[Waiting]:
    for one in found.due:
        yield Waiting(one.action.what, _about(one.child, one.family), links.of_action(one.action), *_due(one))
    for one in found.to_answer:
        yield Waiting(
            _("Can you do this? %(what)s") % {"what": one.action.what}, _about(one.child, one.family),
            links.of_answer(one.action), *((_("Overdue"), "red") if one.late else (_("Answer"), "blue")),
        )  # fmt: skip


def _due(one: ActionLine) -> tuple[str, str]:
    """In words first: late, cannot be done yet, or near."""
    if one.late:
        return _("Overdue"), "red"
    if one.action.state == "cannot_yet":
        return _("Cannot be done yet"), "orange"
    return _("Due"), "yellow"


def _about(child: str, family: str) -> str:
    return child or family


def _joining(found: Home) -> Iterable[Waiting]:
    for line in found.joining:
        words = _("Joining list: %(done)d of %(total)d steps done") % {
            "done": line.joining_done, "total": line.joining_total,
        }  # fmt: skip
        yield Waiting(words, line.family, address("joining", group=line.id), _("To do"), "blue")


def _paused(line: PausedLine) -> Waiting:
    words, to = links.of_journey(line)
    return Waiting(words, "", to, _("Paused"), "grey")


def _only(groups: tuple[HomeGroup, ...]) -> bool:
    return len(groups) == 1
