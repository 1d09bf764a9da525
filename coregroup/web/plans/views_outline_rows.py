"""The rows of an outline plan on its way in: typed, corrected, left out, given to their children."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coregroup.web.kit.formview import form_view
from coregroup.web.plans import outline_rows as rows_of
from coregroup.web.plans.forms_outline import ChildrenForm, RowForm
from coregroup.web.plans.outline_journey import Journey, actor_of, frame, journey_of, keep
from coregroup.web.plans.outline_rows import StagedRow
from coregroup.web.plans.views_outline import word


def add(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Types a row; afterwards another, or all of them are looked through."""
    by = actor_of(request)
    begun = journey_of(group, journey, by)
    number = rows_of.next_number(begun.rows)

    def do(form: Any) -> str:
        fresh = journey_of(group, journey, by)  # another window may have added one meanwhile
        kept = [row for row in fresh.rows if row.key != form.once]
        row = rows_of.from_form(
            form.cleaned_data, key=form.once, number=rows_of.next_number(kept), earlier=None
        )
        keep(fresh, [*kept, row], by)
        return begun.address("outline_row_new" if "another" in request.POST else "outline_check")

    named = {"row": number, "plan": word(begun.desk.procedure, "outline_plan")}
    page = {"title": _("Row %(row)d of the %(plan)s") % named, "adding": True,
            "back": begun.address() if begun.rows else reverse("outline_new", args=[group])}  # fmt: skip
    return _row_page(request, begun, page, do, initial=_first(begun))


def _first(begun: Journey) -> dict[str, Any]:
    """A new row begins with the only child there is, if there is only one."""
    children = begun.desk.children
    return {"children": [str(children[0][0])]} if len(children) == 1 else {}


def change(request: HttpRequest, group: UUID, journey: UUID, key: str) -> HttpResponse:
    """Corrects one row."""
    by = actor_of(request)
    begun = journey_of(group, journey, by)
    row = begun.row(key)

    def do(form: Any) -> str:
        fresh = journey_of(group, journey, by)
        earlier = fresh.row(key)
        new = rows_of.from_form(form.cleaned_data, key=key, number=earlier.number, earlier=earlier)
        keep(fresh, [new if one.key == key else one for one in fresh.rows], by)
        return f"{begun.address()}#row-{key}"

    page = {"title": _("Change row %(row)d") % {"row": row.number}, "row": row, "back": begun.address()}
    return _row_page(request, begun, page, do, initial=row.initial())


def _row_page(
    request: HttpRequest, begun: Journey, page: dict[str, Any], do: Any, *, initial: dict[str, Any]
) -> HttpResponse:
    return form_view(
        request, form_class=RowForm, template="plans/outline_row.html", do=do, to=lambda address: address,
        context=frame(begun.desk, page["title"]) | page, initial=initial,
        options={"children": begun.desk.children, "people": begun.desk.people},
    )  # fmt: skip


def children(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Says for every row at once which children it is about."""
    by = actor_of(request)
    begun = journey_of(group, journey, by)
    labels = [(row.key, _label(row)) for row in begun.rows]

    def do(form: Any) -> None:
        fresh = journey_of(group, journey, by)
        chosen = {name.removeprefix("row_"): tuple(ids) for name, ids in form.cleaned_data.items()}
        keep(fresh, [replace(row, children=chosen.get(row.key, row.children)) for row in fresh.rows], by)

    page = frame(begun.desk, _("Which children is each row about?")) | {
        "back": begun.address(), "submit": _("Keep this"),
        "lede": _("Each child you tick gets an item of their own. Nothing is ticked for you."),
    }  # fmt: skip
    return form_view(
        request, form_class=ChildrenForm, do=do, to=begun.address(), context=page, keeps_draft=False,
        initial={f"row_{row.key}": list(row.children) for row in begun.rows},
        options={"rows": labels, "children": begun.desk.children},
    )  # fmt: skip


def _label(row: StagedRow) -> str:
    text = " ".join((row.action or row.concern or row.outcome).split())
    return _("Row %(row)d: %(text)s") % {
        "row": row.number,
        "text": text[:120] + ("…" if len(text) > 120 else ""),
    }


@require_POST
def remove(request: HttpRequest, group: UUID, journey: UUID, key: str) -> HttpResponse:
    """Leaves a row out. It stays in the file, and nothing was saved of it."""
    by = actor_of(request)
    begun = journey_of(group, journey, by)
    gone = next((row for row in begun.rows if row.key == key), None)
    if gone is not None:
        keep(begun, [row for row in begun.rows if row.key != key], by)
        messages.success(request, _("Row %(row)d is left out.") % {"row": gone.number})
    return redirect(begun.address())
