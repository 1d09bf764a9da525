"""What the pages weigh: requests, bytes as sent, queries, and nothing from anybody else's server."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import Family
from tests.casefile.test_plans import force, many
from tests.casework.plan_steps import whole_plan

Clients = Callable[..., Any]

REQUESTS = 6
FIRST_VISIT = 60 * 1024  # bytes, compressed, of everything that a first visit fetches
LATER = 15 * 1024  # bytes, compressed, of a page whose style and script are at hand
QUERIES = 12
FETCHED = re.compile(
    r"<(?:link|script|img|source|iframe|video|audio|object|embed)\b[^>]*?\b(?:href|src|data|srcset|poster)=\"([^\"]+)\""
)
IN_STYLE = re.compile(rb"url\(\s*['\"]?([^'\")]+)|@import")


def addresses(family: Family) -> dict[str, str]:
    group, child = f"/groups/{family.group}/", f"children/{family.child.id}/"
    return {
        "home": "/",
        "groups": "/groups/",
        "group": group,
        "members": f"{group}members/",
        "contacts": f"{group}contacts/",
        "face sheet": f"{group}face-sheet/",
        "outline": f"{group}outline/",
        "plan": f"{group}{child}plan/",
        "build": f"{group}{child}plan/build/",
        "new action": f"{group}{child}plan/new/concern/",
        "versions": f"{group}{child}plan/versions/",
        "distribution": f"{group}{child}plan/hand-out/",
    }


def sent(content: bytes) -> int:
    """Bytes as they travel."""
    return len(gzip.compress(content, 6))


def fetched(html: bytes) -> list[str]:
    """The addresses of everything that a browser fetches for a page, each once."""
    return list(dict.fromkeys(FETCHED.findall(html.decode())))


def content_of(address: str) -> bytes:
    """A static file of ours; AssertionError for anything from elsewhere."""
    parts = urlsplit(address)
    assert not parts.netloc and parts.path.startswith(settings.STATIC_URL), f"{address} is not ours"
    found = finders.find(parts.path.removeprefix(settings.STATIC_URL))
    assert isinstance(found, str), f"{address} leads to no file: are the pages' files built?"
    return Path(found).read_bytes()


def check_first_visit(html: bytes) -> None:
    files = {address: content_of(address) for address in fetched(html)}
    for address, content in files.items():
        if address.endswith(".css"):
            assert not IN_STYLE.search(content), f"{address} fetches something more"
    assert 1 + len(files) <= REQUESTS, f"the page and {list(files)}"
    weights = {"the page": sent(html)} | {address: sent(content) for address, content in files.items()}
    assert sum(weights.values()) <= FIRST_VISIT, weights


@pytest.fixture
def at_work(family: Family) -> Family:
    """A family whose plan is in force."""
    whole_plan(family)
    force(family)
    return family


def test_a_first_visit_is_light(at_work: Family, page: Any, client_of: Clients) -> None:
    check_first_visit(page.get("/sign-in/").content)
    client = client_of(at_work, "lead")
    for name in ("home", "group", "plan"):
        check_first_visit(client.get(addresses(at_work)[name]).content)


@pytest.mark.parametrize("name", ["lead", "mother"])
def test_later_pages_are_lighter(at_work: Family, client_of: Clients, name: str) -> None:
    client = client_of(at_work, name)
    opened = 0
    for title, address in addresses(at_work).items():
        answer = client.get(address)
        if answer.status_code == 200:
            opened += 1
            weight = sent(answer.content)
            assert weight <= LATER, f"{title} weighs {weight} bytes"
            for one in fetched(answer.content):
                content_of(one)
    assert opened > 5


@pytest.mark.parametrize("name", ["lead", "mother"])
def test_five_hundred_items_ask_the_database_no_more_than_a_few(
    at_work: Family, client_of: Clients, name: str
) -> None:
    client = client_of(at_work, name)

    def queries() -> dict[str, int]:
        counted = {}
        for title, address in addresses(at_work).items():
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(address)
            if answer.status_code == 200:
                counted[title] = len(caught)
        return counted

    queries()  # the very first visit is counted as such and costs more
    few = queries()
    assert {title: count for title, count in few.items() if count > QUERIES} == {}
    many(at_work, 125)  # concerns, outcomes, actions and views: five hundred items
    assert queries() == few
