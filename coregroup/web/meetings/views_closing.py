"""Closing a core group: every guard at once, and the deed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coregroup.casefile.closing import ClosingGuard, ClosingPage, closing_page
from coregroup.casework.closing import close_meeting
from coregroup.casework.limits import Approval
from coregroup.rules import agenda_steps, book
from coregroup.rules.access import Actor
from coregroup.rules.errors import AlreadyDone
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.kit.navigation import address_of
from coregroup.web.meetings.forms_closing import closing_form


def close(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """All guards at once; where no must-guard is open, the form that closes the meeting (R13, R30, R84)."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    try:
        page = closing_page(group=group, meeting=meeting, by=by)
    except AlreadyDone:
        return redirect(address("record", group=group, meeting=meeting) or address("group", group=group))
    context = {
        "title": _("Close the meeting"),
        "page": page,
        "way": lambda guard: way_to_meet(page, guard),
        "back": address("workspace", group=group, meeting=meeting) or address("group", group=group),
        "recipients_address": address("meeting_recipients", group=group, meeting=meeting),
        "submit": _("Close the meeting"),
    }
    if page.open_musts or page.part_open:
        return render(request, "meetings/close_not_yet.html", context)
    return form_view(
        request,
        form_class=closing_form(page),
        template="meetings/close.html",
        do=lambda form: _closed(page, form, by),
        to=address_of("home") if page.guest else address("record", group=group, meeting=meeting),
        done=_("The meeting is closed. This is its record."),
        options={"people": page.people} if page.open_shoulds else None,
        context=context,
    )


def _closed(page: ClosingPage, form: Any, by: Actor) -> UUID:
    given = form.cleaned_data
    said = [guard.code for guard in page.to_say if given.get(f"said_{guard.code}")]
    passed = {guard.key: given.get(f"passed_{guard.key}") or "" for guard in page.every}
    approval = None
    if page.late_after:
        approval = Approval(given["late_reason"], given["late_approved_by"], given["late_approved_on"])
    more = {"audience": form.audience} if page.open_shoulds else {}
    return close_meeting(
        group=page.group, meeting=page.meeting, passed=passed, confirmed=said, approval=approval, by=by,
        once=form.once, **more,
    )  # fmt: skip


_PLAN_ITEMS = {
    "concern": "concern", "contingency": "contingency", "child_voice": "view", "parent_views": "view",
    "agreed_contact": "contact", "family_page": "family_page",
}  # fmt: skip


def way_to_meet(page: ClosingPage, guard: ClosingGuard) -> str:
    """The page on which a guard can be met; "" where there is none, or it is said on the closing page."""
    if guard.child is not None:
        if guard.code in _PLAN_ITEMS:
            return address("plan_new", group=page.group, child=guard.child, kind=_PLAN_ITEMS[guard.code])
        if guard.code == "outline_traced":
            return address("outline", group=page.group)
        if guard.code in ("outcome", "action", "owner_and_date", "answers"):
            found = address("workspace_plan", group=page.group, meeting=page.meeting, child=guard.child)
            return found or address("plan_build", group=page.group, child=guard.child)
        return address("members" if guard.code in ("lead", "members") else "group", group=page.group)
    step = agenda_steps.step_for_guard(book.load(page.procedure), guard.code)
    if step is None or guard.said:
        return ""
    if step.route == agenda_steps.STEP:
        return address(step.route, group=page.group, meeting=page.meeting, step=step.code)
    return address(step.route, group=page.group, meeting=page.meeting)
