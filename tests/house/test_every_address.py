"""Every address, held against who asks: nobody, a stranger to the case, and its lead worker."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.house.test_pages import addresses, is_public

KNOWN = {"group", "child"}
# What is not there in a group that was only just opened, each with its reason.
NOT_THERE_YET = {"own_copy": "no plan is in force"}


def arguments(pattern: URLPattern, family: Any = None) -> dict[str, Any]:
    """Give something for each part of an address: the family's own where it is known, else anything."""
    values: dict[str, Any] = {}
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__
        if family is not None and name == "group":
            values[name] = family.group
        elif family is not None and name == "child":
            values[name] = family.child.id
        elif kind == "UUIDConverter":
            values[name] = uuid.uuid4()
        else:
            values[name] = 1 if kind == "IntConverter" else "x"
    return values


def of_a_case() -> list[tuple[str, URLPattern]]:
    """Give the addresses that belong to one core group."""
    return [(route, pattern) for route, pattern in addresses() if "group" in pattern.pattern.converters]


@pytest.mark.django_db
@pytest.mark.requirement("R57")
def test_whoever_is_not_signed_in_is_asked_to_sign_in() -> None:
    client, let_in = Client(), []
    for route, pattern in addresses():
        if is_public(pattern):
            continue
        answer = client.get(reverse(pattern.name, kwargs=arguments(pattern)))
        if answer.status_code != 302 or not answer.headers["Location"].startswith("/sign-in/"):
            let_in.append(f"{route}: {answer.status_code}")
    assert not let_in, let_in


@pytest.mark.requirement("R57")
@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_a_stranger_finds_no_case(who: str, family: Any, client_of: Callable[..., Client]) -> None:
    client, open_to_strangers = client_of(family, who), []
    cases = of_a_case()
    assert cases, "no address belongs to a core group"
    for route, pattern in cases:
        address = reverse(pattern.name, kwargs=arguments(pattern, family))
        for answer in (client.get(address), client.post(address, {})):
            # 405: this address takes no such request from anybody.
            if answer.status_code not in (404, 405):
                open_to_strangers.append(f"{answer.request['REQUEST_METHOD']} {route}: {answer.status_code}")
    assert not open_to_strangers, open_to_strangers


@pytest.mark.requirement("R57")
def test_a_stranger_reads_the_same_as_where_there_is_no_case(
    family: Any, client_of: Callable[..., Client]
) -> None:
    client = client_of(family, "stranger")
    nowhere = str(uuid.uuid4())
    for _, pattern in of_a_case():
        address = reverse(pattern.name, kwargs=arguments(pattern, family))
        real = client.get(address)
        none = client.get(address.replace(str(family.group), nowhere))
        assert real.status_code == none.status_code
        assert masked(real, str(family.group)) == masked(none, nowhere)


def masked(answer: Any, identifier: str) -> str:
    """Give a page without what its own address and the forms' tokens make different."""
    text = answer.content.decode().replace(identifier, "-")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.mark.django_db
def test_every_page_opens_for_the_lead_worker(family: Any, client_of: Callable[..., Client]) -> None:
    client, faults = client_of(family, "lead"), []
    client.raise_request_exception = False
    for route, pattern in addresses():
        if not set(pattern.pattern.converters) <= KNOWN or pattern.name == "account_logout":
            continue
        try:
            status = client.get(reverse(pattern.name, kwargs=arguments(pattern, family))).status_code
        except AssertionError as fault:  # the client looks at each page
            faults.append(f"{route}: {fault}")
            continue
        # 404: not this person's page, such as an administrator's. 403 says why. 405: forms only.
        if status not in (200, 302, 403, 404, 405):
            faults.append(f"{route}: {status}")
        if status == 404 and KNOWN & set(pattern.pattern.converters) and pattern.name not in NOT_THERE_YET:
            faults.append(f"{route}: not found by the lead worker of the case")
    assert not faults, "\n".join(faults)
