"""The pack for an agency's own recording system: one ZIP of PDF, Word and tables (R36)."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from io import BytesIO, StringIO

from django.utils import translation
from django.utils.translation import gettext as _

from coregroup.casefile.record_shapes import Change, Record
from coregroup.casefile.record_templates import Layout
from coregroup.paper.record import change_words, record_pdf
from coregroup.paper.record_word import record_word

TABLES = ("attendance", "actions", "chronology", "ratings", "risk", "recommendations")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_zip(record: Record, *, copy_for: str, language: str = "en", layout: Layout | None = None) -> bytes:
    """The record as PDF and Word, and a CSV each of who took part, actions, chronology, changes, ratings ...

    All from the one record that its reader may see. No file's name names a child.
    """
    stem = f"record-{record.held_on.isoformat()}"
    with translation.override(language):
        files = {
            f"{stem}.pdf": record_pdf(record, copy_for=copy_for, language=language, layout=layout).content,
            f"{stem}.docx": record_word(record, copy_for=copy_for, language=language, layout=layout),
        }
        for code in TABLES:
            tables = list(record.tables(code))
            if tables:
                rows = [row for table in tables for row in table.rows]
                files[f"{code}.csv"] = as_csv(tables[0].header, rows)
        header = (
            _("Child"),
            _("Became"),
            _("Kind"),
            _("Item"),
            _("Field"),
            _("Before"),
            _("Now"),
            _("Because"),
        )
        rows = [row for _section, one in record.changes() for row in _change_rows(one)]
        files["changes.csv"] = as_csv(header, rows)
    return _zipped(files)


def _change_rows(one: Change) -> list[tuple[str, ...]]:
    head = (one.child, change_words(one.kind), one.kind_word, one.what)
    fields = [(field.label, field.before, field.after) for field in one.fields] or [("", "", "")]
    return [(*head, *field, one.because) for field in fields]


def as_csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table as CSV that spreadsheet programs read as text: marked as UTF-8, no cell taken for a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(list(header))
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def harmless(cell: str) -> str:
    """A text that no spreadsheet program takes for a formula: an apostrophe before what would begin one."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _zipped(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
