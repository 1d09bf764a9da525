"""What every kind of file is turned into first: tables of rows, and the text that stands outside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Cell = str | int | float | date | None

MOST_ROWS = 500
MOST_COLUMNS = 60


@dataclass(frozen=True)
class Line:
    """One row of a table: `number` counts as a person does, from the table's first row; 1 is the first."""

    number: int
    cells: tuple[Cell, ...]
    heading: bool = False  # one cell across the whole table

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text_of_cell(cell) for cell in self.cells)

    @property
    def empty(self) -> bool:
        return not any(self.texts)


@dataclass(frozen=True)
class Table:
    """A table of the file; `name` is the sheet's where it has one."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Contents:
    """Everything that a file holds: its tables, and other text in order."""

    tables: tuple[Table, ...]
    outside: tuple[str, ...] = field(default=())


def text_of_cell(cell: Cell) -> str:
    """A cell's text, its lines kept and other white space evened out."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    lines = (" ".join(line.split()) for line in str(cell).splitlines())
    return "\n".join(lines).strip()
