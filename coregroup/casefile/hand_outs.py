"""Who is to be given a child's plan, by the procedure's list, and the proof of who was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coregroup.access.doors import Case, open_group
from coregroup.records.models import AccountPerson, Child, HandOut, Membership, Person, PlanVersion
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.distribution import is_parent
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class Given:
    """One handing out: which version, how, when, by whom, and whether it was opened on the screen."""

    version: int
    how: str
    on: date
    by: str
    digest: str
    note: str
    opened_on: date | None


@dataclass(frozen=True)
class Recipient:
    """Somebody on the distribution list. `person` is None for the child's file.

    `standing` says why they are on it (the procedure's own title of that part of the list).
    """

    code: str
    person: UUID | None
    name: str
    standing: str
    has_own_page: bool
    language: str
    given: tuple[Given, ...]

    def has(self, version: int) -> bool:
        """Were they given this version (or safely left out, with a reason)?"""
        return any(given.version == version for given in self.given)


@dataclass(frozen=True)
class Distribution:
    """The distribution list of one child's plan, and what of the newest version is still to be given."""

    group: UUID
    child: UUID
    child_name: str
    version: int | None
    recipients: tuple[Recipient, ...]
    may_give: bool = False

    @property
    def outstanding(self) -> tuple[Recipient, ...]:
        """Who has not been given the newest version."""
        newest = self.version
        return tuple(one for one in self.recipients if newest and not one.has(newest))

    @property
    def by_own_page(self) -> tuple[Recipient, ...]:
        """Who of those can sign in here and read it on their own page."""
        return tuple(one for one in self.outstanding if one.has_own_page)

    def recipient(self, key: str) -> Recipient:
        """One recipient by person id or by code (`file`). Closed if not on the list."""
        for one in self.recipients:
            if str(one.person or one.code) == key:
                return one
        raise Closed


def distribution(
    *, group: UUID, child: UUID, by: Actor, to: Capability = Capability.SEE_DISTRIBUTION
) -> Distribution:
    """The distribution list of a child's plan by the group's procedure, each with its proofs (R53, R97)."""
    case = open_group(group, by=by, to=to, what="distribution")
    row = case.child(child)
    newest = PlanVersion.objects.filter(plan__child=row).order_by("-number").values_list("number", flat=True)
    proofs = _proofs(case, row.id)
    people = listed(case, (row,))
    recipients = tuple(
        Recipient(
            code, person.id, person.name, standing, own_page, person.language, proofs.get(str(person.id), ())
        )
        if person
        else Recipient(code, None, standing, standing, False, "en", proofs.get(code, ()))
        for code, person, standing, own_page in people
    )
    may_give = case.can(Capability.HAND_OUT)
    return Distribution(case.group.id, row.id, row.person.name, newest.first(), recipients, may_give)


def _proofs(case: Case, child: UUID) -> dict[str, tuple[Given, ...]]:
    found: dict[str, list[Given]] = {}
    rows = HandOut.objects.filter(group_id=case.group.id, child_id=child, document="plan")
    for row in rows.select_related("by").prefetch_related("openings"):
        opened = [opening.made_at.date() for opening in row.openings.all()]
        given = Given(
            row.version, row.how, row.on, row.by.name, row.digest, row.note, min(opened, default=None)
        )
        found.setdefault(str(row.recipient_id or row.recipient_code), []).append(given)
    return {key: tuple(values) for key, values in found.items()}


def listed(case: Case, children: Collection[Child]) -> list[tuple[str, Person | None, str, bool]]:
    """Code, person (None: the file), standing, can they sign in here; in the procedure's order.

    For one child's plan, or for all the children whom a meeting served. One query beside the relationships.
    """
    members = {member.person_id for member in case.members}
    sign_in = AccountPerson.objects.filter(person_id__in=members, account__is_active=True)
    members = set(sign_in.values_list("person_id", flat=True))
    listed: list[tuple[str, Person | None, str, bool]] = []
    seen: set[UUID] = set()
    for item in book.load(case.group.procedure).distribution:
        standing = item.title.get(case.by.language) or item.title["en"]
        if item.code == "file":
            listed.append(("file", None, standing, False))
        for person in _people(item.code, case, children):
            if person.id not in seen:
                seen.add(person.id)
                listed.append((item.code, person, standing, person.id in members))
    return listed


def _people(code: str, case: Case, children: Collection[Child]) -> list[Person]:
    concerned = {child.id for child in children}
    if code == "members":
        return [
            member.person
            for member in case.members
            if member.part == Membership.MEMBER
            and (not member.limited_to or {UUID(str(one)) for one in member.limited_to} & concerned)
        ]
    if code == "conference_chair":
        return [member.person for member in case.members if member.part == Membership.CHAIR]
    if code == "parents":
        return [
            row.adult.person
            for row in case.relationships
            if row.child_id in concerned and is_parent(row.kind, row.responsibility)
        ]
    return [child.person for child in children if code == "child" and child.date_of_birth]
