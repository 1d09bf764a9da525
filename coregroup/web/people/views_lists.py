"""Lists by upload or paste: what was understood is shown first, and taken whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile import people as people_file
from coregroup.casework import setup as setup_work
from coregroup.casework.setup_lists import agencies_from, people_from
from coregroup.casework.setup_nouns import DayDetails, Taken
from coregroup.intake import lists
from coregroup.intake.problems import IntakeProblem
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed, Problems
from coregroup.web.people.forms_setup import ListForm

SHOWN = 100


@dataclass(frozen=True)
class Kind:
    """One kind of list: how it is read, how it is taken, and how it is spoken of."""

    title: Any
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    read: Callable[..., tuple[lists.Row, ...]]
    take: Callable[[list[lists.Row], Actor, bool], Taken]
    back: str


def _take_people(rows: list[lists.Row], by: Actor, check: bool) -> Taken:
    told = people_from((row.number, row.values) for row in rows)
    return setup_work.import_people(rows=told, by=by, check_only=check)


def _take_agencies(rows: list[lists.Row], by: Actor, check: bool) -> Taken:
    told = agencies_from((row.number, row.values) for row in rows)
    return setup_work.import_agencies(rows=told, by=by, check_only=check)


def _take_days(rows: list[lists.Row], by: Actor, check: bool) -> Taken:
    told = [(row.number, DayDetails(row.day, row.values["reason"])) for row in rows if row.day]
    return setup_work.import_closure_days(rows=told, by=by, check_only=check)


KINDS: Mapping[str, Kind] = {
    "people": Kind(
        gettext_lazy("A list of people"), lists.PEOPLE, lists.NEEDED["people"], lists.read_people,
        _take_people, "setup_people",
    ),
    "agencies": Kind(
        gettext_lazy("A list of agencies"), lists.AGENCIES, lists.NEEDED["agencies"], lists.read_agencies,
        _take_agencies, "setup_agencies",
    ),
    "closure-days": Kind(
        gettext_lazy("A list of closure days"), lists.DAYS, lists.NEEDED["days"], lists.read_days,
        _take_days, "setup_days",
    ),
}  # fmt: skip


def take_list(request: HttpRequest, what: str) -> HttpResponse:
    """Reads a list, shows what it says and what is wrong with it, and takes it when that is confirmed.

    What was read goes along in the page, signed, so that what is confirmed is what was shown.
    """
    kind = KINDS.get(what)
    if kind is None:
        raise Closed
    by: Actor = request.actor  # type: ignore[attr-defined]
    people_file.house(by=by)  # the door, before anything is read
    if "confirm" in request.POST:
        return _confirmed(request, kind, what, by)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        return _checked(request, kind, form, by)
    return _ask(request, kind, form)


def _ask(request: HttpRequest, kind: Kind, form: ListForm, faults: list[str] | None = None) -> HttpResponse:
    told = {
        "title": str(kind.title), "form": form, "back": reverse(kind.back), "faults": faults or [],
        "columns": [(words[0], field in kind.needed) for field, words in kind.columns.items()],
        "submit": _("Look at it"),
    }  # fmt: skip
    return render(request, "people/setup_list.html", told, status=200)


def _checked(request: HttpRequest, kind: Kind, form: ListForm, by: Actor) -> HttpResponse:
    file = form.cleaned_data["file"]
    content = file.read() if file else form.cleaned_data["text"].encode()
    try:
        rows = kind.read(content, name=file.name if file else "")
        taken = kind.take(list(rows), by, True)
    except IntakeProblem as fault:
        form.fault("file" if file else "text", fault.sentence)
        return _ask(request, kind, form)
    except Problems as several:
        faults = [sentence for _field, sentence in several.faults]
        said = _("Nothing was taken. Mend these rows in the list, then choose it again.")
        form.fault("file" if file else "text", said)
        return _ask(request, kind, form, faults)
    fields = [field for field in kind.columns if any(row.values[field] for row in rows)]
    told = {
        "title": _("Is this right?"), "back": request.path, "count": len(rows), "taken": taken,
        "columns": [{"text": _("Row"), "numeric": True}, *({"text": kind.columns[f][0]} for f in fields)],
        "rows": [[str(row.number), *(row.values[field] for field in fields)] for row in rows[:SHOWN]],
        "more": max(len(rows) - SHOWN, 0), "list_title": str(kind.title),
        "signed": signing.dumps(content.hex(), salt="list:" + request.path, compress=True),
        "name": file.name if file else "",
    }  # fmt: skip
    return render(request, "people/setup_list_shown.html", told)


def _confirmed(request: HttpRequest, kind: Kind, what: str, by: Actor) -> HttpResponse:
    """Takes the list that was shown; what has changed meanwhile is said like any fault."""
    try:
        content = bytes.fromhex(
            signing.loads(request.POST.get("signed", ""), salt="list:" + request.path, max_age=86_400)
        )
        rows = kind.read(content, name=request.POST.get("name", ""))
        taken = kind.take(list(rows), by, False)
    except (signing.BadSignature, IntakeProblem, ValueError):
        form = ListForm({}, {})
        form.fault("file", _("The list could not be read any more. Choose it again."))
        return _ask(request, kind, form)
    except Problems as several:
        form = ListForm({}, {})
        form.fault("file", _("Nothing was taken. Mend these rows in the list, then choose it again."))
        return _ask(request, kind, form, [sentence for _field, sentence in several.faults])
    messages.success(
        request,
        _("Taken: %(new)d new, %(changed)d changed, %(same)d as before.")
        % {"new": taken.new, "changed": taken.changed, "same": taken.same},
    )
    return HttpResponseRedirect(reverse(kind.back))
