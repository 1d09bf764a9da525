"""Reads CSV: in UTF-8 or Windows' own encoding, parted by commas, semicolons or tabs."""

from __future__ import annotations

import csv
from io import StringIO

from django.utils.translation import gettext as _

from coregroup.intake.problems import IntakeProblem
from coregroup.intake.tables import MOST_COLUMNS, MOST_ROWS, Contents, Line, Table
from coregroup.rules.filekinds import text_of

SEPARATORS = (",", ";", "\t", "|")
_LONGEST_CELL = 100_000


def read_delimited(content: bytes, *, most: int = MOST_ROWS) -> Contents:
    """The one table of a CSV file, of `most` rows beside its headings. Raises IntakeProblem."""
    text = text_of(content)
    if text is None:
        raise IntakeProblem(_("The file is not plain text in an encoding that can be read."))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    declared = _declared(text)
    if declared:
        text = text.split("\n", 1)[1] if "\n" in text else ""
    lines = _lines(text, declared or _separator(text), most)
    if declared:  # the line that names the separator is a row of the file too
        lines = [Line(line.number + 1, line.cells) for line in lines]
    return Contents((Table("", tuple(lines)),))


def _declared(text: str) -> str:
    """Excel writes `sep=;` as a first line in some countries."""
    first = text.split("\n", 1)[0].strip().lower()
    return first[4:] if first.startswith("sep=") and first[4:] in SEPARATORS else ""


def _separator(text: str) -> str:
    """The separator that parts the first rows most evenly; commas within quotes do not count."""
    best, chosen = (0.0, 0), ","
    for separator in SEPARATORS:
        rows = [row for row in _rows(text[:20_000], separator) if any(cell.strip() for cell in row)][:20]
        if not rows:
            continue
        width = max(len(row) for row in rows[:5])
        even = sum(len(row) == width for row in rows) / len(rows)
        if width > 1 and (even, width) > best:
            best, chosen = (even, width), separator
    return chosen


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return []


def _lines(text: str, separator: str, most: int) -> list[Line]:
    lines: list[Line] = []
    number = 0
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        for number, row in enumerate(reader, start=1):
            line = Line(number, tuple(row[:MOST_COLUMNS]))
            if not line.empty:
                lines.append(line)
            if len(lines) > most + 1:
                raise IntakeProblem(
                    _("The file has more than %(most)d rows, which no outline plan has.") % {"most": most}
                )
    except csv.Error:
        sentence = _("Row %(row)d cannot be read: a quotation mark may be missing.")
        raise IntakeProblem(sentence % {"row": number + 1}, row=number + 1) from None
    return lines
