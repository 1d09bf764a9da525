"""What must or should hold before a core group is closed, judged from values. Pure.

The procedure says which guards are asked and how strictly; this says whether each holds, and what it lacks.
A code that a procedure adds and that is not known here holds once somebody has said that it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from coregroup.rules import book
from coregroup.rules import registration as reg

# What can be judged from the case; every other code is said to hold by whoever closes the meeting.
JUDGED = ("voice", "agencies", "next_date", "contingency", "owners", "questions")
DISTRIBUTION = "distribution"
# The code under which a guard that is only said to hold is kept, as an entry of kind `question`.
SAID = "guard_"


@dataclass(frozen=True)
class Facts:
    """A meeting as its closing guards look at it.

    `children` are those whom it serves, with the person of each who is born. `heard` are persons whose own
    words stand as a voice, `unheard` children of whom it says why there are none. `agencies` are those of the
    members, `spoke` those that added to the chronology or said there is nothing new. `unanswered` are new or
    changed actions of this meeting without an answer. `said` are guards that somebody said hold.
    """

    children: Mapping[UUID, UUID | None]
    heard: frozenset[UUID] = frozenset()
    unheard: frozenset[UUID] = frozenset()
    agencies: tuple[UUID, ...] = ()
    spoke: frozenset[UUID] = frozenset()
    looked_at: frozenset[UUID] = frozenset()
    unanswered: tuple[UUID, ...] = ()
    asked: frozenset[str] = frozenset()
    settled: bool = False
    said: frozenset[str] = frozenset()
    next_date: bool = False


@dataclass(frozen=True)
class Verdict:
    """Whether a guard holds; `lacking`: the children, agencies, actions or question codes it lacks."""

    held: bool
    lacking: tuple[UUID | str, ...] = ()


def judge(procedure: str, facts: Facts) -> Mapping[str, Verdict]:
    """Every closing guard of a procedure with its verdict, in the procedure's order."""
    rules = book.load(procedure)
    questions = tuple(item.code for item in rules.questions)
    lacking: Mapping[str, tuple[UUID | str, ...]] = {
        "voice": tuple(
            child for child, person in facts.children.items()
            if person is not None and person not in facts.heard | facts.unheard
        ),
        "agencies": tuple(one for one in facts.agencies if one not in facts.spoke),
        "contingency": tuple(child for child in facts.children if child not in facts.looked_at),
        "owners": facts.unanswered,
        "questions": tuple(code for code in questions if code not in facts.asked),
    }  # fmt: skip
    found = {}
    for code in rules.closing:
        if code in lacking:
            found[code] = Verdict(not lacking[code], lacking[code])
        elif code == "next_date":
            found[code] = Verdict(facts.next_date)
        elif code == DISTRIBUTION:
            found[code] = Verdict(facts.settled)
        else:
            found[code] = Verdict(code in facts.said)
    return found


def next_date_set(dated: reg.Dated, procedure: str, children: Iterable[UUID], today: date) -> bool:
    """Is the next core group planned inside every limit, or each limit knowingly departed from (R95, R109)?

    A child whose plan has ended needs none.
    """
    rules = book.load(procedure).rules
    ahead = sorted(one.planned_on for one in dated.meetings if one.held_on is None and one.planned_on > today)
    for child in children:
        span = dated.registration(child)
        if span is None or span.ended_on is not None:
            continue
        rows = reg.running(reg.rows_of(procedure, dated, child, today))
        if ahead and reg.broken_by(rows, procedure, ahead[0], ()):
            return False
        due = [row for row in rows if "core_group" in rules[row.rule].met_by and row.latest]
        soonest = min(due, key=lambda row: row.latest or date.max, default=None)
        if not ahead and (soonest is None or soonest.departure is None):
            return False
    return True


def with_next_date(facts: Facts, held: bool) -> Facts:
    """The facts, knowing whether the next core group is set."""
    return replace(facts, next_date=held)
