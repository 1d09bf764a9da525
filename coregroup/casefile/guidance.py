"""The library of an authority's protocols and guidance, by versions (R60)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import open_house
from coregroup.records.models import Guidance
from coregroup.rules.access import Actor, Capability, may
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class GuidanceLine:
    """A guidance text in a list: the version in force, or, before any is, the first to come."""

    slug: str
    number: int
    title: str
    in_force_on: date
    in_force: bool
    applies_to: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class Library:
    """The authority's guidance; `can_publish` for whoever administers it."""

    lines: tuple[GuidanceLine, ...]
    can_publish: bool


@dataclass(frozen=True)
class GuidanceText:
    """One version of a guidance text, and the numbers of all of them with their dates, the latest first."""

    slug: str
    number: int
    title: str
    text: str
    link: str
    applies_to: tuple[str, ...]
    in_force_on: date
    in_force: bool
    replaced_on: date | None
    versions: tuple[tuple[int, date], ...]
    published_by: str
    can_publish: bool


def library(*, by: Actor) -> Library:
    """Every guidance text of the actor's authority, by title. Two queries at most, however many there are."""
    open_house(by=by, to=Capability.SEE_GUIDANCE, what="guidance")
    today = timezone.localdate()
    rows = _versions(by)
    lines = [_line(versions, today) for versions in rows.values()]
    ordered = tuple(sorted(lines, key=lambda one: (one.title.casefold(), one.slug)))
    return Library(ordered, may(by, Capability.ADMINISTER))


def guidance(*, slug: str, number: int | None = None, by: Actor) -> GuidanceText:
    """One text: the version in force today, or the one of that number. Closed where there is none."""
    open_house(by=by, to=Capability.SEE_GUIDANCE, what=f"guidance {slug}")
    today = timezone.localdate()
    rows = list(
        Guidance.objects.filter(authority_id=_own(by), slug=slug).select_related("by").order_by("-number")
    )
    current = _current(rows, today)
    shown = current if number is None else next((row for row in rows if row.number == number), None)
    if shown is None:
        raise Closed
    later = [row.in_force_on for row in rows if row.number > shown.number and row.in_force_on <= today]
    return GuidanceText(
        shown.slug, shown.number, shown.title, shown.text, shown.link, tuple(shown.applies_to),
        shown.in_force_on, shown is current and shown.in_force_on <= today, min(later, default=None),
        tuple((row.number, row.in_force_on) for row in rows), shown.by.name if shown.by else "",
        may(by, Capability.ADMINISTER),
    )  # fmt: skip


def for_page(*, code: str, by: Actor) -> tuple[GuidanceLine, ...]:
    """The guidance in force that is linked on a page. One query; nothing for those who may not see any."""
    if by.authority is None or not may(by, Capability.SEE_GUIDANCE):
        return ()
    today = timezone.localdate()
    rows = Guidance.objects.filter(authority_id=by.authority, in_force_on__lte=today).defer("text")
    latest = {row.slug: row for row in rows.order_by("number")}
    lines = [_line([row], today) for row in latest.values() if code in row.applies_to]
    return tuple(sorted(lines, key=lambda one: one.title.casefold()))


def _own(by: Actor) -> UUID:
    if by.authority is None:
        raise Closed
    return by.authority


def _versions(by: Actor) -> dict[str, list[Guidance]]:
    """All versions by slug, the latest first, without their texts."""
    found: dict[str, list[Guidance]] = {}
    rows = Guidance.objects.filter(authority_id=_own(by)).defer("text").order_by("slug", "-number")
    for row in rows:
        found.setdefault(row.slug, []).append(row)
    return found


def _current(rows: Iterable[Guidance], today: date) -> Guidance | None:
    """Of versions with the latest first: the one in force; before any is, the first to come."""
    listed = list(rows)
    started = [row for row in listed if row.in_force_on <= today]
    return started[0] if started else (listed[-1] if listed else None)


def _line(versions: Iterable[Guidance], today: date) -> GuidanceLine:
    row = _current(versions, today)
    assert row is not None
    return GuidanceLine(
        row.slug,
        row.number,
        row.title,
        row.in_force_on,
        row.in_force_on <= today,
        tuple(row.applies_to),
        row.link,
    )
