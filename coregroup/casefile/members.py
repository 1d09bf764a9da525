"""Who is in a core group: the members' list, the contact sheet, and what joining asks of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut, cut_of
from coregroup.casefile.left_actions import LeftAction, left_actions
from coregroup.casefile.naming import child_name, first_name
from coregroup.casefile.people import AgencyRow, PersonRow, agencies_serving, people_serving
from coregroup.casefile.telling import telling_of
from coregroup.records.models import AccountPerson, Agency, Invitation, JoiningStep, Membership
from coregroup.rules.access import Actor, Capability, Reader

MEMBER, CHAIR, FAMILY, CHILD = "member", "conference_chair", "family", "child"
SHARED = "shared_contacts"


@dataclass(frozen=True)
class ChildName:
    """A child of the group whom the reader may know of, and who leads for them."""

    id: UUID
    name: str
    given_name: str
    lead: UUID | None
    lead_name: str


@dataclass(frozen=True)
class Member:
    """One current member, as the reader may know them.

    `role` is in plain words (R48); for family persons `related` says to whom they are what, as (kind, child).
    `email` is empty for a family reader, and so is `phone` until the member has shared it (R42).
    """

    id: UUID
    person: UUID
    name: str
    part: str
    role: str
    agency: str
    agency_id: UUID | None
    agency_kind: str
    job_title: str
    email: str
    phone: str
    since: date
    joined_at: datetime | None
    limited_to: tuple[str, ...]
    leads_for: tuple[str, ...]
    related: tuple[tuple[str, str], ...]
    invitation: str  # none, waiting, expired
    invited_at: datetime | None
    sent: bool
    has_account: bool
    mine: bool


@dataclass(frozen=True)
class LeftMember:
    """Somebody whose membership has ended, for those who manage members."""

    name: str
    agency: str
    since: date
    until: date
    because: str


@dataclass(frozen=True)
class Adviser:
    """An agency's named child-protection professional and its call out of hours (R1)."""

    agency: str
    named_professional: str
    contact: str
    out_of_hours: str


@dataclass(frozen=True)
class AdultToAdd:
    """An adult of the family who may attend and is no member yet."""

    id: UUID
    name: str
    related: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MembersSheet:
    """The members' list and the contact sheet of one core group, cut for its reader."""

    group: UUID
    procedure: str
    family_label: str
    members: tuple[Member, ...]
    children: tuple[ChildName, ...]
    advisers: tuple[Adviser, ...]
    out_of_hours: str
    left: tuple[LeftMember, ...]
    left_actions: tuple[LeftAction, ...]
    adults_to_add: tuple[AdultToAdd, ...]
    can_manage: bool
    can_appoint: bool
    for_professional: bool

    def member(self, membership: UUID | str) -> Member | None:
        """One of the members, by the membership's id."""
        return next((one for one in self.members if str(one.id) == str(membership)), None)


def members(*, group: UUID | str, by: Actor) -> MembersSheet:
    """Who is in this core group, with who has joined, who leads for whom, and how to reach them.

    Family persons see the members who work with their own children, the adults of these children, names,
    roles and agencies; a work telephone number only where the member has shared it. Nine queries at most,
    however many members. R1, R42, R48, R93.
    """
    case = open_group(group, by=by, to=Capability.SEE_CONTACT_SHEET, what="members")
    cut = cut_of(case)
    facts = _Facts(case, cut)
    manages = case.can(Capability.MANAGE_MEMBERS)
    shown = tuple(sorted((facts.member(row) for row in case.members if facts.may_know(row)), key=_place))
    professional = cut.reader.professional
    return MembersSheet(
        group=case.group.id,
        procedure=case.group.procedure,
        family_label=case.group.family.label,
        members=shown,
        children=facts.children,
        advisers=_advisers(shown) if professional else (),
        out_of_hours=case.group.out_of_hours,
        left=_left(case) if manages else (),
        left_actions=left_actions(case, cut) if manages else (),
        adults_to_add=facts.adults_to_add() if manages else (),
        can_manage=manages,
        can_appoint=case.can(Capability.APPOINT_LEAD),
        for_professional=professional,
    )


@dataclass(frozen=True)
class ToChoose:
    """Whom a lead can add or appoint: the people and agencies that serve the authority."""

    people: tuple[PersonRow, ...]
    agencies: tuple[AgencyRow, ...]


def to_choose(*, group: UUID | str, by: Actor) -> ToChoose:
    """The people and agencies to choose among, for whoever may appoint a lead here. Closed, Refused."""
    case = open_group(group, by=by, to=Capability.APPOINT_LEAD, what="choose among people")
    authority = case.group.authority_id
    return ToChoose(people_serving(authority), agencies_serving(authority))


