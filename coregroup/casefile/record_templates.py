"""The authority's own layout for records: heading, footer, badge, and a Word file to fill (R14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import open_group, open_house
from coregroup.records import file_store
from coregroup.records.models import RecordTemplate
from coregroup.rules.access import Actor, Capability


@dataclass(frozen=True)
class Layout:
    """How a record is laid out; without anything it is the plain default.

    `badge` is a PNG picture, `word` a Word file whose placeholders are filled.
    """

    heading: str = ""
    footer: str = ""
    badge: bytes = b""
    word: bytes = b""


@dataclass(frozen=True)
class TemplatePage:
    """The template in force, or the last one set; number 0 where there is none."""

    number: int
    heading: str
    footer: str
    has_badge: bool
    has_word: bool
    in_force_on: date | None


def layout_for(*, group: UUID, by: Actor) -> Layout:
    """The layout in force today of the authority of this group. Raises Closed to a stranger."""
    case = open_group(group, by=by, to=Capability.SEE_MEETING, what="record template", often=True)
    row = _in_force(case.group.authority_id)
    if row is None:
        return Layout()
    return Layout(row.heading, row.footer, _content(row.badge), _content(row.word_file))


def _in_force(authority: UUID) -> RecordTemplate | None:
    rows = RecordTemplate.objects.filter(authority_id=authority, in_force_on__lte=timezone.localdate())
    return rows.order_by("-number").first()


def _content(digest: str) -> bytes:
    """A stored file; nothing where it is gone: a record is never held up by a badge."""
    try:
        return file_store.fetch(digest) if digest else b""
    except file_store.Damaged:
        return b""


def template_page(*, by: Actor) -> TemplatePage:
    """The authority's template as it stands, for its administrator. Closed to anybody else."""
    open_house(by=by, to=Capability.ADMINISTER, what="record template")
    row = RecordTemplate.objects.filter(authority_id=by.home).order_by("-number").first()
    if row is None:
        return TemplatePage(0, "", "", False, False, None)
    return TemplatePage(
        row.number, row.heading, row.footer, bool(row.badge), bool(row.word_file), row.in_force_on
    )
