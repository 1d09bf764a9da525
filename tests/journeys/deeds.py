"""What people do on pages, in the field's words, for the journeys to tell their stories with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Person:
    """Somebody fictional who can sign in, as `coregroup demo --people` prints them."""

    name: str
    role: str
    agency: str
    authority: str
    email: str
    password: str


Look = Callable[..., None]


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button, or follow a link that looks like one, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def send(page: Page) -> None:
    """Send the page's form by its own button, and wait for the answer."""
    with page.expect_navigation():
        page.locator("form#form .govuk-button[type=submit]").last.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow a link by its words."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def step(page: Page, name: str) -> None:
    """Follow a link by the end of its address: what it is called differs with the procedure's words."""
    with page.expect_navigation():
        page.locator(f'main a[href$="/{name}/"]').first.click()


def on(page: Page, heading: str | re.Pattern[str]) -> None:
    """Wait until the page with this heading is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(
        heading if isinstance(heading, re.Pattern) else re.compile(re.escape(heading))
    )


def write(page: Page, **fields: str) -> None:
    """Fill fields by their names."""
    for name, text in fields.items():
        page.locator(f'[name="{name}"]').fill(text)


def write_date(page: Page, name: str, day: date) -> None:
    """Fill a date's three boxes."""
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f'[name="{name}-{part}"]').fill(str(number))


def choose(page: Page, name: str, value: str) -> None:
    """Choose a radio button or tick a box by its value."""
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def pick(page: Page, name: str, words: str) -> None:
    """Choose the first answer that holds these words, from a list or from radio buttons."""
    box = page.locator(f'select[name="{name}"]')
    if box.count():
        value = box.locator("option", has_text=words).first.get_attribute("value")
        box.select_option(value)
    else:
        one = page.locator(".govuk-radios__item", has_text=words).locator(f'input[name="{name}"]')
        one.first.check()


def working_day(day: date) -> date:
    """The day itself, or the Monday after its weekend."""
    return day + timedelta(days=max(0, 7 - day.isoweekday()) if day.isoweekday() > 5 else 0)


def no_look(*_page: Any, **_options: Any) -> None:
    """For a stretch that another journey has looked at already."""
