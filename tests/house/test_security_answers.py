"""Every answer: its headers, what is done with hostile input, and that reading changes nothing."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from coregroup.casefile import drafts as drafts_file
from coregroup.casework import drafts
from coregroup.rules.access import Capability
from tests.builders import PASSWORD, Family, account_for
from tests.casework.plan_steps import whole_plan
from tests.house.test_every_address import arguments
from tests.house.test_pages import addresses, is_public

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "",
    "Cache-Control": "no-store",
}
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "///evil.example", "javascript:alert(1)",
    "https:evil.example", "\t//evil.example", "/%09/evil.example/..//evil.example", "http:///evil.example",
    "/\t/evil.example", "\x00//evil.example",
]  # fmt: skip
HOSTILE = [
    "9" * 5000, "-1", "\x00", "a" * 150_000, "<script>zqalert</script>", "{{7*7}}{% x %}", "%s%(x)s%n",
    "../../../etc/passwd", "'\";--", "\u202egnp.exe", "\U000e0041\u200b", "\r\nSet-Cookie: zq=1",
    "00000000-0000-0000-0000-000000000000",
]  # fmt: skip


@pytest.fixture
def lead(family: Family, client_of: Callable[..., Client]) -> Client:
    """The lead worker of a case in which a plan is being built; faults of ours come as answers."""
    whole_plan(family)
    client = Client(raise_request_exception=False)
    client.force_login(account_for(family.people["lead"]))
    return client


def pages(family: Family) -> list[str]:
    """An address of every route, with the family's own ids where there are some."""
    return [
        reverse(pattern.name, kwargs=arguments(pattern, family))
        for _route, pattern in addresses()
        if pattern.name not in ("account_logout",)
    ]


def missing(answer: Any) -> list[str]:
    return [name for name, part in HEADERS.items() if part not in answer.headers.get(name, "-none-")]


def test_every_answer_has_its_headers(family: Family, lead: Client) -> None:
    faults = []
    asked = [*pages(family), "/nowhere/", "/static/nowhere.css", "/static/../x", "/favicon.ico"]
    for address in asked:
        mine = [lead.get(address), lead.post(address, {}), lead.options(address)]
        for answer in (Client().get(address), *mine):
            if lost := missing(answer):
                faults.append(f"{answer.request['REQUEST_METHOD']} {address} {answer.status_code}: {lost}")
    assert not faults, "\n".join(faults)
    wrong_host = lead.get("/", headers={"host": "evil.example"})
    assert wrong_host.status_code == 400 and b"evil.example" not in wrong_host.content
    assert missing(wrong_host) == []


def test_nothing_is_sent_without_the_token_of_its_own_form(family: Family) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_for(family.people["lead"]))
    let_in = []
    for address in pages(family):
        for method in (client.post, client.put, client.patch, client.delete):
            answer = method(address, {"x": "y"} if method == client.post else b"x=y")
            if answer.status_code != 403:
                let_in.append(f"{answer.request['REQUEST_METHOD']} {address}: {answer.status_code}")
    assert not let_in, let_in


SEEN_BY_READING = {"AuditLine", "AuditLink", "Visit", "HandOutOpened"}


def everything() -> dict[str, str]:
    """A digest of all rows of every record, save those that say that somebody looked."""
    return {
        model.__name__: hashlib.sha256(
            repr(sorted(map(str, model._default_manager.values_list()))).encode()
        ).hexdigest()
        for model in apps.get_app_config("records").get_models()
        if model.__name__ not in SEEN_BY_READING
    }


def test_reading_changes_nothing(family: Family, lead: Client) -> None:
    mother = Client(raise_request_exception=False)
    mother.force_login(account_for(family.people["mother"]))
    asked = [one for one in pages(family) if "/set-password/" not in one]
    before = everything()
    for client in (lead, mother):
        for address in asked:
            client.get(address)
            client.head(address)
    assert everything() == before
    assert mail.outbox == []


