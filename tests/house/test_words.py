"""No local word for a role stands in a template: such words come from the shown group's procedure."""

import re

import pytest

from coregroup.rules import book
from tests.house import tree

ROLES = ("lead_worker", "conference_chair", "core_group_chair", "reviewing_officer", "minute_taker")
# Words that the house itself uses, because its glossary gives them to everyone.
NEUTRAL = {
    "lead worker",
    "conference chair",
    "chair",
    "minute taker",
    "chair of the meeting",
    "chair of the conference",
}
# Local words that a procedure may or may not use today; none belongs in a template.
LOCAL = {
    "key worker", "keyworker", "lead social worker", "practice lead", "lead professional",
    "independent reviewing officer", "care and support protection co-ordinator", "plan co-ordinator",
    "named person", "reporting officer",
}  # fmt: skip


def local_words() -> set[str]:
    """Give each procedure's own words for roles, in both languages, less the neutral ones."""
    found = set(LOCAL)
    for identifier in book.identifiers():
        words = book.load(identifier).words
        for code in ROLES:
            if code in words:
                found |= {str(text).lower() for text in words[code].values()}
    return found - NEUTRAL


def visible(text: str) -> str:
    """Give a template without its comments."""
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL).lower()


def found_in(text: str, words: set[str]) -> list[str]:
    """Give the words that stand in a template, as whole words."""
    return [word for word in sorted(words) if re.search(rf"\b{re.escape(word)}s?\b", text)]


def test_no_local_word_for_a_role_stands_in_a_template() -> None:
    words = local_words()
    faults = {
        tree.where(path): hits
        for path in tree.templates()
        if "gallery" not in path.parts
        and (hits := found_in(visible(path.read_text(encoding="utf-8")), words))
    }
    assert not faults, f"take these from the procedure's words: {faults}"


@pytest.mark.parametrize("word", ["key worker", "practice lead"])
def test_a_local_word_would_be_seen(word: str) -> None:
    assert found_in(visible(f"<p>Ask your {word}s.</p> {{# lead professional #}}"), local_words()) == [word]
