"""Handing a plan out: proof of what left, to whom, when, how, and the digest of the very document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

__all__ = ["HOW", "Copy", "give_on_own_pages", "record_handed_out", "record_opened"]


@dataclass(frozen=True)
class Copy:
    """One recipient's rendering: who (None: the file), as what on the list, and its SHA-256."""

    recipient: UUID | None
    code: str
    digest: str


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
    copy = Copy(recipient, recipient_code, digest)
    with act(group, by=by, to=Capability.HAND_OUT, once=once, what="hand out plan") as case:
        row = case.child(child)
        _check(case, row, version, recipient, how, on, note)
        made = _record(case, row, version, copy, how=how, on=on, note=note)
        note_outcome(once, made.id)
    return made.id


def give_on_own_pages(
    *, group: UUID, child: UUID, version: int, copies: Sequence[Copy], by: Actor, once: str | None = None
) -> int:
    """Gives one version to several people at once, each on their own page; gives their number (R53).

    All of them or, if one does not belong there or cannot sign in, none (Closed).
    """
    with act(group, by=by, to=Capability.HAND_OUT, once=once, what="hand out plan to all") as case:
        row = case.child(child)
        for copy in copies:
            if copy.recipient is None or case.member(copy.recipient) is None:
                raise Closed
            today = timezone.localdate()
            _check(case, row, version, copy.recipient, "own_page", today, "")
            _record(case, row, version, copy, how="own_page", on=today, note="")
        note_outcome(once, len(copies))
    return len(copies)


def _record(case: Case, child: Child, version: int, copy: Copy, *, how: str, on: date, note: str) -> HandOut:
    made = HandOut.objects.create(
        authority=case.group.authority,
        group=case.group,
        child=child,
        document="plan",
        version=version,
        recipient_id=copy.recipient,
        recipient_code=copy.code,
        how=how,
        digest=copy.digest if how != "not_given" else "",
        on=on,
        by_id=case.by.who,
        note=note.strip(),
    )
    if how != "not_given":
        happening = PlanHandedOut(version=version, recipient=str(copy.recipient or "file"), child=child.id)
        settle(happening, case=case, audience=standing_audience(case))
    return made


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
