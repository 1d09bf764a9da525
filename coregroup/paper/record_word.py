"""The record as a Word file, on the authority's own template where there is one (R14)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import docx
from django.utils import translation
from django.utils.formats import date_format
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from coregroup.casefile.record_shapes import Record
from coregroup.casefile.record_templates import Layout
from coregroup.paper import blocks
from coregroup.paper.record import part_blocks, record_document

# What a template's own paragraphs may hold, each alone in its paragraph; other sections go by their code.
ALIASES = {"changes": "plan"}
_PLACE = re.compile(r"^\s*\{\{\s*([a-z_]+)\s*\}\}\s*$")
_INLINE = re.compile(r"\{\{\s*(title|date|children|copy_for)\s*\}\}")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def record_word(
    record: Record, *, copy_for: str, language: str = "en", layout: Layout | None = None
) -> bytes:
    """The record as .docx. The same record on the same template gives the same bytes.

    A template holds placeholder paragraphs: {{record}} for the whole, {{attendance}}, {{changes}} or another
    section's code for that section; {{title}}, {{date}}, {{children}}, {{copy_for}} within a text. What has
    no place of its own stands at {{record}}, or at the end.
    """
    layout = layout or Layout()
    with translation.override(language):
        made = record_document(record, copy_for=copy_for, language=language, layout=layout)
        file = docx.Document(BytesIO(layout.word)) if layout.word else docx.Document()
        _set_up(file, made, record)
        if layout.word:
            _fill(file, made, record, copy_for)
        else:
            file.add_heading(made.title, 1)
            file.add_paragraph(made.subtitle)
            _write(file, made.blocks, _at_the_end(file))
            _foot(file, made)
    return _plain_zip(file)


def _set_up(file: WordDocument, made: blocks.Document, record: Record) -> None:
    """Language for those who listen to it, a title for the window; nobody's name as its author."""
    core = file.core_properties
    core.title, core.language, core.author, core.last_modified_by = made.title, made.language, "", ""
    core.created = core.modified = record.closed_at.replace(tzinfo=None)
    code = {"cy": "cy-GB"}.get(made.language, "en-GB")
    defaults = file.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}") if defaults is not None else None
    if properties is None:
        properties = file.styles["Normal"].element.get_or_add_rPr()
    for earlier in properties.findall(qn("w:lang")):
        properties.remove(earlier)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), code)
    properties.append(lang)


def _fill(file: WordDocument, made: blocks.Document, record: Record, copy_for: str) -> None:
    """Fills a template's placeholders; sections without a place go where the whole stands."""
    values = {
        "title": made.title, "date": date_format(record.held_on, "j F Y"), "copy_for": copy_for,
        "children": ", ".join(record.children),
    }  # fmt: skip
    places: dict[str, Any] = {}
    for paragraph in list(_paragraphs(file)):
        found = _PLACE.match(paragraph.text)
        code = ALIASES.get(found[1], found[1]) if found and found[1] not in values else ""
        if code == "record" or (code and record.section(code)):
            places.setdefault(code, paragraph)
        elif found and code:
            paragraph.text = ""  # this record has no such section
        elif _INLINE.search(paragraph.text):
            paragraph.text = _INLINE.sub(lambda one: clean(values[one[1]]), paragraph.text)
    for code, paragraph in places.items():
        section = record.section(code)
        if section is not None:
            _write(file, part_blocks(section.parts), _before(paragraph))
            paragraph._element.getparent().remove(paragraph._element)
    rest: list[blocks.Block] = []
    for section in record.sections:
        if section.code not in places:
            rest += [blocks.Heading(section.title), *part_blocks(section.parts)]
    whole = places.get("record")
    _write(file, rest, _before(whole) if whole is not None else _at_the_end(file))
    if whole is not None:
        whole._element.getparent().remove(whole._element)


def _paragraphs(file: WordDocument) -> Iterable[Any]:
    yield from file.paragraphs
    for section in file.sections:
        yield from section.header.paragraphs
        yield from section.footer.paragraphs
    for table in file.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


_UNFIT = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """A text without signs that no Word file can hold."""
    return _UNFIT.sub("", text)


Put = Callable[[Any], None]


def _at_the_end(file: WordDocument) -> Put:
    return lambda made: None  # python-docx has put it at the end already


def _before(paragraph: Any) -> Put:
    return lambda made: paragraph._element.addprevious(made._element)


def _write(file: WordDocument, made: Iterable[blocks.Block], put: Put) -> None:
    for block in made:
        for one in _made(file, block):
            put(one)


def _made(file: WordDocument, block: blocks.Block) -> list[Any]:
    if isinstance(block, blocks.Heading):
        return [_styled(file, block.text, f"Heading {block.level}", bold=True)]
    if isinstance(block, blocks.Paragraph):
        return [_styled(file, block.text, "", bold=block.strong)]
    if isinstance(block, blocks.Quote):
        return [_styled(file, block.words, "Quote"), _styled(file, block.whose, "")]
    if isinstance(block, blocks.Facts):
        return [_table(file, block.header, block.rows), file.add_paragraph()]
    if isinstance(block, blocks.Table):
        return [_table(file, block.header, block.rows), file.add_paragraph()]
    points = getattr(block, "points", ())
    return [_styled(file, point, "List Bullet") for point in points]


def _styled(file: WordDocument, text: str, style: str, *, bold: bool = False) -> Any:
    """A paragraph in a style of the template; one that it lacks is made up for by weight."""
    paragraph = file.add_paragraph()
    known = {one.name for one in file.styles}
    if style in known:
        paragraph.style = file.styles[style]
    run = paragraph.add_run(clean(text))
    run.bold = True if bold and style not in known else None
    return paragraph


def _table(file: WordDocument, header: Iterable[str], rows: Iterable[Iterable[str]]) -> Any:
    """A table whose first row is its header on every page."""
    titles, lines = list(header), [list(row) for row in rows]
    table = file.add_table(rows=1 + len(lines), cols=len(titles))
    if "Table Grid" in {one.name for one in file.styles}:
        table.style = file.styles["Table Grid"]
    for place, line in enumerate([titles, *lines]):
        for cell, text in zip(table.rows[place].cells, line, strict=True):
            cell.text = clean(text)
            if place == 0:
                cell.paragraphs[0].runs[0].bold = True if cell.paragraphs[0].runs else None
    head = table.rows[0]._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    head.append(mark)
    return table


def _foot(file: WordDocument, made: blocks.Document) -> None:
    section = file.sections[0]
    section.footer.paragraphs[0].text = clean(made.foot)
    if made.head:
        section.header.paragraphs[0].text = clean(made.head)


def _plain_zip(file: WordDocument) -> bytes:
    """The file with one date for all its members: the same content is the same bytes."""
    saved, plain = BytesIO(), BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(
                zipfile.ZipInfo(member.filename, _EPOCH), source.read(member), zipfile.ZIP_DEFLATED
            )
    return plain.getvalue()
