"""The plan in the meeting: outcome by outcome, with what is proposed marked beside what is in force."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile import plans_words as words
from coregroup.casefile.action_states import COLOURS, next_states, state_word
from coregroup.casefile.workspace_plan import Piece, PlanStep, outcome_step, plan_step
from coregroup.casework.action_states import set_action_state
from coregroup.rules.errors import Closed
from coregroup.web.kit import once
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings import decisions_places as places
from coregroup.web.meetings.forms_decisions import state_form
from coregroup.web.meetings.workspace_view import frame


def plan(request: HttpRequest, group: UUID, meeting: UUID, child: UUID) -> HttpResponse:
    """One child's plan: its outcomes one by one, and what this meeting has changed (R80, R86)."""
    step = plan_step(group=group, meeting=meeting, child=child, by=request.actor)  # type: ignore[attr-defined]
    line = step.room.step("plan")
    context = {
        **frame(request, step.room, "plan"),
        "title": _("%(plan)s: %(name)s") % {"plan": step.plan_name.capitalize(), "name": step.child_name},
        "plan": step,
        "text": line.text if line else "",
        **_tools(group, meeting, child),
    }
    return render(request, "meetings/decide_plan.html", context)


def outcome(request: HttpRequest, group: UUID, meeting: UUID, child: UUID, outcome: UUID) -> HttpResponse:
    """One outcome: how it was rated, and its actions, each a press away from change (R25, R59, R108)."""
    by = request.actor  # type: ignore[attr-defined]
    found = outcome_step(group=group, meeting=meeting, child=child, outcome=outcome, by=by)
    count = len(found.plan.outcomes)
    title = _("%(name)s, outcome %(number)d of %(count)d")
    context = {
        **frame(request, found.plan.room, "plan"),
        "title": title % {"name": found.plan.child_name, "number": found.number, "count": count},
        "found": found,
        "next_states": next_states,
        "next_child": _next_child(found.plan),
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
            "back": back,
            "action": action,
            "cancel": back,
            "submit": _("Save"),
            **_tools(group, meeting, child),
        },
    )


def _next_child(step: PlanStep) -> tuple[str, str] | None:
    """The next child's plan: its name and its page; None after the last."""
    ids = [one for one, _name in step.children]
    following = ids[ids.index(step.child) + 1 :] if step.child in ids else []
    if not following:
        return None
    where = places.at("workspace_plan", step.group, step.meeting, child=following[0])
    return dict(step.children)[following[0]], where


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
