"""Contact with the child: agreed contact that was missed, or that cannot be kept (R20)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice, audience_row
from coregroup.casework.consequences import settle
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import MissedContact
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Problems
from coregroup.rules.happenings import ContactMissed

MISSED, CANNOT_KEEP = "missed", "cannot_keep"
FURTHEST = timedelta(days=366)


def record_missed_contact(
    *,
    group: UUID,
    child: UUID,
    kind: str,
    on: date | None,
    reason: str,
    audience: AudienceChoice = WHOLE_GROUP,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Records that one's agreed contact with a child was missed, or cannot be kept; gives its id.

    The lead is told at once; under a procedure that says so, every member and the manager too, and urgently.
    A chronology entry and an agenda item follow. Raises Problems naming what is wrong, Closed for a child
    who is not theirs to know of, Refused for the family. R20.
    """
    with act(group, by=by, to=Capability.RECORD_CONTACT, once=once, what="missed contact") as case:
        row = case.child(child)
        day = _checked(kind, on, reason)
        seen_by = audience_row(case, audience)
        missed = MissedContact.objects.create(
            authority=case.group.authority, group=case.group, child=row, person_id=by.person, kind=kind,  # type: ignore[misc]
            on=day, reason=reason.strip(), audience=seen_by,
        )  # fmt: skip
        settle(
            ContactMissed(child=row.id, person=by.person, kind=kind, on=day),  # type: ignore[arg-type]
            case=case,
            audience=seen_by,
        )
        note_outcome(once, missed.id)
    return missed.id


def _checked(kind: str, on: date | None, reason: str) -> date:
    """The day, once nothing is wrong with what was told."""
    faults: list[tuple[str | None, str]] = []
    today = timezone.localdate()
    if kind not in (MISSED, CANNOT_KEEP):
        faults.append(("kind", _("Choose what happened.")))
    if on is None:
        faults.append(("on", _("Enter the day.")))
    elif kind == MISSED and on > today:
        faults.append(("on", _("Contact that was missed must be today or in the past.")))
    elif not today - FURTHEST <= on <= today + FURTHEST:
        faults.append(("on", _("This day is too far from today.")))
    if not reason.strip():
        faults.append(("reason", _("Say in a few words why.")))
    if faults or on is None:
        raise Problems(faults)
    return on
