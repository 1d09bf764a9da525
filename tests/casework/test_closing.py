"""Closing a core group: guards, one version a child, who is told, what is refused (R10, R13, R30, R89)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from coregroup.access.actors import system_actor
from coregroup.casework.clock import give_notices
from coregroup.casework.hand_outs import Copy
from coregroup.casework.meeting_sheet import Thing
from coregroup.casework.record_hand_outs import hand_out_record, record_read
from coregroup.records import models as m
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems, Refused
from tests.builders import TODAY, Family
from tests.casework.meeting_steps import NEXT, begin, close, first_meeting, keep, meet_guards
from tests.casework.plan_steps import save, whole_plan

VOICE = "There is an entry for the voice of each child."


def refused(family: Family, meeting: Any, **more: Any) -> list[tuple[str | None, str]]:
    with pytest.raises(Problems) as told:
        close(family, meeting, **more)
    assert m.Meeting.objects.get(id=meeting).state == "in_session"
    return told.value.faults


@pytest.mark.requirement("R10", "R23", "R30", "R89")
def test_the_first_core_group_of_two_siblings_puts_both_plans_in_force(family: Family) -> None:
    meeting = first_meeting(family)
    row = m.Meeting.objects.get(id=meeting)
    assert (row.state, row.closed_by_id) == ("closed", family.people["health_visitor"].id)
    versions = m.PlanVersion.objects.filter(group=family.group)
    assert sorted((one.plan.child_id, one.number, one.meeting_id) for one in versions) == sorted(
        (child.id, 1, meeting) for child in family.children
    )
    told = set(m.Notice.objects.filter(code="meeting_closed").values_list("to__given_name", flat=True))
    assert told == {"Lena", "Tariq", "Carys"}
    assert m.ChronologyEntry.objects.filter(code="plan_in_force").count() == 2
    views = m.PlanRevision.objects.filter(kind="view", meeting=meeting).order_by("number")
    assert {row.content["words"] for row in views} == {"Ben says hello.", "Amy says hello."}
    with pytest.raises(Refused):
        close(family, meeting)


@pytest.mark.requirement("R13", "R30", "R83", "R84", "R109")
def test_every_guard_that_is_open_is_named_at_once(family: Family) -> None:
    for child in family.children:
        whole_plan(family, child.id)
    meeting = begin(family)
    faults = refused(family, meeting, passed={}, confirmed=[])
    said = " ".join(sentence for field, sentence in faults if field is None)
    for words in (
        "voice of each child",
        "Each agency",
        "next core group has a date",
        "contingency plan has been",
    ):
        assert words in said
    fields = {field for field, _sentence in faults}
    assert {"passed_questions", "passed_distribution"} <= fields
    assert f"passed_{family.child.id.hex}_answers" in fields


def test_a_must_guard_is_never_passed_and_what_meets_it_closes_the_meeting(family: Family) -> None:
    for child in family.children:
        whole_plan(family, child.id)
    meeting = begin(family)
    meet_guards(family, meeting, leave_out="voice")
    assert refused(family, meeting) == [(None, "This does not hold yet: " + VOICE)]
    keep(family, meeting, Thing("voice", about=family.children[1].person_id), words="She smiles at Hana.")
    ben = family.child.person_id
    keep(family, meeting, Thing("attendance", about=ben), how="PN7", note="He was ill.")
    audience = m.Meeting.objects.get(id=meeting).audience
    part = m.RestrictedPart.objects.create(
        authority=family.authority, group_id=family.group, meeting_id=meeting, told="Wait.", why="Risk",
        told_audience=audience, decided_by=family.people["lead"],
        audience=audience, began_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(Problem, match="End that part first"):
        close(family, meeting)
    part.ended_at = timezone.now()
    part.save()
    for who, fault in (("stranger", Closed), ("mother", Refused), ("chair", Refused), ("manager", Refused)):
        with pytest.raises(fault):
            close(family, meeting, by=family.actor(who))
    close(family, meeting, once="form")
    with pytest.raises(AlreadyDone) as again:
        close(family, meeting, once="form")
    assert again.value.outcome == str(meeting)
    passed = m.Meeting.objects.get(id=meeting).passed_guards
    assert passed == []  # what was said to hold is not passed
    assert m.PlanVersion.objects.filter(group=family.group).count() == 2


@pytest.mark.requirement("R10", "R34", "R73", "R74")
def test_a_later_meeting_makes_one_version_and_tells_what_was_changed_of_the_outline(family: Family) -> None:
    ben = family.child
    outline = m.OutlineItem.objects.create(
        authority=family.authority, group_id=family.group, child=ben, position=1,
        recorded_by=family.people["lead"], content={"action": "Sit with Ben."},
        conference=m.Conference.objects.filter(group=family.group).first(),
        audience=m.Meeting.objects.filter(group=family.group).first().audience,  # type: ignore[union-attr]
    )  # fmt: skip
    made = {child.id: whole_plan(family, child.id) for child in family.children}
    traced = save(family, "action", under=made[ben.id]["outcome"].item, outline=outline.id, new_because="")
    meeting = begin(family)
    meet_guards(family, meeting)
    close(family, meeting)
    assert not m.Notice.objects.filter(code="outline_departed").exists()

    again = begin(family)
    keep(family, again, Thing("voice", about=family.people["mother"].id), words="It is better now.")
    saved = save(
        family, "action", item=traced.item, base=traced.revision, outline=outline.id, new_because="",
        content={"what": "Sit with Ben twice a week."}, owner=family.people["teacher"].id,
    )  # fmt: skip
    assert saved.version is None
    meet_guards(family, again, next_on=NEXT + timedelta(days=20))
    faults = [field for field, _sentence in refused(family, again, passed={})]
    assert faults == ["passed_owners"]
    close(family, again, passed={"owners": "Tariq had to leave."})
    assert list(m.PlanVersion.objects.filter(meeting=again).values_list("number", flat=True)) == [2, 2]
    told = m.Notice.objects.filter(code="outline_departed").values_list("to__given_name", "child")
    assert set(told) == {("Carys", ben.id)}
    assert m.Notice.objects.filter(code="action_for_you", to=family.people["teacher"]).count() == 1
    mothers = m.PlanRevision.objects.filter(meeting=again, kind="view", owner=family.people["mother"])
    assert {one.item.plan.child_id for one in mothers} == {child.id for child in family.children}
    for one in mothers:  # said about all: those who know one child alone do not read it
        shut = set(one.audience.persons.filter(shut_out=True).values_list("person__given_name", flat=True))
        assert {"Frank", "Gil"} <= shut


@pytest.mark.requirement("R23", "R53", "R97")
def test_the_clock_asks_once_after_records_not_given_and_not_opened(family: Family, today: Any) -> None:
    meeting = first_meeting(family)
    by = system_actor("clock", duties=frozenset({"clock"}))
    codes = ("record_not_given", "record_not_opened")
    give_notices(by=by)
    assert not m.Notice.objects.filter(code__in=codes).exists()
    copy = Copy(family.people["mother"].id, "parents", "ab" * 32)
    hand_out_record(
        group=family.group, meeting=meeting, copy=copy, edition=1, how="own_page", on=TODAY, by=family.teacher
    )
    today.shift(timedelta(days=9))
    for _time in range(2):
        give_notices(by=by)
    named = m.Notice.objects.filter(code__in=codes, done_at=None).values_list(
        "code", "data__person", "to__given_name"
    )
    gil, mary = str(family.people["gil"].id), str(family.people["mother"].id)
    assert ("record_not_given", gil, "Lena") in named and ("record_not_opened", mary, "Lena") in named
    assert len(named) == len(set(named)) and ("record_not_given", mary, "Lena") not in named
    record_read(group=family.group, meeting=meeting, by=family.mother)
    give_notices(by=by)
    assert not m.Notice.objects.filter(code="record_not_opened", done_at=None).exists()
    with pytest.raises(Refused):
        hand_out_record(
            group=family.group, meeting=meeting, copy=copy, edition=1, how="post", on=TODAY, by=family.manager
        )
