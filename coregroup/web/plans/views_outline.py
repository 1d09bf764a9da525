"""The outline plan: to read, to mark as read, to set an item of it aside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coregroup.casefile.guidance import for_page
from coregroup.casefile.outline import outline as read_outline
from coregroup.casefile.outline import outline_item
from coregroup.casework.outline import mark_read, set_aside_item
from coregroup.rules import book
from coregroup.rules.access import Actor
from coregroup.rules.errors import AlreadyDone, Problem
from coregroup.web.kit import once
from coregroup.web.kit.formview import form_view
from coregroup.web.plans.forms_outline import SetAsideForm


def outline(request: HttpRequest, group: UUID) -> HttpResponse:
    """The outline plan, what became of it, and who has read it (R11, R47)."""
    seen = read_outline(group=group, by=_actor(request))
    page: dict[str, Any] = {
        "outline": seen,
        "plan_word": word(seen.procedure, "outline_plan"),
        "once": once.token(),
    }
    page["guidance"] = for_page(code="outline", by=_actor(request))
    return render(request, "plans/outline.html", page)


@require_POST
def read(request: HttpRequest, group: UUID) -> HttpResponse:
    """Leaves a read mark (R47)."""
    try:
        mark_read(group=group, by=_actor(request), once=once.token(request.POST))
    except AlreadyDone:
        pass
    except Problem as problem:
        messages.info(request, problem.sentence)
        return redirect("outline", group=group)
    messages.success(request, _("It is noted that you have read it."))
    return redirect("outline", group=group)


def set_aside(request: HttpRequest, group: UUID, item: UUID) -> HttpResponse:
    """Sets one item aside, with a reason."""
    by = _actor(request)
    line = outline_item(group=group, item=item, by=by)
    back = reverse("outline", args=[group])
    return form_view(
        request,
        form_class=SetAsideForm,
        template="plans/outline_set_aside.html",
        do=lambda form: set_aside_item(
            group=group, item=item, reason=form.cleaned_data["reason"], by=by, once=form.once
        ),
        to=back,
        done=_("The item is set aside."),
        context={"line": line, "back": back, "title": _("Set this item aside"), "submit": _("Set aside")},
    )


def word(procedure: str, code: str) -> str:
    """The local term for a thing, in the reader's language (R39)."""
    lang = "cy" if str(get_language() or "").startswith("cy") else "en"
    return book.load(procedure).word(code, lang)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
