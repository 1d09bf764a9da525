"""Handing out: one rendering a recipient, and proof of what left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from coregroup.casefile.hand_outs import distribution
from coregroup.casework.hand_outs import record_handed_out, record_opened
from coregroup.records import models as m
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Refused
from tests.builders import Family

TODAY = date(2026, 3, 18)


@pytest.fixture
def in_force(family: Family) -> Family:
    """The family with version 1 of Ben's plan."""
    from django.utils import timezone

    m.PlanVersion.objects.create(
        authority=family.authority,
        group_id=family.group,
        plan=family.child.plan,
        number=1,
        by=family.people["lead"],
        at=timezone.now(),
    )
    return family


def give(family: Family, who: str, **changes: Any) -> Any:
    values: dict[str, Any] = {
        "group": family.group,
        "child": family.child.id,
        "version": 1,
        "recipient": family.people[who].id,
        "recipient_code": "parents",
        "how": "in_person",
        "on": TODAY,
        "digest": "ab" * 32,
        "by": family.lead,
    }
    return record_handed_out(**(values | changes))


@pytest.mark.requirement("R53", "R97", "R98")
def test_everybody_on_the_list_is_there_each_parent_apart(in_force: Family) -> None:
    listed = distribution(group=in_force.group, child=in_force.child.id, by=in_force.lead)
    names = {one.name for one in listed.recipients}
    assert {"Mary Rowe", "Frank Dale", "Carys Holt", "Hana Pryce", "Tariq Shah", "Lena Marsh"} <= names
    assert "Gil Stone" not in names  # Amy's father has nothing to do with Ben
    assert any(one.person is None for one in listed.recipients)
    assert len(listed.outstanding) == len(listed.recipients)


@pytest.mark.requirement("R53", "R97")
def test_a_handing_out_is_proved_by_version_day_way_and_digest(in_force: Family) -> None:
    give(in_force, "mother")
    listed = distribution(group=in_force.group, child=in_force.child.id, by=in_force.lead)
    mother = next(one for one in listed.recipients if one.name == "Mary Rowe")
    father = next(one for one in listed.recipients if one.name == "Frank Dale")
    assert mother.has(1) and not father.has(1)
    assert (mother.given[0].how, mother.given[0].on, mother.given[0].digest) == (
        "in_person",
        TODAY,
        "ab" * 32,
    )
    assert m.Notice.objects.filter(to=in_force.people["mother"], code="plan_handed_to_you").exists()


def test_leaving_somebody_out_needs_a_reason(in_force: Family) -> None:
    with pytest.raises(Problem) as fault:
        give(in_force, "father", how="not_given")
    assert fault.value.field == "note"
    give(in_force, "father", how="not_given", note="Risk of harm; agreed with the manager.")
    row = m.HandOut.objects.get()
    assert row.digest == ""
    assert not m.LedgerEntry.objects.filter(happening="PlanHandedOut").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"how": "pigeon"}, "how"), ({"on": date(2026, 3, 19)}, "on"), ({"on": date(2026, 3, 17)}, "on")],
)
def test_what_cannot_be_right_is_named_at_its_field(
    in_force: Family, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Problem) as fault:
        give(in_force, "mother", **changes)
    assert fault.value.field == field
    assert not m.HandOut.objects.exists()


def test_a_version_that_is_not_there_and_a_person_from_elsewhere_are_not_found(in_force: Family) -> None:
    with pytest.raises(Closed):
        give(in_force, "mother", version=2)
    with pytest.raises(Closed):
        give(in_force, "stranger")


def test_the_same_form_twice_is_one_handing_out(in_force: Family) -> None:
    give(in_force, "mother", once="t")
    with pytest.raises(AlreadyDone):
        give(in_force, "mother", once="t")
    assert m.HandOut.objects.count() == 1


def test_opening_ones_own_copy_is_kept_once(in_force: Family) -> None:
    give(in_force, "mother", how="own_page")
    for _time in range(2):
        record_opened(group=in_force.group, child=in_force.child.id, version=1, by=in_force.mother)
    assert m.HandOutOpened.objects.count() == 1


def test_members_family_and_strangers_cannot_hand_out(in_force: Family) -> None:
    for who in ("health_visitor", "mother"):
        with pytest.raises(Refused):
            give(in_force, "mother", by=in_force.actor(who))
    with pytest.raises(Closed):
        give(in_force, "mother", by=in_force.stranger)
    with pytest.raises(Refused):
        distribution(group=in_force.group, child=in_force.child.id, by=in_force.mother)
    with pytest.raises(Closed):
        distribution(group=in_force.group, child=in_force.child.id, by=in_force.stranger)
