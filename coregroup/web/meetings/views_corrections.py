"""Correcting a record until it is confirmed, confirming it, and a correction beside it (R29)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile.record import record
from coregroup.casefile.record_corrections import beside_form, correctable, correction_form
from coregroup.casework.record import add_correction, confirm_record, correct_entry
from coregroup.rules.access import Capability
from coregroup.rules.errors import Refused
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings.forms_record import ConfirmForm, beside_form_of, correction_form_of
from coregroup.web.meetings.views_record import actor_of, crumbs


def choose(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Everything that the reader may correct, thing by thing."""
    things = correctable(group=group, meeting=meeting, by=actor_of(request))
    title = _("Correct the record")
    context = {
        "title": title, "things": things, "group": group, "meeting": meeting,
        "crumbs": crumbs(group, meeting, title, record_title=_("Record")),
    }  # fmt: skip
    return render(request, "meetings/record_correct.html", context)


def correct(request: HttpRequest, group: UUID, meeting: UUID, item: UUID) -> HttpResponse:
    """One thing with its fields as they stand, and why it is corrected."""
    by = actor_of(request)
    page = correction_form(group=group, meeting=meeting, entry=item, by=by)

    def do(form: Any) -> int:
        given = {name: _as_kept(value) for name, value in form.cleaned_data.items() if name != "because"}
        return correct_entry(
            group=group, meeting=meeting, entry=item, base=form.base or 0, content=given,
            because=form.cleaned_data["because"], by=by, once=form.once,
        )  # fmt: skip

    title = _("Correct: %(what)s") % {"what": page.what}
    return form_view(
        request,
        form_class=correction_form_of(page),
        do=do,
        to=address("record", group=group, meeting=meeting),
        done=_("The correction stands in the record, with what it said before."),
        initial={field.name: _as_asked(field.value, field.date) for field in page.fields},
        base=page.number,
        context={
            "title": title,
            "caption": page.title,
            "submit": _("Correct it"),
            "crumbs": crumbs(group, meeting, title, record_title=_("Record")),
            "cancel": address("record_correct", group=group, meeting=meeting),
        },  # fmt: skip
    )


def beside(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """A correction that stands beside a record, confirmed or not."""
    by = actor_of(request)
    page = beside_form(group=group, meeting=meeting, by=by)

    def do(form: Any) -> UUID:
        given = form.cleaned_data
        child = UUID(given["child"]) if given.get("child") else None
        return add_correction(
            group=group, meeting=meeting, section=given["section"], text=given["text"], child=child, by=by,
            once=form.once,
        )  # fmt: skip

    title = _("Set a correction beside the record")
    return form_view(
        request, form_class=beside_form_of(page), do=do, to=address("record", group=group, meeting=meeting),
        done=_("The correction stands beside the record."),
        context={
            "title": title, "submit": _("Set it beside the record"),
            "crumbs": crumbs(group, meeting, title, record_title=_("Record")),
        },
    )  # fmt: skip


def confirm(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Confirms the record: from then on corrections stand beside it."""
    by = actor_of(request)
    told = record(group=group, meeting=meeting, to=Capability.CLOSE_MEETING, by=by)
    if not told.can_confirm:
        raise Refused(_("Only the chair of the meeting, or the lead worker, confirms its record, once."))
    title = _("Confirm the record")
    back = address("record", group=group, meeting=meeting)
    return form_view(
        request, form_class=ConfirmForm, template="meetings/record_confirm.html",
        do=lambda form: confirm_record(group=group, meeting=meeting, by=by, once=form.once), to=back,
        done=_("The record is confirmed."), keeps_draft=False,
        context={
            "title": title, "submit": title, "cancel": back,
            "crumbs": crumbs(group, meeting, title, record_title=told.title),
        },
    )  # fmt: skip


def _as_kept(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _as_asked(value: str, is_date: bool) -> Any:
    return date.fromisoformat(value) if is_date and value else value
