"""What is looked at before a core group is closed: every guard, what it lacks, and the way to meet it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.dated import Dated, dated_of
from coregroup.casefile.naming import first_name
from coregroup.casefile.plans_guards import GuardLine, guard_lines
from coregroup.casefile.plans_load import Desk, language
from coregroup.casefile.plans_papers import Papers, papers_of
from coregroup.casefile.recipients import RecipientLine, recipients_of
from coregroup.casefile.sitting import meeting_now, meeting_seen, runs
from coregroup.casefile.telling import telling_of
from coregroup.records.closing import gather, latest_entries, served, unanswered
from coregroup.records.models import Child, Meeting, MeetingEntry, PlanRevision, PlanVersion, RestrictedPart
from coregroup.rules import book
from coregroup.rules import closing as rule
from coregroup.rules import registration as reg
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import AlreadyDone, Refused
from coregroup.rules.procedure import say


@dataclass(frozen=True)
class ClosingGuard:
    """One guard. `said` can be said to hold on the closing page itself; `lacking` are names and words.

    `child` and `child_name` where it is a guard of a child's first plan; `key` names the reason for passing.
    """

    code: str
    title: str
    must: bool
    held: bool
    lacking: tuple[str, ...] = ()
    said: bool = False
    child: UUID | None = None
    child_name: str = ""

    @property
    def key(self) -> str:
        return f"{self.child.hex}_{self.code}" if self.child else self.code


@dataclass(frozen=True)
class ClosingPage:
    """Everything that the closing of one meeting needs."""

    group: UUID
    meeting: UUID
    procedure: str
    held_on: date | None
    guards: tuple[ClosingGuard, ...]
    plans: tuple[tuple[str, tuple[ClosingGuard, ...]], ...]  # by child, where no version is in force yet
    children: tuple[str, ...]
    recipients: tuple[RecipientLine, ...]
    people: tuple[PersonChoice, ...]
    part_open: bool
    late_after: date | None
    left_out_because: Mapping[UUID, str]
    guest: bool = False  # whoever closes comes to this one meeting, and sees nothing of it afterwards

    @property
    def every(self) -> tuple[ClosingGuard, ...]:
        return (*self.guards, *(guard for _name, its in self.plans for guard in its))

    @property
    def open_musts(self) -> tuple[ClosingGuard, ...]:
        """What keeps the meeting from being closed; what can be said to hold here does not."""
        return tuple(one for one in self.every if one.must and not one.held and not one.said)

    @property
    def open_shoulds(self) -> tuple[ClosingGuard, ...]:
        """What can be passed with a reason."""
        return tuple(one for one in self.every if not one.must and not one.held and not one.said)

    @property
    def to_say(self) -> tuple[ClosingGuard, ...]:
        """What somebody has to say holds."""
        return tuple(one for one in self.guards if one.said and not one.held)


def closing_page(*, group: UUID, meeting: UUID, by: Actor) -> ClosingPage:
    """Every guard of a meeting in session, met or not, all at once (R13, R30, R34, R52, R83, R84, R109).

    For its chair, its minute taker and the lead worker: Refused to others, and where it is not in session;
    Closed to a stranger; AlreadyDone where it is closed.
    """
    case = open_group(group, by=by, to=Capability.CLOSE_MEETING, what=f"close meeting {meeting}")
    cut = cut_for(case.group.id, case.reader())
    if meeting_seen(case, cut, meeting).state in ("closed", "confirmed"):
        raise AlreadyDone(str(meeting))
    row = meeting_now(case, cut, meeting)
    if not runs(case, row):
        raise Refused(_("Only the chair, the minute taker or the lead worker of this meeting can close it."))
    dated = dated_of({case.group.id: cut}, {case.group.id: case.group.authority_id})[case.group.id]
    children = served(case.group.id, case.children)
    entries = latest_entries(row.id)
    seen = [child for child in children if child.id in cut.reader.children]
    out = _left_out(entries)
    first = _first(seen)
    papers = papers_of(first)
    return ClosingPage(
        group=case.group.id,
        meeting=row.id,
        procedure=case.group.procedure,
        held_on=row.held_on,
        guards=_guards(case, cut, row, children, entries, dated),
        plans=tuple(
            _plan(Desk(case, child, cut, language()), papers[child.id], dated, entries) for child in first
        ),
        children=tuple(first_name(child) for child in seen),
        recipients=recipients_of(case, cut, left_out=frozenset(out)),
        left_out_because=out if not cut.reader.limited else {},
        people=people_to_choose(case, cut),
        part_open=RestrictedPart.objects.filter(meeting=row, ended_at__isnull=True).exists(),
        late_after=_late_after(case, row, dated, children),
        guest=case.guest is not None,
    )


def _first(children: list[Child]) -> list[Child]:
    """Children whose plan has no version in force. One query."""
    done = set(PlanVersion.objects.filter(plan__child__in=children).values_list("plan__child_id", flat=True))
    return [child for child in children if child.id not in done]


def _guards(
    case: Case,
    cut: Cut,
    row: Meeting,
    children: list[Child],
    entries: Mapping[str, MeetingEntry],
    dated: Dated,
) -> tuple[ClosingGuard, ...]:
    procedure = book.load(case.group.procedure)
    ids = [child.id for child in children]
    ahead = rule.next_date_set(dated, case.group.procedure, ids, timezone.localdate())
    waiting = unanswered(row)
    facts = rule.with_next_date(gather(row, children, entries, waiting), ahead)
    verdicts = rule.judge(case.group.procedure, facts)
    names = _names(case, cut, children, waiting)
    return tuple(
        ClosingGuard(
            item.code, say(item.title, language()), item.must, verdicts[item.code].held,
            tuple(names[one] for one in verdicts[item.code].lacking if one in names),
            said=item.code not in rule.JUDGED,
        )
        for item in procedure.closing.values()
    )  # fmt: skip


def _names(case: Case, cut: Cut, children: list[Child], waiting: list[PlanRevision]) -> dict[UUID | str, str]:
    """What can be lacking, by name, as far as the reader may be told."""
    found: dict[UUID | str, str] = {
        child.id: first_name(child) for child in children if child.id in cut.reader.children
    }
    telling = telling_of(case, cut.reader)
    for member in case.members:
        if member.person.agency_id and telling.may_know(member):
            found[member.person.agency_id] = telling.agency(member.person)
    found |= {one.code: say(one.title, language()) for one in book.load(case.group.procedure).questions}
    for one in waiting:
        if cut.sees(one.audience_id, one.item.plan.child_id) and one.owner:
            found[one.item_id] = f"{one.owner.name}: {one.content.get('what', '')}"
    return {key: words for key, words in found.items() if words}


def _plan(
    desk: Desk, papers: Papers, dated: Dated, entries: Mapping[str, MeetingEntry]
) -> tuple[str, tuple[ClosingGuard, ...]]:
    child = desk.child
    voices = frozenset(
        row.about for row in entries.values()
        if row.kind == "voice" and str(row.content.get("words", "")).strip() and row.about
        and row.child_id in (None, child.id) and desk.cut.sees(row.audience_id, row.child_id)
    )  # fmt: skip
    lines = guard_lines(desk, dated, papers, voices)
    return first_name(child), tuple(_of_plan(line, child) for line in lines)


def _of_plan(line: GuardLine, child: Child) -> ClosingGuard:
    return ClosingGuard(
        line.code,
        line.title,
        line.must,
        line.held,
        line.lacking,
        child=child.id,
        child_name=first_name(child),
    )


def _left_out(entries: Mapping[str, MeetingEntry]) -> dict[UUID, str]:
    """Who is left out, and why: told to whoever closes the meeting, with the list."""
    return {
        row.about: str(row.content.get("why", "")) for row in entries.values()
        if row.kind == "left_out" and row.content.get("out") == "yes" and row.about
    }  # fmt: skip


def _late_after(case: Case, row: Meeting, dated: Dated, children: list[Child]) -> date | None:
    """The limit that the day of this meeting did not keep, if nobody has said why (R95)."""
    without = replace(dated, meetings=[one for one in dated.meetings if one.id != row.id])
    procedure, today = case.group.procedure, timezone.localdate()
    missed = [
        late.latest
        for child in children
        for late in reg.broken_by(
            reg.rows_of(procedure, without, child.id, today), procedure, row.held_on or today, ()
        )
        if late.latest
    ]
    return min(missed, default=None)
