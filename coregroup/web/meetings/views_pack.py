"""The meeting pack: a page to read and print, and a PDF, one rendering a recipient (R14, R57, R86)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coregroup.casefile import plans_words as words
from coregroup.casefile.family_words import decision_word, way_within
from coregroup.casefile.pack import Pack
from coregroup.casefile.pack import pack as read_pack
from coregroup.paper.pack import asked_how, how_far, pack_pdf
from coregroup.web.kit.links import address


def pack(request: HttpRequest, group: UUID, meeting: UUID, person: UUID | None = None) -> HttpResponse:
    """The pack as whoever asks has it, or as `person` has it."""
    found = read_pack(group=group, meeting=meeting, reader=person, by=request.actor)  # type: ignore[attr-defined]
    own = reverse("pack", args=[group, meeting])
    title = found.word[:1].upper() + found.word[1:]
    context = {
        "title": _("Meeting pack"),
        "caption": found.heading,
        "crumbs": [
            (_("Core group"), address("group", group=group)),
            *([(title, at)] if (at := address("meeting", group=group, meeting=meeting)) else []),
            (_("Meeting pack"), own if found.preview else ""),
            *([(_("Copy for %(name)s") % {"name": found.reader_name}, "")] if found.preview else []),
        ],
        "pack": found,
        "words": words,
        "way_within": way_within,
        "decision_word": decision_word,
        "asked_how": asked_how,
        "how_far": how_far,
        "pdf": reverse("pack_pdf_as", args=[group, meeting, person])
        if found.preview
        else reverse("pack_pdf", args=[group, meeting]),
        "copies": [(name, reverse("pack_as", args=[group, meeting, one])) for one, name in found.copies],
        "family_first": reverse("family_first", args=[group, meeting]),
    }
    return render(request, "meetings/pack.html", context)


def pdf(request: HttpRequest, group: UUID, meeting: UUID, person: UUID | None = None) -> HttpResponse:
    """The very document for one recipient."""
    found = read_pack(group=group, meeting=meeting, reader=person, by=request.actor)  # type: ignore[attr-defined]
    made = pack_pdf(found, language=found.language)
    response = HttpResponse(made.content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(found)}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _file_name(found: Pack) -> str:
    """The file's name carries the recipient and the day, and never a child."""
    return f"pack-{slugify(found.reader_name) or 'copy'}-{found.on.isoformat()}.pdf"
