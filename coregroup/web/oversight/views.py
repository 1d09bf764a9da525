"""A chair's plans and a manager's staff: tables that sort by links and filter by a plain form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from coregroup.casefile import oversight
from coregroup.casefile.oversight import Wanted
from coregroup.web.oversight import tables

A_PAGE = 100


def plans(request: HttpRequest) -> HttpResponse:
    """Every plan whose conferences this person chairs."""
    lines, wanted = oversight.plans(by=request.actor), _wanted(request)  # type: ignore[attr-defined]
    fields = [*_fields(wanted), _procedures(sorted({line.procedure for line in lines}), wanted)]
    return _table(
        request, wanted, [tables.plan_row(line) for line in oversight.narrowed_plans(lines, wanted)],
        name="oversight_plans", title=_("Plans I oversee"), columns=tables.plan_headings(), fields=fields,
        total=len(lines), nothing=_("You chair no conference of a child who is on a plan yet."),
    )  # fmt: skip


def plans_csv(request: HttpRequest) -> HttpResponse:
    """The same table as a file."""
    found = oversight.narrowed_plans(oversight.plans(by=request.actor), _wanted(request))  # type: ignore[attr-defined]
    return tables.csv_of("plans.csv", tables.plan_columns(), [tables.plan_values(line) for line in found])


def staff(request: HttpRequest) -> HttpResponse:
    """Every core group of the people whom this person manages."""
    lines, wanted = oversight.staff(by=request.actor), _wanted(request)  # type: ignore[attr-defined]
    return _table(
        request, wanted, [tables.staff_row(line) for line in oversight.narrowed_staff(lines, wanted)],
        name="oversight_staff", title=_("My staff"), columns=tables.staff_columns(), fields=_fields(wanted),
        total=len(lines), nothing=_("Nobody whom you manage is in a core group yet."),
    )  # fmt: skip


def staff_csv(request: HttpRequest) -> HttpResponse:
    """The same table as a file."""
    found = oversight.narrowed_staff(oversight.staff(by=request.actor), _wanted(request))  # type: ignore[attr-defined]
    return tables.csv_of("staff.csv", tables.staff_columns(), [tables.staff_values(line) for line in found])


def _wanted(request: HttpRequest) -> Wanted:
    told = request.GET
    return Wanted(
        told.get("text", "")[:200], told.get("procedure", "")[:200], told.get("overdue") == "yes",
        told.get("sort", "")[:40],
    )  # fmt: skip


def _fields(wanted: Wanted) -> list[dict[str, Any]]:
    shown = [("", _("All")), ("yes", _("Overdue only"))]
    return [
        {"name": "text", "label": _("Name of a child, family or worker"), "value": wanted.text},
        {"name": "overdue", "label": _("Which"), "value": "yes" if wanted.overdue else "", "options": shown},
    ]


def _procedures(titles: Sequence[str], wanted: Wanted) -> dict[str, Any]:
    options = [("", _("All")), *((title, title) for title in titles)]
    return {"name": "procedure", "label": _("Procedure"), "value": wanted.procedure, "options": options}


def _table(
    request: HttpRequest, wanted: Wanted, rows: list[Any], *, name: str, title: str,
    columns: Sequence[tables.Column], fields: list[dict[str, Any]], total: int, nothing: str,
) -> HttpResponse:  # fmt: skip
    narrowed = {
        "text": wanted.text, "procedure": wanted.procedure, "overdue": "yes" if wanted.overdue else "",
    }  # fmt: skip
    kept = {key: value for key, value in narrowed.items() if value}
    asked = {**kept, **({"sort": wanted.sort} if wanted.sort else {})}
    number = _page_number(request, len(rows))
    context = {
        "title": title,
        "fields": fields,
        "columns": [column.shown() for column in columns],
        "rows": rows[(number - 1) * A_PAGE : number * A_PAGE],
        "count": len(rows),
        "total": total,
        "nothing": nothing,
        "sort": wanted.sort,
        "query": urlencode(kept),
        "clear": reverse(name) if kept else "",
        "csv": reverse(f"{name}_csv") + (f"?{urlencode(asked)}" if asked else ""),
        "pages": _pages(number, len(rows), asked),
    }
    return render(request, "oversight/table.html", context)


def _page_number(request: HttpRequest, count: int) -> int:
    told = request.GET.get("page", "1")
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < 5 else 1
    return min(max(number, 1), max(-(-count // A_PAGE), 1))


def _pages(number: int, count: int, asked: dict[str, str]) -> list[tuple[int, str, bool]]:
    """The pages of a long table: number, address, whether it is this one. None for a short one."""
    last = -(-count // A_PAGE)
    if last < 2:
        return []
    return [(one, "?" + urlencode({**asked, "page": str(one)}), one == number) for one in range(1, last + 1)]
