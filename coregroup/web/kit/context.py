"""What every page is given beside its own data."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import get_language

from coregroup.web.kit import navigation

PRODUCT = "coregroup"


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The frame's data: who acts (None for somebody not signed in), menu, footer, languages, messages.

    Django adds `request`, `csrf_input` and `csrf_token` by itself. Costs no query.
    """
    actor = getattr(request, "actor", None)
    return {
        "product": PRODUCT,
        "actor": actor,
        "language": (get_language() or "en").split("-")[0],
        "language_links": navigation.languages(request),
        "navigation": navigation.shown(navigation.MENU, actor=actor, path=request.path) if actor else [],
        "note_url": navigation.note_address(request) if actor else "",
        "footer_links": navigation.shown(navigation.FOOTER, actor=actor, path=request.path),
        "home_url": navigation.address_of("home") or "/",
        "sign_out_url": navigation.address_of("account_logout") if actor else "",
        "switch_url": navigation.address_of("switch_person") if actor and actor.others else "",
        "messages": get_messages(request),
    }
