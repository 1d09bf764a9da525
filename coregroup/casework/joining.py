"""Joining a core group: following the invitation, and the short joining list."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.actors import actor_for_person
from coregroup.access.doors import Case
from coregroup.casework.consequences import settle
from coregroup.casework.people import link_line, new_account, serve
from coregroup.casework.verbs import act
from coregroup.records.models import AccountPerson, Invitation, JoiningStep, Membership, Person, ReadMark
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem
from coregroup.rules.happenings import ManagerTold, MemberJoined

TOLD_MANAGER, READ_OUTLINE, SHARED_CONTACTS = "told_manager", "read_outline", "shared_contacts"
GUIDE, OUTLINE = "guide", "outline"


@dataclass(frozen=True)
class Joined:
    """Who joined which core group; `email` is the address to sign in with, where an account was made."""

    group: UUID
    person: UUID
    email: str = ""


def join_with_new_account(*, digest: str, email: str, password: str, by: Actor) -> Joined:
    """Follows an invitation for the first time: makes the account and joins (R2).

    A professional signs in with the address that the authority holds for them; `email` is for those who have
    none there. Closed for an invitation that is unknown, used, too old or whose membership has ended.
    Problem at `email` or `password`; Problem(None, …) where the person can sign in already.
    """
    with transaction.atomic():
        invitation = _open_invitation(digest)
        person = invitation.membership.person
        link_line(by, person, allowed=True, what="join with a new account")
        if AccountPerson.objects.filter(person=person).exists():
            raise Problem(None, _("You have an account already: sign in to join."))
        account = new_account(person, email=person.email or email, password=password)
        _join(invitation, actor_for_person(person, account=account))
    return Joined(invitation.group_id, person.id, account.email)


def join(*, digest: str, by: Actor) -> Joined:
    """Follows an invitation with the account that is signed in, which then serves the invited person too.

    Closed as above, and for an account that may not: the invited person has another account.
    """
    if by.account is None:
        raise Closed
    with transaction.atomic():
        invitation = _open_invitation(digest)
        person = invitation.membership.person
        link_line(by, person, allowed=True, what="join")
        serve(by.account, person)
        _join(invitation, actor_for_person(person))
    return Joined(invitation.group_id, person.id)


def tick_step(*, group: UUID, code: str, by: Actor, once: str | None = None) -> None:
    """Ticks one step of the procedure's joining list, for oneself (R45 to R47).

    `told_manager` tells the line manager, if one is recorded (R46); `read_outline` leaves a read mark (R47).
    Pressing twice is harmless. Problem for a step that the procedure does not have.
    """
    with act(group, by=by, to=Capability.JOIN, once=once, what=f"joining: {code}") as case:
        membership = _own(case)
        if code not in {item.code for item in book.load(case.group.procedure).joining}:
            raise Problem("code", _("There is no such step."))
        _step(case, membership, code)


def read_guide(*, group: UUID, by: Actor, once: str | None = None) -> None:
    """Marks that one has read the role guide for members of one's agency (R2, R40)."""
    with act(group, by=by, to=Capability.JOIN, once=once, what="read role guide") as case:
        _own(case)
        _mark_read(case, GUIDE)


def share_contacts(*, group: UUID, phone: str, by: Actor, once: str | None = None) -> None:
    """Confirms one's work contact details and shares them with the whole core group (R42).

    Until then the family sees no telephone number of this member. For professionals; Closed to family
    persons, whose contact details are facts with an audience. Problem at `phone` where nothing is to share.
    """
    with act(group, by=by, to=Capability.JOIN, once=once, what="share contact details") as case:
        membership = _own(case)
        person = membership.person
        if person.kind != Person.PROFESSIONAL:
            raise Closed
        if not phone.strip() and not person.email:
            raise Problem("phone", _("Enter a telephone number on which members can reach you at work."))
        person.phone = phone.strip()[:100]
        person.save(update_fields=["phone"])
        _step(case, membership, SHARED_CONTACTS)


def _open_invitation(digest: str) -> Invitation:
    """The unused invitation of this digest, locked, of a membership that has not ended; Closed else."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("membership__person__agency")
    open_ = rows.filter(digest=digest, used_at__isnull=True, expires_at__gt=timezone.now())
    found = open_.filter(membership__until__isnull=True).first()
    if not digest or found is None:
        raise Closed
    return found


def _join(invitation: Invitation, joiner: Actor) -> None:
    """Joins as the invited person, through the door like everybody else."""
    now = timezone.now()
    with act(invitation.group_id, by=joiner, to=Capability.JOIN, what="join") as case:
        invitation.used_at = now
        invitation.save(update_fields=["used_at"])
        Membership.objects.filter(id=invitation.membership_id, joined_at__isnull=True).update(joined_at=now)
        settle(MemberJoined(person=invitation.membership.person_id), case=case)


def _own(case: Case) -> Membership:
    """The actor's own membership. Whoever begins the list has joined, with or without a link."""
    membership = case.member(case.by.person)
    if membership is None:
        raise Closed
    if membership.joined_at is None:
        membership.joined_at = timezone.now()
        membership.save(update_fields=["joined_at"])
        settle(MemberJoined(person=membership.person_id), case=case)
    return membership


def _step(case: Case, membership: Membership, code: str) -> None:
    person = membership.person
    _row, new = JoiningStep.objects.get_or_create(
        membership=membership, code=code,
        defaults={"authority": case.group.authority, "group": case.group, "done_at": timezone.now()},
    )  # fmt: skip
    if code == READ_OUTLINE:
        _mark_read(case, OUTLINE)
    if code == TOLD_MANAGER and new:
        settle(ManagerTold(person=person.id), case=case)


def _mark_read(case: Case, what: str) -> None:
    assert case.by.person is not None
    ReadMark.objects.get_or_create(
        group=case.group, person_id=case.by.person, what=what,
        defaults={"authority": case.group.authority, "read_at": timezone.now()},
    )  # fmt: skip
