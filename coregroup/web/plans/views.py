"""Reading a child's plan: on one page, as somebody else sees it, by version, and item by item."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from coregroup.casefile import plans_history
from coregroup.casefile import plans_words as words
from coregroup.casefile.plans import plan_sheet
from coregroup.casefile.plans_shapes import ItemChange, PlanSheet
from coregroup.web.kit.links import address
from coregroup.web.plans import places


def plan(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """The plan as it stands now, on one page (R10, R11)."""
    sheet = plan_sheet(group=group, child=child, by=request.actor)  # type: ignore[attr-defined]
    return _draw(request, sheet, title=_title(sheet), crumbs=places.crumbs(group, child, sheet.child_name))


def version(request: HttpRequest, group: UUID, child: UUID, number: int) -> HttpResponse:
    """The plan as one version had it."""
    sheet = plan_sheet(group=group, child=child, version=number, by=request.actor)  # type: ignore[attr-defined]
    last = _("Version %(number)d") % {"number": number}
    return _draw(
        request, sheet, title=_title(sheet), crumbs=places.crumbs(group, child, sheet.child_name, last)
    )


def plan_as(request: HttpRequest, group: UUID, child: UUID, person: UUID) -> HttpResponse:
    """The plan as another person of the group sees it: to look before it is handed out (R12, R57)."""
    sheet = plan_sheet(group=group, child=child, reader=person, by=request.actor)  # type: ignore[attr-defined]
    last = _("As somebody else sees it")
    return _draw(
        request, sheet, title=_title(sheet), preview=True,
        crumbs=places.crumbs(group, child, sheet.child_name, last),
    )  # fmt: skip


def _title(sheet: PlanSheet) -> str:
    return _("%(plan)s: %(name)s") % {"plan": sheet.plan_name.capitalize(), "name": sheet.child_name}


def _draw(request: HttpRequest, sheet: PlanSheet, **more: Any) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    own = sheet.reader == actor.person
    context = {
        "sheet": sheet,
        "words": words,
        "preview": False,
        "own": own,
        "me": actor.person,
        "missing": places.missing(sheet) if own else [],
        "passed_rows": _passed(sheet),
        "at": lambda name, **parts: places.at(name, sheet.group, sheet.child, **parts),
        "address": lambda name, **parts: address(name, group=sheet.group, **parts),
        **more,
    }
    return render(request, "plans/plan.html", context)


def _passed(sheet: PlanSheet) -> list[tuple[str, str]]:
    """The guards that were passed, with the reason and the name (R11)."""
    return [
        (
            words.guard_sentence(one.code),
            _("%(reason)s (%(name)s)") % {"reason": one.reason, "name": one.by_name},
        )
        for one in sheet.passed
    ]


def versions(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """Every version, and two of them to compare."""
    found = plans_history.plan_versions(group=group, child=child, by=request.actor)  # type: ignore[attr-defined]
    numbers = {one.number for one in found.versions}
    a, b = _number(request.GET.get("a")), _number(request.GET.get("b"))
    if a in numbers and b in numbers and a != b:
        a, b = min(a, b), max(a, b)
        return HttpResponseRedirect(places.at("plan_compare", group, child, a=a, b=b))
    context = {
        "title": _("Versions of the plan"),
        "caption": found.child_name,
        "crumbs": places.crumbs(group, child, found.child_name, _("Versions")),
        "found": found,
        "same": a is not None and a == b,
        "at": lambda name, **parts: places.at(name, group, child, **parts),
    }
    return render(request, "plans/versions.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0


def compare(request: HttpRequest, group: UUID, child: UUID, a: int, b: int) -> HttpResponse:
    """What differs between two versions, in words (R10)."""
    found = plans_history.differences(group=group, child=child, a=a, b=b, by=request.actor)  # type: ignore[attr-defined]
    title = _("What changed from version %(a)d to version %(b)d") % {"a": a, "b": b}
    context = {
        "title": title,
        "caption": found.child_name,
        "crumbs": [
            *places.crumbs(group, child, found.child_name, _("Versions"))[:-1],
            (_("Versions"), places.at("plan_versions", group, child)),
            (_("%(a)d and %(b)d") % {"a": a, "b": b}, ""),
        ],
        "found": found,
        "changes": _changes(found.added, "added")
        + _changes(found.withdrawn, "removed")
        + _changes(found.changed, "changed"),
        "at": lambda name, **parts: places.at(name, group, child, **parts),
    }
    return render(request, "plans/compare.html", context)


def _changes(items: tuple[ItemChange, ...], kind: str) -> list[dict[str, Any]]:
    return [
        {
            "what": f"{item.kind_word}: {item.heading}",
            "kind": kind,
            "fields": [
                *({"label": one.label, "before": one.before, "after": one.after} for one in item.fields),
                *(
                    [{"label": words.field_label(item.kind, "withdrawn_because"), "before": "",
                      "after": item.because}]
                    if item.because
                    else []
                ),
            ],
        }
        for item in items
    ]  # fmt: skip


def item(request: HttpRequest, group: UUID, child: UUID, item: UUID) -> HttpResponse:
    """One item's history: every text, by whom, when, and what it changed (R29)."""
    found = plans_history.history(group=group, child=child, item=item, by=request.actor)  # type: ignore[attr-defined]
    context = {
        "title": _("History of this item"),
        "caption": f"{words.kind_word(found.kind)}, {found.child_name}",
        "crumbs": places.crumbs(group, child, found.child_name, _("History")),
        "found": found,
        "words": words,
        "changes": dict(found.changes),
        "at": lambda name, **parts: places.at(name, group, child, **parts),
    }
    return render(request, "plans/item.html", context)
