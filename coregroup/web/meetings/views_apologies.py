"""Who cannot come to a meeting and what it gets instead; who comes to it only (R18, R22, R54, R91)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile.apologies_page import ApologiesPage, apologies_page, apology_room
from coregroup.casework import apologies as doing
from coregroup.casework import guests
from coregroup.casework.guests import COMPANION
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed, Refused
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings.forms_apologies import ApologyForm, GuestForm, WithdrawForm, guest_of
from coregroup.web.meetings.update_words import at


def overview(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The standing apologies, and the guests of the meeting."""
    page = apologies_page(group=group, meeting=meeting, by=_actor(request))
    context = {
        **_context(page, _("Apologies and guests")),
        "page": page,
        "instead": instead_word,
        "part": part_word,
        "at": lambda name, **parts: at(name, page.meeting, **parts),
        "file": lambda file: address("file", group=group, file=file),
        "my_update": at("my_update", page.meeting),
    }
    return render(request, "meetings/apologies.html", context)


def give(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """My own apologies: never bare."""
    return _give(request, group, meeting, own=True)


def record(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Apologies that reached the lead worker by telephone."""
    return _give(request, group, meeting, own=False)


def _give(request: HttpRequest, group: UUID, meeting: UUID, *, own: bool) -> HttpResponse:
    actor = _actor(request)
    room = apology_room(group=group, meeting=meeting, by=actor)
    _refuse_over(room.page)
    if not own and not room.page.leads:
        raise Refused(_("Only the lead worker records the apologies of somebody else."))

    def do(form: ApologyForm) -> UUID:
        given = form.cleaned_data
        return doing.give_apology(
            group=group, meeting=meeting, instead=given["instead"], reason=given["reason"],
            nothing_because=given["nothing_because"], report=form.report(), guest=form.guest(),
            person=None if own else UUID(given["person"]), by=actor, once=form.once,
        )  # fmt: skip

    update = own and request.POST.get("instead") == doing.UPDATE
    title = _("I cannot come to this meeting") if own else _("Apologies that somebody told me")
    return form_view(
        request, form_class=ApologyForm, template="meetings/apology.html", do=do,
        to=at("my_update" if update else "apologies", room.page.meeting),
        done=_("Recorded. They count once your update is given: write it here.") if update
        else _("The apologies are recorded."),
        initial={"agency_name": room.agency if own else ""},
        options={"room": room, "own": own, "people": room.people},
        context={**_context(room.page, title), "submit": _("Send the apologies"), "own": own},
    )  # fmt: skip


def withdraw(request: HttpRequest, group: UUID, meeting: UUID, apology: UUID) -> HttpResponse:
    """They come after all."""
    page = apologies_page(group=group, meeting=meeting, by=_actor(request))
    one = next((one for one in page.apologies if one.id == apology), None)
    if one is None:
        raise Closed
    if not page.may_withdraw(one):
        raise Refused(_("Only whose apology it is, or the lead worker, can withdraw it."))

    def do(form: WithdrawForm) -> None:
        doing.withdraw_apology(group=group, apology=apology, by=_actor(request), once=form.once)

    words = ""
    if one.representative:
        words = _("%(name)s does not come in their place then, and sees this core group no longer.")
    return _button(
        request, page, do, _("Withdraw the apologies of %(name)s") % {"name": one.name},
        words % {"name": one.representative} if words else "", _("They come: withdraw the apologies"),
    )  # fmt: skip


def name_guest(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """A colleague who accompanies, an interpreter, an advocate: for this meeting only."""
    actor = _actor(request)
    room = apology_room(group=group, meeting=meeting, by=actor)
    _refuse_over(room.page)

    def do(form: GuestForm) -> UUID:
        given = form.cleaned_data
        return guests.name_guest(
            group=group, meeting=meeting, part=given["part"], guest=guest_of(given),
            because=given["because"], by=actor, once=form.once,
        )  # fmt: skip

    return form_view(
        request, form_class=GuestForm, do=do, to=at("apologies", room.page.meeting),
        done=_("They are named for this meeting."), options={"room": room},
        context={**_context(room.page, _("Somebody comes to this meeting only")), "submit": _("Name them")},
    )  # fmt: skip


def end_guest(request: HttpRequest, group: UUID, meeting: UUID, guest: UUID) -> HttpResponse:
    """A guest does not come after all: their access ends at once."""
    page = apologies_page(group=group, meeting=meeting, by=_actor(request))
    one = next((one for one in page.guests if one.id == guest), None)
    if one is None:
        raise Closed
    if not page.may_end(one):
        raise Refused(_("Only whoever named this person, or the lead worker, can change that."))

    def do(form: WithdrawForm) -> None:
        guests.end_guest(group=group, guest=guest, by=_actor(request), once=form.once)

    words = _("They see this core group no longer.") if one.signs_in else ""
    if one.part == "representative":
        words = " ".join([words, _("The apologies that offered them are withdrawn.")]).strip()
    return _button(
        request, page, do, _("%(name)s does not come") % {"name": one.name}, words,
        _("They do not come"),
    )  # fmt: skip


def _button(
    request: HttpRequest, page: ApologiesPage, do: Any, title: str, words: str, submit: str
) -> HttpResponse:
    return form_view(
        request, form_class=WithdrawForm, template="meetings/apology_withdraw.html", do=do,
        to=at("apologies", page.meeting), done=_("Done."), keeps_draft=False,
        context={**_context(page, title), "words": words, "submit": submit},
    )  # fmt: skip


def instead_word(code: str) -> str:
    """What a meeting gets instead of somebody."""
    return {
        doing.UPDATE: _("An update"),
        doing.REPORT: _("A written report"),
        doing.REPRESENTATIVE: _("Somebody in their place"),
        doing.NOTHING: _("Nothing to report"),
    }.get(code, code)


def part_word(code: str) -> str:
    """As what a guest comes."""
    return {
        "representative": _("In the place of a member"),
        COMPANION: _("Accompanies a member"),
        "chair": _("Chairs the meeting"),
        "minute_taker": _("Takes the minutes"),
        "interpreter": _("Interpreter"),
        "advocate": _("Advocate"),
    }.get(code, code)


def _refuse_over(page: ApologiesPage) -> None:
    if not page.meeting.under_way:
        raise Refused(_("This meeting is over, or is not held. Nothing can be added for it."))


def _context(page: ApologiesPage, title: str) -> dict[str, Any]:
    meeting, own = page.meeting, address("meeting", group=page.meeting.group, meeting=page.meeting.id)
    word = meeting.word[:1].upper() + meeting.word[1:]
    name = _("Apologies and guests")
    last = [(title, "")] if title == name else [(name, at("apologies", meeting)), (title, "")]
    crumbs = [(_("Core group"), address("group", group=meeting.group))]
    crumbs += [(word, own)] if own else []
    return {
        "title": title, "caption": word, "crumbs": [*crumbs, *last], "cancel": at("apologies", meeting),
    }  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
