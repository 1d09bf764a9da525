"""The guards before a core group is closed: the procedure's own, and a first plan's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import standing_audience
from coregroup.casework.guards import Guard, judged
from coregroup.casework.limits import Approval, approval_faults, broken_limits, dated_of, depart
from coregroup.casework.meeting_sheet import Thing, latest_entry, write_entry
from coregroup.casework.meeting_words import working_audience
from coregroup.records.closing import gather, latest_entries
from coregroup.records.models import Child, Meeting, PlanVersion, RestrictedPart
from coregroup.rules import book
from coregroup.rules import closing as rule
from coregroup.rules.errors import Problem, Problems
from coregroup.rules.procedure import say


def closing_guards(case: Case, meeting: Meeting, children: Iterable[Child]) -> tuple[Guard, ...]:
    """Every closing guard of the group's procedure, judged over the whole case."""
    children = list(children)
    facts = gather(meeting, children, latest_entries(meeting.id))
    procedure = case.group.procedure
    ahead = rule.next_date_set(
        dated_of(case.group), procedure, [child.id for child in children], timezone.localdate()
    )
    verdicts = rule.judge(procedure, rule.with_next_date(facts, ahead))
    lang = "cy" if str(get_language() or "").startswith("cy") else "en"
    return tuple(
        Guard(item.code, say(item.title, lang), item.must, verdicts[item.code].held)
        for item in book.load(procedure).closing.values()
    )


def plan_guards(case: Case, children: Iterable[Child]) -> dict[Child, tuple[Guard, ...]]:
    """For each child without a version in force, the guards of the plan (R11)."""
    children = list(children)
    done = set(PlanVersion.objects.filter(plan__child__in=children).values_list("plan__child_id", flat=True))
    return {child: judged(case, child) for child in children if child.id not in done}


def passing_key(guard: str, child: UUID | None = None) -> str:
    """The name under which the reason for passing a guard is given: a child's own for the plan's guards."""
    return f"{child.hex}_{guard}" if child else guard


def refuse_open(
    guards: Iterable[Guard],
    plans: Mapping[Child, Iterable[Guard]],
    reasons: Mapping[str, str],
    late: list[tuple[str | None, str]],
    known: Collection[UUID],
) -> None:
    """Raises Problems with every must-guard that is open, and every should-guard passed without a reason.

    What is open for a child who is not `known` to the actor is said without the child and without what it is.
    """
    faults = list(late)
    told = [(passing_key(guard.code), guard, "") for guard in guards]
    told += [
        (passing_key(guard.code, child.id), guard, child.person.given_name)
        for child, its in plans.items()
        if child.id in known
        for guard in its
    ]
    if any(not guard.held for child, its in plans.items() if child.id not in known for guard in its):
        faults.append((None, _("Somebody who may read the whole of the plans has to close this meeting.")))
    for key, guard, name in told:
        if guard.held:
            continue
        sentence = f"{name}: {guard.sentence}" if name else guard.sentence
        if guard.must:
            faults.append((None, sentence))
        elif key not in reasons:
            faults.append((f"passed_{key}", _("%(fault)s Say why this is passed.") % {"fault": sentence}))
    if faults:
        raise Problems(faults)


def keep_passed(
    guards: Iterable[Guard], reasons: Mapping[str, str], case: Case, seen_by: str, child: UUID | None = None
) -> list[dict[str, str]]:
    """The should-guards that were passed, as they are kept: which, why, by whom, who may see it."""
    return [
        {
            "code": guard.code, "reason": reasons[passing_key(guard.code, child)], "by": case.by.name,
            "audience": seen_by,
        }
        for guard in guards if not guard.held
    ]  # fmt: skip


def say_held(case: Case, meeting: Meeting, confirmed: Iterable[str]) -> None:
    """Keeps that guards hold which only people can say hold: who gets the record, and a procedure's own."""
    for code in confirmed:
        if code in rule.JUDGED or code not in book.load(case.group.procedure).closing:
            continue
        settled = code == rule.DISTRIBUTION
        thing = Thing("recipients") if settled else Thing("question", code=f"{rule.SAID}{code}")
        content = {"settled": "yes"} if settled else {"answer": "yes"}
        latest = latest_entry(meeting, thing.name)
        audience = (
            latest.audience if latest else working_audience(case) if settled else standing_audience(case)
        )
        write_entry(case, meeting, thing, latest, {**(latest.content if latest else {}), **content}, audience)


def refuse_open_part(meeting: Meeting) -> None:
    """A restricted part is ended by whoever runs the meeting, never by the way (R57, R125)."""
    if RestrictedPart.objects.filter(meeting=meeting, ended_at__isnull=True).exists():
        raise Problem(None, _("A part of this meeting is still held without everybody. End that part first."))


def settle_limits(case: Case, meeting: Meeting, approval: Approval | None) -> list[tuple[str | None, str]]:
    """The faults of a meeting held after its limit without an approval; with one, keeps a departure (R95)."""
    if meeting.held_on is None:
        return []
    broken = broken_limits(case, meeting.held_on, moved=meeting.id)
    if not broken:
        return []
    faults = approval_faults(approval)
    if not faults:
        depart(case, broken, approval)
    return faults
