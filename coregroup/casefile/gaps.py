"""What a core group still lacks, for its professionals to see and end (R4, R11, R44, R47, R83)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casefile.sentences import lang_now
from coregroup.rules.procedure import Procedure
from coregroup.rules.registration import MeetingDay


@dataclass(frozen=True)
class PlanState:
    """How far a child's plan is: outline only, being built, or in force as a numbered version."""

    outline: bool
    begun: bool
    version: int | None
    in_force_on: date | None
    contingency: bool


@dataclass(frozen=True)
class Gap:
    """Something that is missing. `code` says which page mends it; an alarm is a state that must end."""

    code: str
    sentence: str
    child: UUID | None = None
    alarm: bool = False
    meeting: UUID | None = None


class Card(Protocol):
    """What is asked of a child's card."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def unallocated(self) -> bool: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def plan(self) -> PlanState: ...


def gaps_of(
    case: Case, children: Sequence[Card], meeting: Any, review: object, unread: Sequence[str],
    procedure: Procedure,
) -> tuple[Gap, ...]:  # fmt: skip
    """Everything that is missing, alarms first."""
    found = [gap for child in children for gap in _of_child(child, procedure)]
    found += _of_dates(meeting, review, procedure)
    found += _of_members(case, unread, procedure)
    return tuple(sorted(found, key=lambda gap: not gap.alarm))


def _of_child(child: Card, procedure: Procedure) -> Iterator[Gap]:
    if child.ended_on is not None:
        return
    words = {"name": child.name, "lead": procedure.word("lead_worker", lang_now())}
    if child.unallocated:
        yield Gap("lead", _("%(name)s has no %(lead)s.") % words, child.id, alarm=True)
    if not child.plan.outline:
        yield Gap("outline", _("The outline plan for %(name)s has not been brought in.") % words, child.id)
    if child.plan.version is None:
        sentence = (
            _("The detailed plan for %(name)s is being built and is not in force.")
            if child.plan.begun
            else _("The detailed plan for %(name)s has not been begun.")
        )
        yield Gap("plan", sentence % words, child.id)
    if child.plan.begun and not child.plan.contingency:
        yield Gap("plan", _("The plan for %(name)s has no contingency plan.") % words, child.id)


def _of_dates(meeting: Any, review: object, procedure: Procedure) -> Iterator[Gap]:
    lang = lang_now()
    if meeting is None:
        yield Gap(
            "meeting", _("No %(group)s is planned.") % {"group": procedure.word("core_group_meeting", lang)}
        )
    elif meeting.starts_at is None or not meeting.venue:
        yield Gap("meeting", _("The next meeting has no time or no place yet."))
    if review is None:
        words = {"review": procedure.word("review_conference", lang)}
        yield Gap("review", _("No date is known for the next %(review)s.") % words)


def unrecorded(meetings: Sequence[MeetingDay]) -> tuple[Gap, ...]:
    """A question for each planned meeting whose day has gone by."""
    return tuple(
        Gap("held", _("Was the meeting of %(day)s held?") % {"day": _day(one.planned_on)}, meeting=one.id)
        for one in meetings
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y", use_l10n=False)


def _of_members(case: Case, unread: Sequence[str], procedure: Procedure) -> Iterator[Gap]:
    absent = [
        member.person.name for member in case.members
        if member.part == "member" and member.joined_at is None and not _leads(case, member.person_id)
    ]  # fmt: skip
    if absent:
        yield Gap("members", _("Not joined yet: %(names)s.") % {"names": ", ".join(sorted(absent))})
    if unread:
        words = {"names": ", ".join(sorted(unread)), "outline": procedure.word("outline_plan", lang_now())}
        yield Gap("outline", _("Have not read the %(outline)s: %(names)s.") % words)


def _leads(case: Case, person: UUID) -> bool:
    return any(child.lead_person_id == person for child in case.children)  # type: ignore[attr-defined]
