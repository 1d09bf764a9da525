"""Reads one spreadsheet in a process of its own, within fixed limits of memory and time.

A small file can unfold into billions of cells; then this process ends, and the service goes on. Takes the
file on standard input, gives JSON on standard output: a list of {name, rows: [[cell ...] ...], merged}. A
cell is null, a text, a number, or {"date": "2026-04-02"}. Run by `sheets.py`; imports nothing of ours.
"""

from __future__ import annotations

import datetime
import json
import resource
import sys
from io import BytesIO
from typing import Any

MEMORY = 768 * 1024 * 1024
SECONDS = 15
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, LONGEST = 30, 2_000, 60, 20_000


def _cell(value: Any) -> Any:
    if isinstance(value, datetime.datetime | datetime.date):
        return {"date": value.isoformat()[:10]}
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int | float):
        return value if value == value and abs(value) < 1e15 else str(value)
    return str(value)[:LONGEST]


def _sheets(content: bytes) -> list[dict[str, Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    told = []
    for about in book.sheets_metadata[:MOST_SHEETS]:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        top, left = sheet.start or (0, 0)
        rows = []
        for number, row in enumerate(sheet.iter_rows()):
            if number >= MOST_ROWS:
                break
            rows.append([_cell(value) for value in row[:MOST_COLUMNS]])
        merged = [[list(first), list(last)] for first, last in (sheet.merged_cell_ranges or [])[:5_000]]
        told.append({"name": about.name, "top": top, "left": left, "rows": rows, "merged": merged})
    return told


def main() -> int:
    """Exit codes: 0 read, 3 locked with a password, 4 cannot be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        told = _sheets(content)
    except Exception as error:
        return 3 if type(error).__name__ == "PasswordError" else 4
    sys.stdout.buffer.write(json.dumps(told).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
