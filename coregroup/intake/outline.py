"""Reads a conference's outline plan out of a file: what was understood, what was not, row by row (R11)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coregroup.intake.columns import Headings, headings_of, normal
from coregroup.intake.dates import read_by_when
from coregroup.intake.delimited import read_delimited
from coregroup.intake.kinds import LARGEST, kind_of
from coregroup.intake.problems import IntakeProblem
from coregroup.intake.sheets import read_sheets
from coregroup.intake.tables import Cell, Contents, Line, Table, text_of_cell
from coregroup.intake.word import read_word
from coregroup.rules.filekinds import FileKind

LONGEST = 5_000


@dataclass(frozen=True)
class OutlineRow:
    """One row of the outline plan as the file has it; `number` is its row in the file.

    `other` holds the text of columns that were not understood; `notes` say what was made of the row, `faults`
    what has to be corrected before it can be saved. Both are sentences without the row's name.
    """

    number: int
    child: str = ""
    concern: str = ""
    outcome: str = ""
    action: str = ""
    owner: str = ""
    by_when: date | None = None
    by_when_words: str = ""
    other: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutlineReading:
    """What was read: which table, its columns, its rows; and what was left over."""

    kind: FileKind
    table: str
    columns: tuple[tuple[str, str], ...]  # (heading, field)
    unknown_columns: tuple[str, ...]
    leftover: tuple[str, ...]
    remarks: tuple[str, ...]
    rows: tuple[OutlineRow, ...] = field(default=())

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that has to be corrected, each naming its row."""
        return tuple(named(row.number, said) for row in self.rows for said in row.faults)


def named(row: int, sentence: str) -> str:
    """A sentence with the row that it is about before it."""
    return _("Row %(row)d: %(sentence)s") % {"row": row, "sentence": sentence}


def read_outline(content: bytes, *, name: str, largest: int = LARGEST) -> OutlineReading:
    """Reads an outline plan from a Word table, CSV or a spreadsheet.

    Takes the file's bytes and its name. Raises IntakeProblem with one plain sentence, and with the row where
    there is one, for every file that cannot be read; nothing else.
    """
    kind = kind_of(content, name=name, largest=largest)
    contents = _contents(content, kind)
    number, table, headings = _chosen(contents, kind)
    rows = _rows(table, headings)
    if not rows:
        raise IntakeProblem(_("There are headings of an outline plan, but no row beneath them."))
    return OutlineReading(
        kind=kind,
        table=_table_name(contents, number),
        columns=tuple((headings.titles[at], name) for at, name in sorted(headings.fields.items())),
        unknown_columns=tuple(title for _at, title in sorted(headings.unknown.items())),
        leftover=_leftover(contents, table, headings),
        remarks=_remarks(contents, table, headings),
        rows=tuple(rows),
    )


def _contents(content: bytes, kind: FileKind) -> Contents:
    if kind is FileKind.WORD:
        return read_word(content)
    if kind is FileKind.TEXT:
        return read_delimited(content)
    return read_sheets(content)


def _chosen(contents: Contents, kind: FileKind) -> tuple[int, Table, Headings]:
    """The table whose headings fit best; of those that fit alike, the longest."""
    found = [
        (headings.score, len(table.lines), -number, table, headings)
        for number, table in enumerate(contents.tables)
        if (headings := headings_of(table)) is not None
    ]
    if found:
        _score, _lines, number, table, headings = max(found, key=lambda one: one[:3])
        return -number, table, headings
    if not any(table.lines for table in contents.tables):
        raise IntakeProblem(_("There is nothing in the file."))
    asked = _("such as “Concern”, “Action”, “Who” and “By when”")
    if kind is FileKind.WORD:
        sentence = _("No table of this Word document has the headings of an outline plan, %(asked)s.")
    else:
        sentence = _("No row of this file has the headings of an outline plan, %(asked)s.")
    raise IntakeProblem(sentence % {"asked": asked})


def _table_name(contents: Contents, number: int) -> str:
    table = contents.tables[number]
    if table.name:
        return _("the sheet “%(name)s”") % {"name": table.name}
    if len(contents.tables) > 1:
        return _("table %(number)d of %(all)d") % {"number": number + 1, "all": len(contents.tables)}
    return ""


