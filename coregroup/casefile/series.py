"""The meetings up to the next review as proposed, and what a choice of days would keep (R101, R109)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile import clocks
from coregroup.casefile.audiences import Cut
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.clocks import ClockLine
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.dated import dated_of
from coregroup.casefile.meetings import family_needs
from coregroup.casefile.sentences import lang_now
from coregroup.records.models import Meeting
from coregroup.rules import book
from coregroup.rules import series as rule
from coregroup.rules.access import Actor, Capability
from coregroup.rules.dates import WorkingDays, table_ends


@dataclass(frozen=True)
class ProposedMeeting:
    """A day, the clocks that a meeting on it keeps (none: no limit is laid down), the last day for these.

    `day_off`: it is a weekend, a bank holiday, or a day on which the authority is closed.
    """

    on: date
    keeps: tuple[ClockLine, ...]
    latest: date | None
    day_off: bool = False


@dataclass(frozen=True)
class Usual:
    """Where and when the group met last, to begin from."""

    at: time | None = None
    venue: str = ""
    address: str = ""
    link: str = ""
    access: tuple[str, ...] = ()
    private: bool | None = None


@dataclass(frozen=True)
class SeriesRoom:
    """The room in which the meetings up to the next review are booked in one step."""

    proposals: tuple[ProposedMeeting, ...]
    planned: tuple[date, ...]
    until: date
    review_planned: bool
    needs: tuple[str, ...]
    people: tuple[PersonChoice, ...]
    usual: Usual
    word: str
    review_word: str


@dataclass(frozen=True)
class SeriesCheck:
    """What meetings on these days would keep, and which limits they would not."""

    meetings: tuple[ProposedMeeting, ...]
    broken: tuple[ClockLine, ...]


def series_room(*, group: UUID, by: Actor) -> SeriesRoom:
    """The meetings proposed up to the next review, with what is needed to book them. R91, R101, R109.

    Raises Closed to a stranger and Refused to whoever does not plan meetings here.
    """
    case = open_group(group, by=by, to=Capability.BOOK_MEETING, what="plan series")
    asked, cut = _asked(case)
    procedure, lang = book.load(case.group.procedure), lang_now()
    last = Meeting.objects.standing().filter(group=case.group).order_by("-planned_on").first()
    review = asked.dated.next_review(asked.today)
    return SeriesRoom(
        proposals=tuple(_line(one, lang, asked) for one in rule.series(asked)),
        planned=tuple(
            one.planned_on for one in asked.dated.meetings
            if one.held_on is None and one.planned_on >= asked.today
        ),
        until=rule.horizon(asked),
        review_planned=review is not None,
        needs=family_needs(case, cut),
        people=people_to_choose(case, cut),
        usual=Usual(
            last.starts_at, last.venue, last.venue_address, last.link, tuple(last.venue_access),
            last.venue_private,
        ) if last and cut.sees(last.audience_id) else Usual(),
        word=procedure.word("core_group_meeting", lang),
        review_word=procedure.word("review_conference", lang),
    )  # fmt: skip


def series_check(*, group: UUID, days: Sequence[date], by: Actor) -> SeriesCheck:
    """What meetings on these days would keep, before they are booked. Closed, Refused."""
    case = open_group(group, by=by, to=Capability.BOOK_MEETING, what="check series")
    asked = _asked(case)[0]
    lang = lang_now()
    kept = {one.on: one for one in rule.kept(asked, days)}
    return SeriesCheck(
        tuple(_line(kept[day], lang, asked) for day in sorted(set(days))),
        clocks.lines(rule.broken(asked, days), lang),
    )


def _asked(case: Case) -> tuple[rule.Asked, Cut]:
    cut = cut_for(case.group.id, case.reader())
    dated = dated_of({case.group.id: cut}, {case.group.id: case.group.authority_id})[case.group.id]
    children = tuple(child.id for child in case.children if child.id in cut.reader.children)
    return rule.Asked(case.group.procedure, dated, children, timezone.localdate()), cut


def _line(one: rule.Proposal, lang: str, asked: rule.Asked) -> ProposedMeeting:
    keeps = tuple(dict.fromkeys(clocks.lines(one.keeps, lang)))
    return ProposedMeeting(one.on, keeps, one.latest, is_day_off(one.on, asked.working))


def is_day_off(day: date, working: WorkingDays) -> bool:
    """Is it no working day, as far as bank holidays are known?"""
    return day <= table_ends() and not working.is_working(day)
