"""Members of a core group: adding, inviting, ending, and each child's lead worker."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case, open_again
from coregroup.casework.action_states import still_open
from coregroup.casework.consequences import settle
from coregroup.casework.member_checks import (
    check_lead,
    check_role,
    check_within,
    limited_to,
    refuse_lead,
    refuse_other_manager,
)
from coregroup.casework.people import addresses, checked_email, new_token
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import (
    Adult,
    Agency,
    Child,
    Invitation,
    LeadAppointment,
    Membership,
    Person,
    PlanRevision,
)
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem, Problems
from coregroup.rules.happenings import LeadAppointed, MemberAdded, MemberInvited, MembershipEnded
from coregroup.rules.links import digest_of

INVITATION_LIFE = timedelta(days=14)


@dataclass(frozen=True)
class NewProfessional:
    """A professional person who is not in the authority's lists yet. Without e-mail address: no account."""

    given_name: str
    family_name: str
    agency: UUID
    job_title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class NewInvitation:
    """A link that was made: its token is shown once and not kept. `send_to` empty: handed over only."""

    id: UUID
    token: str
    send_to: str
    language: str


def add_member(
    *,
    group: UUID,
    person: UUID | NewProfessional,
    role: str,
    only_children: Collection[UUID] = (),
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Makes a professional a member, with their role in plain words for the family (R48, R93); gives the
    membership's id.

    `person` is somebody of an agency that serves this authority, or a new person, with or without an e-mail
    address. `only_children` limits the membership to some of the children. Raises Problems at `person`,
    `role`, `only_children` and the new person's fields; Closed, Refused, AlreadyDone.
    """
    with act(group, by=by, to=Capability.MANAGE_MEMBERS, once=once, what="add member") as case:
        check_role(role)
        chosen = [case.child(child) for child in only_children]
        check_within(case, chosen)
        row = _new_person(person, case) if isinstance(person, NewProfessional) else _serving(person, case)
        membership = _join(case, row, Membership.MEMBER, role, chosen)
        note_outcome(once, membership.id)
    return membership.id


def add_family_member(*, group: UUID, adult: UUID, by: Actor, once: str | None = None) -> UUID:
    """Makes an adult of the family a member with an account of their own; gives the membership's id (R3).

    They see the children whom they are recorded as related to, and no other. Problem for somebody who may not
    attend or is not related to any child here; Closed for anybody else's adult.
    """
    with act(group, by=by, to=Capability.MANAGE_MEMBERS, once=once, what="add family member") as case:
        row = Adult.objects.filter(id=adult, group=case.group).select_related("person").first()
        if row is None:
            raise Closed
        if row.attends == "no":
            raise Problem("adult", _("It is recorded that this person does not attend. Change that first."))
        if not any(link.adult_id == row.id for link in case.relationships):
            raise Problem("adult", _("Record first what this person is to at least one of the children."))
        membership = _join(case, row.person, Membership.FAMILY, "", [])
        note_outcome(once, membership.id)
    return membership.id


def invite_member(
    *, group: UUID, membership: UUID, send_to: str = "", by: Actor, once: str | None = None
) -> NewInvitation:
    """Makes the one-time link by which a member joins (R2). An earlier link of theirs stops working.

    The token is in the answer and nowhere else. `send_to` defaults to a professional's own address. Problem
    where they have joined already, or at `send_to`. Mail goes out after this, and is noted by `note_sent`.
    """
    with act(group, by=by, to=Capability.MANAGE_MEMBERS, once=once, what="invite member") as case:
        row = _current(case, membership)
        if row.joined_at is not None:
            raise Problem(None, _("They have joined already."))
        send_to = checked_email(send_to, "send_to") if send_to.strip() else row.person.email
        now = timezone.now()
        Invitation.objects.filter(membership=row, used_at__isnull=True, expires_at__gt=now).update(
            expires_at=now
        )
        token = new_token()
        invitation = Invitation.objects.create(
            authority=case.group.authority, group=case.group, membership=row, digest=digest_of(token),
            expires_at=now + INVITATION_LIFE, sent_to=send_to,
        )  # fmt: skip
        settle(MemberInvited(person=row.person_id), case=case)
        note_outcome(once, invitation.id)
    return NewInvitation(invitation.id, token, send_to, row.person.language)


def note_sent(*, group: UUID, invitation: UUID, by: Actor) -> None:
    """Notes that the invitation's mail left just now."""
    with act(group, by=by, to=Capability.MANAGE_MEMBERS, what="invitation sent") as case:
        Invitation.objects.filter(id=invitation, group=case.group).update(sent_at=timezone.now())


def end_membership(
    *, group: UUID, membership: UUID, reason: str, by: Actor, once: str | None = None
) -> tuple[UUID, ...]:
    """Ends a membership: access ends at once, unused links with it. Gives the leaver's open actions.

    Those fall to the lead worker, with an alarm and a point for the next core group, until each is given to
    somebody else. Problem at `reason`, or for somebody who is still a child's lead worker (R4).
    """
    with act(group, by=by, to=Capability.MANAGE_MEMBERS, once=once, what="end membership") as case:
        row = _current(case, membership)
        if not reason.strip():
            raise Problem("reason", _("Say why the membership ends."))
        refuse_lead(case, row)
        now = timezone.now()
        row.until, row.ended_because = timezone.localdate(), reason.strip()
        row.save(update_fields=["until", "ended_because"])
        Invitation.objects.filter(membership=row, used_at__isnull=True, expires_at__gt=now).update(
            expires_at=now
        )
        left = tuple(open_actions(case.group.id, [row.person_id]).values_list("item_id", flat=True))
        settle(MembershipEnded(person=row.person_id, open_actions=len(left)), case=case)
        note_outcome(once, row.id)
    return left


def change_lead(
    *, group: UUID, child: UUID, person: UUID, on: date, reason: str, by: Actor, once: str | None = None
) -> UUID:
    """Appoints the lead worker of one child from a day on; gives the appointment's id (R4).

    The new lead is of social care or has the duty of a lead worker; whoever is not a member yet becomes one.
    A lead, the conference chair, or the manager of the present lead may appoint. Problems at `person`, `on`,
    `reason`; Refused to the manager of another member.
    """
    with act(group, by=by, to=Capability.APPOINT_LEAD, once=once, what="appoint lead") as case:
        one = case.child(child)
        refuse_other_manager(case, one, by)
        present = LeadAppointment.objects.filter(child=one, until__isnull=True).first()
        new = _serving(person, case)
        check_lead(new, present, on, reason)
        if present:
            present.until = on
            present.save(update_fields=["until"])
        appointment = LeadAppointment.objects.create(
            authority=case.group.authority, group=case.group, child=one, person=new, since=on,
            reason=reason.strip(),
        )  # fmt: skip
        if case.member(new.id) is None:
            _join(case, new, Membership.MEMBER, new.job_title or _lead_word(case, new), limited_to(case))
        fresh = open_again(case, to=Capability.SEE_CASE)
        settle(LeadAppointed(person=new.id, child=one.id), case=fresh)
        note_outcome(once, appointment.id)
    return appointment.id


def open_actions(group: UUID, owners: Collection[UUID]) -> QuerySet[PlanRevision]:
    """The actions still to be done whose latest text has one of these owners; behind a door opened before."""
    latest = PlanRevision.objects.filter(item=OuterRef("item")).order_by("-number").values("number")[:1]
    rows = PlanRevision.objects.filter(group_id=group, kind="action", withdrawn_because="")
    return still_open(rows.filter(owner_id__in=list(owners), number=Subquery(latest)))


def _join(case: Case, person: Person, part: str, role: str, only: list[Child]) -> Membership:
    """The membership itself; settled on the case as it then stands, so that the new member is told."""
    if case.member(person.id) is not None:
        raise Problem("person", _("%(name)s is in this core group already.") % {"name": person.name})
    membership = Membership.objects.create(
        authority=case.group.authority, group=case.group, person=person, part=part, role=role.strip(),
        since=timezone.localdate(), limited_to=[str(child.id) for child in only],
    )  # fmt: skip
    settle(MemberAdded(person=person.id), case=open_again(case, to=Capability.SEE_CASE))
    return membership


def _current(case: Case, membership: UUID | str) -> Membership:
    row = next((member for member in case.members if str(member.id) == str(membership)), None)
    if row is None:
        raise Closed
    return row


def _serving(person: UUID, case: Case) -> Person:
    """A professional of an agency that serves the group's authority, else Closed."""
    authority = case.group.authority_id
    rows = Person.objects.filter(id=person, kind=Person.PROFESSIONAL).select_related("agency")
    row = rows.filter(Q(agency__authority=authority) | Q(agency__serves=authority)).first()
    if row is None:
        raise Closed
    return row


def _new_person(new: NewProfessional, case: Case) -> Person:
    """A professional person made in passing, into an agency that serves the authority."""
    faults: list[tuple[str | None, str]] = []
    if not new.given_name.strip() or not new.family_name.strip():
        faults.append(("given_name", _("Enter both the given name and the family name.")))
    authority = case.group.authority_id
    agencies = Agency.objects.filter(Q(authority=authority) | Q(serves=authority), id=new.agency)
    agency = agencies.first()
    if agency is None:
        faults.append(("agency", _("Choose an agency that serves this authority.")))
    email = ""
    if new.email.strip():
        try:
            email = checked_email(new.email)
        except Problem as fault:
            faults.append((fault.field, fault.sentence))
    if email and email in addresses(authority):
        faults.append(("email", _("Somebody with this address is in the list already: choose them there.")))
    if faults:
        raise Problems(faults)
    return Person.objects.create(
        authority_id=authority, kind=Person.PROFESSIONAL, agency=agency, given_name=new.given_name.strip(),
        family_name=new.family_name.strip(), job_title=new.job_title.strip(), email=email,
        phone=new.phone.strip(),
    )  # fmt: skip


def _lead_word(case: Case, person: Person) -> str:
    return book.load(case.group.procedure).word("lead_worker", person.language)
