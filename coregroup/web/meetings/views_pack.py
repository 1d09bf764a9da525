"""The meeting pack: a page to read and print, and a PDF, one rendering a recipient (R14, R57, R86)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coregroup.casefile.family_words import decision_word, way_within
from coregroup.casefile.pack import pack as read_pack
from coregroup.casefile.pack_shapes import Pack
from coregroup.casework.pack_hand_outs import record_pack_given, record_pack_opened
from coregroup.paper.pack import asked_how, how_far, pack_pdf
from coregroup.rules.errors import Closed, Refused
from coregroup.rules.hand_out import HOW
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.meetings.forms_pack import PackGivenForm


def pack(request: HttpRequest, group: UUID, meeting: UUID, person: UUID | None = None) -> HttpResponse:
    """The pack as whoever asks has it, or as `person` has it."""
    found = read_pack(group=group, meeting=meeting, reader=person, by=request.actor)  # type: ignore[attr-defined]
    if found.unopened:
        record_pack_opened(group=group, meeting=meeting, by=request.actor)  # type: ignore[attr-defined]
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
        "way_within": way_within,
        "decision_word": decision_word,
        "asked_how": asked_how,
        "how_far": how_far,
        "pdf": reverse("pack_pdf_as", args=[group, meeting, person])
        if found.preview
        else reverse("pack_pdf", args=[group, meeting]),
        "how": _ways(),
        "at": lambda name, person: reverse(name, args=[group, meeting, person]),
        "family_first": reverse("family_first", args=[group, meeting]),
    }
    return render(request, "meetings/pack.html", context)


def give(request: HttpRequest, group: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    """Records how somebody was given their pack, with the digest of the very document."""
    actor = request.actor  # type: ignore[attr-defined]
    mine = read_pack(group=group, meeting=meeting, by=actor)
    line = next((line for line in mine.copies if line.person == person), None)
    if line is None:
        raise Closed
    if not mine.may_give:
        raise Refused(_("Your part in this core group does not allow this."))

    def do(form: PackGivenForm) -> UUID:
        theirs = read_pack(group=group, meeting=meeting, reader=person, own_language=True, by=actor)
        given = form.cleaned_data
        return record_pack_given(
            group=group, meeting=meeting, recipient=person, how=given["how"], on=given["on"],
            note=given["note"], digest=pack_pdf(theirs, language=theirs.language).digest, by=actor,
            once=form.once,
        )  # fmt: skip

    left_out = {"filed"} if line.signs_in else {"filed", "own_page"}
    back = reverse("pack", args=[group, meeting])
    title = _("Give the pack to %(name)s") % {"name": line.name}
    return form_view(
        request,
        form_class=PackGivenForm,
        do=do,
        to=back + "#copies",
        done=_("Recorded."),
        initial={"on": timezone.localdate()},
        options={"ways": [(code, word) for code, word in _ways().items() if code not in left_out]},
        context={
            "title": title,
            "crumbs": _crumbs(group, back, title),
            "submit": _("Record it"),
            "cancel": back,
        },
    )


def _crumbs(group: UUID, own: str, last: str) -> list[tuple[str, str]]:
    return [(_("Core group"), address("group", group=group)), (_("Meeting pack"), own), (last, "")]


def _ways() -> dict[str, str]:
    language = (get_language() or "en")[:2]
    return {code: words.get(language, words["en"]) for code, words in HOW.items()}


def pdf(request: HttpRequest, group: UUID, meeting: UUID, person: UUID | None = None) -> HttpResponse:
    """The very document for one recipient, in their language."""
    found = read_pack(
        group=group, meeting=meeting, reader=person, own_language=True, by=request.actor  # type: ignore[attr-defined]
    )  # fmt: skip
    made = pack_pdf(found, language=found.language)
    response = HttpResponse(made.content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(found)}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _file_name(found: Pack) -> str:
    """The file's name carries the recipient and the day, and never a child."""
    return f"pack-{slugify(found.reader_name) or 'copy'}-{found.on.isoformat()}.pdf"
