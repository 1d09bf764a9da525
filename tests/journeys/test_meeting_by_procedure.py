"""A first and a fourth core group under four procedures, each differing as its document says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.deeds import choose, pick, write
from tests.journeys.meeting_deeds import (
    Sign,
    choice,
    close_it,
    ground_of,
    meet_the_guards,
    person_of,
    slot,
    wait_until_saved,
)
from tests.journeys.serving import Service

Ground = tuple[Service, dict[str, Any]]
Group = dict[str, Any]
FOUR = ("denbighshire", "scottish-council", "cambridgeshire", "warwickshire")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("four") / "data"
    wanted = [f"{name} {which}" for name in FOUR for which in ("first", "fourth")]
    made = ground_of(folder, *wanted)
    service = Service(folder, demo=False)
    service.start()
    yield service, made
    service.stop()
    assert "Traceback" not in service.said()


def main_of(page: Page) -> Any:
    return page.locator("main")


def begin(page: Page, group: Group) -> None:
    """Begin the meeting as it is suggested."""
    page.goto(f"{group['meeting']}begin/")
    with page.expect_navigation():
        page.locator("form#form .govuk-button[type=submit]").last.click()
    expect(page.locator("[data-meeting]")).to_be_visible()


def at_step(page: Page, group: Group, step: str) -> None:
    page.goto(f"{group['meeting']}now/{step}/")


def attend(page: Page, group: Group) -> None:
    """Who is there, said one by one."""
    at_step(page, group, "welcome")
    for name, code in (("Lena", "present"), ("Hana", "present"), ("Tariq", "present"), ("Mary", "attended")):
        choice(slot(page, "attendance", name), code).check(force=True)
    wait_until_saved(page)


def versions(page: Page, group: Group) -> list[str]:
    """What each child's plan says of its version."""
    told = []
    for child in group["children"]:
        page.goto(f"{group['group']}children/{child}/plan/")
        told.append(main_of(page).inner_text())
    return told


def held(page: Page, group: Group) -> None:
    """Attendance by hand, what every closing asks, and the closing."""
    attend(page, group)
    meet_the_guards(page, group)
    close_it(page, group)


# Denbighshire: any professional chairs, the minute taker is never the chair, a practice leader falls in.


@pytest.mark.requirement("R41", "R49", "R50", "R55", "R73")
def test_denbighshire_first_meeting_closes_two_plans(ground: Ground, sign_in: Sign) -> None:
    service, groups = ground
    group = groups["denbighshire first"]
    page = sign_in(service, person_of(group, "lead"))
    page.goto(f"{group['meeting']}begin/")
    pick(page, "chair", "Lena Marsh")
    pick(page, "minute_taker", "Lena Marsh")
    page.locator("form#form .govuk-button[type=submit]").last.click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("somebody other than the chair")
    pick(page, "minute_taker", "Hana Pryce")
    with page.expect_navigation():
        page.locator("form#form .govuk-button[type=submit]").last.click()
    held(page, group)
    for name in ("Ben", "Amy"):
        expect(main_of(page)).to_contain_text(name)
    assert all("Version 1" in told for told in versions(page, group))
    # The conference chair's copy, always.
    page.goto(f"{group['meeting']}record/list/")
    expect(main_of(page)).to_contain_text("Carys Holt")


@pytest.mark.requirement("R49", "R55", "R104")
def test_denbighshire_fourth_meeting_goes_round(ground: Ground, sign_in: Sign) -> None:
    service, groups = ground
    group = groups["denbighshire fourth"]
    page = sign_in(service, person_of(group, "lead"))
    page.goto(f"{group['meeting']}begin/")
    # Lena chaired three times: it is somebody else's turn, and nobody takes the minutes of their own meeting.
    chosen = page.locator('[name="chair"] option:checked, [name="chair"]:checked')
    assert chosen.first.get_attribute("value") != group["persons"]["lead"]
    begin(page, group)
    held(page, group)
    assert "Version 4" in versions(page, group)[0]


# Scotland: the practice lead chairs, the updated plan is the record, recommendations at every meeting.


