"""Putting a child's plan in force: the procedure's guards, and version 1 (R10, R11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice, audience_row
from coregroup.casework.consequences import settle
from coregroup.casework.guards import Guard, judged
from coregroup.casework.limits import Approval, Limit, approval_faults, broken_limits, depart
from coregroup.casework.plan_versions import in_force, in_session, make_version, plan_of
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Conference, Meeting
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Problem, Problems
from coregroup.rules.happenings import PlanPutInForce
from coregroup.rules.happenings_meetings import MeetingHeld


def put_in_force(
    *,
    group: UUID,
    child: UUID,
    on: date,
    met_on: date | None = None,
    passed: Mapping[str, str] | None = None,
    approval: Approval | None = None,
    audience: AudienceChoice = WHOLE_GROUP,
    by: Actor,
    once: str | None = None,
) -> int:
    """Makes version 1 of a child's plan and puts it in force; gives the version's number.

    Takes the day it comes into force and `met_on`, the day of the core group that agreed it (needed unless
    one was recorded as held); that meeting is marked as held. A core group after its limit needs `approval`:
    why, and who approved it (R95). A must-guard is never passed; a should-guard is
    passed with a reason in `passed`, which stays visible, with who passed it, to those in `audience`.

    Raises Problems naming every guard and date at fault, Closed, Refused to whoever is not the lead worker.
    """
    with act(group, by=by, to=Capability.PUT_IN_FORCE, once=once, what=f"force plan of {child}") as case:
        whose = case.child(child)
        plan = plan_of(case, whose)
        if in_force(plan):
            raise Problem(None, _("This plan is in force already."))
        if in_session(case):
            raise Problem(None, _("A meeting is in session: the plan comes into force when it is closed."))
        reasons = {code: reason.strip() for code, reason in (passed or {}).items() if reason.strip()}
        open_guards = [guard for guard in judged(case, whose) if not guard.held]
        broken = _limits_missed(case, met_on)
        _refuse(case, on, met_on, open_guards, reasons, approval_faults(approval) if broken else [])
        depart(case, broken, approval)
        meeting = _held(case, on, met_on)
        seen_by = str(audience_row(case, audience).id) if open_guards else ""
        kept = [_passed(guard, reasons, case, seen_by) for guard in open_guards]
        version = make_version(case, plan, 1, meeting=meeting, at=_moment(on), passed_guards=kept)
        settle(PlanPutInForce(child=whose.id, version=version.number, on=on), case=case)
        note_outcome(once, version.number)
    return version.number


def _passed(guard: Guard, reasons: Mapping[str, str], case: Case, seen_by: str) -> dict[str, str]:
    return {"code": guard.code, "reason": reasons[guard.code], "by": case.by.name, "audience": seen_by}


def _refuse(
    case: Case,
    on: date,
    met_on: date | None,
    open_guards: list[Guard],
    reasons: Mapping[str, str],
    late: list[tuple[str | None, str]],
) -> None:
    found: list[tuple[str | None, str]] = list(late)
    for guard in open_guards:
        if guard.must:
            found.append((None, guard.sentence))
        elif guard.code not in reasons:
            found.append(
                (f"passed_{guard.code}", _("%(fault)s Say why this is passed.") % {"fault": guard.sentence})
            )
    found += _date_faults(case, on, met_on)
    if found:
        raise Problems(found)


def _limits_missed(case: Case, met_on: date | None) -> tuple[Limit, ...]:
    """The limits that the core group of that day did not keep; none for one that is recorded as held."""
    if met_on is None or met_on > timezone.localdate():
        return ()
    if Meeting.objects.filter(group=case.group, held_on=met_on).exists():
        return ()
    return broken_limits(case, met_on)


def _date_faults(case: Case, on: date, met_on: date | None) -> list[tuple[str | None, str]]:
    today = timezone.localdate()
    held = list(
        Meeting.objects.filter(group=case.group, held_on__isnull=False).values_list("held_on", flat=True)
    )
    begun = (
        Conference.objects.filter(group=case.group, kind="initial", held_on__isnull=False)
        .values_list("held_on", flat=True)
        .first()
    )
    if on > today:
        return [("on", _("A plan comes into force today or on a day that has been."))]
    if met_on is None:
        if not held:
            return [("met_on", _("Give the day on which the core group met and agreed this plan."))]
        met_on = min(day for day in held if day)
    if met_on > today:
        return [("met_on", _("The day on which the core group met cannot be in the future."))]
    if begun and met_on < begun:
        return [("met_on", _("The core group cannot have met before the conference."))]
    if on < met_on:
        return [("on", _("The plan cannot come into force before the core group that agreed it."))]
    return []


def _held(case: Case, on: date, met_on: date | None) -> Meeting:
    """The core group that agreed the plan, marked as held once, however many children it served."""
    meetings = list(Meeting.objects.standing().filter(group=case.group).select_related("audience"))
    if met_on is None:
        held = [(one.held_on, one) for one in meetings if one.held_on and one.held_on <= on]
        return max(held, key=lambda pair: pair[0])[1]
    same = [one for one in meetings if one.held_on == met_on]
    if same:
        return same[0]
    planned = [one for one in meetings if one.held_on is None]
    if planned:
        meeting = min(planned, key=lambda one: abs((one.planned_on - met_on).days))
        meeting.held_on, meeting.state = met_on, "held"
        meeting.save(update_fields=["held_on", "state"])
    else:
        meeting = Meeting.objects.create(
            authority=case.group.authority, group=case.group, planned_on=met_on, held_on=met_on,
            state="held", audience=audience_row(case),
        )  # fmt: skip
    settle(MeetingHeld(on=met_on), case=case, audience=meeting.audience)
    return meeting


def _moment(on: date) -> datetime:
    """When a version came into force: now, or midday of an earlier day; `made_at` says when it was saved."""
    if on == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(on, time(12)))
