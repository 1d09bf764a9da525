"""A real authority from nothing: the command, the administrator's pages, and the first lead worker."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.deeds import Look, follow, on, press, send, write
from tests.journeys.serving import Service

PEOPLE = """\
Given name,Family name,E-mail,Agency,Job title,Duties
Rosa,Pike,rosa.pike@care.example,Children's social care,Social worker,lead worker
Idris,Vaughan,idris.vaughan@care.example,Children's social care,Conference chair,conference chair
Tess,Amari,tess.amari@nursery.example,Little Acorns Nursery,Nursery manager,
"""
PASSWORD = "seven swans on the canal"


def set_password(page: Page, link: str) -> None:
    page.goto(link)
    for box in page.locator('input[type="password"]').all():
        box.fill(PASSWORD)
    press(page, "Set password and sign in")
    expect(page.get_by_text("Your password is set")).to_be_visible()


@pytest.mark.requirement("R1", "R60")
def test_an_authority_is_set_up(
    empty_service: Service, open_browser: Callable[..., Page], look: Look, tmp_path: Path
) -> None:
    page = open_browser(empty_service)
    page.goto("/")
    look(page, "sign-in")
    said = empty_service.run(
        "setup", "--authority", "Thornmere", "--procedure", "england",
        "--administrator", "Ada Frost", "--email", "ada.frost@thornmere.example",
    )  # fmt: skip
    link = re.search(r"http\S+/set-password/\S+", said)
    assert link, said
    page.goto(link[0])
    look(page, "first-password")
    set_password(page, link[0])
    page.goto("/setup/")
    look(page, "setup")

    follow(page, re.compile("See and change the agencies"))
    look(page, "setup-agencies")
    press(page, "Add an agency")
    write(page, name="Little Acorns Nursery", named_professional="Tess Amari",
          named_professional_contact="07700 900777")  # fmt: skip
    page.locator('[name="kind"]').select_option(label="Education")
    look(page, "setup-agency")
    send(page)

    page.goto("/setup/lists/people/")
    write(page, text=PEOPLE.replace("Little Acorns", "Big Oaks"))
    look(page, "setup-list")
    send(page)
    expect(page.locator("main")).to_contain_text("Big Oaks Nursery")  # the row that is wrong is named
    look(page, "setup-list-fault")
    write(page, text=PEOPLE)
    send(page)
    look(page, "setup-list-shown")
    press(page, "Take the list")
    expect(page.locator("main")).to_contain_text("Rosa Pike")
    look(page, "setup-people")

    follow(page, re.compile("Rosa Pike"))
    look(page, "setup-person")
    press(page, "Make a link")
    on(page, "A link for Rosa Pike")
    look(page, "setup-link")
    handed = page.locator("input[readonly]").first.input_value()
    rosa = open_browser(empty_service)
    set_password(rosa, handed)
    look(rosa, "home-first-day")
    rosa.get_by_role("link", name=re.compile("Open a core group")).or_(
        rosa.get_by_role("button", name=re.compile("Open a core group"))
    ).first.click()
    on(rosa, "Open a core group")
    # She administers nothing.
    assert rosa.context.request.get(f"{empty_service.address}/setup/").status in (403, 404)
