"""The face sheet, and recording or replacing one fact on it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile import face_sheet as reading
from coregroup.casefile.face_sheet import FaceSheet, FactLine, Sheet
from coregroup.casefile.guidance import for_page
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.facts import record_fact
from coregroup.rules.access import Actor
from coregroup.web.groups.forms_facts import FactForm
from coregroup.web.kit.audience import initial_of
from coregroup.web.kit.formview import form_view

FAMILY = "family"


def show(request: HttpRequest, group: UUID) -> HttpResponse:
    """The whole face sheet, in the reader's cut."""
    sheet = reading.face_sheet(group=group, by=request.actor)  # type: ignore[attr-defined]
    crumbs = [(sheet.heading, reverse("group", kwargs={"group": group})), (_("Face sheet"), "")]
    return render(
        request,
        "groups/face_sheet.html",
        {
            "title": _("Face sheet: %(family)s") % {"family": sheet.heading},
            "crumbs": crumbs,
            "sheet": sheet,
            "guidance": for_page(code="face_sheet", by=request.actor),  # type: ignore[attr-defined]
        },
    )


def add(request: HttpRequest, group: UUID, about: str) -> HttpResponse:
    """The form for a new fact about a person, or about the family."""
    person = _person(about)
    sheet = reading.fact_room(group=group, about=person, by=request.actor)  # type: ignore[attr-defined]
    one = next(each for each in _sheets(sheet) if each.person == person)
    title = _("Add to what is known of %(name)s") % {"name": one.name}
    return _form(request, sheet, one, None, title)


def change(request: HttpRequest, group: UUID, fact: UUID) -> HttpResponse:
    """The form in which a fact is replaced by a newer one."""
    sheet = reading.fact_room(group=group, fact=fact, by=request.actor)  # type: ignore[attr-defined]
    one, line = next((each, row) for each in _sheets(sheet) for row in each.facts if row.id == fact)
    title = _("%(what)s: %(name)s") % {"what": line.label, "name": one.name}
    return _form(request, sheet, one, line, title)


def _form(
    request: HttpRequest, sheet: FaceSheet, one: Sheet, line: FactLine | None, title: str
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    back = reverse("face_sheet", kwargs={"group": sheet.group})

    def do(form: FactForm) -> object:
        told = form.cleaned_data
        return record_fact(
            group=sheet.group, about=one.person, child=one.child, kind=form.chosen_kind(),
            value=told["value"], since=told["since"], source=told["source"], audience=form.audience,
            replaces=line.id if line else None, by=actor, once=form.once,
        )  # fmt: skip

    about = "child" if one.child else "adult" if one.person else FAMILY
    context = {"title": title, "back": back, "cancel": back, "submit": _("Save"), "line": line}
    return form_view(
        request, form_class=FactForm, template="groups/fact.html", do=do, to=back, context=context,
        initial=_initial(line) if line else None, done=_("Saved on the face sheet."),
        options={"people": sheet.people, "about": about, "fixed_kind": line.kind if line else ""},
    )  # fmt: skip


def _initial(line: FactLine) -> dict[str, object]:
    """What stands, audience included: replacing a fact never widens who may see it by itself."""
    audience = line.audience
    chosen = AudienceChoice(
        str(audience.base), audience.named, audience.shut_out
    ) if audience else AudienceChoice()  # fmt: skip
    return {"value": line.value, "source": "", **initial_of(chosen)}


def _sheets(sheet: FaceSheet) -> Iterator[Sheet]:
    yield from (*sheet.children, *sheet.adults, sheet.family)


def _person(about: str) -> UUID | None:
    if about == FAMILY:
        return None
    try:
        return UUID(about)
    except ValueError:
        raise Http404 from None
