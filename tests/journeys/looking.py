"""Looks at a page as its readers meet it: wide, on a phone, and as an accessibility checker does."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

from tests.pages import check_page

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "pictures"
TUTORIAL = ROOT / "docs" / "tutorials" / "images"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
HIGHEST = 1000  # of a tutorial's picture, in pixels: what lies below is cut off
SIDES = (130, 1150)  # of the wide picture: what lies outside is empty
COLOURS = 64

axe = Axe()


def look_at(page: Page, name: str, *, picture: bool = False, highest: int = HIGHEST) -> None:
    """Fails with everything that is wrong with the page; keeps its pictures as `name`.

    `picture` is for the tutorial: with COREGROUP_PICTURES=1 the wide picture goes there as well.
    """
    PICTURES.mkdir(parents=True, exist_ok=True)
    faults = []
    try:
        check_page(page.content(), path=page.url)
    except AssertionError as wrong:
        faults.append(str(wrong))
    page.wait_for_load_state()
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    if wide > 0:
        faults.append(f"the page is {wide} px too wide at 320 px: {_too_wide(page)}")
    page.screenshot(path=PICTURES / f"{name}-320.png", full_page=True)
    page.set_viewport_size(WIDE)
    shot = page.screenshot(path=PICTURES / f"{name}-1280.png", full_page=True)
    faults += _axe(page)
    if picture and os.environ.get("COREGROUP_PICTURES"):
        _keep(shot, name, highest)
    assert not faults, f"{name} ({page.url}):\n" + "\n".join(faults)


def _axe(page: Page) -> list[str]:
    found: Any = axe.run(page, options=RULES).response["violations"]
    return [
        f"axe {one['id']} ({one['impact']}): {one['help']}\n    "
        + "\n    ".join(f"{node['html'][:160]}  {node['failureSummary'][:200]}" for node in one["nodes"][:4])
        for one in found
    ]


def _too_wide(page: Page) -> list[str]:
    """The innermost elements that reach beyond the window."""
    found: list[str] = page.evaluate(
        """() => Array.from(document.querySelectorAll('main *, header *, footer *'))
            .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
            .slice(-5).map(e => e.outerHTML.slice(0, 120))"""
    )
    return found


def _keep(shot: bytes, name: str, highest: int) -> None:
    """Writes a picture for the tutorial: cut to its upper part, in few colours."""
    TUTORIAL.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image = image.crop((SIDES[0], 0, SIDES[1], min(image.height, highest)))
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(TUTORIAL / f"{name}.png", optimize=True)
