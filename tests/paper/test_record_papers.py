"""The record on paper: PDF, Word on the authority's own template, the pack for another system (R14, R36)."""

from __future__ import annotations

import csv
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from uuid import UUID

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from coregroup.casefile import record_shapes as shapes
from coregroup.casefile.record_templates import Layout
from coregroup.paper.export_pack import as_csv, export_zip
from coregroup.paper.record import record_pdf
from coregroup.paper.record_word import record_word

NOBODY = UUID(int=1)


def a_record(**changes: object) -> shapes.Record:
    """A record with a part of every kind."""
    listing = shapes.Listing(
        "attendance",
        "Who took part",
        ("Agency", "Who", "How", "Note"),
        (("School", "Tariq Shah", "Present", "=1+1"),),
    )
    change = shapes.Change(
        "changed",
        "Sit with Ben",
        "Action",
        (shapes.ChangedField("By when", "1 May 2026", "1 June 2026"),),
        "",
        True,
    )
    added = shapes.Change("added", "Ring the aunt", "Action", ())
    sections = (
        shapes.Section("about", "The meeting", (shapes.Facts("This meeting", (("When", "18 March 2026"),)),)),
        shapes.Section("attendance", "Who took part", (listing,)),
        shapes.Section("family", "What the family said", (shapes.Said("It is calmer.\x0b", "Mary Rowe"),)),
        shapes.Section("plan", "What changed", (shapes.Title("Ben"), change, added)),
        shapes.Section(
            "notes", "Notes",
            (
                shapes.Words("Two lines\nof it", "Plan"),
                shapes.Correction("Note", "Hana Pryce", date(2026, 3, 19), "A slip", (("Text", "Before"),)),
            ),
        ),
    )  # fmt: skip
    values = {
        "group": NOBODY, "meeting": NOBODY, "procedure": "england", "mode": "minutes",
        "title": "Record of the core group",
        "about": "18 March 2026, for Ben Rowe", "held_on": date(2026, 3, 18), "state": "closed",
        "closed_at": datetime(2026, 3, 18, 12, tzinfo=UTC), "closed_by": "Hana Pryce", "confirmed_at": None,
        "confirmed_by": "", "edition": 1, "sections": sections, "children": ("Ben Rowe",),
    }  # fmt: skip
    return shapes.Record(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.requirement("R14", "R36")
def test_the_pack_holds_pdf_word_and_tables_the_same_twice() -> None:
    made = export_zip(a_record(), copy_for="Hana Pryce")
    assert made == export_zip(a_record(), copy_for="Hana Pryce")
    pack = zipfile.ZipFile(BytesIO(made))
    assert set(pack.namelist()) == {
        "record-2026-03-18.pdf",
        "record-2026-03-18.docx",
        "attendance.csv",
        "changes.csv",
    }
    assert pack.read("record-2026-03-18.pdf").startswith(b"%PDF")
    rows = list(csv.reader(StringIO(pack.read("attendance.csv").decode("utf-8-sig"))))
    assert rows[1] == ["School", "Tariq Shah", "Present", "'=1+1"]
    changes = list(csv.reader(StringIO(pack.read("changes.csv").decode("utf-8-sig"))))
    assert ["", "Changed", "Action", "Sit with Ben", "By when", "1 May 2026", "1 June 2026", ""] in changes
    assert len(changes) == 3


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_no_cell_is_taken_for_a_formula_and_every_text_comes_back(text: str) -> None:
    read = list(
        csv.reader(StringIO(as_csv(["a"], [[text.replace("\x00", "")]]).decode("utf-8-sig", "surrogatepass")))
    )
    cell = read[1][0] if len(read) > 1 and read[1] else ""
    assert cell.lstrip(" ")[:1] not in ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.requirement("R14")
def test_word_has_headings_a_language_and_header_rows() -> None:
    file = docx.Document(BytesIO(record_word(a_record(), copy_for="Hana Pryce", language="cy")))
    assert file.paragraphs[0].style.name == "Heading 1"
    assert {"Heading 2", "Heading 3"} <= {one.style.name for one in file.paragraphs}
    assert all(
        table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for table in file.tables
    )
    assert [one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))] == ["cy-GB"]
    assert "Hana Pryce" in file.sections[0].footer.paragraphs[0].text


@pytest.mark.requirement("R14")
def test_a_template_of_the_authority_is_filled_where_it_says() -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Ashcombe Council, {{date}}"
    for text in ("Who came:", "{{attendance}}", "The rest:", "{{record}}", "{{legal}}", "Signed"):
        own.add_paragraph(text)
    kept = BytesIO()
    own.save(kept)
    made = record_word(a_record(), copy_for="Hana Pryce", layout=Layout(word=kept.getvalue()))
    file = docx.Document(BytesIO(made))
    texts = [one.text for one in file.paragraphs]
    assert file.sections[0].header.paragraphs[0].text == "Ashcombe Council, 18 March 2026"
    assert not any("{{" in text for text in texts)
    assert texts.index("The rest:") < texts.index("It is calmer.") < texts.index("Signed")
    body = [child.tag.rsplit("}")[-1] for child in file.element.body]
    assert body.index("tbl") == 1  # the table of who came stands right under its line
    assert (
        sum("Tariq Shah" in cell.text for table in file.tables for row in table.rows for cell in row.cells)
        == 1
    )


@pytest.mark.requirement("R14")
def test_the_pdf_bears_the_authoritys_heading_and_is_the_same_twice() -> None:
    layout = Layout(heading="Ashcombe Council", footer="Own footer.")
    first = record_pdf(a_record(), copy_for="Mary Rowe", layout=layout)
    assert first == record_pdf(a_record(), copy_for="Mary Rowe", layout=layout)
    assert first.digest != record_pdf(a_record(), copy_for="Frank Dale", layout=layout).digest
