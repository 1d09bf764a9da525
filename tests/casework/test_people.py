"""One-time links to a first password: made by administrators, used once, in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from coregroup.access.actors import actor_for_person
from coregroup.casefile import people as file
from coregroup.casework import people as work
from coregroup.records import models as m
from coregroup.rules.access import VISITOR, Capability, may
from coregroup.rules.errors import Closed, Problem
from coregroup.rules.links import digest_of
from tests.builders import Family, account_for, actor, agency, authority, professional

GOOD = "three random words here"


def link(family: Family, name: str = "teacher") -> str:
    return digest_of(work.make_sign_in_link(person=family.people[name].id, by=family.administrator))


@pytest.mark.parametrize("name", ["lead", "manager", "stranger", "mother"])
def test_only_administrators_make_links(family: Family, name: str) -> None:
    with pytest.raises(Closed):
        work.make_sign_in_link(person=family.people["teacher"].id, by=family.actor(name))


def test_a_link_sets_a_first_password_once(family: Family) -> None:
    digest = link(family)
    assert work.use_sign_in_link(digest=digest, password=GOOD, by=VISITOR) == family.people["teacher"].email
    with pytest.raises(Closed):
        work.use_sign_in_link(digest=digest, password=GOOD, by=VISITOR)
    assert m.SignInLink.objects.get().digest == digest
    assert m.AuditLine.objects.filter(capability="follow_link", person=family.people["teacher"].id).exists()


def test_a_link_grows_old(family: Family, today: Any) -> None:
    digest = link(family)
    today.move_to(timezone.now() + timedelta(days=7, minutes=1))
    with pytest.raises(Closed):
        work.use_sign_in_link(digest=digest, password=GOOD, by=VISITOR)
    with pytest.raises(Closed):
        file.link_holder(digest=digest, by=VISITOR)


def test_a_new_link_ends_the_one_before(family: Family) -> None:
    first, second = link(family), link(family)
    with pytest.raises(Closed):
        work.use_sign_in_link(digest=first, password=GOOD, by=VISITOR)
    assert file.link_holder(digest=second, by=VISITOR).name == "Tariq Shah"


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_no_such_link(family: Family, digest: str) -> None:
    link(family)
    with pytest.raises(Closed):
        work.use_sign_in_link(digest=digest, password=GOOD, by=VISITOR)


def test_no_link_takes_over_an_account(family: Family) -> None:
    account_for(family.people["teacher"])
    with pytest.raises(Problem):
        link(family)
    m.AccountPerson.objects.all().delete()
    account = m.Account.objects.create_user(family.people["teacher"].email, GOOD)
    digest = link(family)
    with pytest.raises(Problem):
        work.use_sign_in_link(digest=digest, password="another long password", by=VISITOR)
    account.refresh_from_db()
    assert account.check_password(GOOD)


def test_whoever_has_an_account_attaches_the_person(family: Family) -> None:
    account = account_for(family.people["mother"])
    by = actor_for_person(m.Person.objects.get(id=family.people["mother"].id), account=account)
    digest = link(family)
    with pytest.raises(Closed):
        work.attach_by_link(digest=digest, by=VISITOR)
    assert work.attach_by_link(digest=digest, by=by) == family.people["teacher"].id
    assert work.act_as(person=family.people["teacher"].id, by=by) == family.people["teacher"].id


def test_nobody_acts_as_somebody_else(family: Family) -> None:
    account = account_for(family.people["mother"])
    by = actor_for_person(m.Person.objects.get(id=family.people["mother"].id), account=account)
    with pytest.raises(Closed):
        work.act_as(person=family.people["lead"].id, by=by)
    with pytest.raises(Closed):
        work.act_as(person=family.people["lead"].id, by=VISITOR)


@pytest.mark.parametrize("password", ["", "short", "password1234"])
def test_weak_passwords(family: Family, password: str) -> None:
    digest = link(family)
    with pytest.raises(Problem) as fault:
        work.use_sign_in_link(digest=digest, password=password, by=VISITOR)
    assert fault.value.field == "password"
    assert file.link_holder(digest=digest, by=VISITOR)


def test_links_for_whom_there_is_no_way(family: Family) -> None:
    elsewhere = authority("Brackwater")
    other = professional(elsewhere, "Una Kerr", agency(elsewhere, "Other health", "health"))
    for person in (other.id, family.people["mother"].id, uuid4()):
        with pytest.raises(Closed):
            work.make_sign_in_link(person=person, by=family.administrator)
    m.Person.objects.filter(id=family.people["teacher"].id).update(email="")
    with pytest.raises(Problem):
        link(family)


def test_a_visitor_may_nothing_by_themselves() -> None:
    assert not [capability for capability in Capability if may(VISITOR, capability)]


def test_the_lists_are_for_those_who_need_them(family: Family) -> None:
    assert [row.name for row in file.people(by=family.administrator, search="oak lane shah")] == [
        "Tariq Shah"
    ]
    assert {row.name for row in file.agencies(by=family.administrator)} >= {"Oak Lane School"}
    for name in ("lead", "teacher", "mother", "stranger"):
        with pytest.raises(Closed):
            file.people(by=family.actor(name))
        with pytest.raises(Closed):
            file.agencies(by=family.actor(name))
        with pytest.raises(Closed):
            file.house(by=family.actor(name))
        with pytest.raises(Closed):
            file.person(person=family.people["lead"].id, by=family.actor(name))
    elsewhere = professional(
        authority("Brackwater"), "Una Kerr", agency(authority("Brackwater"), "Council", "social_care"),
        duties=["administrator"],
    )  # fmt: skip
    with pytest.raises(Closed):
        file.person(person=family.people["lead"].id, by=actor(elsewhere))
    assert [row.name for row in file.people(by=actor(elsewhere))] == ["Una Kerr"]
