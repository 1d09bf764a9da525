"""The joining page: role guide, outline plan, review date, contact details, and the short list to tick."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile import joining as joining_file
from coregroup.casework import joining as joining_work
from coregroup.rules import book
from coregroup.rules.access import Actor
from coregroup.rules.errors import AlreadyDone, Problem
from coregroup.web.groups.forms_members import ShareForm
from coregroup.web.groups.views_members import lang
from coregroup.web.kit import once
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address


def joining(request: HttpRequest, group: UUID) -> HttpResponse:
    """Everything that a new member is asked to read and do; each step one press (R2, R45 to R47)."""
    sheet = joining_file.joining(group=group, lang=lang(), by=_actor(request))
    procedure = book.load(sheet.procedure)
    told = {
        "title": _("Joining this core group"), "sheet": sheet, "back": reverse("group", args=[group]),
        "outline": address("outline", group=group), "once": once.token,
        "word": lambda key: procedure.word(key, lang()),
    }  # fmt: skip
    return render(request, "groups/members_joining.html", told)


def tick(request: HttpRequest, group: UUID, code: str) -> HttpResponse:
    """Ticks one step of the list."""
    return _press(
        request,
        group,
        lambda token: joining_work.tick_step(group=group, code=code, by=_actor(request), once=token),
    )


def guide_read(request: HttpRequest, group: UUID) -> HttpResponse:
    """Marks the role guide as read."""
    return _press(
        request, group, lambda token: joining_work.read_guide(group=group, by=_actor(request), once=token)
    )


def share(request: HttpRequest, group: UUID) -> HttpResponse:
    """Checks one's contact details and shares them on the contact sheet (R42)."""
    by = _actor(request)
    sheet = joining_file.joining(group=group, lang=lang(), by=by)
    return form_view(
        request, form_class=ShareForm, template="groups/members_share.html",
        do=lambda form: joining_work.share_contacts(
            group=group, phone=form.cleaned_data["phone"], by=by, once=form.once
        ),
        to=reverse("joining", args=[group]), initial={"phone": sheet.phone},
        context={
            "title": _("Share my contact details"), "sheet": sheet, "back": reverse("joining", args=[group]),
            "submit": _("Share these details"),
        },
        done=_("Your contact details are on the contact sheet."),
    )  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _press(request: HttpRequest, group: UUID, deed: Any) -> HttpResponse:
    """One press of a button; pressing twice is as good as once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        deed(once.token(request.POST))
    except AlreadyDone:
        pass
    except Problem as problem:
        messages.warning(request, problem.sentence)
    return HttpResponseRedirect(reverse("joining", args=[group]))
