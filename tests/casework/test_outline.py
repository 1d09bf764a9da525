"""Bringing the outline plan in: all or nothing, faults that name the row, read marks."""

from __future__ import annotations

from datetime import date

import pytest

from coregroup.casefile.documents import files
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.documents import Original, stage_file, staged_content
from coregroup.casework.outline import NewOutlineItem, bring_in_outline, mark_read, set_aside_item
from coregroup.records import models as m
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems, Refused
from tests.builders import Family


def an_item(family: Family, *names: str, **changes: object) -> NewOutlineItem:
    """A sound row for the children named ("ben", "amy"); for Ben alone without names."""
    ids = {child.person.given_name.lower(): child.id for child in family.children}
    values: dict[str, object] = {
        "children": tuple(ids[name] for name in names or ("ben",)),
        "concern": "Ben misses school.",
        "outcome": "Ben is at school nine days in ten.",
        "action": "A place at the breakfast club.",
        "owner": "Teacher",
        "by_when": date(2026, 4, 2),
        "by_when_words": "2 April 2026",
    }
    return NewOutlineItem(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.requirement("R11", "R80")
def test_each_child_gets_an_item_of_its_own(family: Family) -> None:
    both = an_item(family, "ben", "amy", row=2)
    ids = bring_in_outline(group=family.group, items=[both, an_item(family, action="Other")], by=family.lead)
    rows = m.OutlineItem.objects.filter(id__in=ids).order_by("child__position", "position")
    assert [(row.child.person.given_name, row.position) for row in rows] == [
        ("Ben", 1),
        ("Ben", 2),
        ("Amy", 1),
    ]
    assert rows[0].content["by_when"] == "2 April 2026" and rows[0].by_when == date(2026, 4, 2)
    assert rows[0].conference.kind == "initial"
    entry = m.LedgerEntry.objects.get(happening="OutlineBroughtIn")
    assert entry.data == {"items": 3}
    told = set(m.Notice.objects.filter(code="outline_brought_in").values_list("to__given_name", flat=True))
    assert told == {"Hana", "Tariq"}


def test_every_fault_is_told_at_once_by_row_and_nothing_is_saved(family: Family) -> None:
    items = [
        an_item(family, row=2),
        an_item(family, row=3, concern="", outcome=" ", action=""),
        an_item(family, row=4, children=()),
        an_item(family, row=6, action="x" * 5001),
        an_item(family, row=7),
    ]
    with pytest.raises(Problems) as told:
        bring_in_outline(group=family.group, items=items, by=family.lead)
    assert [place for place, _sentence in told.value.faults] == ["row_1", "row_2", "row_3", "row_4"]
    sentences = [sentence for _place, sentence in told.value.faults]
    assert [sentence.partition(":")[0] for sentence in sentences] == [f"Row {row}" for row in (3, 4, 6, 7)]
    assert "longer" in sentences[2] and "row 2" in sentences[3]
    assert not m.OutlineItem.objects.exists()


def test_the_same_file_is_not_brought_in_twice(family: Family) -> None:
    bring_in_outline(group=family.group, items=[an_item(family)], by=family.lead)
    with pytest.raises(Problems, match="already"):
        bring_in_outline(group=family.group, items=[an_item(family, row=9)], by=family.lead)


def test_the_same_form_sent_twice_is_saved_once(family: Family) -> None:
    bring_in_outline(group=family.group, items=[an_item(family)], by=family.lead, once="a" * 32)
    with pytest.raises(AlreadyDone) as done:
        bring_in_outline(group=family.group, items=[an_item(family)], by=family.lead, once="a" * 32)
    assert done.value.outcome == "1"
    assert m.OutlineItem.objects.count() == 1


@pytest.mark.requirement("R57")
def test_a_row_for_named_people_is_told_to_nobody_else(family: Family) -> None:
    named = AudienceChoice(
        "named", frozenset({family.people["lead"].id, family.people["teacher"].id}), reason="Police work",
        permitted_by="Carys Holt", review_on=date(2026, 6, 1),
    )  # fmt: skip
    bring_in_outline(group=family.group, items=[an_item(family, audience=named)], by=family.lead)
    told = set(m.Notice.objects.filter(code="outline_brought_in").values_list("to__given_name", flat=True))
    assert told == {"Tariq"}


def test_who_may_not(family: Family) -> None:
    for name, answer in (("stranger", Closed), ("health_visitor", Refused), ("mother", Refused)):
        with pytest.raises(answer):
            bring_in_outline(group=family.group, items=[an_item(family)], by=family.actor(name))
    with pytest.raises(Closed):
        mark_read(group=family.group, by=family.stranger)
    assert not m.OutlineItem.objects.exists()


def test_ids_of_other_cases_are_not_found(family: Family) -> None:
    other = m.Person.objects.get(given_name="Sven")
    named = AudienceChoice("group", shut_out=frozenset({other.id}), reason="Somebody who is not of this case")
    for item in (an_item(family, children=(other.id,)), an_item(family, audience=named)):
        with pytest.raises(Closed):
            bring_in_outline(group=family.group, items=[item], by=family.lead)
    with pytest.raises(Closed):
        bring_in_outline(group=family.group, items=[an_item(family)], file=other.id, by=family.lead)


def test_setting_aside_keeps_the_text_and_says_why(family: Family) -> None:
    (item,) = bring_in_outline(group=family.group, items=[an_item(family)], by=family.lead)
    with pytest.raises(Problem, match="why"):
        set_aside_item(group=family.group, item=item, reason=" ", by=family.lead)
    set_aside_item(group=family.group, item=item, reason="The conference corrected it.", by=family.lead)
    row = m.OutlineItem.objects.get(id=item)
    assert row.set_aside_by_id == family.lead.person and row.content["action"]
    with pytest.raises(Problem, match="already"):
        set_aside_item(group=family.group, item=item, reason="Again", by=family.lead)
    # Its text may now be brought in again, corrected or not.
    bring_in_outline(group=family.group, items=[an_item(family)], by=family.lead)
    with pytest.raises(Refused):
        set_aside_item(group=family.group, item=item, reason="No", by=family.teacher)
    with pytest.raises(Closed):
        set_aside_item(group=family.group, item=item, reason="No", by=family.stranger)


@pytest.mark.requirement("R47")
def test_reading_leaves_one_mark_and_ticks_the_joining_step(family: Family) -> None:
    with pytest.raises(Problem):
        mark_read(group=family.group, by=family.teacher)
    bring_in_outline(group=family.group, items=[an_item(family)], by=family.lead)
    mark_read(group=family.group, by=family.teacher)
    mark_read(group=family.group, by=family.teacher)
    mark_read(group=family.group, by=family.mother)
    marks = m.ReadMark.objects.filter(what="outline").values_list("person__given_name", flat=True)
    assert sorted(marks) == ["Mary", "Tariq"]
    assert m.JoiningStep.objects.filter(code="read_outline").count() == 1


@pytest.mark.requirement("R57")
def test_the_original_is_kept_for_those_who_may_see_every_row(family: Family) -> None:
    shut_out = AudienceChoice(shut_out=frozenset({family.people["health_visitor"].id}), reason="Police work")
    items = [an_item(family, row=2), an_item(family, "amy", row=3, audience=shut_out)]
    original = Original("plan.csv", b"Concern,Action\nx,y\n")
    bring_in_outline(group=family.group, items=items, original=original, by=family.lead)
    file = m.StoredFile.objects.get()
    assert set(m.OutlineItem.objects.values_list("file", flat=True)) == {file.id}
    seen = {
        name: len(files(group=family.group, by=family.actor(name)).files)
        for name in ("lead", "teacher", "health_visitor", "mother", "father")
    }
    assert seen == {"lead": 1, "teacher": 1, "health_visitor": 0, "mother": 0, "father": 0}


def test_a_fault_in_a_row_keeps_the_original_out_too(family: Family) -> None:
    original = Original("plan.csv", b"Concern,Action\nx,y\n")
    with pytest.raises(Problems):
        bring_in_outline(
            group=family.group, items=[an_item(family, children=())], original=original, by=family.lead
        )
    with pytest.raises(Problem, match="program"):
        program = Original("plan.csv", b"MZ\x90\x00\x00")
        bring_in_outline(group=family.group, items=[an_item(family)], original=program, by=family.lead)
    assert not m.StoredFile.objects.exists() and not m.OutlineItem.objects.exists()


def test_what_is_staged_comes_back_to_its_own_person_only(family: Family) -> None:
    token = stage_file(group=family.group, name="plan.csv", content=b"a,b\n", by=family.lead)
    assert staged_content(group=family.group, token=token, by=family.lead) == b"a,b\n"
    for name in ("teacher", "stranger"):
        with pytest.raises(Closed):
            staged_content(group=family.group, token=token, by=family.actor(name))
    with pytest.raises(Closed):
        staged_content(group=family.group, token=token[:-2] + "xx", by=family.lead)
    assert not m.StoredFile.objects.exists()
