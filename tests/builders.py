"""Builds what tests need, through casework calls wherever a person would do it that way."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from coregroup.access.actors import actor_for_person
from coregroup.casework.opening import open_core_group
from coregroup.casework.opening_nouns import (
    NewAdult,
    NewChild,
    NewDeparture,
    NewFact,
    NewMeeting,
    NewMember,
    NewRelationship,
    Opening,
)
from coregroup.records import models as m
from coregroup.rules.access import Actor

PASSWORD = "a long enough password"
TODAY = date(2026, 3, 18)  # a Wednesday; the `today` fixture holds the clock there


def authority(name: str = "Ashcombe", procedure: str = "england") -> m.Authority:
    return m.Authority.objects.get_or_create(name=name, defaults={"procedure": procedure})[0]


def agency(home: m.Authority, name: str, kind: str) -> m.Agency:
    row, made = m.Agency.objects.get_or_create(authority=home, name=name, defaults={"kind": kind})
    if made:
        row.serves.add(home)
    return row


def professional(
    home: m.Authority, name: str, office: m.Agency, *, duties: list[str] | None = None, **more: Any
) -> m.Person:
    given, _, surname = name.partition(" ")
    return m.Person.objects.create(
        authority=home, kind="professional", given_name=given, family_name=surname, agency=office,
        duties=duties or [], email=f"{given.lower()}@{kind_host(office)}", **more,
    )  # fmt: skip


def kind_host(office: m.Agency) -> str:
    return f"{office.kind.replace('_', '-')}.example"


def account_for(person: m.Person, email: str | None = None) -> m.Account:
    """An account by which the person can sign in with PASSWORD."""
    link = m.AccountPerson.objects.filter(person=person).select_related("account").first()
    if link:
        return link.account
    address = email or f"{person.given_name.lower()}.{secrets.token_hex(3)}@example.test"
    account = m.Account.objects.create_user(address, PASSWORD)
    m.AccountPerson.objects.create(account=account, person=person)
    return account


def actor(person: m.Person) -> Actor:
    row = m.Person.objects.select_related("agency").get(id=person.id)
    return actor_for_person(row)


@dataclass
class Family:
    """An opened core group and everybody around it, as actors and as persons."""

    authority: m.Authority
    group: UUID
    people: dict[str, m.Person]
    children: list[m.Child]

    def actor(self, name: str) -> Actor:
        return actor(self.people[name])

    def __getattr__(self, name: str) -> Actor:
        """`family.lead`, `family.health_visitor`, `family.teacher`, `family.mother`, `family.stranger` …"""
        people = self.__dict__.get("people", {})
        if name in people:
            return actor(people[name])
        raise AttributeError(name)

    @property
    def child(self) -> m.Child:
        return self.children[0]


def the_staff(home: m.Authority) -> dict[str, m.Person]:
    """An authority's people: a lead worker, managers, four agencies, a chair, a stranger."""
    council = agency(home, "Children's social care", "social_care")
    health = agency(home, "Community health", "health")
    school = agency(home, "Oak Lane School", "education")
    police = agency(home, "Constabulary", "police")
    manager = professional(home, "Maud Okoro", council, duties=["manager"], job_title="Team manager")
    nurse_lead = professional(home, "Nell Firth", health, duties=["manager"], job_title="Nurse manager")
    return {
        "manager": manager,
        "nurse_manager": nurse_lead,
        "lead": professional(
            home, "Lena Marsh", council, duties=["lead_worker"], job_title="Social worker", manager=manager,
            phone="07700 900111",
        ),
        "other_worker": professional(
            home, "Oscar Bell", council, duties=["lead_worker"], job_title="Social worker", manager=manager
        ),
        "health_visitor": professional(
            home, "Hana Pryce", health, job_title="Health visitor", manager=nurse_lead
        ),
        "teacher": professional(home, "Tariq Shah", school, job_title="Designated teacher"),
        "police": professional(home, "Petra Lund", police, job_title="Detective constable"),
        "chair": professional(
            home, "Carys Holt", council, duties=["conference_chair"], job_title="Conference chair"
        ),
        "administrator": professional(
            home, "Adam Quill", council, duties=["administrator"], job_title="Administrator"
        ),
        "stranger": professional(home, "Sven Alder", school, job_title="Teacher"),
    }  # fmt: skip


