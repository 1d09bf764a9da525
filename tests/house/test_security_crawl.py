"""Every address, by everybody: nobody reads a planted text that they may not see, on any page or file."""

from __future__ import annotations

import html
import itertools
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import URLPattern, reverse

from coregroup.records import models as m
from tests.builders import account_for
from tests.house.security_planted import FAMILY, INSIDERS, NAMES, OUTSIDERS, SCHOOL, STAND_IN, Planted
from tests.house.security_planting import planted
from tests.house.test_pages import addresses, is_public

KINDS_OF_ITEM = ["concern", "outcome", "action", "contact", "contingency", "view", "family_page"]
STEPS = ["welcome", "family_first", "child", "chronology", "risk", "contingency", "views", "decisions"]
PARTS: dict[str, list[Any]] = {
    "kind": KINDS_OF_ITEM, "about": ["family"], "code": ["read_outline"], "slug": ["x"], "step": STEPS,
    "key": ["x"], "what": ["people"],
}  # fmt: skip
MARK = re.compile(r"zq[a-z]+\d+qz")
NOT_CRAWLED = {"account_logout", "language"}
# One press and something is over, or open to more people: their pages are read, and their forms not sent.
NOT_SENT = {
    "apology_withdraw", "guest_end", "record_confirm", "record_hand_out_all", "workspace_recommendations",
    "workspace_restricted_end", "meeting_close",
}  # fmt: skip


@pytest.fixture
def plant(db: None, today: Any) -> Planted:
    return planted()


def signed_in(plant: Planted, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account_for(plant.family.people[who], f"{who}@example.test"))
    return client


def ids_for(plant: Planted, pattern: URLPattern) -> Iterator[dict[str, Any]]:
    """Give every choice of known ids for an address; items go with their own child and with the other."""
    names = list(pattern.pattern.converters)
    options: list[list[Any]] = []
    for name in names:
        known = {"a": "number", "b": "number", "under": "item", "recipient": "person", "about": "person"}
        values = list(plant.ids.get(known.get(name, name), [])) + (
            ["file"] if name == "recipient" else PARTS.get(name, [])
        )
        if name == "meeting" and "/now/" in str(pattern.pattern):
            values = values[:1]  # the one in session
        options.append(values or [plant.family.group])
    for chosen in itertools.product(*options):
        told = dict(zip(names, chosen, strict=True))
        if "a" in told and not told["a"] < told["b"]:
            continue
        yield told