def fields_of(text: str) -> list[str]:
    names = re.findall(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"', text)
    return [name for name in dict.fromkeys(names) if name != "csrfmiddlewaretoken"]


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_nothing_that_is_typed_breaks_a_page(family: Family, lead: Client, who: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(account_for(family.people[who]))
    faults, tried = [], 0
    for address in pages(family):
        drawn = client.get(address)
        if drawn.status_code != 200 or not drawn.headers["Content-Type"].startswith("text/html"):
            continue
        names = fields_of(html.unescape(drawn.content.decode()))
        if not names:
            continue
        for hostile in HOSTILE:
            tried += 1
            answer = client.post(address, dict.fromkeys(names, hostile))
            body = answer.content.decode()
            if answer.status_code >= 500 or "<script>zq" in body:
                faults.append(f"POST {address} {hostile[:20]!r}: {answer.status_code}")
            again = client.get(address, {**dict.fromkeys(names[:8], hostile[:2000])})
            if again.status_code >= 500 or "<script>zq" in again.content.decode():
                faults.append(f"GET {address} {hostile[:20]!r}: {again.status_code}")
    assert tried > 30
    assert not faults, "\n".join(faults)


def test_a_zero_sign_is_kept_nowhere(family: Family, lead: Client) -> None:
    """One of our databases cannot hold it: what is typed and faulty is kept as a draft without it."""
    address = reverse("contact_missed", args=[family.group, family.child.id])
    assert lead.post(address, {"reason": "be\x00fore"}).status_code == 200
    kept = drafts_file.kept(key=address, by=family.lead)
    assert kept is not None and kept["reason"] == ["before"]
    journey = drafts.start_journey(kind="open_group", by=family.lead, capability=Capability.OPEN_GROUP)
    drafts.save_step(journey=journey, step="x", data={"typed": {"a": ["b\x00"]}}, by=family.lead)
    assert drafts_file.journey(journey=journey, by=family.lead).steps == {"x": {"typed": {"a": ["b"]}}}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"null", b'{"key": 1, "data": {}}', b'{"key": "/x/", "data": {"a": [1]}}',
        b'{"key": "/\\ud800/", "data": {"a": ["b"]}}', b'{"key": "/x/", "data": {"a": ["\\ud800"]}}',
        b'{"key": "/\\u0000/", "data": {"a": ["b"]}}', b'{"key": "/x/", "data": {"\\u0000": ["\\u0000"]}}',
        b'{"key": "' + b"x" * 301 + b'", "data": {}}', b"[" * 100_000, b'{"key": "/x/", "data": []}',
        b'{"key": "/x/", "data": {"a": ["' + b"x" * 500_000 + b'"]}}', b"\xff\xfe", b"1" * 5000,
    ],
)  # fmt: skip
def test_a_draft_that_is_none_is_refused(lead: Client, body: bytes) -> None:
    answer = lead.post("/drafts/", body, content_type="application/json")
    assert answer.status_code == 400, answer.status_code


def test_a_draft_is_kept_for_its_writer(family: Family, lead: Client) -> None:
    address = reverse("contact_missed", args=[family.group, family.child.id])
    body = {"key": address, "data": {"reason": ["Nobody came to the door"]}}
    assert lead.post("/drafts/", body, content_type="application/json").status_code == 200
    assert drafts_file.kept(key=address, by=family.lead) == {"reason": ["Nobody came to the door"]}
    assert drafts_file.kept(key=address, by=family.actor("teacher")) is None
    assert "Nobody came to the door" in lead.get(address).content.decode()


