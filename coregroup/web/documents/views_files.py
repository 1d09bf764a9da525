"""The files of a core group: listed, added, handed out for keeping; never opened inside our own pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from coregroup.casefile.documents import files as read_files
from coregroup.casefile.documents import open_file
from coregroup.casefile.guidance import for_page
from coregroup.casework.documents import add_file
from coregroup.rules.access import Actor
from coregroup.rules.errors import Problem, Refused
from coregroup.web.documents.forms_files import FileForm
from coregroup.web.kit import errors
from coregroup.web.kit.formview import form_view

# Nothing in a file may run, load or be framed, even where somebody opens it by its address.
FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def files(request: HttpRequest, group: UUID) -> HttpResponse:
    """The files that this reader may see, the latest first."""
    seen = read_files(group=group, by=_actor(request))
    return render(
        request,
        "documents/files.html",
        {"seen": seen, "guidance": for_page(code="files", by=_actor(request))},
    )


def add(request: HttpRequest, group: UUID) -> HttpResponse:
    """Adds a file."""
    by = _actor(request)
    seen = read_files(group=group, by=by)
    if not seen.can_add:
        raise Refused(_("Your part in this core group does not allow this."))

    def do(form: Any) -> UUID:
        given = form.cleaned_data
        child = None if given["child"] == "all" else UUID(given["child"])
        return add_file(
            group=group, name=given["file"].name or "", content=given["file"].read(), title=given["title"],
            child=child, audience=form.audience, by=by, once=form.once,
        )  # fmt: skip

    back = reverse("files", args=[group])
    return form_view(
        request, form_class=FileForm, template="documents/file_add.html", do=do, to=back,
        done=_("The file is added."), options={"children": seen.children, "people": seen.people},
        context={"title": _("Add a file"), "caption": seen.family, "back": back, "submit": _("Add the file")},
    )  # fmt: skip


def download(request: HttpRequest, group: UUID, file: UUID) -> HttpResponse:
    """Hands a file over for keeping."""
    try:
        opened = open_file(group=group, file=file, by=_actor(request))
    except Problem as problem:
        return errors.refused(request, problem.sentence)
    response = HttpResponse(opened.content, content_type=opened.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, opened.name) or "attachment"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
