"""Outline plans out of files: what is understood, what is not, and what is refused in one sentence."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coregroup.intake.children import children_named
from coregroup.intake.columns import field_of
from coregroup.intake.kinds import kind_of
from coregroup.intake.outline import OutlineReading, read_outline
from coregroup.intake.problems import IntakeProblem
from tests.intake import made
from tests.intake.made import HEADINGS, ROW

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"


def read(text: str | bytes, name: str = "plan.csv") -> OutlineReading:
    return read_outline(text if isinstance(text, bytes) else text.encode(), name=name)


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(IntakeProblem) as told:
        read_outline(content, name=name)
    assert told.value.sentence.strip().endswith(".") and "\n" not in told.value.sentence
    return told.value.sentence


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("What are we worried about?", "concern"),
        ("CONCERN", "concern"),
        ("Identified risks", "concern"),
        ("Needs", "concern"),
        ("Pryderon", "concern"),
        ("What needs to change?", "outcome"),
        ("Desired outcome", "outcome"),
        ("Canlyniad dymunol", "outcome"),
        ("Goals", "outcome"),
        ("Action", "action"),
        ("What will be done", "action"),
        ("What needs to happen", "action"),
        ("Tasks", "action"),
        ("Camau", "action"),
        ("Beth fydd yn cael ei wneud?", "action"),
        ("Who", "owner"),
        ("By whom", "owner"),
        ("Person responsible", "owner"),
        ("Lead agency", "owner"),
        ("Gan bwy", "owner"),
        ("Pwy?", "owner"),
        ("By when", "by_when"),
        ("Timescale", "by_when"),
        ("Time-scale", "by_when"),
        ("Target date", "by_when"),
        ("Erbyn pryd", "by_when"),
        ("Child", "child"),
        ("Child's name", "child"),
        ("Plentyn", "child"),
        ("No.", "number"),
        ("Cost", None),
        ("Progress", None),
        ("Comments", None),
    ],
)
def test_headings_in_many_words(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_examples_are_what_the_script_writes_and_say_the_same() -> None:
    about = importlib.util.spec_from_file_location("make_examples", ROOT / "tools" / "make_examples.py")
    assert about and about.loader
    maker = importlib.util.module_from_spec(about)
    about.loader.exec_module(maker)
    for name, make in maker.FILES.items():
        content = (EXAMPLES / name).read_bytes()
        assert content == make(), f"run tools/make_examples.py: {name} is stale"
        rows = read_outline(content, name=name).rows
        assert [(row.concern, row.child, row.outcome, row.action, row.owner) for row in rows] == [
            row[:5] for row in maker.ROWS
        ]
        assert [row.by_when for row in rows] == [
            date(2026, 4, 2),
            None,
            date(2026, 4, 2),
            date(2026, 4, 2),
            None,
        ]
        assert [row.by_when_words for row in rows] == ["", "within 4 weeks", "", "", "ongoing"]
        assert not any(row.faults for row in rows)


def test_word_takes_the_table_that_fits_and_tells_what_is_left() -> None:
    content = made.word(
        [("Name", "Came"), ("Ann", "yes")], [HEADINGS, ROW, HEADINGS, ROW], text="Conference of March"
    )
    told = read_outline(content, name="plan.docx")
    assert told.table == "table 2 of 2" and told.leftover == ("Conference of March",)
    assert [row.number for row in told.rows] == [2, 4]  # headings repeated on a new page are no row


def test_word_merged_cells_and_lines_across_the_table() -> None:
    document = docx.Document()
    rows = [HEADINGS, ("Child: Ben",), ROW, ("", "Home visit", "Nurse", "ongoing"), ("Child: Amy",), ROW]
    table = document.add_table(rows=len(rows), cols=4)
    for line, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(line.cells, values, strict=False):
            cell.text = value
    for across in (1, 4):
        table.cell(across, 0).merge(table.cell(across, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    told = read_outline(made.saved(document), name="plan.docx")
    assert [(row.number, row.child, row.concern, row.action) for row in told.rows] == [
        (3, "Ben", "School", "Breakfast club"),
        (4, "Ben", "School", "Home visit"),
        (6, "Amy", "School", "Breakfast club"),
    ]


def test_word_reads_what_was_inserted_and_not_what_was_deleted() -> None:
    content = made.word([HEADINGS, ("School", "NEW", "Teacher", "ongoing")])
    markup = made.part_of(content, "word/document.xml")
    run = b"<w:r><w:t>NEW</w:t></w:r>"
    assert run in markup
    deleted = b'<w:del w:id="2" w:author="x"><w:r><w:delText>OLD</w:delText></w:r></w:del>'
    tracked = b'<w:ins w:id="1" w:author="x">%s</w:ins>' + deleted
    changed = made.with_part(content, "word/document.xml", markup.replace(run, tracked % run))
    assert read_outline(changed, name="plan.docx").rows[0].action == "NEW"


def test_word_finds_a_table_inside_a_content_control() -> None:
    content = made.word([HEADINGS, ROW])
    markup = made.part_of(content, "word/document.xml")
    wrapped = markup.replace(b"<w:tbl>", b"<w:sdt><w:sdtContent><w:tbl>").replace(
        b"</w:tbl>", b"</w:tbl></w:sdtContent></w:sdt>"
    )
    assert read_outline(made.with_part(content, "word/document.xml", wrapped), name="a.docx").rows


def test_a_workbook_with_real_dates_merged_cells_and_a_hidden_sheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("Plan",),
        (),
        HEADINGS,
        ("School", "Club", "Teacher", date(2026, 4, 2)),
        (None, "Visit", "Nurse", 46114),
    ):
        sheet.append(row)
    sheet.merge_cells("A4:A5")
    secret = book.create_sheet("Old")
    for row in (HEADINGS, ROW, ROW, ROW):
        secret.append(row)
    secret.sheet_state = "hidden"
    told = read_outline(made.saved(book), name="plan.xlsx")
    assert told.table == "the sheet “Sheet”" and told.leftover == ("Plan",)
    assert [(row.number, row.concern, row.by_when) for row in told.rows] == [
        (4, "School", date(2026, 4, 2)),
        (5, "School", date(2026, 4, 2)),
    ]


def test_a_concern_written_once_holds_for_the_rows_below_and_says_so() -> None:
    told = read("Concern,Action\nSchool,Club\n,Visit\n")
    assert told.rows[1].concern == "School" and "row 2" in told.rows[1].notes[0]


def test_nothing_is_dropped_in_silence() -> None:
    told = read("Concern;Risk;Action;Cost;;Who\nSchool;Truancy;Club;£5;stray;Teacher\n".encode("cp1252"))
    row = told.rows[0]
    assert row.concern == "School\nTruancy" and row.other == (("Cost", "£5"), ("", "stray"))
    assert told.unknown_columns == ("Cost",) and "“Concern”, “Risk”" in told.remarks[0]
    assert "£5" in row.notes[0] and "stray" in row.notes[1]
    two = made.word([HEADINGS, ROW], [HEADINGS, ROW, ROW])
    assert "Another table" in read_outline(two, name="a.docx").remarks[0]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_however_it_was_saved(separator: str, coding: str, end: str) -> None:
    lines = [["Concern", "Action", "Who"], ["“Late” £20", "Club, visit; talk", "Siân"]]
    text = end.join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    row = read(text.encode(coding)).rows[0]
    assert (row.number, row.concern, row.action, row.owner) == (2, "“Late” £20", "Club, visit; talk", "Siân")


def test_csv_counts_rows_as_a_spreadsheet_shows_them() -> None:
    told = read('\n\nOutline plan\nConcern,Action,By when\n\n"Two\nlines",Club,1/2\n')
    assert told.rows[0].number == 6 and told.faults[0].startswith("Row 6: ")
    assert told.rows[0].concern == "Two\nlines" and told.leftover == ("Outline plan",)


def test_sep_line_of_a_spreadsheet_program() -> None:
    assert read("sep=;\nConcern;Action\nx, y;z\n").rows[0].concern == "x, y"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "plan.docx", "empty"),
        (b" \n\r\n", "plan.csv", "empty"),
        (b"0" * (10 * 1024 * 1024 + 1), "plan.csv", "smaller than 10 MB"),
        (b"MZ\x90\x00\x03" + b"\x00" * 99, "plan.docx", "program"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 99, "plan.csv", "program"),
        (b"PK\x03\x04" + b"\x07" * 99, "plan.xlsx", "damaged"),
        (made.word([HEADINGS, ROW]), "plan.csv", "ends in .csv, but the file is a Word document"),
        (b"Concern,Action\nx,y\n", "plan.xlsx", "ends in .xlsx, but the file is plain text"),
        (made.word(text="No table here"), "plan.docx", "no table in this Word document"),
        (made.word([("Name", "Came"), ("Ann", "yes")]), "plan.docx", "No table of this Word document"),
        (b"Name,Age\nx,1\n", "plan.csv", "headings of an outline plan"),
        (b"Concern,Action,Who\n", "plan.csv", "no row beneath"),
        (made.workbook([]), "plan.xlsx", "nothing in the file"),
        (b"%PDF-1.7\n", "plan.pdf", "This is a PDF"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt \x00\x00", "plan.csv", "not a kind of file"),
        (b'Concern,Action\nx,"' + b"y" * 200_000 + b'"\n', "plan.csv", "Row 2 cannot be read"),
        (b"Concern,Action\n" + b"x,y\n" * 600, "plan.csv", "more than 500 rows"),
        (
            made.with_part(made.word([HEADINGS, ROW]), "word/document.xml", b"<w:broken"),
            "plan.docx",
            "damaged",
        ),
        (
            made.with_part(made.workbook([HEADINGS, ROW]), "xl/worksheets/sheet1.xml", b"<broken"),
            "a.xlsx",
            "damaged",
        ),
        (made.with_part(made.workbook([HEADINGS, ROW]), "xl/vbaProject.bin", b"x"), "a.xlsx", "macros"),
        (
            made.with_part(made.word([HEADINGS, ROW]), "word/media/a.bin", b"0" * 70_000_000),
            "a.docx",
            "unpacks",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a.xls", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, name: str, words: str) -> None:
    assert words in refusal(content, name)


def test_entities_that_swell_are_not_unfolded() -> None:
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, (b"&l%d;" % (n - 1)) * 10) for n in range(1, 9))
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">' + lol + b"]><d>&l8;</d>"
    content = made.with_part(made.word([HEADINGS, ROW]), "word/document.xml", bomb)
    assert "damaged" in refusal(content, "plan.docx")


def test_a_sheet_of_billions_of_cells_is_given_up() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    content = made.with_part(made.workbook([HEADINGS, ROW]), "xl/worksheets/sheet1.xml", sheet)
    assert "cannot be read" in refusal(content, "plan.xlsx")


@pytest.mark.parametrize(
    ("text", "found", "unread"),
    [
        ("Ben", [1], ""),
        ("ben rowe", [1], ""),
        ("Ben and Amy", [1, 2], ""),
        ("Amy, Ben", [1, 2], ""),
        ("All", [1, 2, 3, 4], ""),
        ("Both children", [1, 2, 3, 4], ""),
        ("Pawb", [1, 2, 3, 4], ""),
        ("Sam", [], "Sam"),
        ("Ben & Sam", [1], "Sam"),
        ("Siân", [], "Siân"),
        ("Siân Rowe", [3], ""),
        ("", [], ""),
        ("B", [], "B"),
    ],
)
def test_children_are_never_guessed(text: str, found: list[int], unread: str) -> None:
    names = {1: "Ben Rowe", 2: "Amy Rowe", 3: "Sian Rowe", 4: "Siân Hay"}
    assert children_named(text, names) == (tuple(found), unread)


def _read_or_refused(content: bytes, name: str) -> None:
    try:
        told = read_outline(content, name=name)
    except IntakeProblem as problem:
        assert problem.sentence
    else:
        assert told.rows


SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.text(max_size=30) | st.sampled_from([*HEADINGS, *ROW, "31/2/26", "Ben", "Child", "Cost"])


@SLOW
@given(st.binary(max_size=400), st.sampled_from(["plan.docx", "plan.csv", "plan.xlsx", "", "x.exe", "a.ods"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    _read_or_refused(content, name)


@SLOW
@given(st.lists(st.lists(CELLS, max_size=7), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_any_table_is_read_or_refused(rows: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(row) for row in [*rows, list(HEADINGS), *rows])
    _read_or_refused(text.encode("utf-8", "surrogatepass"), "plan.csv")


WORD = made.word([HEADINGS, ROW, ROW])


@SLOW
@given(st.data())
def test_a_word_document_with_spoilt_bytes_is_read_or_refused(data: Any) -> None:
    markup = bytearray(made.part_of(WORD, "word/document.xml"))
    for _time in range(data.draw(st.integers(1, 6))):
        markup[data.draw(st.integers(0, len(markup) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refused(made.with_part(WORD, "word/document.xml", bytes(markup)), "plan.docx")
    whole = bytearray(WORD)
    for _time in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refused(bytes(whole), "plan.docx")


def test_kind_is_told_by_content_even_without_a_name() -> None:
    assert kind_of(WORD, name="") == "docx"
    assert kind_of("Concern,Action\nŵ,y".encode(), name="plan") == "text"
