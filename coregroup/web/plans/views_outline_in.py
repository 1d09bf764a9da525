"""Bringing an outline plan in: typed or read from a file, looked through row by row, saved all at once.

Everything stands in a journey until the last step, so that it can be paused and nothing is half saved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coregroup.casefile import drafts as reading
from coregroup.casefile.outline import OutlineDesk, outline_desk
from coregroup.casework import drafts as keeping
from coregroup.casework.documents import Original, stage_file, staged_content
from coregroup.casework.outline import bring_in_outline
from coregroup.intake.outline import OutlineReading, read_outline
from coregroup.intake.problems import IntakeProblem
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems
from coregroup.web.kit.formview import form_view
from coregroup.web.plans import outline_rows as rows_of
from coregroup.web.plans.forms_outline import ChildrenForm, RowForm, SaveForm, UploadForm, WayForm
from coregroup.web.plans.outline_rows import StagedRow
from coregroup.web.plans.views_outline import word

KIND = "outline"


@dataclass(frozen=True)
class Journey:
    """An outline plan on its way in: its case, its rows so far, and what was told of its file."""

    id: UUID
    desk: OutlineDesk
    rows: list[StagedRow]
    source: dict[str, Any]

    def row(self, key: str) -> StagedRow:
        """One row by its key; Closed where there is none."""
        for row in self.rows:
            if row.key == key:
                return row
        raise Closed

    def child_names(self, row: StagedRow) -> list[str]:
        """The names of the children whom a row is about."""
        return [name for child, name in self.desk.children if str(child) in row.children]

    def address(self, route: str = "outline_check", *more: str) -> str:
        return reverse(route, args=[self.desk.group, self.id, *more])


def begin(request: HttpRequest, group: UUID) -> HttpResponse:
    """How to bring it in; what was begun before can be gone on with."""
    by = _actor(request)
    desk = outline_desk(group=group, by=by)
    paused = [one for one in reading.journeys(by=by) if one.kind == KIND and one.group == group]

    def do(form: Any) -> str:
        journey = keeping.start_journey(kind=KIND, group=group, by=by, capability=Capability.KEEP_DRAFT)
        route = "outline_file" if form.cleaned_data["way"] == "file" else "outline_row_new"
        return reverse(route, args=[group, journey])

    page = _frame(desk, _("Bring in the %(plan)s") % {"plan": word(desk.procedure, "outline_plan")})
    page |= {"paused": [(one, len(one.steps.get(rows_of.ROWS, ()))) for one in paused],
             "back": reverse("outline", args=[group])}  # fmt: skip
    return form_view(
        request, form_class=WayForm, template="plans/outline_begin.html", do=do, to=lambda address: address,
        context=page, keeps_draft=False,
    )  # fmt: skip


def upload(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Takes the file and reads it; what was understood is shown on the next page."""
    by = _actor(request)
    begun = _journey(group, journey, by)

    def do(form: Any) -> None:
        file = form.cleaned_data["file"]
        content, name = file.read(), file.name or ""
        try:
            told = read_outline(content, name=name, largest=settings.COREGROUP_LARGEST_FILE)
        except IntakeProblem as problem:
            raise Problem("file", problem.sentence) from None
        token = stage_file(group=group, name=name, content=content, by=by)
        found = rows_of.from_reading(told, begun.desk.children)
        _keep(begun, [*begun.rows, *found] if not begun.source else found, by)
        keeping.save_step(journey=journey, step=rows_of.SOURCE, data=_source(told, name, token), by=by)

    page = _frame(begun.desk, _("Choose the file")) | {
        "back": reverse("outline_new", args=[group]), "submit": _("Read the file")
    }  # fmt: skip
    return form_view(
        request, form_class=UploadForm, do=do, to=begun.address(), context=page, keeps_draft=False
    )


def _source(told: OutlineReading, name: str, token: str) -> dict[str, Any]:
    """What the journey keeps of the file, beside its rows."""
    return {
        "name": name, "token": token, "table": told.table, "columns": [list(pair) for pair in told.columns],
        "unknown": list(told.unknown_columns), "leftover": list(told.leftover), "remarks": list(told.remarks),
    }  # fmt: skip


