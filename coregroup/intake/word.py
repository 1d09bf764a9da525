"""Reads the tables of a Word document, and the text outside them.

Reads the document's own markup rather than a library's view of it: text that was inserted while changes were
tracked counts and deleted text does not, and tables inside content controls are found.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml import parse_xml

from coregroup.intake.problems import IntakeProblem
from coregroup.intake.tables import MOST_COLUMNS, MOST_ROWS, Contents, Line, Table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted while changes were tracked, or no text at all, or said twice for older programs.
_UNREAD = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_LARGEST_PART = 20 * 1024 * 1024
_MOST_OUTSIDE = 200


def read_word(content: bytes) -> Contents:
    """Every table, and every paragraph outside tables. Raises IntakeProblem."""
    body = _body(content)
    tables: list[Table] = []
    outside: list[str] = []
    for block in _blocks(body):
        if block.tag == f"{_W}tbl":
            tables.append(Table("", tuple(_lines(block))))
        elif (text := _text(block)) and len(outside) < _MOST_OUTSIDE:
            outside.append(text)
    if not tables:
        raise IntakeProblem(
            _("There is no table in this Word document. The outline plan has to stand in a table.")
        )
    return Contents(tuple(tables), tuple(outside))


def _body(content: bytes) -> Any:
    damaged = IntakeProblem(_("The Word document is damaged and cannot be opened."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            name = _main_part(packed)
            if packed.getinfo(name).file_size > _LARGEST_PART:
                raise IntakeProblem(_("The Word document holds far more text than an outline plan does."))
            markup = packed.read(name)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError,
            zlib.error):  # fmt: skip
        raise damaged from None
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup or markup[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise damaged  # no word processor writes these; they are the way to make a reader swell
    try:
        body = parse_xml(markup).find(f"{_W}body")
    except Exception:  # the parser's own error has no parent but SyntaxError, and its callers add others
        raise damaged from None
    if body is None:
        raise damaged
    return body


def _main_part(packed: zipfile.ZipFile) -> str:
    """The document's main part: almost always word/document.xml, else what the content types name."""
    names = packed.namelist()
    if "word/document.xml" in names:
        return "word/document.xml"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for part in parse_xml(packed.read("[Content_Types].xml")):
        if part.get("ContentType") == kind:
            return str(part.get("PartName", "")).lstrip("/")
    raise KeyError("no main part")


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls and tracked insertions too."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _text(element: Any) -> str:
    """The text within an element: paragraphs and breaks as lines, deleted text left out."""
    parts: list[str] = []
    _collect(element, parts, depth=0)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: Any, parts: list[str], *, depth: int) -> None:
    if depth > 60:
        return
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append(" ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag not in _UNREAD and isinstance(child.tag, str):
            _collect(child, parts, depth=depth + 1)
            if child.tag == f"{_W}p":
                parts.append("\n")


def _lines(table: Any) -> list[Line]:
    """A table's rows, merged cells resolved: what is merged downwards holds for each of its rows."""
    lines: list[Line] = []
    above: dict[int, str] = {}
    for number, row in enumerate(_rows(table), start=1):
        cells, single = _cells(row, above)
        line = Line(number, tuple(cells[:MOST_COLUMNS]), heading=single)
        if not line.empty:
            lines.append(line)
        if len(lines) > MOST_ROWS + 1:
            raise IntakeProblem(
                _("The table has more than %(most)d rows, which no outline plan has.") % {"most": MOST_ROWS}
            )
    return lines


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:  # a row deleted while changes were tracked
                yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _rows(child)


def _row_cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _row_cells(child)


def _cells(row: Any, above: dict[int, str]) -> tuple[list[str], bool]:
    """One row's texts by column, and whether a single cell fills it."""
    cells: list[str] = [""] * _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    count = 0
    for cell in _row_cells(row):
        count += 1
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        start = len(cells)
        if merged is not None and merged.get(f"{_W}val", "continue") != "restart":
            text = above.get(start, "")
        else:
            text = _text(cell)
        if merged is not None:
            above[start] = text
        else:
            above.pop(start, None)
        width = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
        cells += [text] + [""] * (width - 1)
    return cells, count == 1 and len(cells) > 1


def _number(element: Any, otherwise: int) -> int:
    """A small number out of an element's value; a senseless one is not followed."""
    text = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(text), MOST_COLUMNS) if text.isascii() and text.isdecimal() else otherwise
