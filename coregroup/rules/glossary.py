"""The field's words in English and Welsh, each with a plain meaning."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PLACE = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Term:
    """One term: English, Welsh, what it means in plain English, and a note where usage varies."""

    en: str
    cy: str
    means: str
    note: str = ""


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the English alphabet."""
    rows = tomllib.loads(_PLACE.read_text(encoding="utf-8"))["term"]
    return tuple(sorted((Term(**row) for row in rows), key=lambda term: term.en))


def as_markdown() -> str:
    """GLOSSARY.md, made from the data."""
    lines = [
        "# Glossary",
        "",
        "The field's words as coregroup uses them. Made from `coregroup/rules/glossary.toml`.",
        "The Welsh terms follow published guidance and await the sign-off of a Welsh-speaking practitioner.",
        "",
        "| English | Cymraeg | What it means |",
        "|---|---|---|",
    ]
    for term in terms():
        means = f"{term.means} ({term.note})" if term.note else term.means
        lines.append(f"| {term.en} | {term.cy} | {means} |")
    return "\n".join(lines) + "\n"