def check(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Everything that will be saved, what was understood and what was not; saves all of it or nothing."""
    by = _actor(request)
    paused = reading.journey(journey=journey, by=by)
    if paused.finished and paused.group == group:
        return redirect("outline", group=group)
    begun = _journey(group, journey, by)
    form = SaveForm(request.POST if request.method == "POST" else None)
    faults: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            count = _save(begun, by)
        except AlreadyDone as done:
            count = int(done.outcome or 0)
        except (Problem, Problems) as problem:
            told = problem.faults if isinstance(problem, Problems) else [(problem.field, problem.sentence)]
            faults = [(_anchor(begun, place), sentence) for place, sentence in told]
        if not faults:
            keeping.finish_journey(journey=journey, outcome=count, by=by)
            said = ngettext("%(count)d item was brought in.", "%(count)d items were brought in.", count)
            messages.success(request, said % {"count": count})
            return redirect("outline", group=group)
        for _address, sentence in faults:
            form.fault(None, sentence)
    page = _frame(begun.desk, _("Check the rows before they are saved"))
    page |= {
        "form": form,
        "journey": begun,
        "faults": faults,
        "back": reverse("outline_new", args=[group]),
        "meanings": rows_of.meanings(),
        "audiences": rows_of.audiences(begun.rows, begun.desk.people),
    }
    return render(request, "plans/outline_check.html", page)


def _save(begun: Journey, by: Actor) -> int:
    """Brings everything in. Raises Problems with what stands against it, each by its row."""
    faults: list[tuple[str | None, str]] = [
        (f"row_{place}", _("Row %(row)d: %(fault)s") % {"row": row.number, "fault": fault})
        for place, row in enumerate(begun.rows)
        for fault in row.faults
    ]
    if faults:
        raise Problems(faults)
    original = None
    if begun.source:
        content = staged_content(group=begun.desk.group, token=begun.source["token"], by=by)
        original = Original(begun.source["name"], content)
    items = [row.item() for row in begun.rows]
    made = bring_in_outline(group=begun.desk.group, items=items, original=original, by=by, once=begun.id.hex)
    return len(made)


def _anchor(begun: Journey, place: str | None) -> str:
    """Where a fault's link leads: the row, or the page's form."""
    number = (place or "").removeprefix("row_")
    return f"#row-{begun.rows[int(number)].key}" if number.isdecimal() else "#form"


def add(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Types a row; afterwards another, or all of them are looked through."""
    by = _actor(request)
    begun = _journey(group, journey, by)
    number = rows_of.next_number(begun.rows)

    def do(form: Any) -> str:
        fresh = _journey(group, journey, by)  # another window may have added one meanwhile
        kept = [row for row in fresh.rows if row.key != form.once]
        row = rows_of.from_form(
            form.cleaned_data, key=form.once, number=rows_of.next_number(kept), earlier=None
        )
        _keep(fresh, [*kept, row], by)
        return begun.address("outline_row_new" if "another" in request.POST else "outline_check")

    page = {"title": _("Row %(row)d of the outline plan") % {"row": number}, "adding": True,
            "back": begun.address() if begun.rows else reverse("outline_new", args=[group])}  # fmt: skip
    return _row_page(request, begun, page, do, initial=_first(begun))


def _first(begun: Journey) -> dict[str, Any]:
    """A new row begins with the only child there is, if there is only one."""
    children = begun.desk.children
    return {"children": [str(children[0][0])]} if len(children) == 1 else {}


def change(request: HttpRequest, group: UUID, journey: UUID, key: str) -> HttpResponse:
    """Corrects one row."""
    by = _actor(request)
    begun = _journey(group, journey, by)
    row = begun.row(key)

    def do(form: Any) -> str:
        fresh = _journey(group, journey, by)
        earlier = fresh.row(key)
        new = rows_of.from_form(form.cleaned_data, key=key, number=earlier.number, earlier=earlier)
        _keep(fresh, [new if one.key == key else one for one in fresh.rows], by)
        return f"{begun.address()}#row-{key}"

    page = {"title": _("Change row %(row)d") % {"row": row.number}, "row": row, "back": begun.address()}
    return _row_page(request, begun, page, do, initial=row.initial())


def _row_page(
    request: HttpRequest, begun: Journey, page: dict[str, Any], do: Any, *, initial: dict[str, Any]
) -> HttpResponse:
    return form_view(
        request, form_class=RowForm, template="plans/outline_row.html", do=do, to=lambda address: address,
        context=_frame(begun.desk, page["title"]) | page, initial=initial,
        options={"children": begun.desk.children, "people": begun.desk.people},
    )  # fmt: skip


def children(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Says for every row at once which children it is about."""
    by = _actor(request)
    begun = _journey(group, journey, by)
    labels = [(row.key, _label(row)) for row in begun.rows]

    def do(form: Any) -> None:
        fresh = _journey(group, journey, by)
        chosen = {name.removeprefix("row_"): tuple(ids) for name, ids in form.cleaned_data.items()}
        _keep(fresh, [replace(row, children=chosen.get(row.key, row.children)) for row in fresh.rows], by)

    page = _frame(begun.desk, _("Which children is each row about?")) | {
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
    by = _actor(request)
    begun = _journey(group, journey, by)
    gone = next((row for row in begun.rows if row.key == key), None)
    if gone is not None:
        _keep(begun, [row for row in begun.rows if row.key != key], by)
        messages.success(request, _("Row %(row)d is left out.") % {"row": gone.number})
    return redirect(begun.address())


@require_POST
def discard(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Throws the whole journey away."""
    by = _actor(request)
    begun = _journey(group, journey, by)
    keeping.finish_journey(journey=begun.id, outcome="discarded", by=by)
    messages.success(request, _("What you had begun is thrown away. Nothing of it was saved."))
    return redirect("outline", group=group)


def _journey(group: UUID, journey: UUID, by: Actor) -> Journey:
    """The person's own journey in this group, under way; Closed for any other."""
    desk = outline_desk(group=group, by=by)
    paused = reading.journey(journey=journey, by=by)
    if paused.kind != KIND or paused.group != group or paused.finished:
        raise Closed
    return Journey(
        paused.id,
        desk,
        rows_of.staged(paused.steps.get(rows_of.ROWS)),
        paused.steps.get(rows_of.SOURCE) or {},
    )


def _keep(begun: Journey, rows: list[StagedRow], by: Actor) -> None:
    keeping.save_step(journey=begun.id, step=rows_of.ROWS, data=[row.kept() for row in rows], by=by)


def _frame(desk: OutlineDesk, title: str) -> dict[str, Any]:
    return {
        "desk": desk,
        "title": title,
        "caption": desk.family,
        "plan_word": word(desk.procedure, "outline_plan"),
    }


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