MOTHER_ADDRESS = "14 Heron Close, Ashcombe"
SCHOOL = "Larkspur Primary"
TELEPHONE = "07700 900222"


def the_children(held_on: date) -> tuple[NewChild, ...]:
    """Two half-siblings: Ben's father is Frank, Amy's is Gil; the mother is theirs both."""
    return (
        NewChild(
            "ben", "Ben", "Rowe", date_of_birth=held_on - timedelta(days=9 * 365), categories=("neglect",),
            facts=(
                NewFact("address", MOTHER_ADDRESS, source="Children's social care"),
                NewFact("school", SCHOOL, source="Oak Lane School"),
                NewFact("first_language", "English"),
            ),
        ),
        NewChild(
            "amy", "Amy", "Rowe", date_of_birth=held_on - timedelta(days=2 * 365), categories=("neglect",)
        ),
    )  # fmt: skip


def the_adults() -> tuple[NewAdult, ...]:
    return (
        NewAdult(
            "mother", "Mary", "Rowe",
            relationships=(
                NewRelationship("ben", "mother", True, True), NewRelationship("amy", "mother", True, True)
            ),
            facts=(NewFact("telephone", TELEPHONE),),
        ),
        NewAdult(
            "father", "Frank", "Dale", relationships=(NewRelationship("ben", "father", True, False),),
            attends="separately", attends_reason="A court order keeps him from the mother.",
            must_not_learn=frozenset({"address", "contact", "school"}),
            must_not_learn_reason="Risk of harm to the mother.",
        ),
        NewAdult("gil", "Gil", "Stone", relationships=(NewRelationship("amy", "father", None, False),)),
    )  # fmt: skip


def an_opening(staff: dict[str, m.Person], held_on: date, **changes: Any) -> Opening:
    """A sound opening; `changes` replace its fields."""
    values: dict[str, Any] = {
        "family_label": "Rowe",
        "held_on": held_on,
        "children": the_children(held_on),
        "adults": the_adults(),
        "members": (
            NewMember(staff["lead"].id, "Leads the work with your family."),
            NewMember(staff["health_visitor"].id, "Looks after the health of Amy."),
            NewMember(staff["teacher"].id, "Helps Ben at school."),
        ),
        "lead": staff["lead"].id,
        "chair": staff["chair"].id,
        "review_on": held_on + timedelta(days=84),
        "first_meeting": NewMeeting(
            held_on + timedelta(days=7), time(14, 0), "Family centre", "1 High Street",
            frozenset({"step_free"}), True,
        ),
        "strategy_discussion_on": held_on - timedelta(days=14),
    }  # fmt: skip
    return Opening(**(values | changes))


def open_family(
    *,
    procedure: str = "england",
    name: str = "Ashcombe",
    held_on: date = date(2026, 3, 4),
    **changes: Any,
) -> Family:
    """Opens a core group and gives the adults who may sign in their memberships."""
    home = authority(name, procedure)
    staff = the_staff(home)
    group = open_core_group(opening=an_opening(staff, held_on, **changes), by=actor(staff["lead"]))
    people = dict(staff)
    for adult in m.Adult.objects.filter(group=group).select_related("person"):
        key = {"Mary": "mother", "Frank": "father", "Gil": "gil"}.get(adult.person.given_name)
        if key:
            people[key] = adult.person
            m.Membership.objects.create(
                authority=home, group_id=group, person=adult.person, part="family", since=held_on
            )
    children = list(m.Child.objects.filter(group=group).select_related("person").order_by("position"))
    return Family(home, group, people, children)


def late(reason: str = "The school was closed by snow.") -> dict[str, NewDeparture]:
    return {"first_core_group": NewDeparture(reason, "Maud Okoro", date(2026, 3, 4))}
