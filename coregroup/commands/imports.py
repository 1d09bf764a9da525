"""`coregroup import outline`: brings an outline plan in from a file, whole or not at all.

What the file says is shown first; what is wrong is said with its row, and then nothing is saved.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from coregroup.commands import ground

if TYPE_CHECKING:
    from coregroup.casefile.outline import OutlineDesk
    from coregroup.casework.outline import NewOutlineItem
    from coregroup.intake.outline import OutlineReading
    from coregroup.rules.access import Actor

EPILOG = """\
The plan stands in a table of a Word document (.docx), in a CSV file or in a spreadsheet, with headings such
as: child, concern, desired outcome, action, by whom, by when. Examples are in the folder `examples`.
--child says whom a row is about that names no child itself; it can be given more than once.
"""
LARGEST_READ = 200 * 1024 * 1024


class Stopped(Exception):
    """Why nothing was saved, in lines as the person at the terminal reads them."""


@dataclass(frozen=True)
class Row:
    """One row with the children whom it is about."""

    number: int
    children: tuple[UUID, ...]
    names: tuple[str, ...]
    told: dict[str, Any]


def run(argv: Sequence[str]) -> int:
    """Read, show and save an outline plan; 0, or 1 with what is wrong by its row and nothing saved."""
    options = _parser().parse_args(argv)
    try:
        ground.wake_django()
        report = _outline(options)
    except (Stopped, ground.CannotServe) as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The file could not be read: {error.strerror or error}.", file=sys.stderr)
        return 1
    print(json.dumps(report, indent=2, ensure_ascii=False) if options.format == "json" else _text(report))
    if report["faults"]:
        sys.stdout.flush()
        print(_wrong(report), file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coregroup import", description="Bring something in from a file.")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="WHAT")
    outline = kinds.add_parser(
        "outline", help="an outline plan", description="Bring an outline plan in from a file.", epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    outline.add_argument("file", type=Path, metavar="FILE")
    outline.add_argument("--group", required=True, type=UUID, metavar="ID", help="the core group's number")
    outline.add_argument(
        "--child", action="append", default=[], metavar="NAME|all", help="whom rows are about"
    )
    outline.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="who brings it in")
    outline.add_argument("--check", action="store_true", help="show what is understood, and save nothing")
    outline.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _outline(options: argparse.Namespace) -> dict[str, Any]:
    from django.conf import settings

    from coregroup.intake.outline import read_outline
    from coregroup.intake.problems import IntakeProblem

    by, desk = _desk(options)
    if options.file.stat().st_size > LARGEST_READ:
        raise Stopped("The file is far too large.")
    content = options.file.read_bytes()
    try:
        reading = read_outline(content, name=options.file.name, largest=settings.COREGROUP_LARGEST_FILE)
    except IntakeProblem as problem:
        raise Stopped(problem.sentence) from None
    rows, faults = _rows(reading, desk, options.child)
    if not faults:
        faults = _save(options, by, rows, content)
    return _report(options, reading, rows, faults)


def _desk(options: argparse.Namespace) -> tuple[Actor, OutlineDesk]:
    """Who brings it in, and the case: somebody who may not do it learns nothing about the group."""
    from coregroup.access.actors import actors_by_email
    from coregroup.casefile.outline import outline_desk
    from coregroup.rules.errors import Closed, Refused

    for by in actors_by_email(options.email):
        try:
            return by, outline_desk(group=options.group, by=by)
        except Refused as refused:
            raise Stopped(refused.sentence) from None
        except Closed:
            continue
    raise Stopped(f"There is no core group {options.group} for {options.email}.")


def _rows(
    reading: OutlineReading, desk: OutlineDesk, chosen: Sequence[str]
) -> tuple[list[Row], list[tuple[int | None, str]]]:
    """The rows with their children, and every fault with its row."""
    from coregroup.intake.children import children_named

    names = dict(desk.children)
    otherwise: tuple[UUID, ...] = ()
    for text in chosen:
        found, unread = children_named(text, names)
        if unread or not found:
            offered = ", ".join(names.values())
            raise Stopped(f"“{unread or text}” is no child of this core group; there are: {offered}.")
        otherwise += tuple(child for child in found if child not in otherwise)
    if not otherwise and len(names) == 1:
        otherwise = tuple(names)
    rows: list[Row] = []
    faults: list[tuple[int | None, str]] = [(row.number, said) for row in reading.rows for said in row.faults]
    for row in reading.rows:
        found, unread = children_named(row.child, names)
        if unread:
            faults.append((row.number, f"“{unread}” is the name of no child of this core group."))
        elif not (found or otherwise):
            faults.append((row.number, "no child is named; say with --child whom such rows are about."))
        children = found or otherwise
        notes = list(row.notes)
        if row.by_when and desk.conference_on and row.by_when < desk.conference_on:
            notes.append(f"Its date lies before the conference of {desk.conference_on}.")
        told = {
            "concern": row.concern, "outcome": row.outcome, "action": row.action, "owner": row.owner,
            "by_when": row.by_when, "by_when_words": row.by_when_words, "notes": notes,
        }  # fmt: skip
        rows.append(Row(row.number, children, tuple(names[child] for child in children), told))
    return rows, sorted(faults, key=lambda fault: fault[0] or 0)


def _save(
    options: argparse.Namespace, by: Actor, rows: Sequence[Row], content: bytes
) -> list[tuple[int | None, str]]:
    """Saves everything, or with --check nothing; gives the faults that stood against it."""
    from coregroup.casework.documents import Original
    from coregroup.casework.outline import bring_in_outline
    from coregroup.rules.errors import Problem, Problems

    try:
        bring_in_outline(
            group=options.group, items=[_item(row) for row in rows], by=by, check_only=options.check,
            original=Original(options.file.name, content),
        )  # fmt: skip
    except Problems as problems:
        return [(_number(place, rows), sentence) for place, sentence in problems.faults]
    except Problem as problem:
        return [(None, problem.sentence)]
    return []


def _item(row: Row) -> NewOutlineItem:
    from coregroup.casework.outline import NewOutlineItem

    texts = {name: value for name, value in row.told.items() if name != "notes"}
    return NewOutlineItem(children=row.children, row=row.number, **texts)


def _number(place: str | None, rows: Sequence[Row]) -> int | None:
    number = (place or "").removeprefix("row_")
    return rows[int(number)].number if number.isdecimal() else None


def _report(
    options: argparse.Namespace,
    reading: OutlineReading,
    rows: Sequence[Row],
    faults: Sequence[tuple[int | None, str]],
) -> dict[str, Any]:
    saved = 0 if faults or options.check else sum(len(row.children) for row in rows)
    return {
        "file": options.file.name,
        "table": reading.table,
        "columns": [{"heading": heading, "read_as": name} for heading, name in reading.columns],
        "unknown_columns": list(reading.unknown_columns),
        "leftover": list(reading.leftover),
        "remarks": list(reading.remarks),
        "rows": [
            {"row": row.number, "children": list(row.names), **row.told,
             "by_when": row.told["by_when"].isoformat() if row.told["by_when"] else None}
            for row in rows
        ],
        "faults": [{"row": row, "sentence": sentence} for row, sentence in faults],
        "saved": saved,
    }  # fmt: skip


def _text(report: dict[str, Any]) -> str:
    where = f" ({report['table']})" if report["table"] else ""
    lines = [f"{report['file']}{where}: {len(report['rows'])} rows."]
    lines += [f"  “{one['heading']}” was read as: {one['read_as']}" for one in report["columns"]]
    lines += [f"  “{heading}” was not understood." for heading in report["unknown_columns"]]
    lines += [f"  {remark}" for remark in report["remarks"]]
    lines += [f"  Belongs to no row: {' '.join(text.split())}" for text in report["leftover"]]
    for row in report["rows"]:
        lines.append(f"Row {row['row']}: {', '.join(row['children']) or 'no child'}")
        when = " ".join(part for part in (row["by_when"], row["by_when_words"]) if part)
        for name, value in [
            *((n, row[n]) for n in ("concern", "outcome", "action", "owner")),
            ("by when", when),
        ]:
            lines += [f"  {name}: {' '.join(value.split())}"] if value else []
        lines += [f"  Note: {note}" for note in row["notes"]]
    if not report["faults"]:
        saved = report["saved"]
        lines += ["", f"{saved} items were saved." if saved else "Nothing was saved: this was a check."]
    return "\n".join(lines)


def _wrong(report: dict[str, Any]) -> str:
    """What stands against saving, each with its row."""
    lines = ["Nothing was saved:"]
    for fault in report["faults"]:
        named, said = f"Row {fault['row']}: " if fault["row"] else "", fault["sentence"]
        lines.append(f"  {said if said.startswith(named) else named + said}")
    return "\n".join(lines)
