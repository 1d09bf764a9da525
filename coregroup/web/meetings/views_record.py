"""The record of a meeting: read, taken as PDF or Word, as a pack for another system."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coregroup.casefile.record import record
from coregroup.casefile.record_shapes import Record
from coregroup.casefile.record_templates import layout_for
from coregroup.casework.record_hand_outs import record_read
from coregroup.paper.export_pack import export_zip
from coregroup.paper.record import change_words, correction_words, edition_words, record_pdf
from coregroup.paper.record_word import record_word
from coregroup.rules.access import Actor, Capability
from coregroup.web.kit.links import address
from coregroup.web.kit.once import token

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
POLICY = "sandbox; default-src 'none'"


def show(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The record on one page; opening what was given to the reader is kept as proof (R53)."""
    by = actor_of(request)
    told = record(group=group, meeting=meeting, by=by)
    if told.given_unopened:
        record_read(group=group, meeting=meeting, by=by)
    context = {
        "told": told,
        "title": told.title,
        "caption": told.about,
        "crumbs": crumbs(group, meeting, told.title),
        "edition": edition_words(told),
        "change_words": change_words,
        "correction_words": correction_words,
        "professional": by.professional,
        "once": token(),
    }
    return render(request, "meetings/record.html", context)


def departures(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """What a meeting changed of what the conference had decided, before and after (R73, R74)."""
    told = record(group=group, meeting=meeting, by=actor_of(request))
    title = _("What changed of what the conference decided")
    context = {
        "title": title, "told": told, "caption": told.about, "change_words": change_words,
        "correction_words": correction_words,
        "changes": [one for _place, one in told.changes() if one.departs],
        "crumbs": crumbs(group, meeting, title, record_title=told.title),
    }  # fmt: skip
    return render(request, "meetings/record_departures.html", context)


def copy(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The reader's own copy as PDF; opening it is kept as proof."""
    by = actor_of(request)
    told = record(group=group, meeting=meeting, by=by)
    layout = layout_for(group=group, by=by)
    made = record_pdf(told, copy_for=by.name, language=language(), layout=layout)
    if told.given_unopened:
        record_read(group=group, meeting=meeting, by=by)
    return download(made.content, "application/pdf", f"{stem(told, by.name)}.pdf")


def word(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The reader's own copy as a Word file, on the authority's template."""
    by = actor_of(request)
    told = record(group=group, meeting=meeting, by=by)
    layout = layout_for(group=group, by=by)
    made = record_word(told, copy_for=by.name, language=language(), layout=layout)
    return download(made, WORD, f"{stem(told, by.name)}.docx")


def export(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """The pack for the reader's own recording system: PDF, Word and tables in one ZIP (R36)."""
    by = actor_of(request)
    told = record(group=group, meeting=meeting, to=Capability.SEE_DISTRIBUTION, by=by)
    layout = layout_for(group=group, by=by)
    made = export_zip(told, copy_for=by.name, language=language(), layout=layout)
    return download(made, "application/zip", f"{stem(told, by.name)}.zip")


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def language() -> str:
    """The language in use, as documents know it."""
    return (get_language() or "en")[:2]


def stem(told: Record, name: str) -> str:
    """A file's name: the day and for whom it is, never a child's name."""
    return f"record-{told.held_on.isoformat()}-{slugify(name) or 'copy'}"


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """Hands a made document over for keeping; nothing in it may run."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def crumbs(group: UUID, meeting: UUID, last: str, *, record_title: str = "") -> list[tuple[str, str]]:
    """The way back: core group, its meetings, the meeting, perhaps its record, this page."""
    way = [
        (_("Core group"), address("group", group=group)),
        (_("Meetings"), address("meetings", group=group)),
    ]
    if record_title:
        way.append((record_title, address("record", group=group, meeting=meeting)))
    return [(text, place) for text, place in way if place] + [(last, "")]
