"""Giving the record of a meeting out: each recipient's own rendering, the proof (R14, R23, R53, R97)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.hand_outs import Copy
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.plan_people import group_people
from coregroup.casework.sessions import refuse_who_does_not_run_it
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import HandOut, HandOutOpened, Meeting
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problems, Refused
from coregroup.rules.hand_out import HOW
from coregroup.rules.happenings_meetings import RecordHandedOut

RECORD = "record"


def hand_out_record(
    *,
    group: UUID,
    meeting: UUID,
    copy: Copy,
    edition: int,
    how: str,
    on: date | None,
    note: str = "",
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Records that the record of a meeting was given to one recipient, in which edition, and its digest.

    `how` is one of HOW; `not_given` needs a note that says why. For the meeting's chair, its minute taker and
    the lead worker. Raises Problems at `how`, `on` or `note`; Closed, Refused, AlreadyDone.
    """
    with act(group, by=by, to=Capability.CLOSE_MEETING, once=once, what=f"give record {meeting}") as case:
        row = _closed_meeting(case, meeting)
        day = _checked(case, row, copy, how, on, note)
        made = _give(case, row, copy, edition, how, day, note)
        note_outcome(once, made.id)
    return made.id


def give_record_on_own_pages(
    *,
    group: UUID,
    meeting: UUID,
    copies: Sequence[Copy],
    edition: int,
    by: Actor,
    once: str | None = None,
) -> int:
    """Gives the record to several people at once, each on their own page; gives their number (R53).

    All of them or, if one does not belong there or cannot sign in, none (Closed).
    """
    with act(group, by=by, to=Capability.CLOSE_MEETING, once=once, what=f"give record {meeting}") as case:
        row = _closed_meeting(case, meeting)
        for copy in copies:
            if copy.recipient is None or case.member(copy.recipient) is None:
                raise Closed
            day = _checked(case, row, copy, "own_page", timezone.localdate(), "")
            _give(case, row, copy, edition, "own_page", day, "")
        note_outcome(once, len(copies))
    return len(copies)


def record_read(*, group: UUID, meeting: UUID, by: Actor) -> None:
    """Keeps that the actor opened the record that was given to them on the screen. Once for each giving."""
    with act(group, by=by, to=Capability.SEE_MEETING, what=f"open record {meeting}") as case:
        row = meeting_row(case, meeting)
        mine = HandOut.objects.filter(meeting=row, document=RECORD, recipient_id=by.person)
        for given in mine.exclude(how="not_given").filter(openings__isnull=True):
            HandOutOpened.objects.create(
                authority=case.group.authority, group=case.group, hand_out=given, person_id=by.who
            )


def _closed_meeting(case: Case, meeting: UUID) -> Meeting:
    row = meeting_row(case, meeting)
    if row.closed_at is None or row.state not in ("closed", "confirmed"):
        raise Closed
    refuse_who_does_not_run_it(case, row)
    if case.reader().limited:
        raise Refused(_("Only somebody who may read the whole record can give it out."))
    return row


def _checked(case: Case, meeting: Meeting, copy: Copy, how: str, on: date | None, note: str) -> date:
    if copy.recipient is not None and copy.recipient not in group_people(case):
        raise Closed
    faults: list[tuple[str | None, str]] = []
    if how not in HOW:
        faults.append(("how", _("Choose how the record was given.")))
    assert meeting.closed_at is not None  # checked before
    if on is None or on > timezone.localdate():
        faults.append(("on", _("The date must be today or in the past.")))
    elif on < timezone.localdate(meeting.closed_at):
        faults.append(("on", _("The record did not exist yet on that date.")))
    if how == "not_given" and not note.strip():
        faults.append(("note", _("Say why this person is not given the record, and who agreed to it.")))
    if faults or on is None:
        raise Problems(faults)
    return on


def _give(case: Case, meeting: Meeting, copy: Copy, edition: int, how: str, on: date, note: str) -> HandOut:
    given = how != "not_given"
    made = HandOut.objects.create(
        authority=case.group.authority, group=case.group, document=RECORD, meeting=meeting, version=edition,
        recipient_id=copy.recipient, recipient_code=copy.code, how=how, digest=copy.digest if given else "",
        on=on, by_id=case.by.who, note=note.strip(),
    )  # fmt: skip
    if given:
        happening = RecordHandedOut(meeting=meeting.id, recipient=str(copy.recipient or "file"))
        settle(happening, case=case, audience=standing_audience(case))
    return made
