"""What each agency recommends: sealed, opened together, agreement and dissent said (R64, R105)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.recommendations import open_recommendations, recommend
from coregroup.records import models as m
from coregroup.rules import book, recommending
from coregroup.rules.access import Actor
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems, Refused
from tests.builders import Family, actor, agency, professional
from tests.casework.deciding import attends, planned, sitting

pytestmark = pytest.mark.requirement("R64", "R105")


def give(family: Family, meeting: UUID, by: str | Actor, **more: Any) -> UUID:
    told = {"child": family.child.id, "opinion": "continue", "reason": "He is alone at night still."} | more
    who = by if isinstance(by, Actor) else family.actor(by)
    return recommend(group=family.group, meeting=meeting, by=who, **told)


def everybody(family: Family, meeting: UUID, *names: str) -> None:
    for name in names:
        for child in family.children:
            give(family, meeting, name, child=child.id)


def test_words_come_from_the_procedure() -> None:
    wales, england = book.load("denbighshire"), book.load("england")
    assert "register" in recommending.opinion_words(wales, "continue")
    assert "child protection plan" in recommending.opinion_words(england, "continue")
    assert "gofrestr" in recommending.opinion_words(wales, "end", "cy")
    assert "Ben" in recommending.question(wales, "Ben")
    assert recommending.asked_each_time(book.load("scottish-council"))
    assert not recommending.asked_each_time(england)
    with pytest.raises(KeyError):
        recommending.opinion_words(england, "maybe")


@pytest.mark.parametrize(
    ("given", "common", "dissent"),
    [
        ({}, "", set()),
        ({"a": "none"}, "", set()),
        ({"a": "end"}, "end", set()),
        ({"a": "end", "b": "continue"}, "", set()),
        ({"a": "end", "b": "continue", "c": "continue", "d": "none"}, "continue", {"a"}),
        ({"a": "end", "b": "continue", "c": "legal_advice", "d": "end"}, "end", {"b", "c"}),
    ],
)
def test_dissent_differs_from_the_commonest(given: dict[str, str], common: str, dissent: set[str]) -> None:
    found = recommending.stand(given)
    assert (found.common, set(found.dissent)) == (common, dissent)
    assert found.all_agree == bool(common and not dissent)


def test_given_beforehand_and_again_until_opened(family: Family) -> None:
    meeting = planned(family)
    give(family, meeting, "teacher", once="t1")
    with pytest.raises(AlreadyDone):
        give(family, meeting, "teacher", once="t1")
    give(family, meeting, "teacher", opinion="end")
    rows = m.Recommendation.objects.filter(person=family.people["teacher"])
    assert [(row.number, row.opinion) for row in rows] == [(1, "continue"), (2, "end")]
    with pytest.raises(Problems) as found:
        give(family, meeting, "teacher", opinion="perhaps", reason=" ")
    assert {field for field, _said in found.value.faults} == {"opinion", "reason"}
    with pytest.raises(Closed):
        give(family, meeting, "teacher", child=uuid4())
    for name in ("mother", "chair"):
        with pytest.raises(Refused):
            give(family, meeting, name)
    with pytest.raises(Closed):
        give(family, meeting, "stranger")
    with pytest.raises(Refused):  # not before the meeting, and not for somebody who can do it alone
        give(family, meeting, "lead", person=family.people["teacher"].id)
    named = AudienceChoice("professionals", reason="Work in progress.")
    give(family, meeting, "teacher", audience=named)
    assert m.Recommendation.objects.get(number=3).audience.base == "professionals"


def test_opened_when_all_who_are_present_have_given_theirs(family: Family) -> None:
    meeting = sitting(family, {})
    with pytest.raises(Problem, match="who is here"):
        open_recommendations(group=family.group, meeting=meeting, by=family.lead)
    for name in ("lead", "health_visitor"):
        attends(family, meeting, name, "present")
    attends(family, meeting, "teacher", "apologies")
    everybody(family, meeting, "lead")
    give(family, meeting, "health_visitor")
    with pytest.raises(Problem, match=r"Hana Pryce \(Amy\)\."):
        open_recommendations(group=family.group, meeting=meeting, by=family.lead)
    give(family, meeting, "health_visitor", child=family.children[1].id)
    for name in ("teacher", "mother"):
        with pytest.raises(Refused):
            open_recommendations(group=family.group, meeting=meeting, by=family.actor(name))
    with pytest.raises(Closed):
        open_recommendations(group=family.group, meeting=meeting, by=family.stranger)
    open_recommendations(group=family.group, meeting=meeting, by=family.health_visitor)
    assert m.Meeting.objects.get(id=meeting).recommendations_opened_at
    with pytest.raises(Refused):
        give(family, meeting, "teacher")
    with pytest.raises(Problem):
        open_recommendations(group=family.group, meeting=meeting, by=family.lead)


def test_written_down_for_somebody_who_is_there_without_a_device(family: Family) -> None:
    meeting = sitting(family, {"teacher": "present"})
    teacher, police = family.people["teacher"].id, family.people["police"].id
    give(family, meeting, "health_visitor", person=teacher, opinion="none", reason="I am new to this.")
    row = m.Recommendation.objects.get()
    assert (row.person_id, row.recorded_by.given_name, row.opinion) == (teacher, "Hana", "none")
    give(family, meeting, "teacher", opinion="end")  # their own comes after it
    with pytest.raises(Refused, match="Only they can change it"):
        give(family, meeting, "health_visitor", person=teacher)
    with pytest.raises(Refused, match="who is here"):
        give(family, meeting, "lead", person=family.people["health_visitor"].id)
    with pytest.raises(Refused):  # neither chair, minute taker nor lead
        give(family, meeting, "teacher", person=family.people["lead"].id)
    with pytest.raises(Closed):
        give(family, meeting, "lead", person=police)


def test_a_representative_gives_the_members(family: Family) -> None:
    meeting = planned(family)
    school = agency(family.authority, "Oak Lane School", "education")
    rita = professional(family.authority, "Rita Roe", school)
    sam = professional(family.authority, "Sam Hill", school)
    row = m.Meeting.objects.get(id=meeting)
    for who, part in ((rita, "representative"), (sam, "companion")):
        m.MeetingGuest.objects.create(
            authority=family.authority, group_id=family.group, meeting=row, person=who, part=part,
            beside=family.people["teacher"], named_by=family.people["lead"], audience=row.audience,
        )  # fmt: skip
    row.planned_on = row.planned_on.replace(day=19)
    row.save()
    give(family, meeting, actor(rita))
    given = m.Recommendation.objects.get()
    assert (given.person, given.recorded_by) == (family.people["teacher"], rita)
    with pytest.raises(Refused):
        give(family, meeting, actor(sam))
