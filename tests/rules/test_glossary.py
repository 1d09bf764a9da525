"""The glossary: every term whole, once, in two languages, and its page fresh."""

from __future__ import annotations

from pathlib import Path

from coregroup.rules.glossary import as_markdown, terms


def test_every_term_has_both_languages_and_a_meaning_and_stands_once() -> None:
    names = [term.en for term in terms()]
    assert len(names) == len(set(names)) > 40
    assert all(term.cy and term.means.endswith(".") for term in terms())


def test_the_page_is_fresh() -> None:
    page = Path(__file__).parents[2] / "GLOSSARY.md"
    assert page.read_text(encoding="utf-8") == as_markdown()