def _rows(table: Table, headings: Headings) -> list[OutlineRow]:
    """The rows beneath the headings; headings repeated on a new page and lines across the table are none."""
    titles = table.lines[headings.line].texts
    rows: list[OutlineRow] = []
    child = ""
    for line in table.lines[headings.line + 1 :]:
        if line.texts == titles:
            continue
        if line.heading:
            child = _child_named(line) or child
            continue
        row = _row(line, headings)
        row = replace(row, child=row.child or child)
        if rows:
            row = _carried(row, rows[-1])
        rows.append(row)
    return rows


def _child_named(line: Line) -> str:
    """A line across the table such as "Child: Ben" names the child of the rows beneath it."""
    text = next(text for text in line.texts if text)
    before, colon, after = text.partition(":")
    return after.strip() if colon and normal(before) in ("child", "children", "plentyn", "plant") else ""


def _row(line: Line, headings: Headings) -> OutlineRow:
    said: dict[str, list[str]] = {}
    other: list[tuple[str, str]] = []
    when: Cell = None
    for column, cell in enumerate(line.cells):
        text = text_of_cell(cell)
        if not text or column in headings.numbers:
            continue
        name = headings.fields.get(column)
        if name == "by_when" and when is None:
            when = cell if not isinstance(cell, str) else text
        elif name:
            said.setdefault(name, []).append(text)
        else:
            other.append((headings.unknown.get(column, ""), text))
    told = read_by_when(when)
    texts = {name: "\n".join(parts) for name, parts in said.items()}
    words = "\n".join([told.words, *said.pop("by_when", [])]).strip()
    texts.pop("by_when", None)
    return OutlineRow(
        line.number, **texts, by_when=told.date, by_when_words=words, other=tuple(other),
        notes=_notes(told.note, other), faults=_faults(texts, told.fault),
    )  # fmt: skip


def _notes(note: str, other: list[tuple[str, str]]) -> tuple[str, ...]:
    notes = [note] if note else []
    for title, text in other:
        where = _("the column “%(title)s”") % {"title": title} if title else _("a column without heading")
        notes.append(_("%(where)s was not understood: “%(text)s”.") % {"where": where, "text": _short(text)})
    return tuple(note[:1].upper() + note[1:] for note in notes)


def _faults(texts: dict[str, str], fault: str) -> tuple[str, ...]:
    faults = [fault] if fault else []
    if not any(texts.get(name) for name in ("concern", "outcome", "action")):
        faults.append(_("There is no concern, outcome or action."))
    for text in texts.values():
        if len(text) > LONGEST:
            faults.append(_("“%(text)s” is longer than %(most)d characters.")
                          % {"text": _short(text), "most": LONGEST})  # fmt: skip
    return tuple(faults)


def _carried(row: OutlineRow, above: OutlineRow) -> OutlineRow:
    """A concern that is written once for several actions holds for each of them; the row says so."""
    if row.concern or not above.concern or not (row.action or row.outcome):
        return row
    note = _("The concern is empty here: it was taken from row %(row)d.") % {"row": above.number}
    return replace(row, concern=above.concern, child=row.child or above.child, notes=(*row.notes, note))


def _leftover(contents: Contents, table: Table, headings: Headings) -> tuple[str, ...]:
    """Text that belongs to no row: around the table, above its headings, across it."""
    above = [text for line in table.lines[: headings.line] for text in line.texts if text]
    across = [
        text for line in table.lines[headings.line + 1 :] if line.heading for text in line.texts
        if text and not _child_named(line)
    ]  # fmt: skip
    return tuple(_short(text, 1_000) for text in (*contents.outside, *above, *across))


def _remarks(contents: Contents, table: Table, headings: Headings) -> tuple[str, ...]:
    remarks = []
    also = sum(one is not table and headings_of(one) is not None for one in contents.tables)
    if also:
        remarks.append(
            ngettext(
                "Another table of the file looks like an outline plan too; it was not read.",
                "%(count)d other tables of the file look like an outline plan too; they were not read.",
                also,
            )
            % {"count": also}
        )
    for name in sorted(set(headings.fields.values())):
        titles = [headings.titles[at] for at, one in sorted(headings.fields.items()) if one == name]
        if len(titles) > 1:
            together = _("The columns %(titles)s say the same kind of thing; their texts were put together.")
            remarks.append(together % {"titles": ", ".join(f"“{title}”" for title in titles)})
    return tuple(remarks)


def _short(text: str, most: int = 200) -> str:
    text = " ".join(text.split()) if most <= 200 else text
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
