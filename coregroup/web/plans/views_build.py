"""Building a child's plan: what is there, what is missing, and one form for each kind of item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile import plans_history
from coregroup.casefile import plans_words as words
from coregroup.casefile.plans import plan_sheet
from coregroup.casefile.plans_forms import ItemPage, item_page
from coregroup.casework.plans import Saved, save_item, withdraw_item
from coregroup.rules import plan_fields, smart
from coregroup.rules.errors import Closed, Problems, Refused
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.plans import places
from coregroup.web.plans.forms import ItemForm, beginning, form_for
from coregroup.web.plans.forms_deeds import WithdrawForm


def build(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """The six parts, what is in them, what is missing, and where to add (R81)."""
    sheet = plan_sheet(group=group, child=child, by=request.actor)  # type: ignore[attr-defined]
    if not sheet.can_build:
        raise Refused(_("Your part in this core group does not allow this."))
    by_part: dict[str, list[Any]] = {code: [] for code, _title in sheet.parts}
    for action in sheet.actions:
        by_part.setdefault(action.part, []).append(action)
    context = {
        "title": _("Build the plan"),
        "caption": sheet.child_name,
        "crumbs": places.crumbs(group, child, sheet.child_name, _("Build the plan")),
        "sheet": sheet,
        "words": words,
        "missing": places.missing(sheet),
        "by_part": by_part,
        "at": lambda name, **parts: places.at(name, group, child, **parts),
        "address": lambda name, **parts: address(name, group=group, **parts),
    }
    return render(request, "plans/build.html", context)


def new(request: HttpRequest, group: UUID, child: UUID, kind: str) -> HttpResponse:
    """A new concern, contact, contingency plan, view; or the family page."""
    if kind not in plan_fields.KINDS or plan_fields.KINDS[kind].under:
        raise Closed
    if plan_fields.KINDS[kind].single and request.method != "POST":
        sheet = plan_sheet(group=group, child=child, by=request.actor)  # type: ignore[attr-defined]
        if sheet.family_page:
            return HttpResponseRedirect(places.at("plan_change", group, child, item=sheet.family_page.item))
    page = item_page(group=group, child=child, kind=kind, by=request.actor)  # type: ignore[attr-defined]
    return _item_form(request, page, _title_new(kind))


def new_under(request: HttpRequest, group: UUID, child: UUID, kind: str, under: UUID) -> HttpResponse:
    """A new outcome under a concern, or a new action under an outcome (R51, R112)."""
    if kind not in plan_fields.KINDS or not plan_fields.KINDS[kind].under:
        raise Closed
    page = item_page(group=group, child=child, kind=kind, under=under, by=request.actor)  # type: ignore[attr-defined]
    return _item_form(request, page, _title_new(kind), under=under)


def change(request: HttpRequest, group: UUID, child: UUID, item: UUID) -> HttpResponse:
    """An item that exists, changed: its next revision (R10)."""
    page = item_page(group=group, child=child, item=item, by=request.actor)  # type: ignore[attr-defined]
    return _item_form(request, page, _title_change(page.kind), item=item)


def _item_form(
    request: HttpRequest, page: ItemPage, title: str, *, item: UUID | None = None, under: UUID | None = None
) -> HttpResponse:
    back = _back(request, page, item, under)

    def do(form: ItemForm) -> Saved:
        found = form.findings(page)
        if found and request.POST.get("smart_seen") != smart.digest(found):
            raise Problems([])  # nothing is wrong: the page is drawn again with its advice (R58)
        return save_item(
            group=page.group, child=page.child, kind=page.kind, item=item, base=form.base, under=under,
            by=request.actor, once=form.once, **form.told(page),  # type: ignore[attr-defined]
        )  # fmt: skip

    return form_view(
        request,
        form_class=form_for(page),
        template="plans/item_form.html",
        do=do,
        to=lambda saved: _after(request, page, saved, back),
        done=_("Saved."),
        initial=_beginning(request, page),
        base=page.line.revision if page.line else None,
        options={"people": page.audience_people},
        advise=_adviser(page),
        context={
            "title": title,
            "caption": page.child_name,
            **places.way_back(request, page.group, page.child, page.child_name, title, back),
            "page": page,
            "words": words,
            "cancel": back,
        },
    )


def _back(request: HttpRequest, page: ItemPage, item: UUID | None, under: UUID | None) -> str:
    """Where the form came from: the meeting's own page of the outcome, or the page that builds the plan."""
    outcome = item if page.kind == "outcome" else None
    if page.kind == "action":
        outcome = page.line.under if page.line else under
    there = places.in_meeting(request, page.group, page.child, outcome)
    return there or places.at("plan_build", page.group, page.child)


