"""Writes the example files of `examples/`: one fictional outline plan in every form that can be brought in.

Run it from the project's folder: `.venv/bin/python tools/make_examples.py`. The same text gives the same
bytes, so that a test can tell whether the files are fresh.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from openpyxl.styles import Alignment, Font

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
WHEN = datetime(2026, 3, 4, 9, 0)

HEADINGS = (
    "No.", "What are we worried about?", "Child", "What needs to change?", "Action", "By whom", "By when"
)  # fmt: skip
# Concern, child, outcome, action, by whom, by when: as a conference's record writes them.
ROWS = (
    ("Ben is late for school or misses it about two days in five.", "Ben",
     "Ben is at school on time at least nine days in ten by the review.",
     "Breakfast club place and a morning call.", "Designated teacher", "2 April 2026"),
    ("Ben is late for school or misses it about two days in five.", "Ben",
     "Ben is at school on time at least nine days in ten by the review.",
     "See Ben alone at school and ask him how mornings are.", "Lead worker", "within 4 weeks"),
    ("Amy has missed three health appointments and her weight has fallen.", "Amy",
     "Amy is seen and weighed every two weeks and her weight rises.",
     "Home visits with weighing; £20 vouchers for travel to the clinic.", "Health visitor", "02.04.26"),
    ("Arguments at home that the children hear, above all at weekends.", "Ben and Amy",
     "The children hear no violent argument in the eight weeks before the review.",
     "Weekly sessions with Ms Rowe on keeping safe; a safety plan that the children know.",
     "Domestic abuse worker", "Thursday 2nd April 2026"),
    ("The home is cold and damp, and the children share one bed.", "All",
     "Each child has a warm bed by the first review.",
     "“Warm Homes” referral and two beds from the family fund.", "Lead worker", "ongoing"),
)  # fmt: skip
ABOVE = "Outline plan of the initial conference held on 4 March 2026"
BELOW = "The conference asks the core group to make this a detailed plan at its first meeting."


def word() -> bytes:
    """A Word document: the plan's table stands second, and a concern for two actions in one merged cell."""
    document = docx.Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    document.add_heading("Outline plan", level=1)
    document.add_paragraph(ABOVE)
    about = document.add_table(rows=2, cols=2, style="Table Grid")
    for row, pair in zip(about.rows, (("Family", "Rowe"), ("Chair", "Carys Holt")), strict=True):
        for cell, text in zip(row.cells, pair, strict=True):
            cell.text = text
    document.add_paragraph()
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].bold = True
    for number, (concern, child, outcome, action, whom, when) in enumerate(ROWS, start=1):
        cells = table.add_row().cells
        texts = (str(number), concern, child, outcome, action, whom, when)
        for column, text in enumerate(texts):
            if number != 2 or column not in (1, 3):  # merged with the row above
                cells[column].text = text
    for column in (1, 3):
        table.cell(1, column).merge(table.cell(2, column))
    document.add_paragraph(BELOW)
    document.core_properties.author = "coregroup examples"
    document.core_properties.created = document.core_properties.modified = WHEN
    packed = io.BytesIO()
    document.save(packed)
    return _evened(packed.getvalue())


def comma_separated() -> bytes:
    """CSV in UTF-8, commas, no number column."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["Child", "Concern", "Desired outcome", "Action", "Responsible", "Timescale"])
    for concern, child, outcome, action, whom, when in ROWS:
        writer.writerow([child, concern, outcome, action, whom, when])
    return text.getvalue().encode("utf-8")


def windows() -> bytes:
    """CSV as a Windows spreadsheet saves it in many places: semicolons, its own encoding, CR LF."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Risk", "Child", "Outcome", "Action", "Who", "Deadline"])
    for concern, child, outcome, action, whom, when in ROWS:
        writer.writerow([concern, child, outcome, action, whom, when])
    return text.getvalue().encode("cp1252")


def workbook() -> bytes:
    """An Excel workbook whose first sheet is something else, with real dates and one column too many."""
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "Attendance"
    for row in (("Name", "Came"), ("Lena Marsh", "yes"), ("Mary Rowe", "yes")):
        notes.append(row)
    sheet = book.create_sheet("Outline plan")
    sheet.append([ABOVE])
    sheet.append([])
    sheet.append(["Pryder", "Plentyn", "Canlyniad", "Gweithredu", "Gan bwy", "Erbyn pryd", "Cost"])
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    days = (date(2026, 4, 2), "within 4 weeks", date(2026, 4, 2), date(2026, 4, 2), "ongoing")
    for (concern, child, outcome, action, whom, _when), day in zip(ROWS, days, strict=True):
        sheet.append([concern, child, outcome, action, whom, day, "£20" if "£" in action else None])
    for column, width in zip("ABCDEFG", (40, 12, 40, 40, 20, 16, 8), strict=True):
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
    book.properties.creator = "coregroup examples"
    book.properties.created = book.properties.modified = WHEN
    packed = io.BytesIO()
    book.save(packed)
    return _evened(packed.getvalue(), modified=True)


def _evened(content: bytes, *, modified: bool = False) -> bytes:
    """The same archive with the same times in it, whenever it is made."""
    import re

    evened = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(evened, "w") as after:
        for part in before.infolist():
            data = before.read(part)
            if modified and part.filename == "docProps/core.xml":
                stamp = WHEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            about = zipfile.ZipInfo(part.filename, date_time=(2026, 3, 4, 9, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(about, data)
    return evened.getvalue()


FILES = {
    "outline-plan.docx": word,
    "outline-plan.csv": comma_separated,
    "outline-plan-windows.csv": windows,
    "outline-plan.xlsx": workbook,
}


def main() -> int:
    EXAMPLES.mkdir(exist_ok=True)
    for name, make in FILES.items():
        (EXAMPLES / name).write_bytes(make())
        print(f"examples/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
