"""Reads spreadsheets: Excel's newer and older kinds, and OpenDocument's."""

from __future__ import annotations

import json
import subprocess  # nosec B404 - runs our own reader, with fixed arguments
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from coregroup.intake.problems import IntakeProblem
from coregroup.intake.tables import MOST_COLUMNS, MOST_ROWS, Cell, Contents, Line, Table

_READER = Path(__file__).with_name("sheet_reader.py")
_SECONDS = 30


def read_sheets(content: bytes) -> Contents:
    """Every visible sheet as a table. Raises IntakeProblem."""
    return Contents(tuple(_table(told) for told in _told(content)))


def _told(content: bytes) -> list[dict[str, Any]]:
    try:
        done = subprocess.run(  # nosec B603
            [sys.executable, "-I", str(_READER)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        raise IntakeProblem(
            _("The spreadsheet takes too long to read. Save the plan's sheet alone.")
        ) from None
    if done.returncode == 3:
        raise IntakeProblem(_("The file is locked with a password. Save a copy without one and choose that."))
    if done.returncode != 0:
        raise IntakeProblem(_("The spreadsheet is damaged, or far too large, and cannot be read."))
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def _table(told: dict[str, Any]) -> Table:
    top, left = told["top"], told["left"]
    rows = [[_cell(value) for value in row] for row in told["rows"]]
    for (first_row, first_column), (last_row, last_column) in told["merged"]:
        _fill(rows, first_row - top, last_row - top, first_column - left, last_column - left)
    wide = {
        first[0] - top for first, last in told["merged"] if first[0] == last[0] and last[1] - first[1] >= 2
    }
    lines = []
    for number, row in enumerate(rows):
        filled = [cell for cell in row if cell not in (None, "")]
        line = Line(top + number + 1, tuple(row[:MOST_COLUMNS]), heading=number in wide and len(filled) == 1)
        if not line.empty:
            lines.append(line)
        if len(lines) > MOST_ROWS + 1:
            raise IntakeProblem(
                _("A sheet has more than %(most)d rows, which no outline plan has.") % {"most": MOST_ROWS}
            )
    return Table(str(told["name"]), tuple(lines))


def _fill(rows: list[list[Cell]], first: int, last: int, column: int, last_column: int) -> None:
    """What is merged downwards holds for each of its rows."""
    if last <= first or not 0 <= first < len(rows) or not 0 <= column < len(rows[first]):
        return
    value = rows[first][column]
    for number in range(first + 1, min(last + 1, len(rows))):
        if column < len(rows[number]) and rows[number][column] in (None, ""):
            rows[number][column] = value


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return value if isinstance(value, str | int | float) else None
