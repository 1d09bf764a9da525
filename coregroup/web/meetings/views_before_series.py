"""Booking the meetings up to the next review: proposals, a check, and all of them at once (R109)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.series import SeriesRoom, series_check, series_room
from coregroup.casework.limits import approval_faults
from coregroup.casework.meetings_series import book_series
from coregroup.rules.errors import Problems
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings.forms_before_series import SeriesForm
from coregroup.web.meetings.views_before import actor_of, crumbs


def series(request: HttpRequest, group: UUID) -> HttpResponse:
    """The proposals, pre-filled; then what was chosen, to be checked; then all are booked or none."""
    actor = actor_of(request)
    room = series_room(group=group, by=actor)
    back = reverse("meetings", kwargs={"group": group})
    context = {
        "title": _("Book the meetings up to the next review"), "crumbs": crumbs(group), "cancel": back,
        "submit": _("Check the dates"), "room": room,
        "at": lambda name, **parts: address(name, group=group, **parts),
    }  # fmt: skip
    if request.method == "POST" and "checked" not in request.POST and "discard" not in request.POST:
        form = SeriesForm(request.POST, room=room)
        if form.is_valid() and form.meetings():
            return _check(request, group, form, context)

    def do(form: SeriesForm) -> object:
        try:
            return book_series(
                group=group, meetings=form.meetings(), approval=form.approval(), audience=form.audience,
                by=actor, once=form.once,
            )  # fmt: skip
        except Problems as problems:
            faults = [(form.place_of(field), sentence) for field, sentence in problems.faults]
            raise Problems(faults) from None

    return form_view(
        request, form_class=SeriesForm, template="meetings/series.html", do=do, to=back,
        initial=_initial(room), options={"room": room}, context=context, done=_("The meetings are booked."),
    )  # fmt: skip


def _check(request: HttpRequest, group: UUID, form: SeriesForm, context: dict[str, Any]) -> HttpResponse:
    """What was chosen, with the limits that each meeting keeps, and those that would not be kept."""
    chosen = sorted(form.meetings(), key=lambda one: one.on)
    check = series_check(group=group, days=[one.on for one in chosen], by=actor_of(request))
    keeps = {one.on: one for one in check.meetings}
    lacking = approval_faults(form.approval()) if check.broken and "change" not in request.POST else []
    for field, sentence in lacking:
        form.fault(field, sentence)
    if lacking or "change" in request.POST:
        return render(request, "meetings/series.html", {**context, "form": form, "check": check})
    sent = [(name, value) for name, values in form.sent.lists() for value in values]
    told = {
        "title": _("Check the meetings before you book them"),
        "form": form,
        "rows": [(one, keeps[one.on]) for one in chosen],
        "check": check,
        "sent": [(name, value) for name, value in sent if name not in ("csrfmiddlewaretoken", "checked")],
    }
    return render(request, "meetings/series_check.html", {**context, **told})


def _initial(room: SeriesRoom) -> dict[str, Any]:
    usual = room.usual
    return {"at": usual.at, "venue": usual.venue, "address": usual.address, "link": usual.link}
