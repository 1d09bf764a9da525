"""The check for plain words: what it points out, what it leaves alone, and that it never breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coregroup.rules.glossary import terms
from coregroup.rules.jargon import as_data, findings, findings_for, once_each

pytestmark = pytest.mark.requirement("R79")


@pytest.mark.parametrize(
    ("text", "word", "instead"),
    [
        ("We will liaise with school.", "liaise", "talk"),
        ("Liaise with school.", "Liaise", "Talk"),
        ("Both siblings were there.", "siblings", "brothers and sisters"),
        ("She has DISENGAGED from us, and we do worry.", "DISENGAGED", "Stopped coming"),
        ("He was seen at the MARAC.", "MARAC", "meeting about keeping somebody safe from a violent partner"),
        ("The ICPC was in May.", "ICPC", "initial conference"),
        ("Both ICPCs were in May.", "ICPCs", "initial conference"),
        ("Risk of significant\nharm.", "significant\nharm", "serious harm"),
        ("We asked under s47.", "s47", "looking into whether a child is being harmed"),
        ("The QZX said no.", "QZX", ""),
        ("The LA’s letter came.", "LA", "council"),
        ("A non-compliant parent.", "non-compliant", "not doing what was agreed"),
    ],
)
def test_a_word_is_pointed_out_with_what_to_say_instead(text: str, word: str, instead: str) -> None:
    (found,) = findings(text)
    assert (found.word, found.instead) == (word, instead)
    assert text[found.start : found.end] == word
    assert found.means or not instead


@pytest.mark.parametrize(
    "text",
    [
        "", "I see Ben on Mondays.", "He watches TV with his GP in the UK.", "She waits in room 10, door 2A.",
        "Email me at CPC@example.test or www.CPC.example.", "A word like relocation or placemat.",
        "I AM VERY CROSS ABOUT THE MARAC AND THE CPC.", "A sibling-like friend", "Dr A B Jones",
    ],
)  # fmt: skip
def test_plain_words_are_left_alone(text: str) -> None:
    assert findings(text) == ()


def test_a_name_is_never_jargon() -> None:
    text = "Holly Placement took him to the Resilience Centre, and to a placement."
    found = findings(text, names=("Placement", "Resilience Centre"))
    assert [one.start for one in found] == []
    assert len(findings(text, names=("Holly Placement", "Resilience Centre"))) == 1


def test_welsh_words_in_a_welsh_text() -> None:
    (found,) = findings("Roedd yr ymarferwyr yno.", "cy")
    assert (found.word, found.instead) == ("ymarferwyr", "gweithwyr")
    assert findings("Roedd y CPC ym mis Mai.", "cy")[0].instead == "cynhadledd amddiffyn plant"


def test_fields_at_once_and_each_word_once() -> None:
    found = findings_for({"a": "liaise and liaise", "b": "plain"})
    assert list(found) == ["a"] and len(found["a"]) == 2 and len(once_each(found["a"])) == 1
    assert as_data(found)["a"][0]["instead"] == "talk"


def test_the_glossary_is_wide_enough_to_be_of_use() -> None:
    plainer = [term for term in terms() if term.instead or term.short]
    assert len(plainer) >= 80
    for term in plainer:
        assert term.means_cy.endswith("."), term.en
        assert bool(term.instead) == bool(term.instead_cy), term.en
        assert term.instead == "" or not findings(term.instead, names=(term.en,)), term.en
    shorts = [short for term in terms() for short in term.short]
    assert len(shorts) == len(set(shorts))


@given(st.text(max_size=300), st.sampled_from(["en", "cy"]))
def test_any_text_is_taken_and_places_are_true(text: str, lang: str) -> None:
    last = 0
    for one in findings(text, lang, names=("Ben",)):
        assert text[one.start : one.end] == one.word and one.start >= last
        last = one.end
