"""A timetable as a calendar file: one all-day event for each date, and nobody's name in it.

Written by hand because it is thirty lines and must be quick; the tests read it back with a calendar library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from coregroup.rules import says
from coregroup.rules.procedure import Procedure, say
from coregroup.rules.rows import Row


def calendar(procedure: Procedure, rows: Sequence[Row], *, stamp: datetime, lang: str = "en") -> str:
    """The rows that have a date, each on its latest day; `stamp` is the moment of writing, in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coregroup//timetable//EN", "CALSCALE:GREGORIAN"]
    for row in rows:
        if row.latest is not None:
            lines += _event(procedure, row, row.latest, stamp, lang)
    return "\r\n".join(_folded([*lines, "END:VCALENDAR"])) + "\r\n"


def _event(procedure: Procedure, row: Row, latest: date, stamp: datetime, lang: str) -> list[str]:
    key = f"{procedure.identifier}/{row.rule}/{row.anchor.event}/{row.anchor.date}"
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(key.encode()).hexdigest()[:32]}@coregroup.invalid",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{latest:%Y%m%d}",
        f"DTEND;VALUE=DATE:{latest + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(say(row.title, lang))}",
        f"DESCRIPTION:{_escaped(says.why(row, lang))}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(lines: Iterable[str]) -> Iterable[str]:
    """Lines of at most 75 octets, broken between letters and never inside one."""
    for line in lines:
        piece = ""
        for letter in line:
            if len((piece + letter).encode()) > 74:
                yield piece
                piece = " "
            piece += letter
        yield piece
