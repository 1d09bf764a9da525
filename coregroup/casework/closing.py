"""Closing a core group: its proposals come into force, one version a child, and the record is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice, audience_row
from coregroup.casework.closing_guards import (
    closing_guards,
    keep_passed,
    plan_guards,
    refuse_open,
    refuse_open_part,
    say_held,
    settle_limits,
)
from coregroup.casework.closing_views import write_views
from coregroup.casework.consequences import settle
from coregroup.casework.limits import Approval
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.plan_versions import in_force, make_version, plan_of
from coregroup.casework.sessions import refuse_who_does_not_run_it
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.closing import latest_entries, served, unanswered
from coregroup.records.models import AgendaItem, Child, Meeting, MeetingGuest, PlanRevision, PlanVersion
from coregroup.rules import departing, moves, plan_fields
from coregroup.rules.access import Actor, Capability
from coregroup.rules.happenings import ActionGiven, PlanChanged, PlanPutInForce
from coregroup.rules.happenings_meetings import MeetingClosed, OutlineDeparted


def close_meeting(
    *,
    group: UUID,
    meeting: UUID,
    passed: Mapping[str, str] | None = None,
    confirmed: Collection[str] = (),
    approval: Approval | None = None,
    audience: AudienceChoice = WHOLE_GROUP,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Closes a core group in session; gives its id. Its record is there from then on (R10, R23, R89).

    What it proposed becomes one version for each child it served; a first one comes into force under the
    plan's own guards as well. `passed` gives the reason for each should-guard that is open, by its code
    (`closing_guards.passing_key` for a plan's guard), for those in `audience` to see; `confirmed` are guards
    that only people can say hold. A meeting after its limit needs `approval` (R95).

    Raises Problems naming every guard at fault, Problem while a restricted part is open, Refused to whoever
    does not run the meeting and where it is not in session, Closed.
    """
    with act(group, by=by, to=Capability.CLOSE_MEETING, once=once, what=f"close meeting {meeting}") as case:
        row = _to_be_closed(case, meeting)
        say_held(case, row, confirmed)
        children = served(case.group.id, case.children)
        write_views(case, row, children, latest_entries(row.id).values())
        reasons = {key: told.strip() for key, told in (passed or {}).items() if told.strip()}
        guards, plans = closing_guards(case, row, children), plan_guards(case, children)
        refuse_open(guards, plans, reasons, settle_limits(case, row, approval), case.reader().children)
        passing = any(not one.held for its in (guards, *plans.values()) for one in its)
        seen_by = str(audience_row(case, audience).id) if passing else ""
        row.passed_guards = keep_passed(guards, reasons, case, seen_by)
        _take_up_agenda(case, row)
        for child in children:
            passed_here = keep_passed(plans.get(child, ()), reasons, case, seen_by, child.id)
            _bring_into_force(case, row, child, passed_here)
        _give_actions(case, row)
        _end(case, row)
        note_outcome(once, row.id)
    return row.id


def _to_be_closed(case: Case, meeting: UUID) -> Meeting:
    row = meeting_row(case, meeting)
    refuse_who_does_not_run_it(case, row)
    row.state = moves.after(moves.MEETING, row.state, "close", _("This meeting is not in session."))
    refuse_open_part(row)
    return row


def _take_up_agenda(case: Case, meeting: Meeting) -> None:
    """What stood on the agenda as the meeting began was taken up; what came since waits for the next."""
    rows = AgendaItem.objects.filter(group=case.group, meeting__isnull=True)
    if meeting.opened_at:
        rows.filter(made_at__lte=meeting.opened_at).update(meeting=meeting)


def _bring_into_force(case: Case, meeting: Meeting, child: Child, passed: list[dict[str, str]]) -> None:
    plan = plan_of(case, child)
    number = (in_force(plan) or 0) + 1
    version = make_version(case, plan, number, meeting=meeting, passed_guards=passed)
    if number == 1:
        on = meeting.held_on or timezone.localdate()
        settle(PlanPutInForce(child=child.id, version=1, on=on), case=case)
    else:
        settle(PlanChanged(child=child.id, version=number), case=case)
    departed = outline_departures(version)
    if departed:
        told = OutlineDeparted(child=child.id, meeting=meeting.id, version=number, items=len(departed))
        settle(told, case=case)


def outline_departures(version: PlanVersion) -> list[departing.Departed]:
    """What a version changed of what the conference had decided, against the version before (R73, R74)."""
    after = _revisions(version.plan_id, version.number)
    before = _revisions(version.plan_id, version.number - 1)
    standing = {row.item_id for row in after}
    return departing.departures(_traced(before), _traced(after), standing=standing)


def _revisions(plan: UUID, number: int) -> list[PlanRevision]:
    rows = PlanVersion.objects.filter(plan=plan, number=number).values("parts__revision_id")
    return list(PlanRevision.objects.filter(id__in=rows).select_related("outline"))


def _traced(rows: Iterable[PlanRevision]) -> list[departing.Traced]:
    return [
        departing.Traced(
            row.item_id,
            row.outline_id,
            plan_fields.full_demand(row.kind, row.owner_id, row.by_when, row.content),
            row.by_when,
            row.outline.by_when if row.outline else None,
        )
        for row in rows
        if row.outline_id
    ]


def _give_actions(case: Case, meeting: Meeting) -> None:
    """Owners who have not said anything in the meeting are told of what is theirs to do (R34)."""
    for row in unanswered(meeting):
        if row.owner_id is not None:
            given = ActionGiven(
                child=row.item.plan.child_id, item=row.item_id, owner=row.owner_id, revision=row.number
            )
            settle(given, case=case, audience=row.audience)


def _end(case: Case, meeting: Meeting) -> None:
    now = timezone.now()
    meeting.closed_at, meeting.closed_by_id = now, case.by.who
    meeting.save()
    MeetingGuest.objects.filter(meeting=meeting, ended_at__isnull=True).update(ended_at=now)
    on = meeting.held_on or timezone.localdate()
    ahead = Meeting.objects.filter(group=case.group, state="planned", planned_on__gt=on)
    following = ahead.order_by("planned_on").values_list("planned_on", flat=True).first()
    told = MeetingClosed(meeting=meeting.id, on=on, next_on=following.isoformat() if following else "")
    settle(told, case=case, audience=meeting.audience)
