"""Where the pages of a plan lie, and the way back from each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.plans_shapes import Line, PlanSheet
from coregroup.casefile.plans_words import guard_sentence
from coregroup.web.kit.links import address

Crumbs = list[tuple[str, str]]


def at(name: str, group: UUID, child: UUID, **more: Any) -> str:
    """The address of one of a child's plan pages."""
    return reverse(name, kwargs={"group": group, "child": child, **more})


def crumbs(group: UUID, child: UUID, child_name: str, last: str = "", *, build: bool = False) -> Crumbs:
    """The way back: core group, the child's plan, perhaps building it, this page."""
    way: Crumbs = [(_("Core group"), address("group", group=group))] if address("group", group=group) else []
    plan = _("Plan of %(name)s") % {"name": child_name}
    way.append((plan, at("plan", group, child) if last else ""))
    if build:
        way.append((_("Build the plan"), at("plan_build", group, child)))
    if last:
        way.append((last, ""))
    return way


def in_meeting(request: HttpRequest, group: UUID, child: UUID, outcome: UUID | None = None) -> str:
    """Where a page that was opened from a meeting goes back to: the outcome, or the child's plan there.

    "" for one that was not.
    """
    try:
        meeting = UUID(request.GET.get("meeting", ""))
    except ValueError:
        return ""
    if outcome is not None:
        return address("workspace_outcome", group=group, meeting=meeting, child=child, outcome=outcome)
    return address("workspace_plan", group=group, meeting=meeting, child=child)


def way_back(
    request: HttpRequest, group: UUID, child: UUID, child_name: str, title: str, back: str
) -> dict[str, Any]:
    """The way back from a form of the plan: to the meeting that it was opened from, else through the plan."""
    if meeting := in_meeting(request, group, child):
        return {"crumbs": [], "back": back, "meeting": meeting}
    return {"crumbs": crumbs(group, child, child_name, title, build=True), "back": "", "meeting": ""}


def anchor(line: Line) -> str:
    """The id of an item on a plan page."""
    return f"item-{line.item}"


# Where each guard of the content is met.
_NEW = {"concern": "concern", "contingency": "contingency", "child_voice": "view", "parent_views": "view",
        "agreed_contact": "contact", "family_page": "family_page"}  # fmt: skip


def way_to_meet(code: str, group: UUID, child: UUID) -> str:
    """The page on which a guard can be met; "" where there is none."""
    if code in _NEW:
        return at("plan_new", group, child, kind=_NEW[code])
    if code in ("outcome", "action", "owner_and_date"):
        return at("plan_build", group, child) + "#concerns"
    if code == "outline_traced":
        return address("outline", group=group) or at("plan_build", group, child)
    if code == "answers":
        return at("plan", group, child) + "#concerns"
    names = {
        "lead": "members",
        "members": "members",
        "first_core_group": "meeting_plan",
        "review_date": "group",
    }
    return address(names.get(code, "group"), group=group) or address("group", group=group)


def missing(sheet: PlanSheet) -> list[tuple[str, str]]:
    """What the plan still lacks, each with the page on which it is met."""
    return [(guard_sentence(code), way_to_meet(code, sheet.group, sheet.child)) for code in sheet.missing]
