"""Fixtures that every test may use: a day held still, a family, clients, and the check of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.test.client import RequestFactory

from tests.builders import TODAY, Family, account_for, open_family

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Files and mail of a test go into its own folder."""
    settings.FILES = tmp_path / "files"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def today() -> Iterator[Any]:
    """Holds the clock at ten o'clock on TODAY, Wednesday 18 March 2026."""
    moment = datetime(TODAY.year, TODAY.month, TODAY.day, 10, 0, tzinfo=LONDON)
    with time_machine.travel(moment, tick=False) as traveller:
        yield traveller


@pytest.fixture
def family(db: None, today: Any) -> Family:
    """Ben and Amy's core group under Warwickshire's procedure, opened on 18 March 2026."""
    return open_family()


class CheckedClient(Client):
    """A test client that checks every page it opens (title, one h1, valid HTML, labels, ids, policy)."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html") and response.content:
            from tests.pages import check_page

            check_page(response.content.decode(), path=request.get("PATH_INFO", ""))
            assert "Content-Security-Policy" in response.headers
        return response


@pytest.fixture
def page(db: None) -> CheckedClient:
    """A client that is not signed in."""
    return CheckedClient()


@pytest.fixture
def client_of(db: None) -> Callable[..., CheckedClient]:
    """client_of(family, "lead") gives a client signed in as that person."""

    def signed_in(family: Family, name: str) -> CheckedClient:
        client = CheckedClient()
        client.force_login(account_for(family.people[name]))
        return client

    return signed_in


@pytest.fixture
def rf() -> RequestFactory:
    return RequestFactory()
