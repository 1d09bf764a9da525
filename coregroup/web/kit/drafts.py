"""The page's side of drafts: what is typed is kept while it is typed, and drawn again on return.

A draft belongs to one person and one form: its key is the form's own address (with the record's id in it), so
that it never shows up in another record.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from coregroup.casefile import drafts as casefile_drafts
from coregroup.casework import drafts as casework_drafts
from coregroup.rules.access import Actor
from coregroup.web.kit.navigation import address_of

LARGEST = 400_000  # characters of one draft: a long plan item is a twentieth of it
SALT = "coregroup.draft"
HOLDS = 24 * 60 * 60  # seconds for which a page that was left open may still hand in what was typed


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Takes `{"key": ..., "data": {name: [values]}}` from the page's script and keeps it.

    400 for anything else; Closed becomes "not found" as everywhere.
    """
    try:
        sent = json.loads(request.body if len(request.body) <= LARGEST else b"")
        key, data = sent["key"], sent["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"kept": False}, status=400)
    if not _is_draft(key, data):
        return JsonResponse({"kept": False}, status=400)
    casework_drafts.keep(key=key, data=data, by=request.actor)  # type: ignore[attr-defined]
    return JsonResponse({"kept": True})


def _is_draft(key: Any, data: Any) -> bool:
    if not isinstance(key, str) or not 0 < len(key) <= 300 or not isinstance(data, dict):
        return False
    lists = all(isinstance(v, list) and all(isinstance(one, str) for one in v) for v in data.values())
    return lists and all(map(_can_be_kept, [key, *data, *(one for v in data.values() for one in v)]))


def _can_be_kept(text: str) -> bool:
    """Half a letter, as JSON can name it, is no text that could be stored or shown; nor is a zero sign."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def key_of(request: HttpRequest) -> str:
    """The key of the form at this address. A query string is part of it: it may choose the record."""
    return request.get_full_path()[:300]


def kept(key: str, by: Actor) -> dict[str, Any] | None:
    """What was typed at this form before, or None."""
    return casefile_drafts.kept(key=key, by=by)


def address() -> str:
    """Where the script sends drafts; nothing if the page is not there."""
    return address_of("drafts")


def drop(key: str, by: Actor) -> None:
    """Forgets what was typed: it is in the record now."""
    casework_drafts.drop(key=key, by=by)


def writer_token(key: str, by: Actor) -> str:
    """Says, signed, for whom this form was drawn; goes along with it unseen."""
    return signing.dumps([str(by.person), key], salt=SALT)


def hold(request: HttpRequest) -> bool:
    """Keeps a form that arrives after its writer's session has ended, as that writer's draft.

    The signed token names the writer and the form, so that nobody else ever sees the text. False if there was
    nothing to keep.
    """
    try:
        person, key = signing.loads(request.POST.get("writer", ""), salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        return False
    if key != key_of(request):
        return False
    unkept = ("csrfmiddlewaretoken", "once", "writer")
    sent = request.POST.lists()
    data = {name: values for name, values in sent if name not in unkept and "password" not in name}
    writer = Actor(UUID(person), None, "", professional=False)
    casework_drafts.keep(key=key, data=data, by=writer)
    return True


def keep_data(key: str, data: dict[str, Any], by: Actor) -> None:
    """Keeps what a form held, without the page's script: at each step, when it is drawn again."""
    casework_drafts.keep(key=key, data=data, by=by)
