"""What somebody types stays: when two save at once, a page is closed, a session ends, a button sticks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.deeds import Look, Person, follow, on, pick, press, send, step, write
from tests.journeys.serving import Service

SignIn = Callable[..., Page]
Who = Callable[[str], Person]


def go_to_the_plan(page: Page, family: str, child: str) -> str:
    """From the start page to the building of a child's plan; gives the plan's address."""
    page.goto("/groups/")
    follow(page, re.compile(family))
    follow(page, re.compile(f"lan.*for {child}", re.IGNORECASE))
    on(page, re.compile(child))
    plan = page.url
    page.goto(f"{plan}build/")
    return plan


def change_the_concern(page: Page) -> str:
    follow(page, re.compile("^Change concern"))
    on(page, "Change this concern")
    return page.url


@pytest.mark.requirement("R10", "R29")
def test_two_people_save_the_same_item(service: Service, person: Who, sign_in: SignIn, look: Look) -> None:
    first, second = sign_in(service, person("Lena Marsh")), sign_in(service, person("Hana Pryce"))
    for page in (first, second):
        go_to_the_plan(page, "Whitcombe", "Ben")
    address = change_the_concern(first)
    second.goto(address)
    write(first, worry="Ben wakes at night since he saw the door broken down.")
    write(second, worry="Ben tells the nurse that he dreams of the door.")
    send(first)
    expect(first.get_by_text("Saved.")).to_be_visible()
    send(second)
    on(second, "Someone else changed this while you were writing")
    for text in ("Ben wakes at night", "Ben tells the nurse", "Lena Marsh"):
        expect(second.locator("main")).to_contain_text(text)
    look(second, "clash", picture=True)
    press(second, "Save what I decided")
    look(second, "clash-undecided")
    second.get_by_label("Write one text out of both").check()
    both = "Ben wakes at night since he saw the door broken down, and tells the nurse that he dreams of it."
    second.locator("textarea:visible").last.fill(both)
    press(second, "Save what I decided")
    expect(second.get_by_text("Saved.")).to_be_visible()
    expect(second.locator("main")).to_contain_text(both)
    follow(second, re.compile("^History concern"))
    for text in ("Ben wakes at night since he saw the door broken down.", both):
        expect(second.locator("main")).to_contain_text(text)
    look(second, "plan-item-history")


def test_what_is_typed_is_kept_while_it_is_typed(
    service: Service, person: Who, sign_in: SignIn, look: Look
) -> None:
    lena = person("Lena Marsh")
    page = sign_in(service, lena)
    plan = go_to_the_plan(page, "Whitcombe", "Ben")
    press(page, "Add a concern")
    page.locator('[name="worry"]').press_sequentially("Ben is afraid of the", delay=5)
    expect(page.get_by_text("Saved as you type. You can leave and come back.")).to_be_visible()
    page.locator('[name="worry"]').press_sequentially(" stairs", delay=5)
    page.context.close()  # before the next pause in typing

    page = sign_in(service, lena)
    page.goto(f"{plan}new/concern/")
    expect(page.get_by_text("This is what you had typed before.")).to_be_visible()
    kept = page.locator('[name="worry"]').input_value()
    assert kept.startswith("Ben is afraid of the")
    look(page, "draft")
    # It shows nowhere else: not to a colleague, and not for the other child.
    page.goto(plan.replace("/plan/", "/plan/new/contingency/"))
    expect(page.locator("main")).not_to_contain_text("afraid")
    other = sign_in(service, person("Hana Pryce"))
    other.goto(f"{plan}new/concern/")
    assert other.locator('[name="worry"]').input_value() == ""
    page.goto(f"{plan}new/concern/")
    press(page, "Throw it away and begin from what is in the record")
    expect(page.locator('[name="worry"]')).to_have_value("")


def test_a_session_that_ends_loses_nothing(
    service: Service, person: Who, sign_in: SignIn, look: Look
) -> None:
    lena = person("Lena Marsh")
    page = sign_in(service, lena)
    plan = go_to_the_plan(page, "Whitcombe", "Ben")
    press(page, "Add a contingency plan")
    write(
        page,
        trigger="Ben is found alone at night.",
        response="He sleeps at his aunt's.",
        who="The lead worker.",
    )
    page.context.clear_cookies(name=re.compile("session"))
    send(page)
    expect(page.get_by_text("We kept what you had typed")).to_be_visible()
    look(page, "sign-in-again")
    write(page, login=lena.email, password=lena.password)
    press(page, "Sign in")
    expect(page.locator('[name="trigger"]')).to_have_value("Ben is found alone at night.")
    send(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(plan)
    expect(page.get_by_text("Ben is found alone at night.")).to_have_count(1)


def test_a_double_click_saves_once(service: Service, person: Who, sign_in: SignIn) -> None:
    page = sign_in(service, person("Lena Marsh"))
    plan = go_to_the_plan(page, "Whitcombe", "Ben")
    press(page, "Add a contingency plan")
    write(
        page, trigger="Ben does not come to school.", response="The school rings at once.", who="The school."
    )
    with page.expect_navigation():
        page.locator("form#form .govuk-button[type=submit]").last.dblclick()
    page.goto(plan)
    expect(page.get_by_text("Ben does not come to school.")).to_have_count(1)


def test_without_the_pages_script_too(service: Service, person: Who, sign_in: SignIn, look: Look) -> None:
    page = sign_in(service, person("Lena Marsh"), java_script_enabled=False)
    plan = go_to_the_plan(page, "Whitcombe", "Ben")
    page.goto(f"{plan}new/view/")
    assert page.locator('[name="how"]').is_visible()  # all questions are there, none hidden
    write(page, words="I like my room.")
    send(page)  # something is missing: it is said, and nothing is lost
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator('[name="words"]')).to_have_value("I like my room.")
    page.goto(plan)
    page.goto(f"{plan}new/view/")
    expect(page.locator('[name="words"]')).to_have_value("I like my room.")
    pick(page, "owner", "Ben")
    page.locator('input[name="sought"][value="direct"]').check()
    write(page, **{"on-day": "1", "on-month": "3", "on-year": "2026"})
    send(page)
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.goto("/groups/open/")
    press(page, "Start")
    step(page, "conference")
    write(page, family_label="Plover", **{"held_on-day": "2", "held_on-month": "3", "held_on-year": "2026"})
    press(page, "Save and continue")
    on(page, "Open a core group: Plover")
    follow(page, "Add a child")
    write(page, given_name="Pip", family_name="Plover")
    press(page, "Save and continue")  # not everything is told yet
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator('[name="given_name"]')).to_have_value("Pip")
