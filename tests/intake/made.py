"""Makes the files that the tests of this floor read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import docx
import openpyxl

HEADINGS = ("Concern", "Action", "By whom", "By when")
ROW = ("School", "Breakfast club", "Teacher", "2 April 2026")


def word(*tables: Sequence[Sequence[str]], text: str = "") -> bytes:
    """A Word document with these tables, each a list of rows."""
    document = docx.Document()
    if text:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
        for line, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(line.cells, values, strict=False):
                cell.text = value
        document.add_paragraph()
    return saved(document)


def saved(document: Any) -> bytes:
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    """An Excel workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            if part.filename != name:
                after.writestr(part.filename, before.read(part))
        after.writestr(name, text)
    return changed.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)


TODAY = date(2026, 4, 2)
