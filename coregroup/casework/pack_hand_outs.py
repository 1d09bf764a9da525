"""Giving a meeting pack to somebody: proof of what left, to whom, when, how, of its opening (R17, R57)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.plan_people import group_people
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import HandOut, HandOutOpened, Meeting
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problems
from coregroup.rules.hand_out import HOW
from coregroup.rules.happenings_meetings import PackHandedOut


def record_pack_given(
    *,
    group: UUID,
    meeting: UUID,
    recipient: UUID,
    how: str,
    on: date,
    digest: str,
    note: str = "",
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Records that somebody of the case was given their pack, or was left out with a reason.

    `how` is one of `rules.hand_out.HOW`; `digest` is the SHA-256 of the very rendering. Raises Problems at
    `how`, `on` or `note`; Closed for a person not of this case; Refused; AlreadyDone.
    """
    with act(group, by=by, to=Capability.HAND_OUT, once=once, what=f"hand out pack {meeting}") as case:
        row = meeting_row(case, meeting)
        if recipient not in group_people(case):
            raise Closed
        _check(case, recipient, how, on, note)
        given = how != "not_given"
        made = HandOut.objects.create(
            authority=case.group.authority, group=case.group, document="pack", meeting=row,
            version=_next(row, recipient), recipient_id=recipient, recipient_code="", how=how, on=on,
            digest=digest if given else "", by_id=case.by.who, note=note.strip(),
        )  # fmt: skip
        if given:
            told = PackHandedOut(meeting=row.id, recipient=str(recipient))
            settle(told, case=case, audience=standing_audience(case))
        note_outcome(once, made.id)
    return made.id


def record_pack_opened(*, group: UUID, meeting: UUID, by: Actor) -> None:
    """Records that the actor opened a pack that was given to them; once for each giving."""
    with act(group, by=by, to=Capability.SEE_MEETING, what=f"open pack {meeting}") as case:
        row = meeting_row(case, meeting)
        mine = HandOut.objects.filter(meeting=row, document="pack", recipient_id=by.person)
        for given in mine.exclude(how="not_given").filter(openings__isnull=True):
            HandOutOpened.objects.create(
                authority=case.group.authority, group=case.group, hand_out=given, person_id=by.who
            )


def _next(meeting: Meeting, recipient: UUID) -> int:
    """How many times this person has been given this pack, with this time: it changes until the meeting."""
    return HandOut.objects.filter(meeting=meeting, document="pack", recipient_id=recipient).count() + 1


def _check(case: Case, recipient: UUID, how: str, on: date, note: str) -> None:
    faults: list[tuple[str | None, str]] = []
    if how not in HOW or how == "filed":
        faults.append(("how", _("Choose how the pack was given.")))
    elif how == "own_page" and case.member(recipient) is None:
        faults.append(("how", _("This person cannot sign in here. Choose another way.")))
    if on > timezone.localdate():
        faults.append(("on", _("The date must be today or in the past.")))
    if how == "not_given" and not note.strip():
        faults.append(("note", _("Say why this person is not given the pack, and who agreed to it.")))
    if faults:
        raise Problems(faults)
