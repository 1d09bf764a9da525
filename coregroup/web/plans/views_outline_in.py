"""Bringing an outline plan in: typed or read from a file, looked through row by row, saved all at once.

Everything stands in a journey until the last step, so that it can be paused and nothing is half saved.
"""

from __future__ import annotations

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
from coregroup.casefile.outline import outline_desk
from coregroup.casework import drafts as keeping
from coregroup.casework.documents import Original, stage_file, staged_content
from coregroup.casework.outline import bring_in_outline
from coregroup.intake.outline import OutlineReading, read_outline
from coregroup.intake.problems import IntakeProblem
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import AlreadyDone, Problem, Problems
from coregroup.web.kit.formview import form_view
from coregroup.web.plans import outline_rows as rows_of
from coregroup.web.plans.forms_outline import SaveForm, UploadForm, WayForm
from coregroup.web.plans.outline_journey import KIND, Journey, actor_of, frame, journey_of, keep
from coregroup.web.plans.views_outline import word


def begin(request: HttpRequest, group: UUID) -> HttpResponse:
    """How to bring it in; what was begun before can be gone on with."""
    by = actor_of(request)
    desk = outline_desk(group=group, by=by)
    paused = [one for one in reading.journeys(by=by) if one.kind == KIND and one.group == group]

    def do(form: Any) -> str:
        journey = keeping.start_journey(kind=KIND, group=group, by=by, capability=Capability.KEEP_DRAFT)
        route = "outline_file" if form.cleaned_data["way"] == "file" else "outline_row_new"
        return reverse(route, args=[group, journey])

    page = frame(desk, _("Bring in the %(plan)s") % {"plan": word(desk.procedure, "outline_plan")})
    page |= {"paused": [(one, len(one.steps.get(rows_of.ROWS, ()))) for one in paused],
             "back": reverse("outline", args=[group])}  # fmt: skip
    return form_view(
        request, form_class=WayForm, template="plans/outline_begin.html", do=do, to=lambda address: address,
        context=page, keeps_draft=False,
    )  # fmt: skip


def upload(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Takes the file and reads it; what was understood is shown on the next page."""
    by = actor_of(request)
    begun = journey_of(group, journey, by)

    def do(form: Any) -> None:
        file = form.cleaned_data["file"]
        content, name = file.read(), file.name or ""
        try:
            told = read_outline(content, name=name, largest=settings.COREGROUP_LARGEST_FILE)
        except IntakeProblem as problem:
            raise Problem("file", problem.sentence) from None
        token = stage_file(group=group, name=name, content=content, by=by)
        found = rows_of.from_reading(told, begun.desk.children)
        typed = [] if begun.source else rows_of.renumbered(begun.rows, rows_of.next_number(found))
        keep(begun, [*found, *typed], by)
        keeping.save_step(journey=journey, step=rows_of.SOURCE, data=_source(told, name, token), by=by)

    page = frame(begun.desk, _("Choose the file")) | {
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
    by = actor_of(request)
    paused = reading.journey(journey=journey, by=by)
    if paused.finished and paused.group == group:
        return redirect("outline", group=group)
    begun = journey_of(group, journey, by)
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
    page = frame(begun.desk, _("Check the rows before they are saved"))
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


@require_POST
def discard(request: HttpRequest, group: UUID, journey: UUID) -> HttpResponse:
    """Throws the whole journey away."""
    by = actor_of(request)
    begun = journey_of(group, journey, by)
    keeping.finish_journey(journey=begun.id, outcome="discarded", by=by)
    messages.success(request, _("What you had begun is thrown away. Nothing of it was saved."))
    return redirect("outline", group=group)
