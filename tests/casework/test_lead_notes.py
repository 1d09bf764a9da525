"""A note to the lead worker: who writes, who answers, who reads (R19, R26)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.access.doors import open_group
from coregroup.casefile import lead_notes as reading
from coregroup.casefile.audiences import cut_of
from coregroup.casefile.notices import waiting
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.lead_notes import answer_note, write_note
from coregroup.records import models as m
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems, Refused
from tests.builders import Family


def codes(who: Actor) -> list[str]:
    return [one.code for one in waiting(by=who) if "note" in one.code]


def seen(family: Family, name: str) -> list[str]:
    """The notes that somebody reads in the list of the core group."""
    page = reading.notes(group=family.group, by=family.actor(name))
    return [one.text for one in (*page.waiting, *page.answered)]


@pytest.mark.requirement("R19", "R26")
def test_a_note_reaches_the_lead_and_waits_until_it_is_answered(family: Family, today: Any) -> None:
    note = write_note(
        group=family.group, text=" Ben was absent on Monday. ", urgent=True, by=family.teacher, once="a" * 32
    )
    with pytest.raises(AlreadyDone):
        write_note(group=family.group, text="Again", by=family.teacher, once="a" * 32)
    told = [one for one in waiting(by=family.lead) if one.code == "note_to_lead"]
    assert len(told) == 1 and told[0].urgent and "Tariq Shah" in told[0].sentence
    page = reading.notes(group=family.group, by=family.lead)
    assert page.leads and [one.text for one in page.waiting] == ["Ben was absent on Monday."]
    with pytest.raises(Refused):
        answer_note(group=family.group, note=note, text="I know.", by=family.health_visitor)
    with pytest.raises(Problems):
        answer_note(group=family.group, note=note, text=" ", by=family.lead)
    answer_note(group=family.group, note=note, text="I will ring the school.", by=family.lead)
    today.shift(60)
    assert codes(family.lead) == [] and codes(family.teacher) == ["note_answered"]
    one = reading.note(group=family.group, note=note, by=family.teacher)
    assert not one.note.waits and one.note.words[0].from_lead and one.may_add and not one.may_answer
    answer_note(group=family.group, note=note, text="They are shut.", by=family.teacher)
    assert codes(family.lead) == ["note_to_lead"]
    assert reading.note(group=family.group, note=note, by=family.lead).note.waits, "the last word waits"


def test_what_a_note_must_have(family: Family) -> None:
    for text in ("", " ", "x" * 5001):
        with pytest.raises(Problems):
            write_note(group=family.group, text=text, by=family.teacher)
    with pytest.raises(Closed):
        write_note(group=family.group, text="Hello", by=family.stranger)
    with pytest.raises(Closed):
        write_note(group=family.group, text="Hello", child=family.people["lead"].id, by=family.teacher)
    with pytest.raises(Refused):
        write_note(group=family.group, text="To myself", by=family.lead)
    nobody = AudienceChoice(base="professionals", shut_out=frozenset({family.people["lead"].id}), reason="x")
    with pytest.raises(Problem):
        write_note(group=family.group, text="Not to her", audience=nobody, by=family.teacher)
    m.LeadAppointment.objects.update(until="2026-03-18")
    with pytest.raises(Refused):
        write_note(group=family.group, text="Anybody?", by=family.teacher)
    assert not m.LeadNote.objects.exists()


@pytest.mark.requirement("R19", "R57")
def test_who_reads_a_note(family: Family) -> None:
    for name in ("teacher", "mother", "father", "gil", "chair", "manager"):
        write_note(
            group=family.group, text=f"From {name}", by=family.actor(name),
            child=family.child.id if name == "mother" else None,
        )  # fmt: skip
    staff = {"From teacher", "From chair", "From manager"}
    every = staff | {"From mother", "From father", "From gil"}
    for name in ("lead", "teacher", "chair", "manager"):
        assert set(seen(family, name)) == every
    for name in ("mother", "father", "gil"):
        assert seen(family, name) == [f"From {name}"], "one of the family reads no note of another"
    assert {note.child.person.given_name for note in m.LeadNote.objects.filter(by__kind="family")
            .exclude(by=family.people["gil"]).select_related("child__person")} == {"Ben"}  # fmt: skip
    mine = m.LeadNote.objects.get(by=family.people["manager"])
    answer_note(group=family.group, note=mine.id, text="Thank you.", by=family.lead)
    assert codes(family.manager) == ["note_answered"], "the manager of a member is told, though no member"
    # A parent who joins later was shut out of nothing, and still reads none of it.
    aunt = m.Person.objects.create(
        authority=family.authority, kind="family", given_name="Una", family=family.people["mother"].family
    )
    m.Membership.objects.create(
        authority=family.authority, group_id=family.group, person=aunt, part="family", since="2026-03-18"
    )
    family.people["aunt"] = aunt
    assert seen(family, "aunt") == []
    m.Membership.objects.filter(person=family.people["teacher"]).update(limited_to=[str(family.child.id)])
    assert set(seen(family, "teacher")) == {"From teacher", "From mother", "From father"}
    for other in m.LeadNote.objects.filter(by=family.people["gil"]):
        with pytest.raises(Closed):
            answer_note(group=family.group, note=other.id, text="x", by=family.teacher)
        with pytest.raises(Closed):
            answer_note(group=family.group, note=other.id, text="x", by=family.mother)
    write_note(group=family.group, text="Mine about Ben", by=family.teacher)
    assert m.LeadNote.objects.get(by=family.people["teacher"], child=family.child)


def test_who_may_not_know_of_a_child_is_not_led_to_its_page(family: Family, today: Any) -> None:
    amy = family.children[1]
    page = f"/groups/{family.group}/children/{amy.id}/plan/"
    everyone = AudienceChoice()
    note = write_note(
        group=family.group,
        text="Look",
        child=family.child.id,
        page=page,
        audience=everyone,
        by=family.teacher,
    )
    assert reading.note(group=family.group, note=note, by=family.lead).note.page == page
    assert reading.note(group=family.group, note=note, by=family.father).note.page == ""
    write_note(group=family.group, text="Later", by=family.health_visitor, page="x" * 301)
    assert m.LeadNote.objects.get(text="Later").page == ""
    today.shift(60)
    answer_note(group=family.group, note=note, text="Seen", by=family.lead)
    case = open_group(family.group, by=family.lead, to=Capability.SEE_CASE)
    cut = cut_of(case)
    with CaptureQueriesContext(connection) as asked:
        assert len(reading.notes_since(case, cut)) == 2
    assert len(asked) == 2
    answered = m.LeadNoteAnswer.objects.get().made_at
    assert [one.text for one in reading.notes_since(case, cut, answered)] == ["Look"]
