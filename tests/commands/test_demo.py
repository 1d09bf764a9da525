"""The fictional authorities: told whole, in the days on which they happen; nobody sees more than theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import Client
from django.utils import timezone

from coregroup.casefile.opening import opened
from coregroup.casework.fiction import anybody_told, found_fictional, share_agency
from coregroup.commands import demo
from coregroup.commands.fiction.cast import TOWNS
from coregroup.commands.fiction.founding import founder
from coregroup.records import models as m
from coregroup.rules import book
from coregroup.rules.errors import Closed, Problem
from tests.builders import Family, actor

HIDDEN_ADDRESS = "14 Heron Close"


@pytest.fixture(scope="module")
def said(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Everything told once for this module, and undone afterwards."""
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(lines.append)
        yield lines
        transaction.set_rollback(True)


def group_of(label: str) -> m.CoreGroup:
    return m.CoreGroup.objects.get(family__label=label)


def test_it_says_what_it_does(said: list[str], db: None) -> None:
    assert len(said) == len(TOWNS) + m.CoreGroup.objects.count()
    assert any("unborn" in line for line in said)


def test_four_authorities_each_under_a_shipped_procedure(said: list[str], db: None) -> None:
    rows = m.Authority.objects.filter(fictional=True)
    assert len({row.procedure for row in rows}) == rows.count() == 4
    assert {book.load(row.procedure).nation for row in rows} == {"england", "wales", "scotland"}
    for row in rows:
        assert m.Person.objects.filter(authority=row, kind="professional").count() >= 8
        assert all(m.Agency.objects.filter(authority=row).values_list("named_professional", flat=True))


def test_health_visitor_and_police_serve_two_authorities(said: list[str], db: None) -> None:
    hana = m.Person.objects.get(given_name="Hana")
    served = {row.group.authority.name for row in m.Membership.objects.filter(person=hana)}
    assert served == {"Ashcombe Vale", "Fenhurst"}
    assert m.Membership.objects.filter(person__given_name="Petra", group__authority__name="Fenhurst").exists()


@pytest.mark.requirement("R10")
def test_plans_stand_in_different_months_of_their_lives(said: list[str], db: None) -> None:
    versions = {
        child.person.given_name: list(
            m.PlanVersion.objects.filter(plan__child=child).values_list("number", "at")
        )
        for child in m.Child.objects.select_related("person")
    }
    assert not versions["Leo"] and not versions["Finlay"]
    assert [number for number, _at in versions["Ada"]] == [1, 2, 3, 4]
    assert [number for number, _at in versions["Macsen"]] == [1, 2, 3]
    assert versions["Macsen"][0][1] < timezone.now() - timedelta(days=200)
    assert m.ActionAnswer.objects.filter(answer="declined").count() >= 2
    assert m.MissedContact.objects.count() >= 3
    assert m.Departure.objects.get(rule="first_core_group").group == group_of("O'Leary-Finch")
    assert m.Child.objects.filter(date_of_birth=None, expected_on__gt=timezone.localdate()).count() == 1
    assert m.Journey.objects.filter(finished_at=None).count() == 1


def test_core_groups_were_held_in_full_and_one_is_prepared(said: list[str], db: None) -> None:
    okafor = m.Meeting.objects.filter(group=group_of("Okafor-Reed"))
    assert okafor.filter(state="closed", recommendations_opened_at__isnull=False).count() == 1
    assert okafor.filter(state="closed").count() == 2
    ahead = okafor.get(state="planned")
    assert sorted(ahead.updates.values_list("state", flat=True)) == ["draft", "given"]
    assert ahead.apologies.get().instead == "nothing"
    assert {row.kind for row in m.MeetingEntry.objects.filter(meeting=ahead)} == {"asked", "child_attends"}
    assert m.LeadNote.objects.count() == 1


def test_the_past_is_dated_in_the_past_and_nothing_ahead(said: list[str], db: None) -> None:
    now = timezone.now()
    assert not m.LedgerEntry.objects.filter(at__gt=now).exists()
    assert not m.AuditLine.objects.filter(at__gt=now).exists()
    brwyn = group_of("Brwyn")
    assert brwyn.opened_on == m.Conference.objects.get(group=brwyn, kind="initial").held_on
    assert m.LedgerEntry.objects.filter(group=brwyn).order_by("at").first().at.date() == brwyn.opened_on  # type: ignore[union-attr]


def test_everybody_in_the_list_can_sign_in(said: list[str], db: None, rf: Any) -> None:
    people = demo.people()
    for person in people[:3] + people[-6:]:
        assert authenticate(rf.post("/"), email=person["email"], password=person["password"]), person
    accounts = set(m.Account.objects.values_list("email", flat=True))
    assert accounts == {person["email"] for person in people}


@pytest.mark.requirement("R57")
def test_frank_finds_no_trace_of_the_address_and_none_of_the_other_child(said: list[str], db: None) -> None:
    group = group_of("Whitcombe")
    frank, mary = Client(), Client()
    frank.force_login(m.Account.objects.get(email="frank.dale@home.example"))
    mary.force_login(m.Account.objects.get(email="mary.whitcombe@home.example"))
    seen = frank.get("/").content.decode()
    for part in ("", "face-sheet/", "outline/", "contacts/", "files/"):
        path = f"/groups/{group.id}/{part}"
        answer = frank.get(path)
        assert answer.status_code in (200, 404), path
        seen += answer.content.decode() if answer.status_code == 200 else ""
    assert "Ben" in seen
    assert HIDDEN_ADDRESS not in seen and "Amy" not in seen
    own = mary.get(f"/groups/{group.id}/face-sheet/")
    if own.status_code == 200:  # the page that shows addresses shows hers to her
        assert HIDDEN_ADDRESS in own.content.decode()


def test_telling_again_is_refused_kindly_and_changes_nothing(said: list[str], db: None) -> None:
    before = m.CoreGroup.objects.count()
    with pytest.raises(demo.AlreadyTold, match="here already"):
        demo.load(said.append)
    assert m.CoreGroup.objects.count() == before


def test_no_two_people_share_an_address() -> None:
    emails = [person["email"] for person in demo.people()]
    assert len(emails) == len(set(emails)) and all(email.endswith(".example") for email in emails)


def test_the_list_of_people_is_printed_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.run(["--people", "--format", "json"]) == 0
    people = json.loads(capsys.readouterr().out)
    assert {"email", "password", "role", "agency", "name", "authority"} == set(people[0])
    assert all(len(person["password"]) >= 12 for person in people)
    assert demo.run(["--people"]) == 0
    assert "Ffion Angharad Myfanwy" in capsys.readouterr().out


def test_only_an_administrator_shares_agencies_and_only_fictional_ones(family: Family) -> None:
    office = m.Agency.objects.filter(authority=family.authority).first()
    assert office
    other = found_fictional(name="Nowhere", procedure="wales", by=founder())
    with pytest.raises(Closed):
        share_agency(agency=office.id, authority=other, by=family.lead)
    with pytest.raises(Closed):  # the family's authority is not marked as fictional
        share_agency(agency=office.id, authority=other, by=actor(family.people["administrator"]))
    with pytest.raises(Problem):
        found_fictional(name="Nowhere", procedure="wales", by=founder())
    with pytest.raises(Closed):
        anybody_told(by=family.mother)


def test_what_was_opened_is_closed_to_a_stranger(family: Family) -> None:
    assert [child.name for child in opened(group=family.group, by=family.lead).children] == [
        "Ben Rowe",
        "Amy Rowe",
    ]
    with pytest.raises(Closed):
        opened(group=family.group, by=family.stranger)
