"""Joining: the invitation works once, in time and untampered; the short list is ticked for oneself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from coregroup.access.actors import actor_for_person
from coregroup.casefile import joining as file
from coregroup.casework import joining as work
from coregroup.casework import members
from coregroup.records import models as m
from coregroup.rules.access import VISITOR
from coregroup.rules.errors import Closed, Problem
from coregroup.rules.links import digest_of
from tests.builders import PASSWORD, Family, account_for

GOOD = "three random words here"


def invite(family: Family, name: str) -> str:
    row = m.Membership.objects.get(group=family.group, person=family.people[name], until__isnull=True)
    return members.invite_member(group=family.group, membership=row.id, by=family.lead).token


def signed_in(family: Family, name: str) -> Any:
    account = account_for(family.people[name])
    person = m.Person.objects.select_related("agency").get(id=family.people[name].id)
    return actor_for_person(person, account=account)


@pytest.mark.requirement("R2")
def test_a_professional_joins_with_their_own_address(family: Family) -> None:
    token = invite(family, "teacher")
    joined = work.join_with_new_account(
        digest=digest_of(token), email="somebody@else.example", password=GOOD, by=VISITOR
    )
    assert joined.email == family.people["teacher"].email
    account = m.Account.objects.get(email=joined.email)
    assert account.check_password(GOOD)
    assert [link.person for link in account.links.all()] == [family.people["teacher"]]
    row = m.Membership.objects.get(group=family.group, person=family.people["teacher"])
    assert row.joined_at is not None
    assert m.Notice.objects.filter(to=family.people["lead"], code="member_joined").exists()


def test_a_family_person_joins_with_the_address_they_give(family: Family) -> None:
    token = invite(family, "mother")
    joined = work.join_with_new_account(
        digest=digest_of(token), email=" Mary@Example.org ", password=GOOD, by=VISITOR
    )
    assert joined.email == "mary@example.org"
    assert joined.person == family.people["mother"].id


def test_an_invitation_works_once(family: Family) -> None:
    token = invite(family, "teacher")
    work.join_with_new_account(digest=digest_of(token), email="", password=GOOD, by=VISITOR)
    with pytest.raises(Closed):
        work.join_with_new_account(digest=digest_of(token), email="", password=GOOD, by=VISITOR)
    with pytest.raises(Closed):
        work.join(digest=digest_of(token), by=signed_in(family, "teacher"))


def test_a_weak_password_uses_nothing_up(family: Family) -> None:
    token = invite(family, "teacher")
    with pytest.raises(Problem) as fault:
        work.join_with_new_account(digest=digest_of(token), email="", password="short", by=VISITOR)
    assert fault.value.field == "password"
    assert not m.Account.objects.exists()
    assert work.join_with_new_account(digest=digest_of(token), email="", password=GOOD, by=VISITOR)


def test_an_expired_invitation(family: Family, today: Any) -> None:
    token = invite(family, "teacher")
    today.move_to(timezone.now() + timedelta(days=14, minutes=1))
    with pytest.raises(Closed):
        work.join_with_new_account(digest=digest_of(token), email="", password=GOOD, by=VISITOR)
    with pytest.raises(Closed):
        file.invited(digest=digest_of(token), by=VISITOR)


TAMPERED = (
    lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    lambda token: "",
    lambda token: "'",
)


@pytest.mark.parametrize("change", TAMPERED)
def test_a_tampered_invitation(family: Family, change: Any) -> None:
    token = change(invite(family, "teacher"))
    with pytest.raises(Closed):
        work.join_with_new_account(digest=digest_of(token), email="", password=GOOD, by=VISITOR)
    with pytest.raises(Closed):
        file.invited(digest=digest_of(token), by=VISITOR)
    assert m.AuditLine.objects.filter(capability="follow_link", allowed=False).exists()


def test_an_invitation_ends_with_the_membership(family: Family) -> None:
    token = invite(family, "teacher")
    row = m.Membership.objects.get(group=family.group, person=family.people["teacher"])
    members.end_membership(group=family.group, membership=row.id, reason="Left.", by=family.lead)
    with pytest.raises(Closed):
        file.invited(digest=digest_of(token), by=VISITOR)


def test_an_address_with_an_account_is_never_given_away(family: Family) -> None:
    theirs = m.Account.objects.create_user(family.people["teacher"].email, PASSWORD)
    token = invite(family, "teacher")
    with pytest.raises(Problem):
        work.join_with_new_account(digest=digest_of(token), email="", password=GOOD, by=VISITOR)
    theirs.refresh_from_db()
    assert theirs.check_password(PASSWORD) and not theirs.links.exists()


def test_a_teacher_who_is_also_a_parent_joins_with_one_account(family: Family) -> None:
    by = signed_in(family, "stranger")
    token = invite(family, "gil")
    joined = work.join(digest=digest_of(token), by=by)
    served = m.AccountPerson.objects.filter(account=by.account).values_list("person_id", flat=True)
    assert joined.person == family.people["gil"].id
    assert set(served) == {family.people["gil"].id, family.people["stranger"].id}


def test_nobody_joins_as_somebody_who_has_another_account(family: Family) -> None:
    account_for(family.people["gil"])
    token = invite(family, "gil")
    with pytest.raises(Closed):
        work.join(digest=digest_of(token), by=signed_in(family, "stranger"))
    with pytest.raises(Closed):
        work.join(digest=digest_of(token), by=VISITOR)


def test_the_invitation_names_no_family(family: Family) -> None:
    told = file.invited(digest=digest_of(invite(family, "teacher")), by=VISITOR)
    assert told.name == "Tariq Shah" and told.inviter == "Lena Marsh"
    for hidden in ("Rowe", "Ben", "Amy", "Mary"):
        assert hidden not in repr(told)
    assert file.invited(digest=digest_of(invite(family, "mother")), by=VISITOR).name == ""


@pytest.mark.requirement("R46")
def test_telling_ones_manager(family: Family) -> None:
    work.tick_step(group=family.group, code="told_manager", by=family.health_visitor)
    work.tick_step(group=family.group, code="told_manager", by=family.health_visitor)
    told = m.Notice.objects.filter(to=family.people["nurse_manager"], code="staff_joined_core_group")
    assert told.count() == 1


@pytest.mark.requirement("R47")
def test_reading_the_outline_leaves_a_mark(family: Family) -> None:
    work.tick_step(group=family.group, code="read_outline", by=family.teacher)
    assert m.ReadMark.objects.filter(person=family.people["teacher"], what="outline").count() == 1
    sheet = file.joining(group=family.group, by=family.teacher)
    assert sheet.outline_read_at is not None
    done = sheet.step("read_outline")
    assert done is not None and done.done_at is not None


@pytest.mark.requirement("R2", "R40", "R45")
def test_the_joining_sheet(family: Family) -> None:
    sheet = file.joining(group=family.group, by=family.health_visitor)
    assert sheet.guide and sheet.children == ("Ben Rowe", "Amy Rowe")
    assert {step.code for step in sheet.steps} == {
        "told_manager", "read_outline", "noted_review", "shared_contacts",
    }  # fmt: skip
    assert sheet.review_on is not None and sheet.review_why
    work.read_guide(group=family.group, by=family.health_visitor)
    assert file.joining(group=family.group, by=family.health_visitor).guide_read_at is not None


def test_a_family_person_is_asked_only_what_is_theirs(family: Family) -> None:
    sheet = file.joining(group=family.group, by=family.gil)
    assert sheet.children == ("Amy Rowe",)
    assert {step.code for step in sheet.steps} == {"read_outline", "noted_review"}


@pytest.mark.parametrize("name", ["stranger", "administrator", "other_worker"])
def test_a_stranger_ticks_nothing(family: Family, name: str) -> None:
    by = family.actor(name)
    with pytest.raises(Closed):
        work.tick_step(group=family.group, code="noted_review", by=by)
    with pytest.raises(Closed):
        work.read_guide(group=family.group, by=by)
    with pytest.raises(Closed):
        work.share_contacts(group=family.group, phone="1", by=by)
    with pytest.raises(Closed):
        file.joining(group=family.group, by=by)


def test_a_step_that_is_not_in_the_procedure(family: Family) -> None:
    with pytest.raises(Problem):
        work.tick_step(group=family.group, code="bake_a_cake", by=family.teacher)


@pytest.mark.requirement("R42")
def test_sharing_ones_contact_details(family: Family) -> None:
    work.share_contacts(group=family.group, phone="01632 960789", by=family.teacher)
    assert m.Person.objects.get(id=family.people["teacher"].id).phone == "01632 960789"
    with pytest.raises(Closed):
        work.share_contacts(group=family.group, phone="0123", by=family.mother)
    assert m.Person.objects.get(id=family.people["mother"].id).phone == ""


def test_whoever_begins_the_list_has_joined(family: Family) -> None:
    work.read_guide(group=family.group, by=family.teacher)
    work.tick_step(group=family.group, code="noted_review", by=family.teacher)
    row = m.Membership.objects.get(group=family.group, person=family.people["teacher"])
    assert row.joined_at is not None
    assert m.LedgerEntry.objects.filter(happening="MemberJoined").count() == 1
