"""Handing a plan out: proof of what left, to whom, when, how, and the digest of the very document."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Adult, Child, HandOut, HandOutOpened, PlanVersion
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem
from coregroup.rules.hand_out import HOW
from coregroup.rules.happenings import PlanHandedOut

__all__ = ["HOW", "record_handed_out", "record_opened"]


def record_handed_out(
    *,
    group: UUID,
    child: UUID,
    version: int,
    recipient: UUID | None,
    recipient_code: str,
    how: str,
    on: date,
    digest: str,
    note: str = "",
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Records that one version of a child's plan was given to one recipient (R53, R97, R98).

    `recipient` is a person, or None for the child's file (`recipient_code` "file"). `how` is one of HOW;
    `not_given` needs a note that says why (somebody safely left out is named, never forgotten). `digest` is
    the SHA-256 of the rendering that left. Raises Problem at `how`, `on` or `note`; Closed, Refused,
    AlreadyDone.
    """
    with act(group, by=by, to=Capability.HAND_OUT, once=once, what="hand out plan") as case:
        row = case.child(child)
        _check(case, row, version, recipient, how, on, note)
        made = HandOut.objects.create(
            authority=case.group.authority,
            group=case.group,
            child=row,
            document="plan",
            version=version,
            recipient_id=recipient,
            recipient_code=recipient_code,
            how=how,
            digest=digest if how != "not_given" else "",
            on=on,
            by_id=by.who,
            note=note.strip(),
        )
        if how != "not_given":
            happening = PlanHandedOut(version=version, recipient=str(recipient or "file"), child=row.id)
            settle(happening, case=case, audience=standing_audience(case))
        note_outcome(once, made.id)
    return made.id


def _check(
    case: Case, child: Child, version: int, recipient: UUID | None, how: str, on: date, note: str
) -> None:
    known = PlanVersion.objects.filter(plan__child=child, number=version).first()
    if known is None:
        raise Closed
    if recipient is not None and not _belongs(case, recipient):
        raise Closed
    if how not in HOW:
        raise Problem("how", _("Choose how the plan was given."))
    if on > timezone.localdate():
        raise Problem("on", _("The date must be today or in the past."))
    if on < timezone.localdate(known.at):
        raise Problem("on", _("This version did not exist yet on that date."))
    if how == "not_given" and not note.strip():
        raise Problem("note", _("Say why this person is not given the plan, and who agreed to it."))


def _belongs(case: Case, person: UUID) -> bool:
    if any(member.person_id == person or member.person.manager_id == person for member in case.members):
        return True
    children = any(child.person_id == person for child in case.children)
    return children or Adult.objects.filter(group=case.group, person_id=person).exists()


def record_opened(*, group: UUID, child: UUID, version: int, by: Actor) -> None:
    """Records that the actor opened what was handed to them on the screen. Once for each hand-out."""
    with act(group, by=by, to=Capability.SEE_PLAN, what="open handed plan") as case:
        row = case.child(child)
        mine = HandOut.objects.filter(group=case.group, child=row, version=version, recipient_id=by.person)
        for given in mine.exclude(how="not_given").filter(openings__isnull=True):
            HandOutOpened.objects.create(
                authority=case.group.authority, group=case.group, hand_out=given, person_id=by.who
            )
