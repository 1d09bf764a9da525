"""Recommendations, sealed until they are opened together; and the reading back before the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile import plans_words as words
from coregroup.casefile.read_back import ReadBack
from coregroup.casefile.read_back import read_back as reading
from coregroup.casefile.recommendations import RecommendPage, recommend_page, recommendation_sheet
from coregroup.casefile.workspace_room import Room
from coregroup.casework.read_back import record_all_said, record_said
from coregroup.casework.recommendations import open_recommendations
from coregroup.casework.recommendations import recommend as give
from coregroup.rules.access import Actor
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems
from coregroup.web.kit import once
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings import decisions_places as places
from coregroup.web.meetings.forms_decisions import (
    RecommendForm,
    given_before,
    recommend_form,
    said_form,
)
from coregroup.web.meetings.workspace_view import frame


def recommend(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """One's own recommendation, on one's own device: nobody else reads it before all are opened (R64)."""
    by = request.actor  # type: ignore[attr-defined]
    page = recommend_page(group=group, meeting=meeting, by=by)
    back = address("meeting", group=group, meeting=meeting) or address("group", group=group)
    if page.in_session:
        back = places.at("workspace_recommendations", group, meeting)
    given = any(one.number for one in page.children)
    return _recommend_form(
        request, page, back,
        title=_("My recommendation"),
        done=_("Your recommendation is given. Nobody else can read it before all are opened."),
        submit=_("Give it again") if given else _("Give my recommendation"),
        initial=given_before(page),
    )  # fmt: skip


def recommend_for(request: HttpRequest, group: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    """What somebody recommends who is here without a device, written down for them; or none."""
    by = request.actor  # type: ignore[attr-defined]
    page = recommend_page(group=group, meeting=meeting, person=person, by=by)
    return _recommend_form(
        request, page, places.at("workspace_recommendations", group, meeting),
        title=_("What %(name)s recommends") % {"name": page.person_name},
        done=_("Written down. Nobody can read it before all are opened."),
        submit=_("Write it down"),
        keeps_draft=False,
    )  # fmt: skip


def _recommend_form(
    request: HttpRequest, page: RecommendPage, back: str, *, title: str, done: str, submit: str, **more: Any
) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]

    def do(form: RecommendForm) -> None:
        known = {one.child: one for one in page.children}
        for child, opinion, reason in form.told():
            if (known[child].opinion, known[child].reason) == (opinion, reason) and not form.has_changed():
                continue
            try:
                give(
                    group=page.group, meeting=page.meeting, child=child, opinion=opinion, reason=reason,
                    person=page.person, audience=form.audience, by=by, once=f"{form.once}:{child.hex[:12]}",
                )  # fmt: skip
            except AlreadyDone:
                continue

    return form_view(
        request, form_class=recommend_form(page), template="meetings/decide_recommend.html", do=do, to=back,
        done=done, options={"people": page.audience_people},
        context={"title": title, "page": page, "back": back, "cancel": back, "submit": submit}, **more,
    )  # fmt: skip


def recommendations(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Who has given theirs; a press opens them all; then side by side, with dissent in words (R64, R105)."""
    by = request.actor  # type: ignore[attr-defined]
    here = places.at("workspace_recommendations", group, meeting)
    if request.method == "POST":
        return _press(
            request, here, lambda token: open_recommendations(group=group, meeting=meeting, by=by, once=token)
        )
    sheet = recommendation_sheet(group=group, meeting=meeting, by=by)
    context = {
        **_framed(request, sheet.room, "recommendations", _("Each agency's recommendation")),
        "sheet": sheet,
        "once": once.token(),
        "at": lambda name, **more: places.at(name, group, meeting, **more),
    }
    return render(request, "meetings/decide_recommendations.html", context)


def read_back(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Everybody hears their new and changed actions; one press says that a person accepts them all (R52)."""
    here = places.at("workspace_read_back", group, meeting)
    if request.method == "POST":
        return _press(request, here, lambda token: _all_said(request, group, meeting, token))
    found = reading(group=group, meeting=meeting, by=request.actor)  # type: ignore[attr-defined]
    context = {
        **_framed(request, found.room, "read_back", _("Reading back")),
        "found": found,
        "words": words,
        "once": once.token,
        "at": lambda name, **more: places.at(name, group, meeting, **more),
    }
    return render(request, "meetings/decide_read_back.html", context)


def _all_said(request: HttpRequest, group: UUID, meeting: UUID, token: str) -> None:
    """The answer of one person to everything on the list that was shown."""
    try:
        person = UUID(request.POST.get("person", ""))
        read = {
            UUID(name.removeprefix("read-")): int(str(number))
            for name, number in request.POST.items() if name.startswith("read-")
        }  # fmt: skip
    except ValueError:
        raise Closed from None
    record_all_said(
        group=group, meeting=meeting, person=person, read=read, answer=request.POST.get("answer", ""),
        reason=request.POST.get("reason", ""), by=request.actor, once=token,  # type: ignore[attr-defined]
    )  # fmt: skip


def said(request: HttpRequest, group: UUID, meeting: UUID, item: UUID) -> HttpResponse:
    """What the owner of one action says to it in the meeting, or why they could not be asked (R34)."""
    by = request.actor  # type: ignore[attr-defined]
    found: ReadBack = reading(group=group, meeting=meeting, by=by)
    person, action = found.action(item)
    back = places.at("workspace_read_back", group, meeting)

    def do(form: Any) -> UUID:
        given = form.cleaned_data
        return record_said(
            group=group, meeting=meeting, item=item, answer=given["answer"], reason=given["reason"],
            revision=form.base, by=by, once=form.once,
        )  # fmt: skip

    title = _("What %(name)s says to this action") % {"name": person.name}
    return form_view(
        request, form_class=said_form(person), template="meetings/decide_said.html", do=do,
        to=f"{back}#person-{person.person}", base=action.revision,
        context={
            "title": title, "back": back,
            "action": action, "person": person, "words": words, "cancel": back, "submit": _("Save"),
        },
    )  # fmt: skip


def _framed(request: HttpRequest, room: Room, code: str, title: str) -> dict[str, Any]:
    """The frame of the workspace, with the step's own title where the procedure has it on its agenda."""
    line = room.step(code)
    told = {"title": line.title, "text": line.text} if line else {"title": title, "text": ""}
    return {**frame(request, room, code), **told}


def _press(request: HttpRequest, to: str, deed: Any) -> HttpResponse:
    """One press of a button; pressing twice is as good as once."""
    try:
        deed(once.token(request.POST))
    except AlreadyDone:
        pass
    except Problem as problem:
        messages.warning(request, problem.sentence)
    except Problems as problems:
        messages.warning(request, " ".join(sentence for _field, sentence in problems.faults))
    return HttpResponseRedirect(to)
