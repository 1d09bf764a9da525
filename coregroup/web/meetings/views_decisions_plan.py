"""The plan in the meeting: outcome by outcome, with what is proposed marked beside what is in force."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile import plans_words as words
from coregroup.casefile.action_states import COLOURS, next_states, state_word
from coregroup.casefile.workspace_plan import OutcomeStep, Piece, PlanStep, outcome_step, plan_step
from coregroup.casework.action_states import set_action_state
from coregroup.rules.errors import Closed
from coregroup.web.kit import once
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings import decisions_places as places
from coregroup.web.meetings.forms_decisions import state_form


def plan(request: HttpRequest, group: UUID, meeting: UUID, child: UUID) -> HttpResponse:
    """One child's plan: its outcomes one by one, and what this meeting has changed (R80, R86)."""
    step = plan_step(group=group, meeting=meeting, child=child, by=request.actor)  # type: ignore[attr-defined]
    place = places.place(step.procedure, "plan", group, meeting)
    context = {
        "title": _("%(plan)s: %(name)s") % {"plan": step.plan_name.capitalize(), "name": step.child_name},
        "caption": place.title,
        "crumbs": places.crumbs(group, meeting, (_("Plan of %(name)s") % {"name": step.child_name}, "")),
        "step": step,
        "place": place,
        **_tools(group, meeting, child),
    }
    return render(request, "meetings/decide_plan.html", context)


def outcome(request: HttpRequest, group: UUID, meeting: UUID, child: UUID, outcome: UUID) -> HttpResponse:
    """One outcome: how it was rated, and its actions, each a press away from change (R25, R59, R108)."""
    by = request.actor  # type: ignore[attr-defined]
    found = outcome_step(group=group, meeting=meeting, child=child, outcome=outcome, by=by)
    count = len(found.plan.outcomes)
    context = {
        "title": _("Outcome %(number)d of %(count)d") % {"number": found.number, "count": count},
        "caption": _("Plan of %(name)s") % {"name": found.plan.child_name},
        "crumbs": _crumbs(found, _("Outcome %(number)d") % {"number": found.number}),
        "found": found,
        "next_states": next_states,
        "next_way": _after(found.plan),
        "once": once.token,
        **_tools(group, meeting, child),
    }
    return render(request, "meetings/decide_outcome.html", context)


def state(
    request: HttpRequest, group: UUID, meeting: UUID, child: UUID, outcome: UUID, item: UUID
) -> HttpResponse:
    """How far one action is: by one press from the outcome's page, or here with a reason (R102)."""
    by = request.actor  # type: ignore[attr-defined]
    found = outcome_step(group=group, meeting=meeting, child=child, outcome=outcome, by=by)
    action = next((one for one in found.outcome.beneath if one.line.item == item), None)
    if action is None:
        raise Closed
    back = places.at("workspace_outcome", group, meeting, child=child, outcome=outcome)

    def do(form: Any) -> UUID:
        given = form.cleaned_data
        return set_action_state(
            group=group, item=item, state=given["state"], because=given["because"], by=by, once=form.once
        )

    title = _("How far is this action?")
    return form_view(
        request,
        form_class=state_form(action.line.state),
        template="meetings/decide_state.html",
        do=do,
        to=f"{back}#item-{item}",
        initial={"state": request.GET.get("to", "")},
        context={
            "title": title,
            "caption": found.plan.child_name,
            "crumbs": _crumbs(found, title),
            "action": action,
            "cancel": back,
            "submit": _("Save"),
            **_tools(group, meeting, child),
        },
    )


def _after(step: PlanStep) -> places.Way | None:
    """Where to go after the last outcome: the next child's plan, else the next step."""
    ids = [one for one, _name in step.children]
    names = dict(step.children)
    following = ids[ids.index(step.child) + 1 :] if step.child in ids else []
    if following:
        where = places.at("workspace_plan", step.group, step.meeting, child=following[0])
        return places.Way(_("Plan of %(name)s") % {"name": names[following[0]]}, where)
    return places.place(step.procedure, "plan", step.group, step.meeting).after


def _crumbs(found: OutcomeStep, last: str) -> places.Crumbs:
    step = found.plan
    above = places.at("workspace_plan", step.group, step.meeting, child=step.child)
    plan = (_("Plan of %(name)s") % {"name": step.child_name}, above)
    return places.crumbs(step.group, step.meeting, plan, (last, ""))


def _tools(group: UUID, meeting: UUID, child: UUID) -> dict[str, Any]:
    """What the templates of the plan step need: words, and addresses of its own and of the plan's pages."""

    def plan_at(name: str, **more: Any) -> str:
        where = address(name, group=group, child=child, **more)
        return f"{where}?meeting={meeting}" if where else ""

    return {
        "words": words,
        "state_word": state_word,
        "state_colours": COLOURS,
        "mark": _mark,
        "at": lambda name, **more: places.at(name, group, meeting, **more),
        "plan_at": plan_at,
        "child": child,
    }


def _mark(piece: Piece) -> str:
    """What this meeting did with an item, in words; "" for nothing."""
    return {
        "new": _("New, proposed in this meeting"),
        "changed": _("Changed, proposed in this meeting"),
        "withdrawn": _("Taken out, proposed in this meeting"),
    }.get(piece.proposed, "")
