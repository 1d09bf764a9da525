"""A part of a meeting for which somebody is asked to leave: who, why, what they are told, from when to when.

Nothing frank is left to the corridor: what is noted in it has the part's own audience, those who stayed; that
it happened, and what was said about it to those who left, is on the record for everybody (R57, R125).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, standing_audience
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.meeting_words import spoken_audience
from coregroup.casework.plan_people import group_people
from coregroup.casework.sessions import refuse_who_does_not_run_it
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Audience, Meeting, RestrictedPart
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problems, Refused

LONGEST = 2000  # characters of what is told and why


def begin_part(
    *,
    group: UUID,
    meeting: UUID,
    leave: Iterable[UUID],
    stay: Iterable[UUID],
    told: str,
    why: str,
    review_on: date | None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Begins a restricted part now; gives its id. `stay` are those who stay, and alone read its notes.

    `told` is what those in `leave` are told, for the whole group to read; `why` is for those who stay. The
    actor always stays. The chair's decision is the permission; `review_on` is the day on which keeping it to
    these people is looked at again. Only the chair, the minute taker or the lead worker begins one.

    Raises Problems at `leave`, `stay`, `told`, `why` or `review_on`; Refused; Closed for a stranger's id.
    """
    with act(group, by=by, to=Capability.TAKE_PART, once=once, what=f"restricted part {meeting}") as case:
        row = _running(case, meeting)
        if RestrictedPart.objects.filter(meeting=row, ended_at__isnull=True).exists():
            raise Refused(_("A restricted part has begun already. End it before another."))
        out, staying = set(leave), set(stay) | {case.by.who}
        _refuse_unknown(case, row, out | staying)
        _check(case, out, staying, told, why, review_on)
        seen_by = audience_row(case, _audience(case, row, staying, why, review_on))
        part = RestrictedPart.objects.create(
            authority=case.group.authority, group=case.group, meeting=row,
            asked_to_leave=sorted(str(one) for one in out), told=told.strip(), why=why.strip(),
            told_audience=_told_audience(case, out), decided_by_id=row.chair_id or case.by.who,
            audience=seen_by, began_at=timezone.now(),
        )  # fmt: skip
        note_outcome(once, part.id)
    return part.id


def end_part(*, group: UUID, meeting: UUID, part: UUID, by: Actor, once: str | None = None) -> None:
    """Ends a restricted part now: those who were asked to leave come back. Ended already, nothing happens.

    Only the chair, the minute taker or the lead worker ends it. Raises Refused, Closed.
    """
    with act(group, by=by, to=Capability.TAKE_PART, once=once, what=f"restricted part {meeting}") as case:
        row = _running(case, meeting)
        found = RestrictedPart.objects.filter(meeting=row, id=part).first()
        if found is None:
            raise Closed
        if found.ended_at is None:
            found.ended_at = timezone.now()
            found.save(update_fields=["ended_at"])


def _running(case: Case, meeting: UUID) -> Meeting:
    """The meeting, in session, run by the actor."""
    row = meeting_row(case, meeting)
    refuse_who_does_not_run_it(case, row)
    if row.state != "in_session":
        raise Refused(_("This meeting is not in session."))
    return row


def _refuse_unknown(case: Case, meeting: Meeting, persons: set[UUID]) -> None:
    """Ids come from pages: everybody named is of this case, or a guest of this meeting."""
    unknown = persons - set(group_people(case))
    if unknown:
        unknown -= set(meeting.guests.exclude(person=None).values_list("person_id", flat=True))
    if unknown:
        raise Closed


def _check(
    case: Case, out: set[UUID], staying: set[UUID], told: str, why: str, review_on: date | None
) -> None:
    faults: list[tuple[str | None, str]] = []
    if not out:
        faults.append(("leave", _("Say who is asked to leave.")))
    elif case.by.person in out:
        faults.append(("leave", _("You cannot ask yourself to leave: somebody has to write.")))
    elif out & staying:
        faults.append(("stay", _("Somebody cannot leave and stay at once.")))
    for name, text, missing in (
        ("told", told, _("Say what they are told.")),
        ("why", why, _("Say why they are asked to leave.")),
    ):
        if not text.strip():
            faults.append((name, missing))
        elif len(text) > LONGEST:
            faults.append((name, _("This is too long to be kept.")))
    if review_on is None:
        faults.append(
            ("review_on", _("Give the date when keeping this to named people will be looked at again."))
        )
    elif review_on < timezone.localdate():
        faults.append(("review_on", _("The date must be today or in the future.")))
    if faults:
        raise Problems(faults)


def _told_audience(case: Case, out: set[UUID]) -> Audience:
    """The whole group; that one of the family was asked to leave is kept from adults kept apart from them."""
    family = out & {row.adult.person_id for row in case.relationships}
    return spoken_audience(case, family.pop()) if len(family) == 1 else standing_audience(case)


def _audience(
    case: Case, meeting: Meeting, staying: set[UUID], why: str, review_on: date | None
) -> AudienceChoice:
    """Those who stay; permitted by whoever chairs."""
    decided = meeting.chair.name if meeting.chair else case.by.name
    return AudienceChoice(
        base="named", named=frozenset(staying), reason=why, permitted_by=decided, review_on=review_on
    )
