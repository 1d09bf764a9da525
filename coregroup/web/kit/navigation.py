"""The links that stand on every page: the menu, the footer, the other language.

A link is shown only if its page exists and the person may open it, so that nothing leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coregroup.rules.access import Actor, Capability, may


@dataclass(frozen=True)
class Link:
    """A page by its route's name; `to` is the capability that it asks for, None if anybody may open it."""

    route: str
    text: Any
    to: Capability | None = None


@dataclass(frozen=True)
class Shown:
    """A link as it is drawn: `current` within its part of the service, `exact` on the page itself."""

    text: str
    address: str
    current: bool = False
    exact: bool = False


@dataclass(frozen=True)
class Language:
    """One of the languages that a page can be read in."""

    code: str
    name: str
    address: str
    current: bool


MENU: tuple[Link, ...] = (
    Link("home", _("Home"), Capability.SEE_HOME),
    Link("groups", _("My core groups"), Capability.SEE_HOME),
    Link("my_actions", _("My actions"), Capability.SEE_HOME),
    Link("oversight_plans", _("Plans I oversee"), Capability.OVERSEE_PLANS),
    Link("oversight_staff", _("My staff"), Capability.OVERSEE_STAFF),
    Link("guidance", _("Guidance"), Capability.SEE_GUIDANCE),
    Link("setup", _("Set up"), Capability.ADMINISTER),
    Link("help", _("Help")),
)
FOOTER: tuple[Link, ...] = (
    Link("account_change_password", _("Change your password"), Capability.SEE_HOME),
    Link("help", _("Help")),
    Link("accessibility", _("Accessibility")),
    Link("privacy", _("Privacy")),
    Link("cookies", _("Cookies")),
)


def address_of(route: str) -> str:
    """The address of a page, or nothing if there is no such page."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def shown(links: Iterable[Link], *, actor: Actor | None, path: str) -> list[Shown]:
    """The links that this person sees on the page at `path`."""
    drawn = []
    for link in links:
        address = address_of(link.route)
        if not address or (link.to is not None and (actor is None or not may(actor, link.to))):
            continue
        within = path == address or (address != "/" and path.startswith(address))
        drawn.append(Shown(str(link.text), address, current=within, exact=path == address))
    return drawn


NO_NOTE_FROM = ("note_new", "notes", "note")


def note_address(request: HttpRequest) -> str:
    """Where a note to the lead worker is written from a page of a core group; "" on any other page (R19)."""
    match = request.resolver_match
    group = match.kwargs.get("group") if match else None
    if group is None or match is None or match.url_name in NO_NOTE_FROM:
        return ""
    try:
        return reverse("note_new", kwargs={"group": group}, query={"from": request.path})
    except NoReverseMatch:
        return ""


def languages(request: HttpRequest) -> list[Language]:
    """The languages of the service, each leading to the same page in it. Works by plain links."""
    switch = [code for code, _name in settings.LANGUAGES]
    now = (get_language() or "en").split("-")[0]
    names = {"en": "English", "cy": "Cymraeg"}
    drawn = []
    for code in switch:
        try:
            address = reverse("language", args=[code], query={"next": request.get_full_path()})
        except NoReverseMatch:
            return []
        drawn.append(Language(code, names.get(code, code), address, current=code == now))
    return drawn
