"""Who is left out of the record: said in the meeting, with a reason, person by person (R53)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile.closing import closing_page
from coregroup.casework.closing_list import leave_out
from coregroup.rules.errors import AlreadyDone, Closed
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings.forms_record import LeaveOutForm
from coregroup.web.meetings.views_record import actor_of


def recipients(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Everybody on the list, each with the way to leave them out."""
    page = _page(request, group, meeting)
    context = {
        "title": _("Who gets the record"), "page": page,
        "back": address("meeting_close", group=group, meeting=meeting),
    }  # fmt: skip
    return render(request, "meetings/recipients.html", context)


def recipient(request: HttpRequest, group: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    """One recipient: given the record as listed, or left out and why."""
    page = _page(request, group, meeting)
    line = next((one for one in page.recipients if one.person == person), None)
    if line is None:
        raise Closed

    def do(form: Any) -> None:
        given = form.cleaned_data
        leave_out(
            group=group, meeting=meeting, person=person, out=given["out"] == "yes", why=given["why"],
            by=actor_of(request),
        )  # fmt: skip

    back = address("meeting_recipients", group=group, meeting=meeting)
    return form_view(
        request, form_class=LeaveOutForm, do=do, to=back, done=_("Kept: %(name)s.") % {"name": line.name},
        initial={"out": "yes" if line.left_out else "no", "why": page.left_out_because.get(person, "")},
        context={
            "title": line.name, "caption": line.standing, "back": back, "submit": _("Save"), "cancel": back,
        },
    )  # fmt: skip


def _page(request: HttpRequest, group: UUID, meeting: UUID) -> Any:
    try:
        return closing_page(group=group, meeting=meeting, by=actor_of(request))
    except AlreadyDone:
        raise Closed from None
