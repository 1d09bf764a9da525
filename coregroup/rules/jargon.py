"""The check for plain words (R79): a text in, what a parent might stumble over out. It advises, never blocks.

Pure. A word of the glossary that has a plainer way of saying it is pointed out with what it means and what to
say instead; so is an abbreviation of the glossary, and one that stands in no list at all. Names given to the
check are never taken for jargon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from coregroup.rules.glossary import Term, terms

# Abbreviations that everybody reads without help.
FAMILIAR = frozenset(
    [
        "A&E", "AA", "AM", "BBC", "CCTV", "CD", "COVID", "CV", "DIY", "DVD", "GCSE", "GP", "HIV", "ID", "IT",
        "MP", "NHS", "OK", "PE", "PIN", "PM", "PS", "TV", "UK", "USA", "VAT", "XL",
        "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII",
    ]
)  # fmt: skip
_EDGE, _END = r"(?<![\w'’&./-])", r"(?![\w@-]|['’]\w{2}|&\w|/\w|\.\w)"
_CAPITALS = re.compile(rf"{_EDGE}[A-Z][A-Za-z]?[A-Z&/]{{0,5}}[A-Z]s?{_END}")
_ENOUGH = 12  # letters from which a text can be said to be all in capitals


@dataclass(frozen=True, slots=True)
class Finding:
    """One word as it was written, what it means, what to say instead ("" if nothing is known), and where."""

    word: str
    means: str
    instead: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    instead: str


def findings(text: str, lang: str = "en", *, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What is worth saying more plainly, in the order of the text. `names` are left alone.

    `lang` is the language in which the text is written: en or cy. Whole words in any case; abbreviations
    exactly as they are written.
    """
    kept = _spans(text, names)
    found: list[Finding] = []
    for start, end, finding in sorted(_candidates(text, lang), key=lambda one: (one[0], -one[1])):
        overlaps = any(start < one.end and one.start < end for one in found)
        if not overlaps and not any(start < last and first < end for first, last in kept):
            found.append(finding)
    return tuple(found)


def findings_for(
    texts: Mapping[str, str], lang: str = "en", *, names: Iterable[str] = ()
) -> dict[str, tuple[Finding, ...]]:
    """The same for several fields at once; fields without a finding are left out."""
    told = tuple(names)
    found = {name: findings(text, lang, names=told) for name, text in texts.items() if isinstance(text, str)}
    return {name: those for name, those in found.items() if those}


def as_data(found: Mapping[str, Iterable[Finding]]) -> dict[str, list[dict[str, str | int]]]:
    """Findings as a page's script takes them."""
    return {
        name: [
            {"word": one.word, "means": one.means, "instead": one.instead, "start": one.start, "end": one.end}
            for one in those
        ]
        for name, those in found.items()
    }


def once_each(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each word once, where it stands first, however often it stands in the text."""
    first: dict[str, Finding] = {}
    for one in found:
        first.setdefault(one.word.casefold(), one)
    return tuple(first.values())


def _candidates(text: str, lang: str) -> Iterable[tuple[int, int, Finding]]:
    words, pattern = _words(lang)
    for hit in pattern.finditer(text):
        entry = words[_plain(hit[0])]
        instead = _as_written(hit[0], entry.instead)
        yield hit.start(), hit.end(), _finding(hit, entry.term.meaning(lang), instead)
    if _all_capitals(text):
        return
    for hit in _CAPITALS.finditer(text):
        known = _shorts().get(hit[0]) or _shorts().get(hit[0].removesuffix("s"))
        if known is not None:
            yield hit.start(), hit.end(), _finding(hit, known.meaning(lang), _in_full(known, lang))
        elif hit[0].removesuffix("s") not in FAMILIAR:
            yield hit.start(), hit.end(), _finding(hit, "", "")


def _finding(hit: re.Match[str], means: str, instead: str) -> Finding:
    return Finding(hit[0], means, instead, hit.start(), hit.end())


def _in_full(term: Term, lang: str) -> str:
    """An abbreviation is replaced by the plainer words, else by the term in full."""
    return (term.instead_cy or term.cy) if lang == "cy" else (term.instead or term.en)


@cache
def _words(lang: str) -> tuple[Mapping[str, _Entry], re.Pattern[str]]:
    """The words of one language that have a plainer way of saying them, and what finds them."""
    table: dict[str, _Entry] = {}
    for term in terms():
        own, instead, forms = (
            (term.cy, term.instead_cy, term.forms_cy) if lang == "cy" else (term.en, term.instead, term.forms)
        )
        if instead:
            table[_plain(own)] = _Entry(term, instead)
        table |= {_plain(word): _Entry(term, plainer) for word, plainer in forms.items()}
    longest = sorted(table, key=len, reverse=True)
    any_of = "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in longest)
    return table, re.compile(rf"{_EDGE}(?:{any_of}){_END}", re.IGNORECASE)


@cache
def _shorts() -> Mapping[str, Term]:
    return {short: term for term in terms() for short in term.short}


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("’", "'").split())


def _as_written(word: str, instead: str) -> str:
    """The replacement begins as the word does: with a capital at the beginning of a sentence."""
    return instead[:1].upper() + instead[1:] if word[:1].isupper() else instead


def _all_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= _ENOUGH and sum(letter.isupper() for letter in letters) > len(letters) * 0.6


def _spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where the names stand."""
    return [
        hit.span()
        for name in names if name.strip()
        for hit in re.finditer(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text, re.IGNORECASE)
    ]  # fmt: skip
