"""The five-point check: what it finds, what it leaves alone, and that it never falls over (R58)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coregroup.rules import smart
from coregroup.rules.smart import Finding, check, digest

pytestmark = pytest.mark.requirement("R58")
TODAY, REVIEW, SOON = date(2026, 3, 18), date(2026, 6, 1), date(2026, 5, 1)
GOOD = {
    "change": "Ben has a grown-up at home every night.",
    "by_how_much": "On 7 nights out of 7",
    "baseline": "Alone on three nights in May",
    "measure": "Nights with a grown-up at home",
    "evidence": "Ben tells his teacher; his aunt sees it.",
}


def of(kind: str, content: dict[str, Any], **more: Any) -> set[tuple[str, str]]:
    values = {"by_when": SOON, "today": TODAY, "next_review": REVIEW, "owner": "somebody"} | more
    return {(found.field, found.code) for found in check(kind, content, **values)}


def outcome(**content: str) -> set[tuple[str, str]]:
    return of("outcome", GOOD | content)


def action(what: str, **more: Any) -> set[tuple[str, str]]:
    return of("action", {"what": what}, **more)


def test_a_sound_outcome_and_a_sound_action_are_left_alone() -> None:
    assert outcome() == set()
    assert action("Ring the housing office about the broken heating.") == set()


@pytest.mark.parametrize(
    "text",
    ["Improve parenting", "Routines will be improved", "Engage with services", "Support for Mum",
     "Monitor the home", "Play where appropriate", "Better attendance", "Ensure that Amy is clean"],
)  # fmt: skip
def test_words_that_promise_nothing(text: str) -> None:
    assert ("change", "vague") in outcome(change=text)
    assert ("what", "vague") in action(text)


@pytest.mark.parametrize(
    "text", ["Amy is bathed, ongoing", "See the GP ASAP", "As soon as possible", "Ring regularly"]
)
def test_words_that_are_no_time(text: str) -> None:
    assert ("what", "timeless") in action(text)


@pytest.mark.parametrize(
    "text",
    ["Supportive grown-ups", "The monitor in the cot is mended", "Addressed envelopes", "Engagement ring",
     "Betterware", "Appropriately"],
)  # fmt: skip
def test_only_whole_words_count(text: str) -> None:
    found = {code for code in outcome(change=text) if code[1] == "vague"}
    assert found == ({("change", "vague")} if "monitor" in text.lower() else set())


@pytest.mark.parametrize(
    "text",
    ["Mary will attend the parenting course", "Complete the course", "Attend appointments",
     "Frank will be referred to the drug service", "Referral to speech therapy", "To finish the programme",
     "Mary to attend all sessions"],
)  # fmt: skip
def test_an_activity_is_not_an_outcome(text: str) -> None:
    assert ("change", "activity_not_outcome") in outcome(change=text)


@pytest.mark.parametrize(
    "text",
    ["Ben is at school on 19 days in 20", "Amy weighs what her age calls for", "Ben sleeps in his own bed",
     "The group of friends visits Ben on Saturdays"],
)  # fmt: skip
def test_a_change_for_the_child_is_an_outcome(text: str) -> None:
    assert ("change", "activity_not_outcome") not in outcome(change=text)


@pytest.mark.parametrize(
    "text",
    ["HV and SW to visit weekly", "Health visitor and social worker to visit", "Mum and Dad will clean",
     "Both parents to attend", "All agencies share", "Hana and Lena to visit", "School/GP to write",
     "Everyone to keep an eye", "The health visitor, the school nurse and the GP to agree"],
)  # fmt: skip
def test_several_owners_in_the_text(text: str) -> None:
    assert ("what", "several_owners") in action(text)


@pytest.mark.parametrize(
    "text",
    ["Take Amy and Ben to the dentist", "Health visitor to weigh Amy", "Write to the school and the GP",
     "Ring Hana and Lena", "Buy milk and bread"],
)  # fmt: skip
def test_several_people_spoken_of_are_not_several_owners(text: str) -> None:
    assert ("what", "several_owners") not in action(text)


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        ({"by_how_much": ""}, ("by_how_much", "no_amount")),
        ({"by_how_much": "a lot"}, ("by_how_much", "amount_open")),
        ({"baseline": ""}, ("baseline", "no_baseline")),
        ({"measure": ""}, ("measure", "no_measure")),
        ({"evidence": ""}, ("evidence", "no_evidence")),
        ({"change": "Ben eats and sleeps and washes and reads."}, ("change", "too_many_things")),
        ({"change": "Ben eats; Ben sleeps; Ben washes; Ben reads"}, ("change", "too_many_things")),
    ],
)
def test_what_an_outcome_lacks(content: dict[str, str], finding: tuple[str, str]) -> None:
    assert outcome(**content) == {finding}


@pytest.mark.requirement("R31", "R32")
@pytest.mark.parametrize("amount", ["Every night", "7 in 10", "No bruises", "twice a week", "half as often"])
def test_amounts_that_can_be_told(amount: str) -> None:
    assert outcome(by_how_much=amount) == set()


@pytest.mark.parametrize(
    ("by_when", "review", "finding"),
    [
        (None, REVIEW, ("by_when", "no_date")),
        (date(2026, 3, 17), REVIEW, ("by_when", "date_past")),
        (date(2026, 3, 18), REVIEW, None),
        (date(2026, 6, 1), REVIEW, None),
        (date(2026, 6, 2), REVIEW, ("by_when", "date_after_review")),
        (date(2030, 1, 1), None, None),
    ],
)
def test_dates(by_when: date | None, review: date | None, finding: tuple[str, str] | None) -> None:
    found = action("Ring the office.", by_when=by_when, next_review=review)
    assert found == ({finding} if finding else set())


def test_an_action_without_an_owner() -> None:
    assert action("Ring the office.", owner=None) == {("owner", "no_owner")}


@pytest.mark.parametrize("kind", ["concern", "contact", "contingency", "view", "family_page"])
def test_other_kinds_are_not_checked(kind: str) -> None:
    assert check(kind, {"worry": "ongoing support"}, today=TODAY) == ()


def test_the_words_found_are_told() -> None:
    found = check("action", {"what": "Support and monitor"}, owner=1, by_when=SOON, today=TODAY)
    assert found == (Finding("what", "vague", "monitor, support"),)


TEXT = st.text(max_size=300)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["outcome", "action"]), st.dictionaries(st.sampled_from([*GOOD, "what"]), TEXT),
    st.none() | st.dates(), st.none() | st.dates(),
)  # fmt: skip
def test_it_never_fails_and_answers_alike(
    kind: str, content: dict[str, str], by_when: date | None, review: date | None
) -> None:
    values: dict[str, Any] = {"owner": 1, "by_when": by_when, "today": TODAY, "next_review": review}
    first = check(kind, content, **values)
    assert first == check(kind, dict(reversed(content.items())), **values)
    assert len(first) == len(set(first))
    known = {"vague", "timeless", "too_many_things", "activity_not_outcome", "no_amount", "amount_open",
             "no_baseline", "no_measure", "no_evidence", "several_owners", "no_owner", "no_date", "date_past",
             "date_after_review"}  # fmt: skip
    assert {found.code for found in first} <= known


@given(st.sampled_from(smart.VAGUE), st.sampled_from(["", "We will ", "Amy: "]), st.booleans())
def test_a_vague_word_is_found_wherever_it_stands(word: str, before: str, loud: bool) -> None:
    text = before + (word.upper() if loud else word) + "."
    assert ("what", "vague") in action(text)


@given(st.lists(st.builds(Finding, TEXT, TEXT, TEXT), max_size=5))
def test_the_digest_heeds_what_was_found_and_not_its_order(found: list[Finding]) -> None:
    assert digest(found) == digest(reversed(found))
    assert (digest(found) == "") == (not found)
    assert digest([*found, Finding("a", "new", "one")]) != digest(found)
