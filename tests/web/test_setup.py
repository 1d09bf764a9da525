"""The pages by which administrators set up their authority."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coregroup.records import models as m
from coregroup.web.people.urls_setup import urlpatterns
from tests.builders import Family, account_for

LIST = "Given name,Family name,E-mail,Agency\nIda,Vane,ida@x.example,Oak Lane School\n"


def addresses(family: Family) -> list[str]:
    values = {"agency": uuid4(), "person": family.people["lead"].id, "day": uuid4(), "what": "people"}
    made = []
    for pattern in urlpatterns:
        names = re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        made.append(reverse(pattern.name, kwargs={name: values[name] for name in names}))
    return made


@pytest.mark.parametrize("name", ["lead", "stranger", "mother"])
def test_nobody_else_finds_these_pages(family: Family, client_of: Callable[..., Any], name: str) -> None:
    client = client_of(family, name)
    for address in addresses(family):
        assert client.get(address).status_code in (404, 405), address
        assert client.post(address, {"confirm": "yes"}).status_code == 404, address


def test_the_overview(family: Family, client_of: Callable[..., Any]) -> None:
    text = client_of(family, "administrator").get("/setup/").content.decode()
    assert "Set up Ashcombe" in text and "It opens no core group to you" in text


def test_name_and_procedure(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "administrator")
    assert 'value="england" checked' in client.get("/setup/authority/").content.decode()
    client.post("/setup/authority/", {"name": "Ashcombe North", "procedure": "wales"})
    assert m.Authority.objects.get().procedure == "wales"


@pytest.mark.requirement("R1")
def test_agencies(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "administrator")
    told = {"name": "Harbour Housing", "kind": "housing", "named_professional": "Ola Finch"}
    shown = client.post("/setup/agencies/new/", told, follow=True).content.decode()
    assert "Harbour Housing" in shown and "Ola Finch" in shown
    row = m.Agency.objects.get(name="Harbour Housing")
    faulty = client.post(f"/setup/agencies/{row.id}/", {"name": "", "kind": "housing"})
    assert "There is a problem" in faulty.content.decode()
    assert client.get(f"/setup/agencies/{uuid4()}/").status_code == 404


def test_people_one_by_one(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "administrator")
    assert "Tariq Shah" in client.get("/setup/people/", {"search": "oak"}).content.decode()
    assert "Nobody is found" in client.get("/setup/people/", {"search": "zzz"}).content.decode()
    told = {"given_name": "Ida", "family_name": "Vane", "email": "ida@x.example", "agency": "Oak Lane School",
            "duties": ["manager"]}  # fmt: skip
    shown = client.post("/setup/people/new/", told, follow=True).content.decode()
    assert "Ida Vane" in shown and "Make a link" in shown
    row = m.Person.objects.get(given_name="Ida")
    assert row.duties == ["manager"]
    told = {**told, "given_name": "Ina", "duties": []}
    client.post(f"/setup/people/{row.id}/change/", told)
    row.refresh_from_db()
    assert row.given_name == "Ina" and row.duties == []


def test_a_link_is_sent_and_shown_once(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "administrator")
    teacher = family.people["teacher"]
    shown = client.post(f"/setup/people/{teacher.id}/link/")
    link = re.search(r'value="(http[^"]+/set-password/[^"]+/)"', shown.content.decode())
    assert link and link[1] in mail.outbox[0].body
    assert shown.headers["Referrer-Policy"] == "same-origin"
    for name in ("Tariq", "Shah", "Rowe"):
        assert name not in mail.outbox[0].subject + mail.outbox[0].body
    account_for(teacher)
    again = client.post(f"/setup/people/{teacher.id}/link/", follow=True).content.decode()
    assert "can sign in already" in again


def test_closure_days(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "administrator")
    told = {"day-day": "24", "day-month": "12", "day-year": "2026", "reason": "Christmas closure"}
    shown = client.post("/setup/closure-days/", told, follow=True).content.decode()
    assert "Christmas closure" in shown
    day = m.ClosureDay.objects.get()
    client.post(f"/setup/closure-days/{day.id}/remove/")
    assert not m.ClosureDay.objects.exists()


def test_a_list_is_shown_before_it_is_taken(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "administrator")
    file = SimpleUploadedFile("people.csv", LIST.encode())
    shown = client.post("/setup/lists/people/", {"file": file}).content.decode()
    assert "Is this right?" in shown and "1 new" in shown and "Ida" in shown
    assert not m.Person.objects.filter(given_name="Ida").exists()
    signed = re.search(r'name="signed" value="([^"]+)"', shown)
    assert signed
    told = {"confirm": "yes", "signed": signed[1], "name": "people.csv"}
    assert "Taken: 1 new" in client.post("/setup/lists/people/", told, follow=True).content.decode()
    assert m.Person.objects.get(given_name="Ida").agency.name == "Oak Lane School"  # type: ignore[union-attr]


def test_a_pasted_list_with_faults(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "administrator")
    text = LIST.replace("Oak Lane School", "Nowhere").replace(",", "\t")
    shown = client.post("/setup/lists/people/", {"text": text}).content.decode()
    assert "Row 2: there is no agency “Nowhere”" in shown and "Nothing was taken" in shown
    assert "There is a problem" in client.post("/setup/lists/people/", {}).content.decode()
    assert "The first row must name" in client.post("/setup/lists/people/", {"text": "x\ny"}).content.decode()
    assert client.get("/setup/lists/pets/").status_code == 404


def test_a_list_that_was_tampered_with(family: Family, client_of: Callable[..., Any]) -> None:
    told = {"confirm": "yes", "signed": "forged", "name": ""}
    text = client_of(family, "administrator").post("/setup/lists/people/", told).content.decode()
    assert "Choose it again" in text
    assert not m.Person.objects.filter(given_name="Ida").exists()
