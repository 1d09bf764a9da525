"""Opening a core group: everything in one step, or a clear sentence at each fault and nothing saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from coregroup.casework.opening import open_core_group
from coregroup.casework.opening_nouns import NewChild
from coregroup.records import models as m
from coregroup.rules.errors import AlreadyDone, Closed, Problems
from tests.builders import Family, actor, an_opening, authority, late, open_family, the_staff

HELD_ON = date(2026, 3, 4)


@pytest.fixture
def staff(db: None, today: Any) -> dict[str, m.Person]:
    return the_staff(authority())


@pytest.mark.requirement("R4", "R41", "R116", "R97")
def test_a_core_group_opens_with_lead_members_first_meeting_and_review(family: Family) -> None:
    group = m.CoreGroup.objects.get(id=family.group)
    assert group.procedure == authority().procedure
    assert m.LeadAppointment.objects.filter(group=group, until=None).count() == 2
    assert m.Meeting.objects.get(group=group).planned_on == date(2026, 3, 11)
    assert m.Conference.objects.get(group=group, kind="review").planned_on == HELD_ON + timedelta(days=84)
    assert m.Fact.objects.filter(group=group, kind="address").exists()


@pytest.mark.requirement("R28")
def test_opening_writes_ledger_chronology_and_notices_that_say_because(family: Family) -> None:
    opened = m.LedgerEntry.objects.get(group=family.group, happening="GroupOpened")
    assert m.ChronologyEntry.objects.get(because=opened).code == "group_opened"
    assert m.Notice.objects.get(because=opened).to == family.people["chair"]
    told = m.Notice.objects.filter(code="you_are_a_member").values_list("to__given_name", flat=True)
    assert sorted(told) == ["Hana", "Tariq"]  # the lead, who opened it, is not told what they did


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lead": None}, "lead"),
        ({"members": ()}, "members"),
        ({"first_meeting": None}, "first_meeting.on"),
        ({"review_on": None}, "review_on"),
        ({"children": ()}, "children"),
        ({"family_label": " "}, "family_label"),
        ({"held_on": date(2027, 1, 1)}, "held_on"),
    ],
)
@pytest.mark.requirement("R4", "R41")
def test_it_cannot_be_opened_without(staff: dict[str, m.Person], change: dict[str, Any], field: str) -> None:
    with pytest.raises(Problems) as found:
        open_core_group(opening=replace(an_opening(staff, HELD_ON), **change), by=actor(staff["lead"]))
    assert field in [fault[0] for fault in found.value.faults]
    assert not m.CoreGroup.objects.exists()


def test_a_child_born_after_the_conference_is_named_and_nothing_is_saved(staff: dict[str, m.Person]) -> None:
    born_late = NewChild("zoe", "Zoe", "Rowe", date_of_birth=date(2026, 3, 5), categories=("neglect",))
    opening = an_opening(staff, HELD_ON)
    opening = replace(opening, children=(*opening.children, born_late))
    with pytest.raises(Problems) as found:
        open_core_group(opening=opening, by=actor(staff["lead"]))
    assert ("children.2.date_of_birth") in [fault[0] for fault in found.value.faults]
    assert "Zoe" in str(found.value) and "4 March 2026" in str(found.value)
    assert not m.Family.objects.exists()


@pytest.mark.requirement("R95")
def test_a_late_first_core_group_needs_a_reason_and_an_approver(staff: dict[str, m.Person]) -> None:
    opening = an_opening(staff, HELD_ON)
    assert opening.first_meeting
    opening = replace(opening, first_meeting=replace(opening.first_meeting, on=date(2026, 3, 19)))
    with pytest.raises(Problems) as found:
        open_core_group(opening=opening, by=actor(staff["lead"]))
    assert {"departures.first_core_group.reason", "departures.first_core_group.approved_by"} <= {
        fault[0] for fault in found.value.faults
    }
    group = open_core_group(opening=replace(opening, departures=late()), by=actor(staff["lead"]))
    kept = m.Departure.objects.get(group=group)
    assert (kept.rule, kept.approved_by) == ("first_core_group", "Maud Okoro")


def test_the_same_opening_sent_twice_is_saved_once(staff: dict[str, m.Person]) -> None:
    opening = an_opening(staff, HELD_ON)
    group = open_core_group(opening=opening, by=actor(staff["lead"]), once="a-token")
    with pytest.raises(AlreadyDone) as done:
        open_core_group(opening=opening, by=actor(staff["lead"]), once="a-token")
    assert done.value.outcome == str(group)
    assert m.CoreGroup.objects.count() == 1


def test_somebody_without_the_duty_cannot_open_a_core_group(staff: dict[str, m.Person]) -> None:
    with pytest.raises(Closed):
        open_core_group(opening=an_opening(staff, HELD_ON), by=actor(staff["teacher"]))
    refused = m.AuditLine.objects.get(capability="open_group")
    assert not refused.allowed
    assert not m.CoreGroup.objects.exists()


def test_a_member_of_another_authority_cannot_be_named(staff: dict[str, m.Person]) -> None:
    far = the_staff(authority("Elsewhere", "cambridgeshire"))
    opening = an_opening(staff, HELD_ON, chair=far["chair"].id)
    with pytest.raises(Problems) as found:
        open_core_group(opening=opening, by=actor(staff["lead"]))
    assert "chair" in [fault[0] for fault in found.value.faults]


@pytest.mark.requirement("R57")
def test_what_the_father_must_not_learn_is_kept_from_him_fact_by_fact(family: Family) -> None:
    for kind in ("address", "school", "telephone"):
        audience = m.Fact.objects.get(group=family.group, kind=kind).audience
        assert [link.person.given_name for link in audience.persons.filter(shut_out=True)] == ["Frank"]
        assert audience.reason
    assert not m.Fact.objects.get(group=family.group, kind="first_language").audience.persons.exists()


def test_an_unborn_baby_has_an_expected_date(db: None, today: Any) -> None:
    baby = NewChild("baby", "", "Rowe", expected_on=date(2026, 6, 1), categories=("neglect",))
    opening_changes = {"children": (baby,), "adults": ()}
    unborn = open_family(**opening_changes)
    assert unborn.child.expected_on == date(2026, 6, 1)
