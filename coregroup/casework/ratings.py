"""Rating an outcome: what has changed for the child, on evidence, not what was done (R25, R59, R108)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.consequences import settle
from coregroup.casework.guests import stands_for
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.plan_people import sees
from coregroup.casework.plan_versions import in_session, refuse_guest_elsewhere
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Child, Meeting, OutcomeRating, PlanRevision
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problems, Refused
from coregroup.rules.happenings_meetings import OutcomeRated
from coregroup.rules.update_fields import UNDER_WAY


def rate_outcome(
    *,
    group: UUID,
    item: UUID,
    value: int | None,
    evidence: str = "",
    on: date | None = None,
    meeting: UUID | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Keeps the actor's own rating of an outcome, from 0 (as bad as it can be) to 10 (the change is made).

    `meeting` is the meeting for which it is given; None takes the one in session, if there is one. Each
    rating is kept, the last of a person stands. A representative gives that of the member for whom they
    stand. Raises Problems at `value`, `evidence` or `on`; Closed.
    """
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"rate {item}") as case:
        row, child = _outcome(case, item)
        for_meeting = _meeting(case, meeting)
        number = _checked(value, evidence, on)
        person = stands_for(case)
        kept = OutcomeRating.objects.create(
            authority=case.group.authority, group=case.group, item_id=item, person_id=person, value=number,
            evidence=evidence.strip(), on=on or timezone.localdate(), meeting=for_meeting,
            audience=row.audience, recorded_by_id=by.who,
        )  # fmt: skip
        rated = OutcomeRated(child=child.id, item=item, person=person, value=number)
        settle(rated, case=case, audience=row.audience)
        note_outcome(once, kept.id)
    return kept.id


def _meeting(case: Case, meeting: UUID | None) -> Meeting | None:
    """The meeting for which it is given: one that is over has its record, and takes nothing more."""
    if meeting is None:
        refuse_guest_elsewhere(case)
        return in_session(case)
    row = meeting_row(case, meeting)
    if row.state not in UNDER_WAY:
        raise Refused(_("This meeting is over, or is not held. Nothing can be added for it."))
    return row


def _outcome(case: Case, item: UUID) -> tuple[PlanRevision, Child]:
    """The outcome as it now stands, and its child; Closed for what is withdrawn or not to be seen."""
    rows = PlanRevision.objects.filter(group=case.group, item=item, kind="outcome")
    row = rows.select_related("audience", "item__plan").order_by("-number").first()
    if row is None or row.withdrawn_because:
        raise Closed
    child = case.child(row.item.plan.child_id)
    if not sees(case, row.audience, child):
        raise Closed
    return row, child


def _checked(value: int | None, evidence: str, on: date | None) -> int:
    if value is None or not 0 <= value <= 10:
        raise Problems([("value", _("Choose a number from 0 to 10."))])
    if not evidence.strip():
        raise Problems([("evidence", _("Say what you saw or heard that shows it."))])
    if on and on > timezone.localdate():
        raise Problems([("on", _("The date must be today or in the past."))])
    return value
