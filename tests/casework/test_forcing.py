"""Putting a plan in force: must and should, the first core group, version 1 (R10, R11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from coregroup.casefile.plans import plan_overview, plan_sheet
from coregroup.casefile.plans_guards import force_page
from coregroup.casework.answers import answer_action
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.forcing import put_in_force
from coregroup.casework.limits import Approval
from coregroup.records import models as m
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems, Refused
from tests.builders import TODAY, Family, open_family
from tests.casework.plan_steps import save, whole_plan

MET = date(2026, 3, 11)
PASSED = {"answers": "All were asked at the meeting."}


def force(family: Family, **more: Any) -> int:
    values: dict[str, Any] = {"on": TODAY, "met_on": MET, "passed": PASSED, "by": family.lead}
    return put_in_force(group=family.group, **({"child": family.child.id} | values | more))


def refused(family: Family, **more: Any) -> list[tuple[str | None, str]]:
    with pytest.raises(Problems) as told:
        force(family, **more)
    assert not m.PlanVersion.objects.filter(plan__child=more.get("child", family.child.id)).exists()
    return told.value.faults


@pytest.mark.requirement("R11", "R53")
def test_version_one_comes_into_force_and_everybody_is_told(family: Family) -> None:
    whole_plan(family)
    assert force(family) == 1
    sheet = plan_sheet(group=family.group, child=family.child.id, version=1, by=family.lead)
    assert sheet.in_force == 1
    assert [(one.code, one.reason, one.by_name) for one in sheet.passed] == [
        ("answers", PASSED["answers"], "Lena Marsh")
    ]
    told = m.Notice.objects.filter(code="plan_in_force").values_list("to__given_name", flat=True)
    assert set(told) == {"Hana", "Tariq", "Carys"}
    assert m.ChronologyEntry.objects.filter(code="plan_in_force").get().child_id == family.child.id
    states = [one.state for one in plan_overview(group=family.group, by=family.lead)]
    assert states == ["in_force", "none"]


def test_must_guards_are_never_passed(family: Family) -> None:
    faults = refused(family, passed={"concern": "We know.", "contingency": "Later."})
    said = " ".join(sentence for field, sentence in faults if field is None)
    for words in ("what worries us", "Every concern", "at least one action", "contingency plan"):
        assert words in said


def test_should_guards_each_need_a_reason(family: Family) -> None:
    whole_plan(family)
    assert [field for field, _said in refused(family, passed={"answers": "  "})] == ["passed_answers"]
    view = m.PlanItem.objects.filter(kind="view").count()
    assert view == 3


@pytest.mark.requirement("R33")
def test_each_view_that_is_missing_is_named(family: Family) -> None:
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    save(family, "action", under=outcome.item)
    save(family, "contingency")
    save(family, "view", owner=family.people["mother"].id)
    page = force_page(group=family.group, child=family.child.id, by=family.lead)
    lacking = {guard.code: guard.lacking for guard in page.open_shoulds}
    assert lacking["parent_views"] == ("Frank Dale",)
    assert lacking["child_voice"] == ("Ben Rowe",)
    assert lacking["answers"][0].startswith("Hana Pryce has not answered")
    assert set(lacking) == {"parent_views", "child_voice", "answers", "agreed_contact", "family_page"}
    assert {field for field, _said in refused(family, passed={})} == {f"passed_{code}" for code in lacking}


@pytest.mark.requirement("R34", "R52")
def test_nothing_is_passed_once_every_owner_has_answered(family: Family) -> None:
    made = whole_plan(family)["action"]
    answer_action(group=family.group, item=made.item, revision=1, answer="accepted", by=family.health_visitor)
    assert force_page(group=family.group, child=family.child.id, by=family.lead).open_shoulds == ()
    force(family, passed={"answers": "Not needed."})
    assert m.PlanVersion.objects.get().passed_guards == []


def test_the_first_core_group_is_marked_as_held_once_for_both_children(family: Family) -> None:
    for child in family.children:
        whole_plan(family, child.id)
        force(family, child=child.id)
    assert m.Meeting.objects.get().held_on == MET
    assert m.LedgerEntry.objects.filter(happening="MeetingHeld").count() == 1
    assert m.PlanVersion.objects.filter(meeting__held_on=MET, number=1).count() == 2


def test_the_day_of_a_meeting_already_held_need_not_be_told_again(family: Family) -> None:
    for child in family.children:
        whole_plan(family, child.id)
    force(family)
    force(family, child=family.children[1].id, met_on=None)
    assert m.PlanVersion.objects.filter(meeting__held_on=MET).count() == 2


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"met_on": TODAY + timedelta(days=1)}, "met_on"),
        ({"met_on": date(2026, 3, 3)}, "met_on"),  # before the conference of 4 March
        ({"met_on": None}, "met_on"),
        ({"on": date(2026, 3, 10)}, "on"),
    ],
)
def test_days_that_cannot_be(family: Family, days: dict[str, Any], field: str) -> None:
    whole_plan(family)
    assert [at for at, _said in refused(family, **days)] == [field]
    assert m.Meeting.objects.get().held_on is None


def test_who_may_put_it_in_force(family: Family) -> None:
    whole_plan(family)
    for name, refusal in (
        ("stranger", Closed),
        ("teacher", Refused),
        ("mother", Refused),
        ("chair", Refused),
    ):
        with pytest.raises(refusal):
            force(family, by=family.actor(name))
        with pytest.raises(refusal):
            force_page(group=family.group, child=family.child.id, by=family.actor(name))
    assert not m.PlanVersion.objects.exists()


def test_it_comes_into_force_once(family: Family) -> None:
    whole_plan(family)
    force(family, once="c" * 32)
    with pytest.raises(AlreadyDone):
        force(family, once="c" * 32)
    with pytest.raises(Problem, match="in force already"):
        force(family)


@pytest.mark.requirement("R4")
def test_a_child_without_a_lead_worker_is_told_of(family: Family) -> None:
    whole_plan(family)
    m.LeadAppointment.objects.filter(child=family.child).update(until=TODAY)
    page = force_page(group=family.group, child=family.child.id, by=family.lead)  # lead of the sibling still
    assert [guard.code for guard in page.open_musts] == ["lead"]
    assert "lead worker" in refused(family)[0][1]


@pytest.mark.requirement("R57")
def test_reasons_show_to_those_whom_they_are_meant_for(family: Family) -> None:
    whole_plan(family)
    force(family, audience=AudienceChoice("professionals", reason="About the father."))
    sheet = plan_sheet(group=family.group, child=family.child.id, version=1, by=family.mother)
    assert sheet.passed == () and sheet.version is not None and sheet.version.passed == ()
    assert plan_sheet(group=family.group, child=family.child.id, by=family.teacher).passed


@pytest.mark.requirement("R80")
def test_a_child_not_yet_born_needs_no_words_of_its_own(db: None, today: Any) -> None:
    from coregroup.casework.opening_nouns import NewAdult, NewChild, NewRelationship

    held = date(2026, 3, 4)
    unborn = NewChild("baby", "Baby", "Rowe", expected_on=date(2026, 7, 1), categories=("neglect",))
    mother = NewAdult(
        "mother", "Mary", "Rowe", relationships=(NewRelationship("baby", "mother", True, True),)
    )
    family = open_family(held_on=held, children=(unborn,), adults=(mother,))
    page = force_page(group=family.group, child=family.child.id, by=family.lead)
    assert {guard.code: guard.held for guard in page.guards}["child_voice"]
    m.Child.objects.update(date_of_birth=TODAY)  # once born, it has
    page = force_page(group=family.group, child=family.child.id, by=family.lead)
    assert not {guard.code: guard.held for guard in page.guards}["child_voice"]


@pytest.mark.parametrize(
    "procedure", ["wales", "scotland", "denbighshire", "scottish-council", "northern-ireland"]
)
def test_every_procedure_has_guards_that_can_be_judged(db: None, today: Any, procedure: str) -> None:
    family = open_family(procedure=procedure, held_on=date(2026, 3, 11))
    whole_plan(family)
    met = date(2026, 3, 18)
    open_guards = force_page(group=family.group, child=family.child.id, by=family.lead).open_shoulds
    assert force(family, met_on=met, passed={guard.code: "Agreed." for guard in open_guards}) == 1


@pytest.mark.requirement("R95")
def test_a_core_group_that_met_after_its_limit_needs_a_reason_and_an_approver(db: None, today: Any) -> None:
    late = open_family(held_on=date(2026, 2, 16))  # its first core group was due by 2 March
    whole_plan(late)
    with pytest.raises(Problems) as told:
        force(late, met_on=TODAY)
    fields = {field for field, _sentence in told.value.faults}
    assert {"late_reason", "late_approved_by", "late_approved_on"} <= fields
    assert not m.PlanVersion.objects.exists()
    approval = Approval("Half the group was ill.", "Maud Okoro", TODAY)
    assert force(late, met_on=TODAY, approval=approval) == 1
    kept = m.Departure.objects.get(group=late.group)
    assert (kept.rule, kept.reason, kept.approved_by) == (
        "first_core_group",
        "Half the group was ill.",
        "Maud Okoro",
    )
    assert m.Notice.objects.filter(to=late.people["chair"], code="limit_departed").exists()


@pytest.mark.requirement("R5")
def test_every_member_sees_the_actions_of_all_and_who_owns_them(family: Family) -> None:
    whole_plan(family)
    for who in ("teacher", "health_visitor", "lead"):
        sheet = plan_sheet(group=family.group, child=family.child.id, by=family.actor(who))
        assert [action.owner.name for action in sheet.actions if action.owner] == ["Hana Pryce"]
    with pytest.raises(Closed):
        plan_sheet(group=family.group, child=family.child.id, by=family.stranger)
