"""The fields of a plan, what differs between two versions, and the guards of its content: all pure."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coregroup.rules import plan_fields
from coregroup.rules.differences import Change, Entry, between
from coregroup.rules.plan_guards import CODES, OF_CONTENT, Content, Item, judge, lacking, view_needed
from tests.casework.plan_steps import CONTENT


@pytest.mark.parametrize("kind", list(plan_fields.KINDS))
def test_sound_content_has_no_fault(kind: str) -> None:
    assert plan_fields.faults(kind, plan_fields.tidy(kind, CONTENT[kind])) == []


@pytest.mark.requirement("R31", "R32", "R83", "R111")
@pytest.mark.parametrize("kind", list(plan_fields.KINDS))
def test_each_needed_field_is_missed(kind: str) -> None:
    for field in plan_fields.KINDS[kind].fields:
        content = plan_fields.tidy(kind, CONTENT[kind] | {field.name: "  "})
        expected = [(field.name, "missing")] if field.required else []
        assert plan_fields.faults(kind, content) == expected


@pytest.mark.parametrize(
    ("kind", "content", "fault"),
    [
        ("contact", {"every": "often"}, ("every", "not_a_number")),
        ("contact", {"every": 0}, ("every", "not_a_number")),
        ("contact", {"unit": "moons"}, ("unit", "unknown_choice")),
        ("view", {"on": "31 June"}, ("on", "not_a_date")),
        ("view", {"sought": "other", "how": ""}, ("how", "missing")),
        ("concern", {"worry": "x" * 5001}, ("worry", "too_long")),
    ],
)
def test_faults(kind: str, content: dict[str, Any], fault: tuple[str, str]) -> None:
    assert plan_fields.faults(kind, plan_fields.tidy(kind, CONTENT[kind] | content)) == [fault]


def test_tidying_keeps_one_spelling_and_refuses_strange_fields() -> None:
    told = plan_fields.tidy(
        "contact", {"every": " 2 ", "unit": "weeks", "where": " at \n home ", "alone": None}
    )
    assert (told["every"], told["where"], told["alone"]) == (2, "at home", "")
    assert plan_fields.tidy("view", {"on": date(2026, 3, 1)})["on"] == "2026-03-01"
    assert plan_fields.tidy("concern", {"worry": "a\r\nb\rc "})["worry"] == "a\nb\nc"
    with pytest.raises(ValueError, match="owner"):
        plan_fields.tidy("concern", {"worry": "a", "owner": "b"})


@given(st.sampled_from(list(plan_fields.KINDS)), st.data())
def test_tidying_twice_changes_nothing(kind: str, data: st.DataObject) -> None:
    names = [field.name for field in plan_fields.KINDS[kind].fields]
    content = data.draw(st.dictionaries(st.sampled_from(names), st.text() | st.integers() | st.none()))
    once = plan_fields.tidy(kind, content)
    assert plan_fields.tidy(kind, once) == once
    plan_fields.faults(kind, once)


@pytest.mark.requirement("R34")
def test_the_last_answer_to_what_is_asked_now_stands() -> None:
    one, two = ("a", "1", "x"), ("a", "2", "x")
    assert plan_fields.standing_answer(one, [(one, "no"), (two, "yes"), (one, "well")]) == "well"
    assert plan_fields.standing_answer(two, [(one, "no")]) is None


IDS = [UUID(int=number) for number in range(8)]
ENTRIES = st.lists(
    st.builds(
        Entry, st.sampled_from(IDS), st.just("concern"), st.text(max_size=5),
        st.dictionaries(st.sampled_from("abc"), st.text(max_size=3)),
    ),
    unique_by=lambda entry: entry.item,
)  # fmt: skip


@pytest.mark.requirement("R10")
@given(ENTRIES, ENTRIES)
def test_differences_lead_from_one_version_to_the_other(before: list[Entry], after: list[Entry]) -> None:
    found = between(before, after)
    plan = {entry.item: dict(entry.fields) for entry in before}
    for entry in found.withdrawn:
        del plan[entry.item]
    for entry in found.added:
        assert entry.item not in plan
        plan[entry.item] = dict(entry.fields)
    for one in found.changed:
        for change in one.changes:
            assert plan[one.after.item].get(change.field, "") == change.before
            plan[one.after.item][change.field] = change.after

    def said(fields: dict[str, str]) -> dict[str, str]:
        return {name: text for name, text in fields.items() if text}

    assert {item: said(fields) for item, fields in plan.items()} == {
        entry.item: said(dict(entry.fields)) for entry in after
    }
    assert between(after, after).nothing


def test_a_change_names_the_field_before_and_after() -> None:
    item = uuid4()
    old, new = (Entry(item, "concern", text, {"worry": text, "part": "x"}) for text in ("old", "new"))
    assert between([old], [new]).changed[0].changes == (Change("worry", "old", "new"),)


CHILD, MOTHER, WORKER, SOURCE = (uuid4() for _ in range(4))


def sound() -> list[Item]:
    concern, outcome = uuid4(), uuid4()
    return [
        Item("concern", concern, outline=SOURCE),
        Item("outcome", outcome, under=concern, dated=True),
        Item("action", uuid4(), under=outcome, owner=WORKER, dated=True, answer="accepted"),
        Item("contact", uuid4(), owner=WORKER),
        Item("contingency", uuid4()),
        Item("view", uuid4(), owner=CHILD),
        Item("view", uuid4(), owner=MOTHER),
        Item("family_page", uuid4()),
    ]


def content(items: list[Item], **more: Any) -> Content:
    values: dict[str, Any] = {"voice": CHILD, "parents": frozenset({MOTHER}), "outline": frozenset({SOURCE})}
    return Content(tuple(items), **(values | more))


def test_a_sound_plan_meets_every_guard() -> None:
    assert judge(content(sound())) == dict.fromkeys(OF_CONTENT, True)
    assert set(OF_CONTENT) < set(CODES)


@pytest.mark.parametrize(
    ("kind", "fails"),
    [
        ("concern", {"concern", "outcome", "outline_traced"}),
        ("outcome", {"outcome", "action"}),
        ("action", {"action", "owner_and_date", "answers"}),
        ("contact", {"agreed_contact"}),
        ("contingency", {"contingency"}),
        ("view", {"child_voice", "parent_views"}),
        ("family_page", {"family_page"}),
    ],
)
def test_each_kind_left_out_fails_its_guards(kind: str, fails: set[str]) -> None:
    held = judge(content([item for item in sound() if item.kind != kind]))
    assert {code for code, holds in held.items() if not holds} == fails


@pytest.mark.requirement("R33")
def test_a_child_not_yet_born_has_no_voice_of_its_own() -> None:
    items = [item for item in sound() if item.owner != CHILD]
    assert not judge(content(items))["child_voice"]
    assert judge(content(items, voice=None))["child_voice"]


@pytest.mark.requirement("R33")
def test_each_parent_is_heard() -> None:
    father = uuid4()
    told = content(sound(), parents=frozenset({MOTHER, father}))
    assert not judge(told)["parent_views"]
    assert lacking(told)["parent_views"] == {father}
    assert view_needed("grandparent", True) and view_needed("father", None)
    assert not view_needed("grandparent", None) and not view_needed("other", False)


@pytest.mark.requirement("R34")
@pytest.mark.parametrize(
    ("answer", "holds"), [("", False), ("declined", False), ("accepted", True), ("could_not_ask", True)]
)
def test_answers(answer: str, holds: bool) -> None:
    items = sound()
    items[2] = Item("action", items[2].item, under=items[2].under, owner=WORKER, dated=True, answer=answer)
    assert judge(content(items))["answers"] is holds


@pytest.mark.requirement("R11")
def test_an_outline_item_that_nobody_took_up() -> None:
    other = uuid4()
    told = content(sound(), outline=frozenset({SOURCE, other}))
    assert not judge(told)["outline_traced"]
    assert lacking(told)["outline_traced"] == {other}