@pytest.mark.requirement("R75", "R86", "R89", "R90")
def test_scottish_first_meeting_is_chaired_by_the_practice_lead(ground: Ground, sign_in: Sign) -> None:
    service, groups = ground
    group = groups["scottish-council first"]
    page = sign_in(service, person_of(group, "lead"))
    page.goto(f"{group['meeting']}chair/")
    assert page.locator('[name="minute_taker"]').count() == 0 or "practice lead" in main_of(page).inner_text()
    name_the_practice_lead(page)
    begin(page, group)
    expect(main_of(page)).to_contain_text("Prue Lead")
    at_step(page, group, "recommendations")
    expect(main_of(page)).not_to_contain_text("does not ask for recommendations")
    held(page, group)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Updated")
    assert "Version 1" in versions(page, group)[0]


def name_the_practice_lead(page: Page) -> None:
    choose(page, "chair", "outside")
    write(page, chair_name="Prue Lead", chair_agency="Children's social care")
    with page.expect_navigation():
        page.locator("form#form .govuk-button[type=submit]").last.click()


@pytest.mark.requirement("R64", "R86", "R89")
def test_scottish_fourth_meeting_recommends_again(ground: Ground, sign_in: Sign) -> None:
    service, groups = ground
    group = groups["scottish-council fourth"]
    page = sign_in(service, person_of(group, "lead"))
    page.goto(f"{group['meeting']}chair/")
    name_the_practice_lead(page)
    begin(page, group)
    at_step(page, group, "next_date")
    expect(main_of(page)).to_contain_text("4 weeks")
    held(page, group)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Updated")
    assert "Version 4" in versions(page, group)[0]


# Cambridgeshire: the lead chairs, the minutes go round, a meeting ten working days before the review.


@pytest.mark.requirement("R49", "R101", "R104", "R109")
def test_cambridgeshire_first_meeting_is_chaired_by_the_lead(ground: Ground, sign_in: Sign) -> None:
    service, groups = ground
    group = groups["cambridgeshire first"]
    page = sign_in(service, person_of(group, "lead"))
    page.goto(f"{group['meeting']}begin/")
    chosen = page.locator('[name="chair"] option:checked, [name="chair"]:checked')
    assert chosen.first.get_attribute("value") == group["persons"]["lead"]
    begin(page, group)
    held(page, group)
    assert "Version 1" in versions(page, group)[0]
    page.goto(f"{group['group']}meetings/series/")
    expect(main_of(page)).to_contain_text("10 working days")


@pytest.mark.requirement("R104")
def test_cambridgeshire_fourth_meeting_has_another_minute_taker(ground: Ground, sign_in: Sign) -> None:
    service, groups = ground
    group = groups["cambridgeshire fourth"]
    page = sign_in(service, person_of(group, "lead"))
    page.goto(f"{group['meeting']}begin/")
    chosen = page.locator('[name="minute_taker"] option:checked, [name="minute_taker"]:checked')
    # Hana took the minutes three times.
    assert chosen.first.get_attribute("value") == group["persons"]["teacher"]
    begin(page, group)
    held(page, group)
    assert "Version 4" in versions(page, group)[0]


# Warwickshire: once a month, and the conference chair gets every record.


@pytest.mark.requirement("R14", "R41", "R53")
def test_warwickshire_first_meeting_names_its_month(ground: Ground, sign_in: Sign) -> None:
    service, groups = ground
    group = groups["warwickshire first"]
    page = sign_in(service, person_of(group, "lead"))
    begin(page, group)
    at_step(page, group, "next_date")
    expect(main_of(page)).to_contain_text(re.compile("month", re.IGNORECASE))
    held(page, group)
    assert "Version 1" in versions(page, group)[0]


@pytest.mark.requirement("R14", "R23", "R53")
def test_warwickshire_fourth_record_reaches_the_conference_chair(ground: Ground, sign_in: Sign) -> None:
    service, groups = ground
    group = groups["warwickshire fourth"]
    page = sign_in(service, person_of(group, "lead"))
    begin(page, group)
    held(page, group)
    assert "Version 4" in versions(page, group)[0]
    page.goto(f"{group['meeting']}record/list/")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Give it to the")).click()
    chair = sign_in(service, person_of(group, "chair"))
    chair.goto(f"{group['meeting']}record/")
    expect(main_of(chair)).to_contain_text("I like my bed.")
    page.reload()
    row = page.get_by_role("row").filter(has_text="Carys Holt")
    expect(row).to_contain_text("opened")
