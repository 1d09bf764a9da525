"""What the build makes: small, ours, and made once."""

from __future__ import annotations

import gzip
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from coregroup.web.gallery.views import gallery
from tests.web.test_kit_pages import asked

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.urls("tests.web.test_kit_pages")
STATIC = ROOT / "build" / "static" / "coregroup"


@pytest.fixture(scope="module")
def built() -> Any:
    """The assets, built if they are not; the builder itself is given."""
    spec = importlib.util.spec_from_file_location("build_assets", ROOT / "tools" / "build_assets.py")
    assert spec and spec.loader
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    builder.build()
    return builder


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def test_a_second_build_does_nothing(built: Any, capsys: pytest.CaptureFixture[str]) -> None:
    built.build()
    assert capsys.readouterr().out == ""


def test_neither_crown_nor_crest_nor_their_font(built: Any) -> None:
    css = (STATIC / "app.css").read_text()
    assert not re.search(r"GDS Transport|@font-face|crest|crown|sourceMappingURL", css)
    assert not re.search(r"url\((?!data:)", css), "the style sheet fetches something more"
    assert {path.name for path in STATIC.iterdir()} == {"app.css", "main.js", "favicon.svg"}


def test_first_and_later_visits_stay_within_their_budgets(built: Any) -> None:
    html = gallery(asked("/gallery/")).content
    parts = [html, *(path.read_bytes() for path in STATIC.iterdir())]
    assert len(parts) <= 6
    assert sum(packed(part) for part in parts) <= 60_000
    assert packed(html) <= 15_000


def test_nothing_comes_from_elsewhere(built: Any) -> None:
    html = gallery(asked("/gallery/")).content.decode()
    fetched = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', html)
    assert fetched
    assert all(address.startswith("/static/") for address in fetched)


def test_the_documents_font_brings_its_licence(built: Any) -> None:
    fonts = {path.name for path in (ROOT / "build" / "fonts").iterdir()}
    assert "LICENSE" in fonts
    assert len([name for name in fonts if name.endswith(".ttf")]) == 4


def test_a_failing_build_says_so_in_one_sentence(built: Any, monkeypatch: pytest.MonkeyPatch,
                                                 capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    def fails() -> None:
        raise built.Failed("Fetching the npm packages failed: no way out")

    monkeypatch.setattr(built, "build", fails)
    assert built.main() == 1
    assert capsys.readouterr().err.startswith("The pages' style and script could not be built. Fetching")
