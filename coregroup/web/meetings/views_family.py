"""What parents and children want said, each asked in their way; and whether each child comes (R30, R66)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile import family_words as words
from coregroup.casefile.family_first import AskedForm as WhoSays
from coregroup.casefile.family_first import FamilyFirst, asked_form, family_first
from coregroup.casework import family_first as doing
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.meeting_sheet import Kept
from coregroup.rules.access import Actor
from coregroup.rules.errors import Clash, Closed, Problem, Refused
from coregroup.web.kit.audience import initial_of
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings.forms_family import AskedForm, ChildAttendsForm, OwnWordsForm, picture_of

Crumbs = list[tuple[str, str]]


def overview(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Who was asked, what they want said, who comes; for the family, their own page of the meeting."""
    page = family_first(group=group, meeting=meeting, by=_actor(request))
    context = {
        "title": _("Family first") if page.professional else _("Your say before the meeting"),
        "caption": page.heading,
        "crumbs": _crumbs(page),
        "page": page,
        "words": words,
        "at": lambda name, **parts: _at(name, page, **parts),
        "address": lambda name, **parts: address(name, group=group, **parts),
    }
    template = "meetings/family_first.html" if page.professional else "meetings/family_own.html"
    return render(request, template, context)


def say(request: HttpRequest, group: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    """One person's words: written by themselves, or written down as they said them."""
    told = asked_form(group=group, meeting=meeting, person=person, by=_actor(request))
    page, one = told.page, told.one
    if not page.may_write:
        raise Refused(_("This meeting is over. What you want said can go into the next one."))
    standing = _standing(told)
    initial: dict[str, Any] = {"wants": one.wants, "helped_by": one.helped_by}
    if page.professional:
        initial |= {"how": one.how, "on": one.on, **initial_of(standing)}
    name = _("Your own words") if one.own else _("What %(name)s wants said") % {"name": one.name}
    return form_view(
        request,
        form_class=AskedForm if page.professional else OwnWordsForm,
        template="meetings/family_say.html",
        do=lambda form: _keep(request, told, standing, form),
        to=_at("family_first", page),
        done=_("Kept. It can be changed until the meeting is over."),
        initial=initial,
        base=one.number,
        options={"people": told.people} if page.professional else {"has_file": one.file is not None},
        context={
            "title": name,
            "caption": one.relation if page.professional else "",
            "crumbs": _crumbs(page, name),
            "page": page,
            "one": one,
            "submit": _("Keep it"),
            "cancel": _at("family_first", page),
            "file_url": address("file", group=group, file=one.file) if one.file else "",
        },
    )


def _standing(told: WhoSays) -> AudienceChoice:
    """Who may see the words, unless that is chosen anew."""
    one = told.standing
    return AudienceChoice(one.base, one.named, one.shut_out, one.reason, one.permitted_by, one.review_on)


def _keep(
    request: HttpRequest, told: WhoSays, standing: AudienceChoice, form: OwnWordsForm | AskedForm
) -> Kept:
    chosen = form.audience if isinstance(form, AskedForm) else None
    try:
        return doing.say_beforehand(
            group=told.page.group, meeting=told.page.meeting, about=told.one.person, content=form.content(),
            base=form.base or 0, picture=picture_of(form.cleaned_data),
            audience=None if chosen == standing else chosen, by=_actor(request), once=form.once,
        )  # fmt: skip
    except Problem as problem:
        raise Problem(_FIELDS.get(problem.field or "", problem.field), problem.sentence) from None
    except Clash as clash:
        raise _readable(clash) from None


_FIELDS = {"file": "picture", "title": "picture"}


def child_attends(request: HttpRequest, group: UUID, meeting: UUID, child: UUID) -> HttpResponse:
    """Whether one child comes, and how their wishes come in otherwise (R66)."""
    page = family_first(group=group, meeting=meeting, by=_actor(request))
    one = next((one for one in page.children if one.child == child), None)
    if one is None:
        raise Closed
    if not page.may_decide:
        raise Refused(_("Only a member of the group decides this, until the meeting is over."))

    def do(form: ChildAttendsForm) -> Kept:
        return doing.decide_attendance(
            group=group, meeting=meeting, child=child, content=form.cleaned_data, base=form.base or 0,
            by=_actor(request),
        )  # fmt: skip

    title = _("Does %(name)s come?") % {"name": one.name}
    back = _at("family_first", page)
    return form_view(
        request,
        form_class=ChildAttendsForm,
        do=do,
        to=back,
        done=_("The decision is recorded."),
        initial={
            "decision": one.decision,
            "why": one.why,
            "way": one.way,
            "who_asks": one.who_asks,
        },
        base=one.number,
        context={
            "title": title,
            "crumbs": _crumbs(page, title),
            "submit": _("Record the decision"),
            "cancel": back,
        },
    )


def _readable(clash: Clash) -> Clash:
    """Both texts as the form reads them: dates as dates."""

    def told(side: Any) -> dict[str, Any]:
        return {
            name: date.fromisoformat(value) if name == "on" and value else value
            for name, value in side.items()
        }

    return Clash(told(clash.theirs), told(clash.mine), clash.revision, clash.by)


def _crumbs(page: FamilyFirst, last: str = "") -> Crumbs:
    way: Crumbs = [(_("Core group"), address("group", group=page.group))]
    meeting = address("meeting", group=page.group, meeting=page.meeting)
    if meeting:
        way.append((page.word[:1].upper() + page.word[1:], meeting))
    name = _("Family first") if page.professional else _("Your say before the meeting")
    way.append((name, _at("family_first", page) if last else ""))
    return [*way, (last, "")] if last else way


def _at(name: str, page: FamilyFirst, **parts: Any) -> str:
    return reverse(name, kwargs={"group": page.group, "meeting": page.meeting, **parts})


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
