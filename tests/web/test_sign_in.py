"""Signing in and out, passwords, one-time links, acting as another, a session's end while typing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache

from coregroup.casework import members as members_work
from coregroup.casework import people as people_work
from coregroup.records import models as m
from tests.builders import PASSWORD, Family, account_for

GOOD = "three random words here"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Rate limits count in the cache: each test begins at nought."""
    cache.clear()


def sign_in(page: Any, email: str, password: str = PASSWORD, **more: str) -> Any:
    return page.post("/sign-in/", {"login": email, "password": password, **more})


def test_signing_in_and_out(family: Family, page: Any) -> None:
    account = account_for(family.people["lead"])
    assert "Sign in" in page.get("/sign-in/").content.decode()
    answer = page.post("/sign-in/", {"login": account.email.upper(), "password": PASSWORD}, follow=True)
    assert answer.request["PATH_INFO"] == "/" and answer.status_code == 200
    assert page.get("/sign-out/").status_code == 405
    left = page.post("/sign-out/", follow=True)
    assert "signed out" in left.content.decode()
    assert page.get("/who/").status_code == 302


def test_nobody_learns_whether_an_address_has_an_account(family: Family, page: Any) -> None:
    account = account_for(family.people["lead"])
    wrong = sign_in(page, account.email, "not the password").content.decode()
    nobody = sign_in(page, "nobody@example.org", "not the password").content.decode()
    sentence = "The e-mail address or the password is not right."
    assert sentence in wrong and sentence in nobody
    one = page.post("/password/forgotten/", {"email": account.email}, follow=True).content.decode()
    two = page.post("/password/forgotten/", {"email": "nobody@example.org"}, follow=True).content.decode()
    assert _without_tokens(one) == _without_tokens(two)
    assert [letter.to for letter in mail.outbox] == [[account.email]]


def _without_tokens(text: str) -> str:
    return re.sub(r'value="[^"]{20,}"', "", text)


def test_what_is_missing_is_said(db: None, page: Any) -> None:
    text = page.post("/sign-in/", {"login": "", "password": ""}).content.decode()
    assert "Enter your e-mail address" in text and "Enter your password" in text
    assert "Enter an e-mail address like" in page.post("/sign-in/", {"login": "x"}).content.decode()


def test_too_many_tries(family: Family, page: Any) -> None:
    account = account_for(family.people["lead"])
    for _try in range(5):
        sign_in(page, account.email, "not the password")
    text = sign_in(page, account.email).content.decode()
    assert "Too many tries" in text


