"""Answering an action, and putting a plan in force."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casefile import plans_words as words
from coregroup.casefile.plans_forms import action_page
from coregroup.casefile.plans_guards import ForcePage, force_page
from coregroup.casework.answers import answer_action
from coregroup.casework.forcing import put_in_force
from coregroup.casework.limits import Approval
from coregroup.rules.errors import Refused
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.plans import places
from coregroup.web.plans.forms_deeds import answer_form, force_form


def answer(request: HttpRequest, group: UUID, item: UUID) -> HttpResponse:
    """An action for its owner: accept, or decline and say why; for the lead worker: could not ask (R34)."""
    page = action_page(group=group, item=item, by=request.actor)  # type: ignore[attr-defined]
    if not (page.mine or page.may_record):
        raise Refused(_("Only the owner of an action, or the lead worker on their behalf, can answer it."))

    def do(form: Any) -> UUID:
        given = form.cleaned_data
        return answer_action(
            group=group, item=item, revision=form.base or 0, answer=given["answer"],
            reason=given["reason"], by=request.actor, once=form.once,  # type: ignore[attr-defined]
        )  # fmt: skip

    title = _("Answer for your action") if page.mine else _("Record the answer to an action")
    plan = places.at("plan", group, page.child)
    mine = (page.mine and request.GET.get("back") == "mine" and address("my_actions")) or ""
    return form_view(
        request,
        form_class=answer_form(page),
        template="plans/answer.html",
        do=do,
        to=mine or f"{plan}#item-{item}",
        done=_("The answer is recorded."),
        base=page.line.revision,
        context={
            "title": title,
            "caption": page.child_name,
            "crumbs": places.crumbs(group, page.child, page.child_name, title),
            "page": page,
            "words": words,
            "submit": _("Send the answer"),
            "cancel": mine or plan,
        },
    )


def force(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """All guards at once; where no must-guard is open, the form that puts the plan in force (R11)."""
    page = force_page(group=group, child=child, by=request.actor)  # type: ignore[attr-defined]
    title = _("Put the plan in force")
    context = {
        "title": title,
        "caption": page.child_name,
        "crumbs": places.crumbs(group, child, page.child_name, title, build=True),
        "page": page,
        "way": lambda code: places.way_to_meet(code, group, child),
        "cancel": places.at("plan_build", group, child),
        "submit": _("Put the plan in force"),
    }
    if page.in_force or page.open_musts:
        return render(request, "plans/force_not_yet.html", context)
    return _force_form(request, page, context)


def _force_form(request: HttpRequest, page: ForcePage, context: dict[str, Any]) -> HttpResponse:
    def do(form: Any) -> int:
        given = form.cleaned_data
        passed = {guard.code: given[f"passed_{guard.code}"] for guard in page.open_shoulds}
        return put_in_force(
            group=page.group, child=page.child, on=given["on"], met_on=given.get("met_on"), passed=passed,
            approval=_approval(given), audience=form.audience, by=request.actor, once=form.once,  # type: ignore[attr-defined]
        )  # fmt: skip

    return form_view(
        request,
        form_class=force_form(page),
        template="plans/force.html",
        do=do,
        to=places.at("plan", page.group, page.child),
        done=_("The plan is in force. This is version 1."),
        initial={"on": timezone.localdate(), "met_on": _met(page)},
        options={"people": page.audience_people},
        context=context,
    )


def _approval(given: dict[str, Any]) -> Approval | None:
    if not given.get("late_reason") and not given.get("late_approved_by"):
        return None
    return Approval(given["late_reason"], given["late_approved_by"], given.get("late_approved_on"))


def _met(page: ForcePage) -> Any:
    today = timezone.localdate()
    return page.planned_on if page.planned_on and page.planned_on <= today else None