def _after(request: HttpRequest, page: ItemPage, saved: Saved | str, back: str) -> str:
    """Where saving leads: back to the item; a new outcome of a meeting, to its own page there."""
    if isinstance(saved, Saved) and page.kind == "outcome" and page.line is None:
        there = places.in_meeting(request, page.group, page.child, saved.item)
        return there or f"{back}#item-{saved.item}"
    return f"{back}#item-{saved.item if isinstance(saved, Saved) else saved}"


def _beginning(request: HttpRequest, page: ItemPage) -> Mapping[str, Any]:
    began = beginning(page)
    if page.line is None and plan_fields.KINDS[page.kind].traced and "meeting" in request.GET:
        began["new_because"] = _("Agreed in this meeting.")
    if page.line is None and page.kind == "view":
        began["taken_by"] = request.actor.name  # type: ignore[attr-defined]
    return began


def _adviser(page: ItemPage) -> Callable[[ItemForm], Mapping[str, list[str]]]:
    def advise(form: ItemForm) -> Mapping[str, list[str]]:
        """What the five-point check says of what was sent; nothing of a form drawn for the first time."""
        if not form.is_bound:
            return {}
        found = form.findings(page)
        form.digest = smart.digest(found)
        told: dict[str, list[str]] = {}
        for one in found:
            if one.field not in form.errors:
                told.setdefault(one.field, []).append(words.finding_sentence(one))
        return told

    return advise


def _title_new(kind: str) -> str:
    return {
        "concern": _("Add a concern"),
        "outcome": _("Add an outcome"),
        "action": _("Add an action"),
        "contact": _("Agree contact with the child"),
        "contingency": _("Add a contingency plan"),
        "view": _("Add somebody’s views"),
        "family_page": _("Write the family page"),
    }[kind]


def _title_change(kind: str) -> str:
    return {
        "concern": _("Change this concern"),
        "outcome": _("Change this outcome"),
        "action": _("Change this action"),
        "contact": _("Change this agreed contact"),
        "contingency": _("Change this contingency plan"),
        "view": _("Change these views"),
        "family_page": _("Change the family page"),
    }[kind]


def withdraw(request: HttpRequest, group: UUID, child: UUID, item: UUID) -> HttpResponse:
    """Takes an item out of the plan, with a reason."""
    found = plans_history.history(group=group, child=child, item=item, by=request.actor)  # type: ignore[attr-defined]
    line = found.revisions[0]
    outcome = line.under if line.kind == "action" else None
    back = places.in_meeting(request, group, child, outcome) or places.at("plan_build", group, child)

    def do(form: WithdrawForm) -> Saved:
        return withdraw_item(
            group=group, child=child, item=item, base=form.base or 0, reason=form.cleaned_data["reason"],
            by=request.actor, once=form.once,  # type: ignore[attr-defined]
        )  # fmt: skip

    title = _("Withdraw this from the plan")
    return form_view(
        request,
        form_class=WithdrawForm,
        template="plans/withdraw.html",
        do=do,
        to=back,
        done=_("Withdrawn. It stays readable in its history."),
        base=found.revisions[0].revision,
        context={
            "title": title,
            "caption": found.child_name,
            **places.way_back(request, group, child, found.child_name, title, back),
            "found": found,
            "kind_word": words.kind_word(found.kind),
            "cancel": back,
            "submit": _("Withdraw it"),
        },
    )
