"""The columns and cells of the oversight tables: the same on the page and in the file that is taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from coregroup.casefile.oversight import PlanLine, StaffLine
from coregroup.web.kit.words import shortdate

# What a spreadsheet would take for a formula, the full-width signs too.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """A column: its heading, the key it sorts by, whether it holds numbers."""

    text: str
    key: str = ""
    numeric: bool = False

    def shown(self) -> dict[str, Any]:
        """The column as the table component takes it."""
        return {"text": self.text, "key": self.key, "numeric": self.numeric}


def plan_columns() -> list[Column]:
    """The columns of the chair's table."""
    return [
        Column(_("Child"), "child"), Column(_("Family")), Column(_("Lead"), "lead"),
        Column(_("Overdue"), "overdue"), Column(_("Next review"), "review"),
        Column(_("Last core group"), "last"), Column(_("Months on plan"), "months", True),
        Column(_("Version"), "version", True), Column(_("Procedure"), "procedure"),
    ]  # fmt: skip


def plan_headings() -> list[Column]:
    """The columns as the page has them: the family stands beneath the child."""
    first, _family, *others = plan_columns()
    return [first, *others]


def plan_values(line: PlanLine) -> list[Any]:
    """A plan's cells, in the columns' order, as plain values."""
    overdue = [*([_("No lead")] if line.unallocated else []), *line.overdue]
    return [
        line.name, line.family, line.lead or _("none"), "; ".join(overdue), line.next_review,
        line.last_meeting, line.months, line.version, line.procedure,
    ]  # fmt: skip


def plan_row(line: PlanLine) -> list[Any]:
    """A plan's cells as the page shows them."""
    values = plan_values(line)
    to = reverse("group", kwargs={"group": line.group})
    name = format_html(
        '<a class="govuk-link" href="{}">{}</a><br><span class="govuk-hint">{}</span>',
        to,
        values[0],
        values[1],
    )
    shown = [{"html": name}, *(_cell(value) for value in values[2:])]
    if line.next_review is None and line.review_limit is not None:
        shown[3] = _("none planned; by %(day)s") % {"day": shortdate(line.review_limit)}
    return shown


def staff_columns() -> list[Column]:
    """The columns of the manager's table."""
    return [
        Column(_("Name"), "name"), Column(_("Agency")), Column(_("Family"), "family"), Column(_("Children")),
        Column(_("Leads for")), Column(_("Joined")), Column(_("Next core group"), "meeting"),
        Column(_("Overdue"), "overdue"), Column(_("Late actions"), "actions", True),
    ]  # fmt: skip


def staff_values(line: StaffLine) -> list[Any]:
    """The cells of one core group of one person, as plain values."""
    return [
        line.name, line.agency, line.family, ", ".join(line.children), ", ".join(line.leads),
        _("yes") if line.joined else _("not yet"), line.next_meeting, "; ".join(line.overdue),
        line.late_actions,
    ]  # fmt: skip


def staff_row(line: StaffLine) -> list[Any]:
    """The cells of one core group of one person, as the page shows them."""
    values = staff_values(line)
    to = reverse("group", kwargs={"group": line.group})
    shown = [_cell(value) for value in values]
    shown[2] = {"html": format_html('<a class="govuk-link" href="{}">{}</a>', to, values[2])}
    return shown


def _cell(value: Any) -> Any:
    if isinstance(value, date):
        return shortdate(value)
    return "" if value is None else value


def csv_of(name: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> HttpResponse:
    """The table as a file: exactly the rows and cells that are shown. Formulas are made harmless."""
    out = io.StringIO()
    # Everything in quotation marks: a spreadsheet that parts cells at semicolons finds none that begins anew.
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([column.text for column in columns])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(RISKY) or text.startswith(RISKY) else text
