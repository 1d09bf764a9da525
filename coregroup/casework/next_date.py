"""The next meeting, agreed before anybody leaves: booked in the meeting by whoever runs it (R109)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.casework.audiences import audience_row
from coregroup.casework.consequences import settle
from coregroup.casework.limits import Approval, broken_limits, depart
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.meetings import NewMeeting, check_meeting, put
from coregroup.casework.sessions import refuse_who_does_not_run_it
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Meeting
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Refused
from coregroup.rules.happenings_meetings import MeetingBooked


def book_next(
    *,
    group: UUID,
    meeting: UUID,
    next_one: NewMeeting,
    approval: Approval | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Books the meeting after the one in session; gives its id. The limits hold as in `book_meeting`.

    The chair and the minute taker can, for the lead worker may be away. Raises Problems at their fields,
    Refused to others and where no meeting is in session, Closed, AlreadyDone. R55, R95, R109.
    """
    with act(group, by=by, to=Capability.TAKE_PART, once=once, what=f"book after {meeting}") as case:
        now = meeting_row(case, meeting)
        refuse_who_does_not_run_it(case, now)
        if now.state != "in_session":
            raise Refused(_("This meeting is not in session."))
        broken = broken_limits(case, next_one.on)
        check_meeting(next_one, broken, approval)
        row = Meeting(authority=case.group.authority, group=case.group, audience=audience_row(case))
        put(next_one, row)
        row.save()
        depart(case, broken, approval)
        settle(MeetingBooked(on=next_one.on), case=case, audience=row.audience)
        note_outcome(once, row.id)
    return row.id
