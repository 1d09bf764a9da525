"""The tables of those who oversee, the keyboard alone, and Welsh."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.deeds import Look, Person, follow, on, press
from tests.journeys.serving import Service

SignIn = Callable[..., Page]
Who = Callable[[str], Person]


def column(page: Page, heading: str) -> list[str]:
    """The texts of a table's column."""
    headings = [text.split("\n")[0].strip(" ▲▼") for text in page.locator("table thead th").all_inner_texts()]
    at = next(number for number, text in enumerate(headings) if text.startswith(heading))
    return [
        row.locator("th, td").nth(at).inner_text().split("\n")[0] for row in page.locator("tbody tr").all()
    ]


@pytest.mark.requirement("R28", "R46")
def test_a_conference_chair_sorts_and_filters_all_plans(
    service: Service, person: Who, sign_in: SignIn, look: Look
) -> None:
    page = sign_in(service, person("Carys Holt"))
    look(page, "home-chair")
    page.goto("/plans/")
    look(page, "oversight-plans")
    names = column(page, "Child")
    assert len(names) > 2
    follow(page, re.compile("^Child"))
    once = column(page, "Child")
    follow(page, re.compile("^Child"))
    assert sorted(names) == sorted(once)
    assert column(page, "Child") == once[::-1] or once == sorted(once)
    page.get_by_role("search").locator("input[type=text]").first.fill(once[0].split()[0])
    press(page, "Show")
    assert 0 < len(column(page, "Child")) < len(names)
    look(page, "oversight-plans-filtered")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Take this table away as a file (CSV)").click()
    assert once[0].split()[0] in coming.value.path().read_text("utf-8-sig")


@pytest.mark.requirement("R46")
def test_a_manager_sees_their_staff(service: Service, person: Who, sign_in: SignIn, look: Look) -> None:
    page = sign_in(service, person("Maud Okoro"))
    look(page, "home-manager")
    page.goto("/staff/")
    look(page, "oversight-staff")
    assert {"Lena Marsh", "Oscar Bell"} <= set(column(page, "Name"))


def focused(page: Page) -> str:
    """What the focused link, button or field says; nothing when the page itself has the focus."""
    told: str = page.evaluate(
        """() => { const e = document.activeElement
            return ['BODY', 'MAIN'].includes(e.tagName) ? '' : (e.innerText || e.name || '').trim() }"""
    )
    return told


def focus_is_visible(page: Page) -> bool:
    """Whether the focused element looks otherwise than it does without the focus."""
    told: bool = page.evaluate(
        """() => {
            const e = document.activeElement
            if (['BODY', 'MAIN'].includes(e.tagName)) return true
            const look = () => { const s = getComputedStyle(e)
                return [s.outline, s.boxShadow, s.backgroundColor, s.borderColor].join() }
            const focused = look(); e.blur(); const plain = look(); e.focus(); return focused !== plain }"""
    )
    return told


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the element with these words has the focus; every stop on the way must be seen."""
    for _press in range(60):
        page.keyboard.press("Tab")
        assert focus_is_visible(page), f"the focus on “{focused(page)}” cannot be seen"
        if words in focused(page):
            return
    raise AssertionError(f"Tab never came to “{words}”")


def test_by_keyboard_alone(service: Service, person: Who, open_browser: Callable[..., Page]) -> None:
    lena = person("Lena Marsh")
    page = open_browser(service)
    page.goto("/")
    tab_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    tab_to(page, "login")
    page.keyboard.type(lena.email)
    page.keyboard.press("Tab")
    page.keyboard.type(lena.password)
    page.keyboard.press("Enter")
    on(page, "Home")
    page.goto("/groups/")
    page.goto("/")
    tab_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    tab_to(page, "Open a core group")
    page.keyboard.press("Enter")
    on(page, "Open a core group")


@pytest.mark.requirement("R38")
def test_the_language_is_switched_on_the_same_page(
    service: Service, person: Who, sign_in: SignIn, look: Look
) -> None:
    page = sign_in(service, person("Siân Gwŷn-Ellis"))
    page.goto("/groups/")
    with page.expect_navigation():
        page.locator("main").get_by_role("link").first.click()
    english = page.locator("html").get_attribute("lang")
    where = page.url.partition("?")[0]
    other = "Cymraeg" if english == "en" else "English"
    follow(page, other)
    page.wait_for_url(re.compile(re.escape(where)))
    expect(page.locator("html")).to_have_attribute("lang", "cy" if other == "Cymraeg" else "en")
    if other == "English":
        follow(page, "Cymraeg")
        expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert page.url.partition("?")[0] == where
    look(page, "group-welsh")
