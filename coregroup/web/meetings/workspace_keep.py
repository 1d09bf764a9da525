"""A step of the workspace sent as a plain form: each thing is kept by itself, both texts where two wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coregroup.casefile.workspace import Entry
from coregroup.casefile.workspace_slots import Slot
from coregroup.casefile.workspace_words import choice_word, field_label
from coregroup.casework.meeting_sheet import Thing, keep_entry
from coregroup.rules.errors import Clash, Problem, Problems
from coregroup.rules.meeting_entries import KINDS
from coregroup.web.kit.clash import CHOICE, MINE, THEIRS, THIRD, THIRD_TEXT, Side
from coregroup.web.meetings import workspace_view as view

Place = tuple[UUID, UUID]  # the group and the meeting


@dataclass
class Kept:
    """What became of a form: both writers' texts, and what could not be kept with what was typed."""

    clashes: dict[str, Clash] = field(default_factory=dict)
    faults: dict[str, dict[str, str]] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    undecided: list[str] = field(default_factory=list)


def keep_all(request: HttpRequest, at: Place, slots: Iterable[Slot]) -> Kept:
    """Keeps every thing that was changed in the form, each by itself."""
    kept = Kept()
    standing = {slot.thing: slot.entry for slot in slots}
    for name in dict.fromkeys(request.POST.getlist("thing")):
        thing = view.thing_of(name)
        if thing is None or thing.kind not in KINDS:
            continue
        content, undecided = _content(request, name, thing)
        entry = standing.get(name)
        if undecided:
            kept.clashes[name] = _again(request, name, entry, undecided)
            kept.undecided += [f"{name}|{one}" for one in undecided]
        elif any(value != (entry.text(key) if entry else "") for key, value in content.items()):
            _keep_one(request, at, name, thing, content, kept)
    return kept


def _keep_one(
    request: HttpRequest, at: Place, name: str, thing: Thing, content: dict[str, str], kept: Kept
) -> None:
    text = request.POST.get(f"{name}|base", "")
    base = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    try:
        keep_entry(group=at[0], meeting=at[1], thing=thing, content=content, base=base, by=request.actor)  # type: ignore[attr-defined]
    except Clash as clash:
        kept.clashes[name] = clash
    except (Problem, Problems) as problem:
        told = problem.faults if isinstance(problem, Problems) else [(problem.field, problem.sentence)]
        kept.faults[name] = {at or "": sentence for at, sentence in told}
        kept.typed[name] = content


def _content(request: HttpRequest, name: str, thing: Thing) -> tuple[dict[str, str], list[str]]:
    """The fields of one thing as they were sent, or decided after a clash; the fields left undecided."""
    found, undecided = {}, []
    for one in KINDS[thing.kind].fields:
        html = f"{name}|{one.name}"
        if html not in request.POST:
            continue
        choice = request.POST.get(CHOICE + html, "") if f"asked|{html}" in request.POST else MINE
        if choice in (MINE, THIRD):
            found[one.name] = _lines(request.POST.get(html if choice == MINE else THIRD_TEXT + html, ""))
        elif choice != THEIRS:
            undecided.append(one.name)
    return found, undecided


def _again(request: HttpRequest, name: str, entry: Entry | None, undecided: list[str]) -> Clash:
    """The same two texts once more: nobody has chosen between them."""
    theirs = {one: entry.text(one) if entry else "" for one in undecided}
    mine = {one: _lines(request.POST.get(f"{name}|{one}", "")) for one in undecided}
    return Clash(theirs, mine, entry.number if entry else 0, entry.by_name if entry else "")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def both(request: HttpRequest, title: str, slots: Iterable[Slot], kept: Kept) -> HttpResponse:
    """Both texts of every field in which two people wrote, to be decided between."""
    sides, carried = [], []
    titles = {slot.thing: slot.title for slot in slots}
    for name, clash in kept.clashes.items():
        thing = view.thing_of(name)
        assert thing is not None
        carried += [("thing", name), (f"{name}|base", str(clash.revision))]
        for key, theirs in clash.theirs.items():
            html, mine = f"{name}|{key}", str(clash.mine.get(key, ""))
            carried += [(html, mine), (f"asked|{html}", "yes")]
            coded = bool(next(one for one in KINDS[thing.kind].fields if one.name == key).choices)
            told = [
                choice_word(thing.kind, key, one) if coded and one else one for one in (str(theirs), mine)
            ]
            label = ": ".join(filter(None, [titles.get(name, ""), field_label(thing.kind, key)]))
            sides.append(Side(html, label, told[0], told[1], not coded))
    context: dict[str, Any] = {
        "title": title, "clash_sides": sides, "clash_undecided": kept.undecided, "carried": carried,
        "clash_by": next(iter(kept.clashes.values())).by, "clash_revision": "",
    }  # fmt: skip
    return render(request, "kit/clash_page.html", context, status=409)