def test_too_many_requests_are_answered_by_a_page(db: None, page: Any, settings: Any) -> None:
    answers = [page.post("/password/forgotten/", {"email": "nobody@example.org"}) for _each in range(30)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("asked", "comes_to"),
    [("/who/", "/who/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("javascript:x", "/")],
)
def test_next_leads_nowhere_else(family: Family, page: Any, asked: str, comes_to: str) -> None:
    account = account_for(family.people["lead"])
    answer = page.post(
        "/sign-in/", {"login": account.email, "password": PASSWORD, "next": asked}, follow=True
    )
    hops = [where for where, _code in answer.redirect_chain]
    assert all(hop.startswith("/") and not hop.startswith("//") for hop in hops), hops
    assert answer.request["PATH_INFO"] in (comes_to, "/")


def test_a_forgotten_password(family: Family, page: Any) -> None:
    account = account_for(family.people["lead"])
    page.post("/password/forgotten/", {"email": account.email})
    letter = mail.outbox[0]
    for name in ("Lena", "Marsh", "Rowe", "Ben"):
        assert name not in letter.subject + letter.body
    link = re.search(r"http://[^/]+(/password/new/\S+)", letter.body)
    assert link
    asked = page.get(link[1], follow=True)
    assert "key" not in asked.request["PATH_INFO"].replace("set-password", "")
    text = asked.content.decode()
    assert "At least 12 characters" in text
    weak = page.post(asked.request["PATH_INFO"], {"password1": "short"}).content.decode()
    assert "There is a problem" in weak
    done = page.post(asked.request["PATH_INFO"], {"password1": GOOD}, follow=True)
    assert "Your password has been changed" in done.content.decode()
    assert sign_in(page, account.email, GOOD).status_code == 302
    page.post("/sign-out/")
    assert "cannot be used" in page.get(link[1], follow=True).content.decode()


def test_changing_ones_password(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "lead")
    wrong = client.post("/password/change/", {"oldpassword": "no", "password1": GOOD}).content.decode()
    assert "is not what you entered" in wrong
    client.post("/password/change/", {"oldpassword": PASSWORD, "password1": GOOD})
    assert m.Account.objects.get(links__person=family.people["lead"]).check_password(GOOD)


def test_an_account_that_is_not_in_use(family: Family, page: Any) -> None:
    account = account_for(family.people["lead"])
    m.Account.objects.filter(id=account.id).update(is_active=False)
    sign_in(page, account.email)
    assert page.get("/who/").status_code == 302
    assert page.get("/sign-in/not-in-use/").status_code == 403


def make_link(family: Family, name: str) -> str:
    return people_work.make_sign_in_link(person=family.people[name].id, by=family.administrator)


def test_a_first_password_by_link(family: Family, page: Any) -> None:
    token = make_link(family, "teacher")
    first = page.get(f"/set-password/{token}/")
    assert first.url == "/set-password/" and first.headers["Referrer-Policy"] == "no-referrer"
    text = page.get("/set-password/").content.decode()
    assert family.people["teacher"].email in text and token not in text
    assert "There is a problem" in page.post("/set-password/", {"password": "short"}).content.decode()
    answer = page.post("/set-password/", {"password": GOOD}, follow=True)
    assert "Tariq Shah" in answer.content.decode()
    page.post("/sign-out/")
    page.get(f"/set-password/{token}/")
    assert page.get("/set-password/").status_code == 404
    assert sign_in(page, family.people["teacher"].email, GOOD).status_code == 302


@pytest.mark.parametrize("where", ["set-password", "join"])
def test_a_link_that_is_none(db: None, page: Any, where: str, caplog: pytest.LogCaptureFixture) -> None:
    token = "Zm9v" * 10
    page.get(f"/{where}/{token}/")
    answer = page.get(f"/{where}/")
    assert answer.status_code == 404 and "cannot be used" in answer.content.decode()
    assert token not in caplog.text


def invite(family: Family, name: str) -> str:
    row = m.Membership.objects.get(group=family.group, person=family.people[name])
    return members_work.invite_member(group=family.group, membership=row.id, by=family.lead).token


@pytest.mark.requirement("R2")
def test_joining_with_a_first_password(family: Family, page: Any) -> None:
    page.get(f"/join/{invite(family, 'teacher')}/")
    text = page.get("/join/").content.decode()
    assert "Tariq Shah" in text and "Lena Marsh" in text and "Ashcombe" in text
    for name in ("Rowe", "Ben", "Amy", "Mary"):
        assert name not in text
    answer = page.post("/join/", {"password": GOOD}, follow=True)
    assert answer.request["PATH_INFO"] == f"/groups/{family.group}/joining/"
    assert "Ben Rowe" in answer.content.decode()


def test_a_parent_joins_with_an_address_of_their_own(family: Family, page: Any) -> None:
    page.get(f"/join/{invite(family, 'mother')}/")
    text = page.get("/join/").content.decode()
    assert "Mary" not in text and "E-mail address" in text
    assert "There is a problem" in page.post("/join/", {"email": "x", "password": GOOD}).content.decode()
    answer = page.post("/join/", {"email": "mary@example.org", "password": GOOD}, follow=True)
    assert answer.request["PATH_INFO"] == f"/groups/{family.group}/joining/"


def test_whoever_has_an_account_signs_in_to_join(family: Family, page: Any) -> None:
    account = account_for(family.people["teacher"])
    page.get(f"/join/{invite(family, 'teacher')}/")
    text = page.get("/join/").content.decode()
    assert "Sign in to join" in text and 'name="password"' not in text
    sign_in(page, account.email, next="/join/")
    assert "Join" in page.get("/join/").content.decode()
    answer = page.post("/join/", follow=True)
    assert answer.request["PATH_INFO"] == f"/groups/{family.group}/joining/"


def test_somebody_else_cannot_join_with_the_link(family: Family, page: Any) -> None:
    account_for(family.people["teacher"])
    token = invite(family, "teacher")
    stranger = account_for(family.people["stranger"])
    sign_in(page, stranger.email)
    page.get(f"/join/{token}/")
    assert page.post("/join/").status_code == 403
    assert page.get(f"/groups/{family.group}/joining/").status_code == 404


def test_acting_as_another_of_ones_persons(family: Family, page: Any) -> None:
    account = account_for(family.people["stranger"])
    m.AccountPerson.objects.create(account=account, person=family.people["gil"])
    answer = page.post("/sign-in/", {"login": account.email, "password": PASSWORD}, follow=True)
    text = answer.content.decode()
    assert answer.request["PATH_INFO"] == "/who/" and "Gil Stone" in text and "Sven Alder" in text
    page.post("/who/", {"person": str(family.people["stranger"].id), "next": "/"})
    assert page.get(f"/groups/{family.group}/members/").status_code == 404
    chosen = page.post("/who/", {"person": str(family.people["gil"].id), "next": "/"})
    assert chosen.url == "/"
    assert page.get(f"/groups/{family.group}/members/").status_code == 200
    for other in (str(family.people["lead"].id), "nobody"):
        assert page.post("/who/", {"person": other}).status_code == 404


def test_what_was_typed_when_the_session_had_ended(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "lead")
    row = m.Membership.objects.get(group=family.group, person=family.people["teacher"])
    address = f"/groups/{family.group}/members/{row.id}/end/"
    text = client.get(address).content.decode()
    writer = re.search(r'name="writer" value="([^"]+)"', text)
    assert writer
    client.logout()
    told = {"reason": "She moves to another school.", "writer": writer[1], "once": uuid4().hex}
    asked = client.post(address, told)
    assert asked.url.startswith("/sign-in/") and "kept=1" in asked.url
    assert "We kept what you had typed" in client.get(asked.url).content.decode()
    other = client_of(family, "chair")
    assert "another school" not in other.get(address).content.decode()
    client.force_login(account_for(family.people["lead"]))
    assert "She moves to another school." in client.get(address).content.decode()
    row.refresh_from_db()
    assert row.until is None


def test_a_forged_writer_keeps_nothing(family: Family, page: Any) -> None:
    row = m.Membership.objects.get(group=family.group, person=family.people["teacher"])
    told = {"reason": "Forged.", "writer": str(family.people["lead"].id), "once": uuid4().hex}
    answer = page.post(f"/groups/{family.group}/members/{row.id}/end/", told)
    assert answer.status_code == 302 and "kept" not in answer.url
    assert not m.Draft.objects.exists()
