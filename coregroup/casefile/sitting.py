"""A meeting as its workspace opens it: one query, and a kind sentence where it is not in session."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casefile.audiences import Cut
from coregroup.records.models import Meeting
from coregroup.rules.access import Relation
from coregroup.rules.errors import Closed, Refused


def meeting_seen(case: Case, cut: Cut, meeting: UUID) -> Meeting:
    """A meeting of this group that the reader may see; a guest's own alone. Raises Closed."""
    row = Meeting.objects.filter(group=case.group, id=meeting).first()
    if row is None or not cut.sees(row.audience_id):
        raise Closed
    if case.guest is not None and case.guest.meeting_id != row.id:
        raise Closed
    return row


def meeting_now(case: Case, cut: Cut, meeting: UUID) -> Meeting:
    """The same, in session; raises Refused where it has not begun or is over."""
    row = meeting_seen(case, cut, meeting)
    if row.state == "planned":
        raise Refused(_("This meeting has not begun yet."))
    if row.state != "in_session":
        raise Refused(_("This meeting is not in session any more."))
    return row


def runs(case: Case, meeting: Meeting) -> bool:
    """Is the actor the meeting's chair, its minute taker, or a lead worker of the group?"""
    return Relation.LEAD in case.relations or case.by.person in (meeting.chair_id, meeting.minute_taker_id)
