"""Each child's clocks in sentences: what `rules.registration` reads, as a page shows it (R7, R8, R43, R92).

Everything here works on rows that are already loaded (`casefile.dated`), so that a page of five hundred
children asks the database no more than a page of one. `today` is a Europe/London date, passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coregroup.rules import says
from coregroup.rules.procedure import say
from coregroup.rules.registration import overdue, rows_of, running
from coregroup.rules.rows import Row

__all__ = ["ClockLine", "line", "lines", "overdue", "rows_of", "running"]


@dataclass(frozen=True)
class ClockLine:
    """One clock of one child, with its reason as a sentence. `departed` where its limit was departed from."""

    rule: str
    title: str
    anchor_on: date | None
    expected: date | None
    latest: date | None
    meet_by: date | None
    met_on: date | None
    status: str
    assumed: bool
    why: str
    source: str
    departed: bool = False


def line(row: Row, lang: str) -> ClockLine:
    """A clock with its sentences, in a language."""
    return ClockLine(
        rule=row.rule,
        title=say(row.title, lang),
        anchor_on=row.anchor.date,
        expected=row.expected,
        latest=row.latest,
        meet_by=row.meet_by,
        met_on=row.met_on,
        status=row.status or "",
        assumed=row.assumed,
        why=says.why(row, lang),
        source=say(row.source.title, lang),
        departed=row.departure is not None,
    )


def lines(rows: tuple[Row, ...], lang: str) -> tuple[ClockLine, ...]:
    """Clocks with their sentences."""
    return tuple(line(row, lang) for row in rows)
