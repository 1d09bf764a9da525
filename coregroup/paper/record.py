"""The record of a meeting as a document: one rendering a recipient, from a record already cut for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coregroup.casefile.record_shapes import (
    Change,
    Correction,
    Facts,
    Listing,
    Part,
    Record,
    Said,
    Title,
    Words,
)
from coregroup.casefile.record_templates import Layout
from coregroup.paper import blocks
from coregroup.paper.blocks import Block, Document
from coregroup.paper.pdf import Rendered, to_pdf


def record_pdf(
    record: Record, *, copy_for: str, language: str = "en", layout: Layout | None = None
) -> Rendered:
    """The record as tagged PDF for the person named (R14, R53). The same record gives the same bytes."""
    return to_pdf(record_document(record, copy_for=copy_for, language=language, layout=layout))


def record_document(
    record: Record, *, copy_for: str, language: str = "en", layout: Layout | None = None
) -> Document:
    """The record's blocks, in the recipient's language, under the authority's own heading and footer."""
    layout = layout or Layout()
    with translation.override(language):
        state = edition_words(record)
        own = f"{layout.footer} " if layout.footer else ""
        foot = _("%(title)s, %(day)s. %(state)s. Copy for %(name)s. Confidential: keep it safe.") % {
            "title": record.title, "day": formats.date_format(record.held_on, "j F Y"), "state": state,
            "name": copy_for,
        }  # fmt: skip
        return Document(
            title=record.title, language=language, subtitle=f"{record.about}. {state}.", foot=own + foot,
            page_of=_("Page {} of {}"), blocks=tuple(record_blocks(record)), head=layout.heading,
            picture=layout.badge,
        )  # fmt: skip


def edition_words(record: Record) -> str:
    """As issued, or how often it was corrected; and whether it is confirmed."""
    told = _("As issued")
    if record.edition > 1:
        count = record.edition - 1
        told = ngettext("With %(count)d correction", "With %(count)d corrections", count) % {"count": count}
    if record.confirmed_at:
        on = formats.date_format(timezone.localdate(record.confirmed_at), "j F Y")
        told += ". " + _("Confirmed on %(day)s by %(name)s") % {"day": on, "name": record.confirmed_by}
    return told


def record_blocks(record: Record) -> Iterator[Block]:
    """Every section with its heading and parts."""
    for section in record.sections:
        yield blocks.Heading(section.title)
        yield from part_blocks(section.parts)


def part_blocks(parts: Iterable[Part]) -> Iterator[Block]:
    """The parts of a section as blocks; no heading skips a level."""
    level = 2
    for part in parts:
        if isinstance(part, Title):
            level = min(part.level, level + 1)
            if part.text:
                yield blocks.Heading(part.text, level)
        else:
            yield from _part(part)


def _part(part: Part) -> Iterator[Block]:
    if isinstance(part, Words):
        if part.label:
            yield blocks.Paragraph(part.label, strong=True)
        yield from (blocks.Paragraph(line) for line in part.text.split("\n") if line.strip())
    elif isinstance(part, Said):
        yield blocks.Quote(part.words, part.whose)
    elif isinstance(part, Facts):
        yield blocks.Facts(part.caption, part.rows, (part.caption or _("What"), _("In words")))
    elif isinstance(part, Listing):
        yield blocks.Table(part.caption, part.header, part.rows, part.widths)
    elif isinstance(part, Change):
        yield from _change(part)
    elif isinstance(part, Correction):
        yield from _correction(part)


def change_words(kind: str) -> str:
    """What became of an item."""
    return {"added": _("Added"), "withdrawn": _("Withdrawn"), "changed": _("Changed")}[kind]


def _change(part: Change) -> Iterator[Block]:
    told = {"kind": change_words(part.kind), "what": part.kind_word, "text": part.what}
    yield blocks.Paragraph(_("%(kind)s. %(what)s: %(text)s") % told, strong=True)
    if part.departs:
        yield blocks.Paragraph(_("This changes what the conference decided."))
    if part.because:
        yield blocks.Paragraph(_("Because: %(reason)s") % {"reason": part.because})
    if part.kind == "changed":
        rows = tuple((one.label, one.before, one.after) for one in part.fields)
        yield blocks.Table(part.what, (_("What"), _("Before"), _("Now")), rows, (2, 4, 4))
    elif part.fields:
        rows_of_two = tuple((one.label, one.after or one.before) for one in part.fields)
        yield blocks.Facts(part.what, rows_of_two, (part.kind_word, _("In words")))


def correction_words(part: Correction) -> str:
    """That something was corrected, in one sentence."""
    told = {"name": part.by_name, "day": formats.date_format(part.on, "j F Y"), "what": part.what}
    if part.beside:
        return _("Correction by %(name)s on %(day)s, beside the record") % told
    return _("Corrected by %(name)s on %(day)s: %(what)s") % told


def _correction(part: Correction) -> Iterator[Block]:
    yield blocks.Paragraph(correction_words(part), strong=True)
    if part.beside:
        yield blocks.Paragraph(part.beside)
    if part.because:
        yield blocks.Paragraph(_("Because: %(reason)s") % {"reason": part.because})
    if part.before:
        yield blocks.Facts(_("What it said before"), part.before, (_("What it said before"), _("In words")))
