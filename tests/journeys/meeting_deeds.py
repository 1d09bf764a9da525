"""What people do in a meeting's pages, told and counted: each click and each filled field is one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.builders import PASSWORD
from tests.journeys.deeds import Person
from tests.journeys.serving import ROOT, environment
from tests.plugin_migrated import copy_into

KEPT = re.compile("^Saved ")


def ground_of(folder: Path, *wanted: str) -> dict[str, Any]:
    """The core groups of `meeting_ground` that are asked for by name, made in a data folder.

    Whoever writes journeys may name a folder with a prepared one in COREGROUP_MEETING_GROUND.
    """
    named = os.environ.get("COREGROUP_MEETING_GROUND")
    if named:
        shutil.copytree(Path(named) / "data", folder)
        told: dict[str, Any] = json.loads((Path(named) / "ground.json").read_text())
        return told
    copy_into(folder)
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "journeys" / "meeting_ground.py"), *wanted], cwd=ROOT,
        env=environment(folder, PYTHONPATH=str(ROOT)), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def person_of(group: dict[str, Any], who: str) -> Person:
    """Somebody of a group, to sign in as."""
    name, email = group["people"][who]
    return Person(name, who, "", "", email, PASSWORD)


class Hands:
    """The hands of one person at one page: what they press and fill is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0
        self.told: list[tuple[str, int]] = []

    def part(self, name: str) -> None:
        """From here on the count is of this part."""
        self.told.append((name, self.count))

    def said(self) -> str:
        """How many interactions each part took."""
        ends = [count for _name, count in self.told[1:]] + [self.count]
        return ", ".join(f"{name} {end - at}" for (name, at), end in zip(self.told, ends, strict=True))

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a button or follow a link that leads to another page."""
        place = within or self.page
        one = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first
        with self.page.expect_navigation():
            one.click()
        self.count += 1

    def on(self) -> None:
        """Save and go on to the next step."""
        foot = self.page.locator(".cg-meeting__on").last
        self.press(re.compile("^(Save and continue|Continue|Next)"), within=foot)

    def tick(self, box: Locator) -> None:
        box.check(force=True)
        self.count += 1

    def fill(self, field: Locator, text: str) -> None:
        field.fill(text)
        self.count += 1

    def fill_date(self, name: str, day: date) -> None:
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.fill(self.page.locator(f'[name="{name}-{part}"]'), str(number))


def slot(page: Page, kind: str, who: str = "") -> Locator:
    """The place of one thing that is written: of a kind, about whom."""
    places = page.locator(f'[data-kind="{kind}"]')
    whose = page.locator("legend", has_text=re.compile(rf"^\s*{who}"))
    return places.filter(has=whose).first if who else places.first


def choice(place: Locator, value: str) -> Locator:
    """One radio button of a place."""
    return place.locator(f'input[value="{value}"]')


def keep(page: Page, group: dict[str, Any], kind: str, content: dict[str, str], **thing: str) -> None:
    """Keeps an entry as the page's script would, without opening its step."""
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    answer = page.request.post(
        f"{group['meeting']}keep/", headers={"X-CSRFToken": cookies["csrftoken"]},
        data={"kind": kind, "content": content, "base": 0, "token": "", **thing},
    )  # fmt: skip
    assert answer.status == 200, f"{kind}: {answer.status} {answer.text()[:400]}"


def meet_the_guards(page: Page, group: dict[str, Any]) -> None:
    """All that the closing asks, save what a journey does by hand."""
    for person, child in zip(group["child_persons"], group["children"], strict=True):
        keep(page, group, "voice", {"words": "I like my bed.", "sought": "direct"}, about=person)
        keep(page, group, "contingency", {"fit": "yes", "family_knows": "yes"}, child=child)
    for agency in group["agencies"]:
        keep(page, group, "agency", {"nothing_new": "yes", "said_by": "Each said so"}, about=agency)
    for code in group["questions"]:
        keep(page, group, "question", {"answer": "yes"}, code=code)


def close_it(page: Page, group: dict[str, Any]) -> None:
    """Closes the meeting, with a reason for whatever should hold and does not."""
    page.goto(f"{group['meeting']}close/")
    for box in page.locator('input[type="checkbox"][name^="said_"]').all():
        box.check(force=True)
    for reason in page.locator('textarea[name^="passed_"]').all():
        reason.fill("Agreed in the meeting.")
    with page.expect_navigation():
        page.locator("form#form .govuk-button[type=submit]").last.click()
    expect(page).to_have_url(re.compile("/record/"))


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text(KEPT)


Sign = Callable[..., Page]
