"""Reads the lists with which an authority is set up: people, agencies, closure days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from coregroup.intake.dates import read_by_when
from coregroup.intake.delimited import read_delimited
from coregroup.intake.kinds import kind_of
from coregroup.intake.problems import IntakeProblem
from coregroup.intake.sheets import read_sheets
from coregroup.intake.tables import Contents, Line
from coregroup.rules.filekinds import FileKind

MOST = 10_000
LARGEST = 5_000_000

# What each column may be called, in small letters; the first is how we speak of it.
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "given_name": ("given name", "first name", "forename", "given_name", "enw cyntaf"),
    "family_name": ("family name", "surname", "last name", "family_name", "cyfenw"),
    "email": ("e-mail", "email", "e-mail address", "email address", "e-bost"),
    "agency": ("agency", "organisation", "organization", "employer", "asiantaeth"),
    "job_title": ("job title", "title", "job", "post", "job_title", "teitl swydd"),
    "phone": ("telephone", "phone", "telephone number", "work telephone", "mobile", "ffôn"),
    "manager_email": ("manager e-mail", "manager email", "line manager", "manager", "manager_email",
                      "line manager e-mail", "line manager email", "e-bost rheolwr"),
    "duties": ("duties", "duty", "role in coregroup", "dyletswyddau"),
}  # fmt: skip
AGENCIES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "agency", "organisation", "enw", "asiantaeth"),
    "kind": ("kind", "type", "sector", "math"),
    "named_professional": ("named professional", "named child protection professional", "named_professional",
                           "child protection lead", "gweithiwr penodedig"),
    "named_professional_contact": ("contact", "named professional contact", "contact details", "cyswllt",
                                   "named_professional_contact"),
    "out_of_hours": ("out of hours", "out-of-hours", "out of hours contact", "out_of_hours",
                     "y tu allan i oriau"),
}  # fmt: skip
DAYS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "day", "closed on", "dyddiad"),
    "reason": ("reason", "why", "name", "what", "rheswm"),
}
NEEDED = {"people": ("given_name", "family_name", "email", "agency"), "agencies": ("name", "kind"),
          "days": ("day", "reason")}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of a list: its number in the file, and its values by our names for the columns."""

    number: int
    values: Mapping[str, str]
    day: date | None = None


def read_people(content: bytes, *, name: str = "") -> tuple[Row, ...]:
    """Reads a list of people from CSV or a spreadsheet; a pasted text is CSV. Raises IntakeProblem."""
    return _read(content, name, PEOPLE, NEEDED["people"])


def read_agencies(content: bytes, *, name: str = "") -> tuple[Row, ...]:
    """Reads a list of agencies. Raises IntakeProblem."""
    return _read(content, name, AGENCIES, NEEDED["agencies"])


def read_days(content: bytes, *, name: str = "") -> tuple[Row, ...]:
    """Reads a list of closure days, dates in any usual spelling. Raises IntakeProblem naming the row."""
    rows = []
    for row in _read(content, name, DAYS, NEEDED["days"]):
        found = read_by_when(row.values["day"])
        if found.date is None:
            sentence = found.fault or _("“%(text)s” is not a date.") % {"text": row.values["day"]}
            raise IntakeProblem(
                _("Row %(row)d: %(sentence)s") % {"row": row.number, "sentence": sentence}, row.number
            )
        rows.append(Row(row.number, row.values, found.date))
    return tuple(rows)


def _read(
    content: bytes, name: str, columns: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]
) -> tuple[Row, ...]:
    if not content.strip():
        raise IntakeProblem(_("The list is empty."))
    contents = _contents(content, name)
    lines = next((table.lines for table in contents.tables if table.lines), ())
    if not lines:
        raise IntakeProblem(_("The list is empty."))
    places = _places(lines[0], columns)
    missing = [columns[field][0] for field in needed if field not in places]
    if missing:
        raise IntakeProblem(
            _("The first row must name the columns; there is no column “%(names)s”.")
            % {"names": "”, “".join(missing)}
        )
    rows = tuple(Row(line.number, _values(line, places, columns)) for line in lines[1:] if not line.empty)
    if not rows:
        raise IntakeProblem(_("There are headings in the list, and no row beneath them."))
    return rows


def _contents(content: bytes, name: str) -> Contents:
    if not name:
        return read_delimited(content, most=MOST)
    kind = kind_of(content, name=name, largest=LARGEST)
    if kind is FileKind.TEXT:
        return read_delimited(content, most=MOST)
    if kind in (FileKind.SHEET, FileKind.OLD_SHEET, FileKind.OPEN_SHEET):
        return read_sheets(content)
    raise IntakeProblem(_("A list must be a CSV file or a spreadsheet."))


def _places(heading: Line, columns: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Where each known column stands. The first that fits is taken."""
    found: dict[str, int] = {}
    for at, text in enumerate(heading.texts):
        told = " ".join(text.lower().replace("*", " ").rstrip(": ").split())
        field = next((name for name, words in columns.items() if told in words and name not in found), "")
        if field:
            found[field] = at
    return found


def _values(line: Line, places: Mapping[str, int], columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    texts = line.texts
    return {
        field: texts[places[field]] if field in places and places[field] < len(texts) else ""
        for field in columns
    }
