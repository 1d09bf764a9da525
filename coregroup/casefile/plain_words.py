"""What the check for plain words found, in sentences, in the reader's language (R79)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coregroup.rules.jargon import Finding, findings, findings_for, once_each


def sentence(found: Finding) -> str:
    """One word: what it means, and what to say instead."""
    told = {"word": found.word, "means": found.means, "instead": found.instead}
    if found.instead:
        return _("“%(word)s”: %(means)s You could say “%(instead)s”.") % told
    return _("“%(word)s” is an abbreviation that not everybody knows. Write it out.") % told


def sentence_of(word: str) -> str:
    """The same, for a word by itself; "" where nothing is to be said of it."""
    return next((sentence(one) for one in findings(word, language())), "")


def advice_of(texts: Mapping[str, str], *, names: Iterable[str] = ()) -> dict[str, list[str]]:
    """For each field its sentences, each word once: as a form takes advice."""
    found = findings_for(texts, language(), names=names)
    return {name: [sentence(one) for one in once_each(those)] for name, those in found.items()}


def language() -> str:
    """The language in which people write on this page."""
    return "cy" if str(get_language() or "").startswith("cy") else "en"
