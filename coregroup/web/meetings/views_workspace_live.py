"""The workspace's script talks here: it keeps what is typed, and asks what the others have written.

Both answer in JSON. Everything that a page shows without a script is drawn by `views_workspace`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from coregroup.casefile.workspace import Entry
from coregroup.casefile.workspace_changes import Changes, changes_since
from coregroup.casework.meeting_sheet import Kept, Thing, keep_entry
from coregroup.rules import jargon
from coregroup.rules.access import Base
from coregroup.rules.errors import Clash, Closed, Problem, Problems, Refused
from coregroup.rules.meeting_entries import KINDS
from coregroup.web.kit.words import clocktime

LARGEST = 200_000  # bytes of one saving


@dataclass(frozen=True)
class Sent:
    """One saving, as the page's script sends it."""

    thing: Thing
    content: Mapping[str, str]
    base: int
    token: str


@require_POST
def keep(request: HttpRequest, group: UUID, meeting: UUID) -> JsonResponse:
    """Takes {kind, about, child, code, content, base, token} and keeps it.

    200 {kept, at, time, content, findings}; 409 {clash: {field: {theirs, mine}}, kept, by}; 400 {faults:
    [[field, sentence]]}; 403 {refused}; 404 {}. The same token is always answered as the first time.
    """
    by = request.actor  # type: ignore[attr-defined]
    sent = read(request)
    try:
        if sent is None:
            changes_since(group=group, meeting=meeting, since=None, by=by)  # the door comes first
            return JsonResponse({"faults": []}, status=400)
        kept = keep_entry(
            group=group, meeting=meeting, thing=sent.thing, content=sent.content, base=sent.base,
            token=sent.token or None, by=by,
        )  # fmt: skip
    except (Problem, Problems) as problem:
        faults = problem.faults if isinstance(problem, Problems) else [(problem.field, problem.sentence)]
        return JsonResponse({"faults": faults}, status=400)
    except Clash as clash:
        both = {
            name: {"theirs": clash.theirs[name], "mine": clash.mine.get(name, "")} for name in clash.theirs
        }
        return JsonResponse({"clash": both, "kept": clash.revision, "by": clash.by}, status=409)
    except Refused as refused:
        return JsonResponse({"refused": refused.sentence}, status=403)
    except Closed:
        return JsonResponse({}, status=404)
    return JsonResponse(_kept(kept, sent))


@require_GET
def changes(request: HttpRequest, group: UUID, meeting: UUID) -> JsonResponse:
    """What was written since `?since=`: {cursor, state, marks, entries}; 403 {refused}; 404 {}."""
    by = request.actor  # type: ignore[attr-defined]
    try:
        found = changes_since(
            group=group, meeting=meeting, since=_moment(request.GET.get("since", "")), by=by
        )
    except Refused as refused:
        return JsonResponse({"refused": refused.sentence}, status=403)
    except Closed:
        return JsonResponse({}, status=404)
    return JsonResponse(_changes(found, by.who))


def read(request: HttpRequest) -> Sent | None:
    """What the script sent, None for anything else."""
    try:
        sent = json.loads(request.body if len(request.body) <= LARGEST else b"")
        about, child = (UUID(sent[name]) if sent.get(name) else None for name in ("about", "child"))
        base, token = int(sent.get("base") or 0), str(sent.get("token") or "")
        thing = Thing(str(sent["kind"]), about, child, str(sent.get("code") or ""))
        content = sent["content"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
    sound = isinstance(content, dict) and len(token) <= 64 and 0 <= base < 10**9
    if not sound or not all(isinstance(one, str) for one in content.values()):
        return None
    texts = [thing.kind, thing.code, token, *content, *content.values()]
    return Sent(thing, content, base, token) if all(map(_can_be_kept, texts)) else None


def _can_be_kept(text: str) -> bool:
    """Half a letter, as JSON can name it, is no text that could be stored or shown."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _kept(kept: Kept, sent: Sent) -> dict[str, Any]:
    lang = "cy" if (get_language() or "").startswith("cy") else "en"
    own = {one.name for one in KINDS[sent.thing.kind].fields if one.verbatim}  # nobody mends their words
    texts = {name: text for name, text in sent.content.items() if len(text) > 3 and name not in own}
    found = jargon.findings_for(texts, lang)
    return {
        "kept": kept.number, "at": kept.at.isoformat(), "time": clocktime(kept.at),
        "content": dict(kept.content), "findings": jargon.as_data(found),
    }  # fmt: skip


def _changes(found: Changes, reader: UUID) -> dict[str, Any]:
    return {
        "cursor": found.cursor.isoformat(),
        "state": found.state,
        "marks": dict(found.marks),
        "entries": [_entry(entry, reader) for entry in found.entries],
    }


def _entry(entry: Entry, reader: UUID) -> dict[str, Any]:
    return {
        "thing": entry.thing, "kind": entry.kind, "kept": entry.number, "content": dict(entry.content),
        "by": entry.by_name, "own": entry.by == reader, "time": clocktime(entry.at),
        "narrow": entry.seen_by.base is not Base.GROUP,
    }  # fmt: skip


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found is not None and found.tzinfo else None
