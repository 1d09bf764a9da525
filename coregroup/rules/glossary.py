"""The field's words in English and Welsh, each with a plain meaning."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_PLACE = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Term:
    """One term: English, Welsh, what it means in plain words, and a note where usage varies.

    `short` are its abbreviations. `instead` is what one says instead to people outside the work: a term that
    has it is pointed out by `rules.jargon`. `forms` are other forms of it, each with what is said instead.
    """

    en: str
    cy: str
    means: str
    note: str = ""
    means_cy: str = ""
    instead: str = ""
    instead_cy: str = ""
    short: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)
    forms_cy: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, lang: str) -> str:
        """What it means, in one language; English where the other is not given."""
        return (self.means_cy if lang == "cy" else "") or self.means


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the English alphabet."""
    rows = tomllib.loads(_PLACE.read_text(encoding="utf-8"))["term"]
    made = (Term(**{**row, "short": tuple(row.get("short", ()))}) for row in rows)
    return tuple(sorted(made, key=lambda term: term.en.casefold()))


def as_markdown() -> str:
    """GLOSSARY.md, made from the data."""
    lines = [
        "# Glossary",
        "",
        "The field's words as coregroup uses them. Made from `coregroup/rules/glossary.toml`.",
        "The Welsh terms follow published guidance and await the sign-off of a Welsh-speaking practitioner.",
        "",
        "Where a plainer way of saying it is given, the check for plain words offers it.",
        "",
        "| English | Cymraeg | What it means | Plainer |",
        "|---|---|---|---|",
    ]
    for term in terms():
        means = f"{term.means} ({term.note})" if term.note else term.means
        short = f" ({', '.join(term.short)})" if term.short else ""
        lines.append(f"| {term.en}{short} | {term.cy} | {means} | {term.instead} |")
    return "\n".join(lines) + "\n"