def test_too_much_is_refused_before_it_is_read(family: Family, lead: Client) -> None:
    address = reverse("contact_missed", args=[family.group, family.child.id])
    assert lead.post(address, {"reason": "x" * 10_000_000}).status_code == 413
    assert lead.post(address, {f"f{one}": "" for one in range(5001)}).status_code == 413
    before = everything()
    assert lead.post(address, {"reason": "x" * 4_000_000}).status_code < 500
    assert {name for name, value in everything().items() if value != before[name]} <= {"Draft"}


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_away(family: Family, lead: Client, page: Client, target: str) -> None:
    account = account_for(family.people["teacher"])
    answers = [
        lead.get("/language/cy/", {"next": target}),
        lead.get("/who/", {"next": target}),
        lead.post("/who/", {"next": target, "person": str(family.people["lead"].id)}),
        page.post("/sign-in/", {"login": account.email, "password": PASSWORD, "next": target}),
        lead.get("/sign-in/", {"next": target}),
    ]
    for answer in answers:
        led = answer.headers.get("Location", "")
        assert not urlsplit(led).netloc and not led.startswith(("//", "/\\")), led
        assert "javascript:" not in led.split("?")[0]
        following = re.findall(r"next=([^&]+)", led)
        for one in following:  # what the next page is told is checked again there
            again = lead.get(led)
            assert "evil.example" not in urlsplit(again.headers.get("Location", "")).netloc, (led, one)


def test_an_address_of_somewhere_else_stays_ours(lead: Client) -> None:
    for path in ("//evil.example/groups/", "/%2Fevil.example/", "/" + quote("\\evil.example")):
        answer = Client().get(path)
        assert not urlsplit(answer.headers.get("Location", "")).netloc


def test_a_session_is_made_anew_when_somebody_signs_in(family: Family, page: Client) -> None:
    account = account_for(family.people["teacher"])
    page.get("/join/some-token-that-is-none/")
    before = page.cookies["sessionid"].value
    page.post("/sign-in/", {"login": account.email, "password": PASSWORD})
    after = page.cookies["sessionid"]
    assert after.value != before
    assert after["httponly"] and after["samesite"] == "Lax"
    signed_in = after.value
    page.post("/sign-out/")
    stale = Client()
    stale.cookies["sessionid"] = signed_in
    assert stale.get("/").status_code == 302


def test_a_link_leaves_the_address_at_once(family: Family) -> None:
    client = Client()
    for route in ("join", "set-password"):
        answer = client.get(f"/{route}/a-secret-token/")
        assert answer.status_code == 302 and answer.headers["Location"] == f"/{route}/"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        shown = client.get(f"/{route}/")
        assert "a-secret-token" not in shown.content.decode() and shown.status_code == 404


@pytest.mark.requirement("R57")
def test_a_journey_opens_to_its_own_person_alone(family: Family, client_of: Callable[..., Client]) -> None:
    outline = drafts.start_journey(
        kind="outline", group=family.group, by=family.lead, capability=Capability.KEEP_DRAFT
    )
    opening = drafts.start_journey(kind="open_group", by=family.lead, capability=Capability.OPEN_GROUP)
    told = {"place": 1, "typed": {"family_label": ["Zq-family"]}}
    drafts.save_step(journey=opening, step="conference", data=told, by=family.lead)
    tried = 0
    for _route, pattern in addresses():
        if "journey" not in pattern.pattern.converters:
            continue
        one = outline if "group" in pattern.pattern.converters else opening
        known = {"step": "conference", "kind": "child", "part": "name"}
        address = reverse(
            pattern.name, kwargs=arguments(pattern, family) | {"journey": one}
            | {name: value for name, value in known.items() if name in pattern.pattern.converters}
        )  # fmt: skip
        for who in ("other_worker", "chair", "mother", "health_visitor"):
            client = client_of(family, who)
            for answer in (client.get(address), client.post(address, {})):
                tried += 1
                assert answer.status_code in (403, 404, 405), f"{who} {address}: {answer.status_code}"
                assert b"Zq-family" not in answer.content
    assert tried > 100


def test_public_pages_tell_nothing_to_whoever_is_not_signed_in(family: Family) -> None:
    client, words = Client(), ("Ben", "Rowe", "Lena Marsh", "Hana Pryce", "Ashcombe")
    for _route, pattern in addresses():
        if is_public(pattern) and pattern.name != "gallery":
            text = client.get(reverse(pattern.name, kwargs=arguments(pattern))).content.decode()
            assert not [word for word in words if re.search(rf"\b{word}\b", text)], pattern.name
