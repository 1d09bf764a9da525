"""Moving a planned core group to another day, and cancelling it: never without a reason (R56)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row
from coregroup.casework.consequences import settle
from coregroup.casework.limits import Approval, Limit, approval_faults, asked_of, broken_without, depart
from coregroup.casework.meetings import Faults, NewMeeting, faults_of, grant_met, planned_meeting, put
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Meeting, MemberUpdate
from coregroup.rules import moves
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Problems
from coregroup.rules.happenings_meetings import MeetingCancelled, MeetingRearranged


def rearrange_meeting(
    *,
    group: UUID,
    meeting: UUID,
    to: NewMeeting,
    reason: str,
    approval: Approval | None = None,
    audience: AudienceChoice | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Moves a planned core group to another day, time or place; what was given for it goes along.

    Another day needs a reason, and a limit that is then not kept an approval (R56, R95). `audience` None
    leaves who may see it. Raises Problems at the meeting's fields, `reason` or those of the approval; Refused
    where it is not ahead any more; Closed, AlreadyDone.
    """
    with act(group, by=by, to=Capability.BOOK_MEETING, once=once, what=f"rearrange {meeting}") as case:
        row = planned_meeting(case, meeting)
        was = row.planned_on
        broken = broken_without(case, row.id, [to.on]) if to.on != was else ()
        faults = faults_of(to)
        if to.on != was and not reason.strip():
            faults.append(("reason", _("Say why the meeting is moved.")))
        _refuse(faults + (approval_faults(approval) if broken else []))
        put(to, row)
        if audience is not None:
            row.audience = audience_row(case, audience)
        row.save()
        depart(case, broken, approval)
        if to.on < was:
            grant_met(case, row)
        if to.on != was:
            said = MeetingRearranged(meeting=row.id, on=to.on, was=was.isoformat(), reason=reason.strip())
            settle(said, case=case, audience=row.audience)
        note_outcome(once, row.id)
    return row.id


def cancel_meeting(
    *,
    group: UUID,
    meeting: UUID,
    reason: str,
    authorised_by: str,
    replacement: NewMeeting | None = None,
    approval: Approval | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID | None:
    """Cancels a planned core group, as a last resort; gives the id of the one in its place, if there is one.

    Needs a reason, who authorised it, and a replacement inside the limits; else an approval, kept as a
    departure from each limit (R56, R95). What members gave for it goes along to the replacement. Raises
    Problems at `reason`, `authorised_by`, the meeting's fields or those of the approval; Refused, Closed,
    AlreadyDone.
    """
    with act(group, by=by, to=Capability.BOOK_MEETING, once=once, what=f"cancel {meeting}") as case:
        row = planned_meeting(case, meeting)
        broken = broken_without(case, row.id, [replacement.on] if replacement else [])
        _refuse(_cancel_faults(case, row, reason, authorised_by, replacement, broken, approval))
        row.state = moves.after(moves.MEETING, row.state, "cancel", _("This meeting cannot be cancelled."))
        row.ended_because, row.authorised_by = reason.strip(), authorised_by.strip()
        row.ended_by_id = case.by.who
        row.replaced_by = _replacement(row, replacement)
        row.save()
        depart(case, broken, approval)
        said = MeetingCancelled(
            meeting=row.id, on=row.planned_on, authorised_by=row.authorised_by,
            replaced_on=replacement.on.isoformat() if replacement else "",
        )  # fmt: skip
        settle(said, case=case, audience=row.audience)
        note_outcome(once, row.replaced_by_id or "")
    return row.replaced_by_id


def _cancel_faults(
    case: Case,
    meeting: Meeting,
    reason: str,
    authorised_by: str,
    replacement: NewMeeting | None,
    broken: tuple[Limit, ...],
    approval: Approval | None,
) -> Faults:
    faults: Faults = []
    if not reason.strip():
        faults.append(("reason", _("Say why the meeting is cancelled.")))
    if not authorised_by.strip():
        faults.append(("authorised_by", _("Say who authorised that it is cancelled.")))
    if replacement is not None:
        faults += faults_of(replacement)
    elif not broken and not _another_is_ahead(case, meeting):
        faults.append(("replace", _("No other meeting is planned. Book one in its place.")))
    if broken:
        faults += approval_faults(approval)
    return faults


def _another_is_ahead(case: Case, meeting: Meeting) -> bool:
    """Is another meeting planned, or is none needed any more because every plan has ended?"""
    asked = asked_of(case, meeting.id)
    ahead = (one for one in asked.dated.meetings if one.held_on is None and one.planned_on >= asked.today)
    return not asked.standing or any(ahead)


def _replacement(row: Meeting, replacement: NewMeeting | None) -> Meeting | None:
    """The meeting in its place, with chair, minute taker, guests, and the updates that were given for it."""
    if replacement is None:
        return None
    new = Meeting(
        authority_id=row.authority_id, group_id=row.group_id, audience_id=row.audience_id,
        chair_id=row.chair_id, minute_taker_id=row.minute_taker_id, roles_because=row.roles_because,
    )  # fmt: skip
    put(replacement, new)
    new.save()
    MemberUpdate.objects.filter(meeting=row).update(meeting=new)
    # A representative was named with an apology for that day, and is named anew; the others come along.
    row.guests.filter(ended_at__isnull=True).exclude(part="representative").update(meeting=new)
    return new


def _refuse(faults: Faults) -> None:
    if faults:
        raise Problems(faults)
