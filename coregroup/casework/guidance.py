"""The authority's protocols and guidance: published in versions, linked where they apply (R60)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coregroup.casework.verbs import act_alone, note_outcome
from coregroup.records.models import Authority, Guidance
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problems
from coregroup.rules.pages import PAGES

LONGEST = 100_000


def publish(
    *,
    slug: str | None = None,
    title: str,
    text: str = "",
    link: str = "",
    applies_to: Collection[str] = (),
    in_force_on: date,
    by: Actor,
    once: str | None = None,
) -> str:
    """Publishes a guidance text, or with `slug` its next version; gives the slug (R60).

    `applies_to` names the pages where it is linked. Earlier versions stay readable. Raises Problems with
    every fault at its field; Closed to whoever does not administer, and for a slug that there is not.
    """
    with act_alone(by=by, to=Capability.ADMINISTER, once=once, what="publish guidance"):
        authority = _own(by)
        _refuse_faulty(authority, slug, title, text, link, applies_to, in_force_on)
        name = slug or _free_slug(authority, title)
        row = Guidance.objects.create(
            authority_id=authority, slug=name, number=_last(authority, name) + 1,
            title=" ".join(title.split()), text=text.strip(), link=link.strip(),
            applies_to=[code for code in PAGES if code in applies_to], in_force_on=in_force_on,
            by_id=by.person,
        )  # fmt: skip
        note_outcome(once, row.slug)
    return name


def _own(by: Actor) -> UUID:
    if by.authority is None:
        raise Closed
    # Two versions published at once: the second waits, and gets the next number.
    list(Authority.objects.select_for_update().filter(id=by.authority).values_list("id"))
    return by.authority


def _last(authority: UUID, slug: str) -> int:
    rows = Guidance.objects.filter(authority_id=authority, slug=slug)
    return rows.aggregate(last=Max("number"))["last"] or 0


def _refuse_faulty(
    authority: UUID,
    slug: str | None,
    title: str,
    text: str,
    link: str,
    applies_to: Collection[str],
    in_force_on: date,
) -> None:
    if slug is not None and not _last(authority, slug):
        raise Closed
    found: list[tuple[str | None, str]] = []
    if not title.strip() or len(title) > 200:
        found.append(("title", _("Give it a title of at most 200 characters.")))
    if not text.strip() and not link.strip():
        found.append(("text", _("Write its text, or give a link to it.")))
    if len(text) > LONGEST:
        found.append(("text", _("The text is longer than %(most)d characters.") % {"most": LONGEST}))
    if link.strip() and not _is_address(link.strip()):
        found.append(("link", _("The link must begin with https:// or http://.")))
    if set(applies_to) - set(PAGES):
        found.append(("applies_to", _("Choose among the pages that are offered.")))
    earlier = Guidance.objects.filter(authority_id=authority, slug=slug or "").order_by("-number").first()
    if earlier and in_force_on < earlier.in_force_on:
        found.append(("in_force_on", _("An earlier version came into force after that date.")))
    if found:
        raise Problems(found)


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(link) <= 200


def _free_slug(authority: UUID, title: str) -> str:
    base = slugify(title)[:60] or "guidance"
    taken = set(
        Guidance.objects.filter(authority_id=authority, slug__startswith=base).values_list("slug", flat=True)
    )
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