class _Facts:
    """What the list is made of: loaded once, asked for each member."""

    def __init__(self, case: Case, cut: Cut) -> None:
        self.case, self.cut = case, cut
        self.reader: Reader = cut.reader
        self.invitations = _invitations(case)
        seen = [child for child in case.children if child.id in self.reader.children]
        self.children = tuple(self._child(child) for child in seen)
        self.telling = telling_of(case, self.reader)
        self.related = self._related()

    def _child(self, child: Any) -> ChildName:
        lead = self.case.member(child.lead_person_id)
        return ChildName(
            child.id, child_name(child), first_name(child), child.lead_person_id,
            lead.person.name if lead else "",
        )  # fmt: skip

    def _related(self) -> dict[UUID, tuple[tuple[str, str], ...]]:
        """What each adult is to the children whom the reader may know of."""
        names = {child.id: child.given_name for child in self.children}
        found: dict[UUID, tuple[tuple[str, str], ...]] = {}
        for row in self.case.relationships:
            known = self.cut.sees(row.adult.audience_id) and self.cut.sees(row.audience_id, row.child_id)
            if row.child_id in names and (known or row.adult.person_id == self.reader.person):
                pair = (row.kind, names[row.child_id])
                found[row.adult.person_id] = (*found.get(row.adult.person_id, ()), pair)
        return found

    def may_know(self, row: Membership) -> bool:
        """May the reader know of this membership? A limited one shows with the children whom it is about."""
        if row.person_id == self.reader.person:
            return True
        if row.part == FAMILY:
            return row.person_id in self.related
        if row.part == CHILD:
            own = {child.id for child in self.case.children if child.person_id == row.person_id}
            return bool(own & self.reader.children)
        return self.telling.may_know(row)

    def member(self, row: Membership) -> Member:
        person, agency = row.person, row.person.agency
        told = agency if self.telling.may_name_agency(person) else None
        invitation = self.invitations[row.id]
        phone = person.phone if self.reader.professional or (invitation["shared"] and told) else ""
        known = {str(child.id): child.given_name for child in self.children}
        return Member(
            id=row.id, person=person.id, name=person.name, part=row.part,
            role=self.telling.words(row.role),
            agency=told.name if told else "", agency_id=told.id if told else None,
            agency_kind=agency.kind if agency else "", job_title=person.job_title if told else "",
            email=person.email if self.reader.professional else "", phone=phone, since=row.since,
            joined_at=row.joined_at,
            limited_to=tuple(known[str(child)] for child in row.limited_to if str(child) in known),
            leads_for=tuple(child.given_name for child in self.children if child.lead == person.id),
            related=self.related.get(person.id, ()), invitation=_state(invitation),
            invited_at=invitation["invited_at"], sent=invitation["sent_at"] is not None,
            has_account=invitation["account"],
            mine=person.id == self.case.by.person,
        )  # fmt: skip

    def adults_to_add(self) -> tuple[AdultToAdd, ...]:
        """The adults who may attend and are no members yet, each with what they are to the children."""
        members = {row.person_id for row in self.case.members}
        found: dict[UUID, AdultToAdd] = {}
        for row in self.case.relationships:
            person = row.adult.person
            if person.id in self.related and person.id not in members and row.adult.attends != "no":
                found[row.adult_id] = AdultToAdd(row.adult_id, person.name, self.related[person.id])
        return tuple(found.values())


def _place(member: Member) -> tuple[bool, int, str]:
    """Who leads stands first, then the members, the conference chair, the family."""
    return not member.leads_for, (MEMBER, CHAIR, FAMILY, CHILD).index(member.part), member.name.casefold()


def _invitations(case: Case) -> dict[UUID, Any]:
    """For each member the latest invitation, and whether they have an account and shared their details."""
    latest = Invitation.objects.filter(membership=OuterRef("pk")).order_by("-made_at", "-id")
    rows = Membership.objects.filter(id__in=[row.id for row in case.members]).annotate(
        shared=Exists(JoiningStep.objects.filter(membership=OuterRef("pk"), code=SHARED)),
        account=Exists(AccountPerson.objects.filter(person=OuterRef("person"))),
        invited_at=Subquery(latest.values("made_at")[:1]),
        expires_at=Subquery(latest.values("expires_at")[:1]),
        used_at=Subquery(latest.values("used_at")[:1]),
        sent_at=Subquery(latest.values("sent_at")[:1]),
    )
    names = ("id", "shared", "account", "invited_at", "expires_at", "used_at", "sent_at")
    return {row["id"]: row for row in rows.values(*names)}


def _state(invitation: dict[str, Any]) -> str:
    if invitation["invited_at"] is None:
        return "none"
    return "waiting" if invitation["expires_at"] > timezone.now() and not invitation["used_at"] else "expired"


def _advisers(shown: tuple[Member, ...]) -> tuple[Adviser, ...]:
    rows = Agency.objects.filter(id__in={one.agency_id for one in shown if one.agency_id}).order_by("name")
    return tuple(
        Adviser(row.name, row.named_professional, row.named_professional_contact, row.out_of_hours)
        for row in rows
    )


def _left(case: Case) -> tuple[LeftMember, ...]:
    rows = Membership.objects.filter(group=case.group, until__isnull=False).select_related("person__agency")
    return tuple(
        LeftMember(
            row.person.name,
            row.person.agency.name if row.person.agency else "",
            row.since,
            row.until,
            row.ended_because,
        )  # fmt: skip
        for row in rows.order_by("-until", "-made_at")
        if row.until
    )
