"""Who chairs and who takes the minutes, by the group's procedure (R49, R50, R55, R75, R90, R104, R115)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.records.models import Meeting
from coregroup.rules import book
from coregroup.rules.errors import Problems


def check_roles(
    case: Case, meeting: Meeting, chair: UUID | None, minute_taker: UUID | None, because: str
) -> None:
    """Sets a meeting's chair and minute taker, if the procedure allows them.

    Raises Problems at `chair`, `minute_taker` or `because`.
    """
    meeting.chair_id = chair or meeting.chair_id
    meeting.minute_taker_id = minute_taker or meeting.minute_taker_id
    meeting.roles_because = because.strip() or meeting.roles_because
    role = book.load(case.group.procedure).roles["minute_taker"]
    faults: list[tuple[str | None, str]] = []
    if meeting.chair_id is None:
        faults.append(("chair", _("Say who chairs the meeting.")))
    same = meeting.chair_id is not None and meeting.chair_id == meeting.minute_taker_id
    if same and role.not_chair and role.strictness == "must":
        faults.append(("minute_taker", _("The minute taker must be somebody other than the chair.")))
    if faults:
        raise Problems(faults)
