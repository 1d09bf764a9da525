"""The reference made from the rules' own tables is fresh."""

from __future__ import annotations

import importlib.util

from tests.house import tree


def test_the_pages_made_from_tables_are_fresh() -> None:
    spec = importlib.util.spec_from_file_location("make_tables", tree.ROOT / "tools" / "make_tables.py")
    assert spec and spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    stale = [
        place.name
        for place, text in maker.pages().items()
        if not place.exists() or place.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"run `make reference` and commit what it writes: {stale}"
