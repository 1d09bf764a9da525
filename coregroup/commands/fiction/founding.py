"""Founding the fictional authorities: agencies, professionals, and accounts to sign in with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model

from coregroup.access.actors import system_actor
from coregroup.casework import fiction, people, setup
from coregroup.casework.setup_nouns import AgencyDetails, DayDetails, PersonDetails
from coregroup.commands.fiction.cast import PASSWORD, TOWNS, Office, Town, Worker
from coregroup.rules.access import VISITOR, Actor
from coregroup.rules.links import digest_of

ADMINISTRATOR = frozenset({"administrator"})


@dataclass
class Founded:
    """A founded authority: its people as actors, by key; `offices` by town and key."""

    town: Town
    id: UUID
    administrator: Actor
    offices: dict[str, UUID] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    parents: list[Actor] = field(default_factory=list)


def founder(authority: UUID | None = None) -> Actor:
    """The command itself, while there is no administrator yet."""
    return system_actor("coregroup demo", duties=ADMINISTRATOR, authority=authority)


def found_all(say: Callable[[str], None]) -> dict[str, Founded]:
    """Founds every authority, and lets agencies serve their neighbours."""
    founded = {town.key: _found(town, say) for town in TOWNS}
    for town in TOWNS:
        for lender, office in town.borrows:
            home = founded[lender]
            fiction.share_agency(
                agency=home.offices[office], authority=founded[town.key].id, by=home.administrator
            )
            for worker in home.town.workers:
                if worker.office == office:
                    founded[town.key].actors[worker.key] = home.actors[worker.key]
    return founded


def _found(town: Town, say: Callable[[str], None]) -> Founded:
    say(f"  {town.name}: {len(town.offices)} agencies, {len(town.workers)} people")
    authority = fiction.found_fictional(name=town.name, procedure=town.procedure, by=founder())
    home = Founded(town, authority, founder(authority))
    for office in town.offices:
        home.offices[office.key] = setup.save_agency(details=_agency(office), by=home.administrator)
    for worker in town.workers:
        home.actors[worker.key] = _hire(home, worker)
    setup.import_closure_days(
        rows=[(1, DayDetails(date(date.today().year, 12, 29), "Offices closed"))], by=home.administrator
    )
    return home


def _agency(office: Office) -> AgencyDetails:
    return AgencyDetails(office.name, office.kind, office.named, office.contact, office.out_of_hours)


def _hire(home: Founded, worker: Worker) -> Actor:
    town, office = home.town, home.town.office(worker.office)
    number = list(town.workers).index(worker)
    manager = next((one for one in town.workers if one.key == worker.manager), None)
    email = town.email(worker)
    details = PersonDetails(
        worker.given, worker.family, email, office.name, worker.job,
        f"07700 900{500 + 20 * list(TOWNS).index(town) + number}",
        town.email(manager) if manager else "", worker.duties,
    )  # fmt: skip
    person = setup.save_person(details=details, by=home.administrator)
    link = people.make_sign_in_link(person=person, by=home.administrator)
    people.use_sign_in_link(digest=digest_of(link), password=PASSWORD, by=VISITOR)
    return Actor(
        person, home.id, worker.name, agency=home.offices[office.key], agency_name=office.name,
        agency_kind=office.kind, duties=frozenset(worker.duties), account=account_of(email),
        language=worker.language,
    )  # fmt: skip


def account_of(email: str) -> UUID:
    """The account that signs in with this address."""
    return get_user_model()._default_manager.get(email=email).pk


def family_actor(person: UUID, authority: UUID, name: str) -> Actor:
    """Somebody of a family, as an actor."""
    return replace(VISITOR, person=person, authority=authority, name=name)
