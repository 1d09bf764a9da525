"""A service of its own for every journey, browsers to walk through it, and a look at every page passed.

The data folder is made ready once, as `coregroup serve` does it; every journey works on a copy, so that
nothing is ever emptied. `look` holds a page against what every page promises, and keeps its picture.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.deeds import Person
from tests.journeys.looking import look_at
from tests.journeys.serving import Service, command, environment, served
from tests.plugin_migrated import copy_into

WAIT = 20_000  # milliseconds: two slow cores, other tests beside
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, quiet, and allowed to run as root."""
    # The driver's event loop outlives the journeys; database tests of the same run must not mind it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the database, the static files and the fictional authorities.

    Whoever writes journeys may name one in COREGROUP_PREPARED, so as not to wait for it each time.
    """
    named = os.environ.get("COREGROUP_PREPARED")
    folder = Path(named) if named else tmp_path_factory.mktemp("prepared") / "data"
    if not folder.exists():
        copy_into(folder)
        service = Service(folder)
        service.start(wait=300)
        service.stop()
    return folder


@pytest.fixture(scope="session")
def people(prepared: Path) -> list[Person]:
    """Everybody who can sign in, as `coregroup demo --people` prints them for scripts."""
    said = subprocess.run(
        command("demo", "--people", "--format", "json"), env=environment(prepared), check=True,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    names = Person.__dataclass_fields__
    return [Person(**{name: one.get(name, "") for name in names}) for one in json.loads(said.stdout)]


@pytest.fixture
def service(prepared: Path, tmp_path: Path) -> Iterator[Service]:
    """A running service on a copy of the prepared folder."""
    with served(prepared, tmp_path / "data") as running:
        yield running


@pytest.fixture
def empty_service(tmp_path: Path) -> Iterator[Service]:
    """A running service with nobody in it: a real authority's first day."""
    with served(None, tmp_path / "data") as running:
        yield running


@pytest.fixture
def open_browser(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """open_browser(service) gives a page of a browser that has never been here; options as Playwright's."""

    def fresh(at: Service, **options: Any) -> Page:
        context = new_context(base_url=at.address, **options)
        context.set_default_timeout(WAIT)
        context.set_default_navigation_timeout(WAIT)
        return context.new_page()

    return fresh


@pytest.fixture
def sign_in(open_browser: Callable[..., Page]) -> Callable[..., Page]:
    """sign_in(service, somebody) gives a page on which that person has just signed in."""

    def signed_in(at: Service, somebody: Person, **options: Any) -> Page:
        page = open_browser(at, **options)
        page.goto("/sign-in/")
        page.get_by_label("E-mail address").fill(somebody.email)
        page.get_by_label("Password", exact=True).fill(somebody.password)
        with page.expect_navigation(url=lambda url: "/sign-in" not in url):
            page.get_by_role("button", name="Sign in").click()
        return page

    return signed_in


@pytest.fixture
def look() -> Callable[..., None]:
    """look(page, "name"): everything that every page promises, and its pictures; fails with what is wrong."""
    return look_at


@pytest.fixture
def person(people: list[Person]) -> Callable[[str], Person]:
    """person("Lena Marsh"): one of the fictional people by name."""

    def of_name(name: str) -> Person:
        return next(one for one in people if one.name == name)

    return of_name