def crawled(plant: Planted, most: int) -> list[str]:
    """Every address that can be made of the planted ids; `most` of each where there are more."""
    found = []
    for _route, pattern in addresses():
        if is_public(pattern) or pattern.name in NOT_CRAWLED:
            continue
        made = [reverse(pattern.name, kwargs=told) for told in ids_for(plant, pattern)]
        enough = most + 1 if "meeting" in pattern.pattern.converters else most  # each of the three
        found += made if len(made) <= enough else made[:: -(-len(made) // enough)]
    return found


def text_of(answer: Any) -> str:
    """What somebody can read of an answer: headers too, and the text within a PDF."""
    headers = " ".join(f"{key}: {value}" for key, value in answer.headers.items())
    body = b"".join(answer) if answer.streaming else answer.content
    return f"{headers}\n{words_in(body, answer.headers.get('Content-Type', ''))}"


def words_in(body: bytes, kind: str) -> str:
    """The words of a page, a PDF, a Word file, or of everything packed into one file."""
    if kind == "application/pdf":
        return in_pdf(body)
    if not body.startswith(b"PK\x03\x04"):
        return html.unescape(body.decode())
    with zipfile.ZipFile(BytesIO(body)) as packed:
        parts = [(name, packed.read(name)) for name in packed.namelist()]
    return "\n".join(
        f"{name} {words_in(part, 'application/pdf' if name.endswith('.pdf') else '')}"
        for name, part in parts
        if not name.endswith((".png", ".jpg", ".jpeg", ".ttf", ".odttf"))
    )


def in_pdf(body: bytes) -> str:
    """The words within a PDF, through the fonts' own tables of what each glyph means."""
    with pikepdf.open(BytesIO(body)) as pdf:
        told = [str(pdf.docinfo), str(pdf.open_metadata())]
        for page in pdf.pages:
            told.append(_page_words(page))
    return " ".join(told)


def _page_words(page: Any) -> str:
    fonts = {
        str(name): _meanings(font.ToUnicode.read_bytes().decode())
        for name, font in page.Resources.Font.items()
    }
    now: dict[bytes, str] = {}
    words = []
    for step in pikepdf.parse_content_stream(page):
        operands, operator = step.operands, step.operator
        if str(operator) == "Tf":
            now = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    words.append("".join(now.get(raw[i : i + 2], "") for i in range(0, len(raw), 2)))
        elif str(operator) in ("ET", "T*", "Td"):
            words.append(" ")
    return "".join(words)


def _meanings(table: str) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for glyph, means in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[bytes.fromhex(glyph)] = bytes.fromhex(means).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for low, high, means in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(high, 16) - int(low, 16) + 1):
                glyph = (int(low, 16) + step).to_bytes(len(low) // 2, "big")
                found[glyph] = chr(int(means, 16) + step)
    return found


def leaks(plant: Planted, who: str, text: str) -> list[str]:
    """The markers and names in a text that this person may not read."""
    judged = STAND_IN.get(who, who)
    found = [word for word in MARK.findall(text) if judged not in plant.readers[word]]
    if who in FAMILY or who in ("police", "police_manager"):
        found += [name for name, readers in NAMES.items() if name in text and who not in readers]
    if who == "father" and SCHOOL in text:
        found.append(SCHOOL)
    if who in OUTSIDERS:
        found += [name for name in (*NAMES, "Rowanberry", "Maribel") if name in text]
    return sorted(set(found))


def crawl(plant: Planted, who: str, most: int) -> tuple[list[str], set[str]]:
    """Opens every address as one person, and sends each form empty: the leaks found, and the markers read."""
    client = signed_in(plant, who)
    found: list[str] = []
    read: set[str] = set()
    forms: dict[str, str] = {}

    def look(answer: Any, address: str) -> None:
        text = text_of(answer)
        read.update(MARK.findall(text))
        told = f"{answer.request['REQUEST_METHOD']} {address} ({answer.status_code})"
        found.extend(f"{who}: {leak} on {told}" for leak in leaks(plant, who, text))
        if answer.status_code >= 500:
            found.append(f"{who}: {told}")

    for address in crawled(plant, most=1 if who in OUTSIDERS else most):
        answer = client.get(address)
        look(answer, address)
        sent = answer.resolver_match and answer.resolver_match.view_name not in NOT_SENT
        if answer.status_code == 200 and sent:
            forms.setdefault(answer.resolver_match.view_name, address)
    for address in forms.values():
        look(client.post(address, {}), address)
    return found, read


def crawl_as_everybody(plant: Planted, most: int) -> None:
    everything: set[str] = set()
    faults: list[str] = []
    for who in (*INSIDERS, *OUTSIDERS):
        found, read = crawl(plant, who, most)
        faults += found if read or who in OUTSIDERS else [*found, f"{who} read nothing at all"]
        everything |= read
    assert not faults, "\n".join(faults)
    # A mark that nobody reads anywhere would prove nothing of the pages. The short form opens one child's and
    # one meeting's pages of each kind, and so comes upon fewer of them.
    unread = {word for word, readers in plant.readers.items() if readers and word not in everything}
    assert len(unread) < len(everything) * (1.5 if most == 1 else 0.5), sorted(unread)
    _nothing_is_told_beside_the_record()


@pytest.mark.requirement("R57", "R93")
def test_nobody_reads_what_they_may_not_see(plant: Planted) -> None:
    if connection.vendor == "sqlite":
        crawl_as_everybody(plant, most=1)
        return
    # The pages are the same on either engine: here those who may see least open one address of each.
    faults = [fault for who in ("stand_in", "police", "father") for fault in crawl(plant, who, 1)[0]]
    assert not faults, "\n".join(faults)


@pytest.mark.prove
@pytest.mark.requirement("R57", "R93")
def test_nobody_reads_at_many_addresses_what_they_may_not_see(plant: Planted) -> None:
    crawl_as_everybody(plant, most=60)


def _nothing_is_told_beside_the_record() -> None:
    """No text of the case in the audit, the ledger, the notices or a mail; and each refusal has its line."""
    beside = [
        *m.AuditLine.objects.values_list("what", "name"),
        *m.LedgerEntry.objects.values_list("data", flat=True),
        *m.Notice.objects.values_list("data", flat=True),
        *m.AgendaItem.objects.values_list("data", flat=True),
        *((letter.subject, letter.body) for letter in mail.outbox),
    ]
    assert [row for row in beside if MARK.search(str(row))] == []
    refused = set(m.AuditLine.objects.filter(allowed=False).values_list("name", flat=True))
    assert {"Sven Alder", "Esme Varr", "Lowell Finch", "Ned Other"} <= refused
