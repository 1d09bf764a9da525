"""Notes to the lead worker: writing one from any page, the list, one note with its answers (R19, R26)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from coregroup.casefile import lead_notes
from coregroup.casefile.lead_notes import LeadNoteLine, NewNote
from coregroup.casefile.plans_words import choice_word
from coregroup.casework.lead_notes import answer_note, write_note
from coregroup.web.kit.formview import form_view
from coregroup.web.meetings.forms_between import ALL, WordForm, chosen, note_form


def notes(request: HttpRequest, group: UUID) -> HttpResponse:
    """The notes of a core group that somebody may see, those that wait first."""
    found = lead_notes.notes(group=group, by=request.actor)  # type: ignore[attr-defined]
    title = _("Notes to the %(lead)s") % {"lead": found.lead_word}
    context = {
        "title": title,
        "caption": found.heading,
        "crumbs": [(found.heading, _group(group)), (title, "")],
        "found": found,
        "where": lambda line: page_words(group, line.page),
        "kept": choice_word,
    }
    return render(request, "meetings/notes.html", context)


def note_new(request: HttpRequest, group: UUID) -> HttpResponse:
    """Writing to the lead worker; from which page is carried along. Who leads alone is led to the list."""
    actor = request.actor  # type: ignore[attr-defined]
    page = lead_notes.new_note(group=group, by=actor)
    if page.only_lead:
        return HttpResponseRedirect(reverse("notes", kwargs={"group": group}))
    came_from = _ours(group, request.GET.get("from", "") or request.POST.get("from_page", ""))
    title = _("Write to the %(lead)s") % {"lead": page.lead_word}

    def do(form: Any) -> UUID:
        given = form.cleaned_data
        return write_note(
            group=group, text=given["text"], child=_child(page, given), urgent=given["urgent"],
            page=_ours(group, given["from_page"]), audience=chosen(given), by=actor, once=form.once,
        )  # fmt: skip

    context = {
        "title": title,
        "caption": page.heading,
        "crumbs": [(page.heading, _group(group)), (title, "")],
        "page": page,
        "where": page_words(group, came_from),
        "submit": _("Send the note"),
        "cancel": came_from or _group(group),
    }
    return form_view(
        request, form_class=note_form(page), template="meetings/note_new.html", do=do,
        to=reverse("notes", kwargs={"group": group}), done=_("Your note is sent."), context=context,
        initial=_initial(page, came_from),
    )  # fmt: skip


def _initial(page: NewNote, came_from: str) -> dict[str, Any]:
    """The page it is written from, and the child whom that is about."""
    about = _parts(came_from).get("child")
    known = {key for key, _name, _lead in page.children}
    return {
        "from_page": came_from,
        "child": str(about) if about in known else None,
    }


def _child(page: NewNote, given: dict[str, Any]) -> UUID | None:
    if "child" in given:
        return None if given["child"] == ALL else UUID(given["child"])
    return page.children[0][0] if page.must_choose and len(page.children) == 1 else None


def note(request: HttpRequest, group: UUID, note: UUID) -> HttpResponse:
    """One note with its answers; the lead worker answers, whoever wrote it may add to it."""
    actor = request.actor  # type: ignore[attr-defined]
    found = lead_notes.note(group=group, note=note, by=actor)
    title = _("Note from %(name)s") % {"name": found.note.by_name}
    context = {
        "title": title,
        "caption": found.heading,
        "crumbs": [
            (found.heading, _group(group)),
            (
                _("Notes to the %(lead)s") % {"lead": found.lead_word},
                reverse("notes", kwargs={"group": group}),
            ),
            (title, ""),
        ],
        "found": found,
        "line": found.note,
        "where": lambda line: page_words(group, line.page),
        "kept": choice_word,
        "submit": _("Send the answer") if found.may_answer else _("Add this"),
    }
    if not (found.may_answer or found.may_add):
        return render(request, "meetings/note_read.html", context)

    def do(form: Any) -> UUID:
        return answer_note(group=group, note=note, text=form.cleaned_data["text"], by=actor, once=form.once)

    return form_view(
        request, form_class=_word_form(found.note), template="meetings/note.html", do=do,
        to=reverse("notes", kwargs={"group": group}), context=context,
        done=_("Your answer is sent.") if found.may_answer else _("Added to your note."),
    )  # fmt: skip


def _word_form(line: LeadNoteLine) -> type[WordForm]:
    if not line.mine:
        return WordForm

    class FurtherForm(WordForm):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.fields["text"].label = _("Do you want to add anything?")

    return FurtherForm


def _group(group: UUID) -> str:
    return reverse("group", kwargs={"group": group})


def _parts(path: str) -> dict[str, Any]:
    try:
        return dict(resolve(path.split("?")[0]).kwargs) if path else {}
    except Resolver404:
        return {}


def _ours(group: UUID, path: str) -> str:
    """An address of a page of this very core group, without what was asked of it; "" for any other."""
    plain = path.split("?")[0].split("#")[0]
    return plain if _parts(plain).get("group") == group else ""


def page_words(group: UUID, path: str) -> str:
    """What the page is called from which a note was written; "" where there is none."""
    if not _ours(group, path):
        return ""
    name = resolve(path).url_name or ""
    for begin, words in _names():
        if name.startswith(begin):
            return words
    return _("A page of this core group")


def _names() -> tuple[tuple[str, str], ...]:
    return (
        ("plan_item", _("The history of an item of the plan")),
        ("plan", _("The plan")),
        ("action_board", _("Everybody's actions")),
        ("action", _("An action")),
        ("answer_action", _("An action")),
        ("members", _("The members")),
        ("outline", _("The outline plan")),
        ("face_sheet", _("The face sheet")),
        ("contact", _("Contact")),
        ("files", _("The files")),
        ("meeting", _("A meeting")),
        ("workspace", _("A meeting")),
        ("record", _("The record of a meeting")),
        ("my_update", _("An update")),
        ("group", _("The page of this core group")),
    )
