"""A member asks for an earlier core group; the lead worker decides, each with a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice, audience_row
from coregroup.casework.consequences import settle
from coregroup.casework.plan_people import sees
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import MeetingRequest
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problems, Refused
from coregroup.rules.happenings_meetings import MeetingAnswered, MeetingAsked


def ask_earlier(
    *,
    group: UUID,
    reason: str,
    wanted_by: date | None = None,
    audience: AudienceChoice = WHOLE_GROUP,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Asks the lead worker for an earlier core group; gives the request's id.

    `wanted_by` is the day by which it should be. Raises Problems at `reason` or `wanted_by`; Refused where
    the actor has asked already and not been answered; Closed, AlreadyDone.
    """
    with act(group, by=by, to=Capability.ASK_MEETING, once=once, what="ask for a meeting") as case:
        faults: list[tuple[str | None, str]] = []
        if not reason.strip():
            faults.append(("reason", _("Say why the group should meet earlier.")))
        if wanted_by is not None and wanted_by < timezone.localdate():
            faults.append(("wanted_by", _("The day by which it should be must be today or in the future.")))
        if faults:
            raise Problems(faults)
        if MeetingRequest.objects.filter(group=case.group, by=case.by.who, granted__isnull=True).exists():
            raise Refused(_("You have asked already, and have not been answered yet."))
        row = MeetingRequest.objects.create(
            authority=case.group.authority, group=case.group, by_id=case.by.who, reason=reason.strip(),
            wanted_by=wanted_by, audience=audience_row(case, audience),
        )  # fmt: skip
        settle(MeetingAsked(request=row.id, person=case.by.who), case=case, audience=row.audience)
        note_outcome(once, row.id)
    return row.id


def answer_request(
    *, group: UUID, request: UUID, granted: bool | None, answer: str, by: Actor, once: str | None = None
) -> None:
    """Answers a request for an earlier core group. Granting it books nothing yet.

    Raises Problems at `granted` or `answer`; Refused where it was answered before; Closed, AlreadyDone.
    """
    with act(group, by=by, to=Capability.BOOK_MEETING, once=once, what=f"answer request {request}") as case:
        row = MeetingRequest.objects.filter(group=case.group, id=request).select_related("audience").first()
        if row is None or not sees(case, row.audience):
            raise Closed
        if row.granted is not None:
            raise Refused(_("This was answered already."))
        faults: list[tuple[str | None, str]] = []
        if granted is None:
            faults.append(("granted", _("Say whether the group will meet earlier.")))
        if not answer.strip():
            faults.append(("answer", _("Say why, in a sentence that can be read by whoever asked.")))
        if faults:
            raise Problems(faults)
        row.granted, row.answer = granted, answer.strip()
        row.decided_by_id, row.decided_at = case.by.who, timezone.now()
        row.save(update_fields=["granted", "answer", "decided_by", "decided_at"])
        said = MeetingAnswered(request=row.id, person=row.by_id, granted=bool(granted))
        settle(said, case=case, audience=row.audience)
