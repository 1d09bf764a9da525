"""The library of protocols and guidance (R60)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casefile.guidance import GuidanceText
from coregroup.casefile.guidance import guidance as read_guidance
from coregroup.casefile.guidance import library as read_library
from coregroup.casework.guidance import publish
from coregroup.rules.access import Actor, Capability, may
from coregroup.rules.errors import Closed
from coregroup.rules.pages import PAGES
from coregroup.web.documents.forms_guidance import GuidanceForm
from coregroup.web.kit.formview import form_view


def library(request: HttpRequest) -> HttpResponse:
    """Every text of the authority."""
    page = {"library": read_library(by=_actor(request)), "pages": _pages()}
    return render(request, "documents/guidance_library.html", page)


def guidance(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """One text, in the version in force or an older one."""
    told = read_guidance(slug=slug, number=number, by=_actor(request))
    return render(request, "documents/guidance_text.html", {"told": told, "pages": _pages()})


def new(request: HttpRequest) -> HttpResponse:
    """Publishes a new text."""
    return _form(request, None)


def next_version(request: HttpRequest, slug: str) -> HttpResponse:
    """Publishes the next version of a text."""
    latest = read_guidance(slug=slug, by=_actor(request))
    return _form(request, read_guidance(slug=slug, number=latest.versions[0][0], by=_actor(request)))


def _form(request: HttpRequest, earlier: GuidanceText | None) -> HttpResponse:
    by = _actor(request)
    if not may(by, Capability.ADMINISTER):
        raise Closed

    def do(form: Any) -> str:
        given = form.cleaned_data
        return publish(
            slug=earlier.slug if earlier else None, title=given["title"], text=given["text"],
            link=given["link"], applies_to=given["applies_to"], in_force_on=given["in_force_on"], by=by,
            once=form.once,
        )  # fmt: skip

    initial: dict[str, Any] = {"in_force_on": timezone.localdate()}
    if earlier:
        initial |= {"title": earlier.title, "text": earlier.text, "link": earlier.link,
                    "applies_to": list(earlier.applies_to)}  # fmt: skip
    return form_view(
        request, form_class=GuidanceForm, do=do, initial=initial, done=_("It is published."),
        to=lambda slug: reverse("guidance_text", args=[slug]),
        context={
            "title": _("Publish a new version") if earlier else _("Publish guidance"),
            "back": reverse("guidance_text", args=[earlier.slug]) if earlier else reverse("guidance"),
            "submit": _("Publish"),
        },
    )  # fmt: skip


def _pages() -> dict[str, str]:
    return {code: _(name) for code, name in PAGES.items()}


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
