"""`coregroup timetable`: every date a procedure sets for some events, with its status and its reason.

Opens no database and imports no framework, so that it answers at once.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import textwrap
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

from coregroup.rules import book, says
from coregroup.rules.checking import BadProcedure
from coregroup.rules.dates import OutOfTable
from coregroup.rules.procedure import Procedure, Unknown, say
from coregroup.rules.timescales import Event, Row, timetable
from coregroup.rules.vocabulary import EVENTS, ONCE


class Mistake(Exception):
    """What was typed cannot be taken: one sentence, exit code 2."""


class OneSentence(argparse.ArgumentParser):
    """A parser whose complaint is one sentence."""

    def error(self, message: str) -> NoReturn:
        raise Mistake(message)


def run(argv: Sequence[str]) -> int:
    """Print the timetable; 0, or 2 with one sentence on standard error."""
    try:
        options = _parser().parse_args(argv)
        procedure = book.load(options.procedure, Path(options.folder) if options.folder else None)
        if options.check:
            return _check(procedure)
        events = [_event(word) for word in options.event]
        _check_once(events)
        as_of = _date(options.as_of, "--as-of") if options.as_of else None
        closed = frozenset(_date(word, "--closed") for word in options.closed)
        rows = timetable(procedure, events, as_of=as_of, closure_days=closed)
        print(_written(options.format, procedure, rows, options.lang), end="")
    except (Mistake, Unknown, BadProcedure, OutOfTable, OverflowError) as fault:
        sentence = str(fault)
        print(sentence[0].upper() + sentence[1:].rstrip(".") + ".", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = OneSentence(
        prog="coregroup timetable",
        description="Every date that a procedure sets for these events, and why.",
        epilog=f"Procedures: {', '.join(book.identifiers())}. Events: {', '.join(EVENTS)}.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("procedure", metavar="PROCEDURE", help="a procedure's identifier, such as warwickshire")
    add("--event", action="append", default=[], metavar="NAME=DATE", help="may be given many times")
    add("--as-of", metavar="DATE", help="adds statuses; events after this day are planned")
    add("--closed", action="append", default=[], metavar="DATE", help="a day the authority is closed")
    add("--format", choices=("text", "json", "ics"), default="text", help="text unless told otherwise")
    add("--lang", choices=says.LANGUAGES, default="en", help="English unless told otherwise")
    add("--folder", metavar="FOLDER", help="a folder with your own procedures")
    add("--check", action="store_true", help="only compare the procedure's worked examples with its rules")
    return parser


def _check(procedure: Procedure) -> int:
    """Print whether the procedure's worked examples agree with its rules; 1 if one does not."""
    from coregroup.rules import examples

    faults = examples.wrong(procedure)
    for fault in faults:
        print(fault + ".")
    number = sum(1 for _ in examples.all_of(procedure))
    print(
        f"{number - len(faults)} of {number} worked examples agree with the rules of {procedure.identifier}."
    )
    return 1 if faults else 0


def _event(word: str) -> Event:
    name, equals, day = word.partition("=")
    if not equals:
        raise Mistake(
            f'"{word}" is not an event: write it as NAME=DATE, such as initial_conference=2026-04-02'
        )
    if name not in EVENTS:
        raise Unknown("event", name, EVENTS)
    return Event(name, _date(day, name))


def _check_once(events: Sequence[Event]) -> None:
    for name in ONCE:
        days = sorted({event.date for event in events if event.name == name})
        if len(days) > 1:
            raise Mistake(f"{name} can be given only once, and is here on {' and on '.join(map(str, days))}")


def _date(word: str, what: str) -> date:
    """A date written YYYY-MM-DD; else one sentence that offers the nearest date that could be meant."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            pass
    near = _nearest_date(word)
    hint = f"the nearest is {near}" if near else "write it as YYYY-MM-DD, such as 2026-04-02"
    raise Mistake(f'"{word}" is not a date for {what}; {hint}')


def _nearest_date(word: str) -> date | None:
    """The day most likely meant: a day too many in the month, or a date written day first."""
    numbers = [int(number) for number in re.findall(r"\d+", word)]
    if len(numbers) != 3:
        return None
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
    if not (1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _written(form: str, procedure: Procedure, rows: Sequence[Row], lang: str) -> str:
    if form == "json":
        return json.dumps([_as_json(row, lang) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if form == "ics":
        from coregroup.rules.ics import calendar

        return calendar(procedure, rows, stamp=datetime.now(UTC), lang=lang)
    return _as_text(procedure, rows, lang)


def _as_json(row: Row, lang: str) -> dict[str, Any]:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "rule": row.rule,
        "title": say(row.title, lang),
        "anchor": {"event": row.anchor.event, "date": iso(row.anchor.date)},
        "expected": iso(row.expected),
        "latest": iso(row.latest),
        "meet_by": iso(row.meet_by),
        "assumed": row.assumed,
        "status": row.status,
        "source": says.source_line(row.source, lang),
        "why": says.why(row, lang),
    }


HEADS = {
    "en": ("Latest", "Meet by", "Expected", "Status", "What", "waiting"),
    "cy": ("Fan bellaf", "Cyfarfod erbyn", "Disgwylir", "Statws", "Beth", "yn aros"),
}


def _as_text(procedure: Procedure, rows: Sequence[Row], lang: str) -> str:
    """A table, with each reason on its own lines beneath."""
    *heads, waiting = HEADS[lang]
    table = [heads] + [
        [
            *(str(day) if day else waiting for day in (row.latest, row.meet_by, row.expected)),
            says.status(row.status, lang) or "-",
            say(row.title, lang),
        ]
        for row in rows
    ]
    widths = [max(len(line[i]) for line in table) for i in range(4)]
    lines = [procedure.title(lang), ""]
    for index, cells in enumerate(table):
        lines.append("  ".join([*(cell.ljust(w) for cell, w in zip(cells, widths, strict=False)), cells[-1]]))
        if index:
            reason = says.why(rows[index - 1], lang)
            lines += [*textwrap.wrap(reason, 96, initial_indent="    ", subsequent_indent="    "), ""]
    return "\n".join(lines).rstrip() + "\n"
