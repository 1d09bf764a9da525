"""People as they are chosen and administered: link holders, possible members, the authority's lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from coregroup.access.doors import open_house
from coregroup.access.lines import write_line
from coregroup.records.models import AccountPerson, Agency, Authority, ClosureDay, Person, SignInLink
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class LinkHolder:
    """Whose one-time link it is."""

    person: UUID
    name: str
    email: str
    authority: str
    expires_at: datetime
    language: str


@dataclass(frozen=True)
class PersonRow:
    """A professional person, as lists show them."""

    id: UUID
    name: str
    given_name: str
    family_name: str
    email: str
    phone: str
    job_title: str
    agency: UUID
    agency_name: str
    agency_kind: str
    duties: tuple[str, ...]
    manager: UUID | None
    manager_name: str
    manager_email: str
    language: str
    has_account: bool


@dataclass(frozen=True)
class AgencyRow:
    """An agency that serves the authority, with its named child-protection professional (R1)."""

    id: UUID
    name: str
    kind: str
    named_professional: str
    named_professional_contact: str
    out_of_hours: str
    own: bool  # its home is this authority: its details are edited here
    people: int = 0


@dataclass(frozen=True)
class House:
    """The authority as administrators see it."""

    name: str
    procedure: str
    agencies: int
    people: int
    closure_days: int


@dataclass(frozen=True)
class ClosureDayRow:
    """A closure day."""

    id: UUID
    day: date
    reason: str


def link_holder(*, digest: str, by: Actor) -> LinkHolder:
    """Whose link to a first password this is. Closed for one that is unknown, used or too old."""
    rows = SignInLink.objects.filter(digest=digest, used_at__isnull=True, expires_at__gt=timezone.now())
    link = rows.select_related("person__authority").first() if digest else None
    write_line(by, Capability.FOLLOW_LINK, group=None, allowed=link is not None, what="sign-in link")
    if link is None:
        raise Closed
    person = link.person
    return LinkHolder(
        person.id, person.name, person.email, person.authority.name, link.expires_at, person.language
    )


def people(*, by: Actor, search: str = "") -> tuple[PersonRow, ...]:
    """Every professional person who can be a member of this authority's core groups, by name.

    For administrators; Closed to others. `search` narrows by name, agency or job title.
    """
    open_house(by=by, to=Capability.ADMINISTER, what="people")
    return people_serving(_home(by), search=search)


def people_serving(authority: UUID, *, search: str = "") -> tuple[PersonRow, ...]:
    """The professional persons whose agency serves an authority; behind a door that the caller has opened."""
    rows = _people_rows(authority)
    for word in search.split()[:6]:
        rows = rows.filter(
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(job_title__icontains=word)
            | Q(agency__name__icontains=word)
        )
    return tuple(_person_row(person) for person in rows)


def person(*, person: UUID | str, by: Actor) -> PersonRow:
    """One professional person of this authority, for administrators. Closed for anybody else's."""
    open_house(by=by, to=Capability.ADMINISTER, what="person")
    row = _people_rows(_home(by)).filter(id=person, authority_id=_home(by)).first()
    if row is None:
        raise Closed
    return _person_row(row)


def agencies(*, by: Actor) -> tuple[AgencyRow, ...]:
    """The agencies that serve this authority, by name. For administrators; Closed to others."""
    open_house(by=by, to=Capability.ADMINISTER, what="agencies")
    return agencies_serving(_home(by))


def agencies_serving(authority: UUID) -> tuple[AgencyRow, ...]:
    """The agencies that serve an authority; behind a door that the caller has opened."""
    rows = Agency.objects.filter(Q(authority_id=authority) | Q(serves=authority)).distinct().order_by("name")
    return tuple(
        AgencyRow(
            row.id,
            row.name,
            row.kind,
            row.named_professional,
            row.named_professional_contact,
            row.out_of_hours,
            row.authority_id == authority,
        )  # fmt: skip
        for row in rows
    )


def house(*, by: Actor) -> House:
    """The authority, its procedure for new core groups, and how much of it is set up. For administrators."""
    open_house(by=by, to=Capability.ADMINISTER, what="set up")
    authority = Authority.objects.filter(id=_home(by)).first()
    if authority is None:
        raise Closed
    return House(
        authority.name,
        authority.procedure,
        Agency.objects.filter(Q(authority=authority) | Q(serves=authority)).distinct().count(),
        Person.objects.filter(authority=authority, kind=Person.PROFESSIONAL).count(),
        ClosureDay.objects.filter(authority=authority).count(),
    )


def closure_days(*, by: Actor) -> tuple[ClosureDayRow, ...]:
    """The authority's closure days, the latest first. For administrators."""
    open_house(by=by, to=Capability.ADMINISTER, what="closure days")
    rows = ClosureDay.objects.filter(authority_id=_home(by)).order_by("-day")
    return tuple(ClosureDayRow(row.id, row.day, row.reason) for row in rows)


def _home(by: Actor) -> UUID:
    if by.authority is None:
        raise Closed
    return by.authority


def _people_rows(authority: UUID) -> QuerySet[Person]:
    served = Agency.objects.filter(Q(authority_id=authority) | Q(serves=authority))
    rows = Person.objects.filter(kind=Person.PROFESSIONAL, agency__in=served.values("id"))
    account = Exists(AccountPerson.objects.filter(person=OuterRef("pk")))
    return rows.annotate(can_sign_in=account).select_related("agency", "manager").order_by(
        "family_name", "given_name", "id"
    )  # fmt: skip


def _person_row(row: Person) -> PersonRow:
    assert row.agency is not None
    return PersonRow(
        id=row.id, name=row.name, given_name=row.given_name, family_name=row.family_name, email=row.email,
        phone=row.phone, job_title=row.job_title, agency=row.agency.id, agency_name=row.agency.name,
        agency_kind=row.agency.kind, duties=tuple(row.duties), manager=row.manager_id,
        manager_name=row.manager.name if row.manager else "",
        manager_email=row.manager.email if row.manager else "", language=row.language,
        has_account=row.can_sign_in,  # type: ignore[attr-defined]
    )  # fmt: skip
