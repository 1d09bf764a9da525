"""What one person must not learn by way of another's name, a chooser, a preview, or a table taken away."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from coregroup.casefile.choosing import audience_people
from coregroup.casefile.face_sheet import face_sheet
from coregroup.casefile.home import my_groups
from coregroup.casefile.opening import opened
from coregroup.casefile.outline import outline
from coregroup.casefile.plans import plan_sheet
from coregroup.casefile.plans_history import history
from coregroup.casework.facts import record_fact
from coregroup.casework.forcing import put_in_force
from coregroup.casework.members import add_member
from coregroup.records import models as m
from coregroup.rules.access import THE_FILE
from coregroup.rules.errors import Closed, Problem
from coregroup.web.oversight.tables import Column, csv_of
from tests.builders import TODAY, Family, agency, professional
from tests.casework.plan_steps import save, whole_plan

SCHOOL = "Oak Lane School"
MET = date(2026, 3, 11)


@pytest.fixture
def limited(family: Family) -> Family:
    """The police are members for Amy alone, and have a manager who stands here by them only."""
    amy = family.children[1]
    office = agency(family.authority, "Constabulary", "police")
    boss = professional(family.authority, "Piers Mott", office, duties=["manager"])
    m.Person.objects.filter(id=family.people["police"].id).update(manager=boss)
    family.people["police_manager"] = boss
    add_member(
        group=family.group, person=family.people["police"].id, role="Keeps Amy safe.",
        only_children=[amy.id], by=family.lead,
    )  # fmt: skip
    return family


@pytest.mark.requirement("R57", "R93")
def test_no_plan_names_a_school_to_a_father_who_must_not_learn_it(
    family: Family, client_of: Callable[..., Client]
) -> None:
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    action = save(family, "action", under=outcome.item, owner=family.people["teacher"].id)
    group, child = family.group, family.child.id
    told = plan_sheet(group=group, child=child, by=family.father)
    assert [str(line.owner) for line in told.actions] == ["Tariq Shah"]
    assert [line.owner.job_title for line in told.actions if line.owner] == [""]
    assert f"Tariq Shah ({SCHOOL})" in str([str(line.owner) for line in _sheet(family, "mother").actions])
    assert SCHOOL not in str(history(group=group, child=child, item=action.item, by=family.father))
    page = f"/groups/{group}/children/{child}/plan/"
    for address in (page, f"{page}items/{action.item}/", f"/groups/{group}/actions/{action.item}/answer/"):
        assert SCHOOL not in client_of(family, "father").get(address).content.decode()
    assert SCHOOL in client_of(family, "mother").get(page).content.decode()


def _sheet(family: Family, who: str, **more: Any) -> Any:
    return plan_sheet(group=family.group, child=family.child.id, by=family.actor(who), **more)


@pytest.mark.requirement("R57", "R93")
def test_a_copy_made_for_the_father_names_no_school(family: Family) -> None:
    whole_plan(family)
    outcome = m.PlanItem.objects.get(group_id=family.group, kind="outcome")
    save(family, "action", under=outcome.id, owner=family.people["teacher"].id)
    put_in_force(
        group=family.group, child=family.child.id, on=TODAY, met_on=MET, by=family.lead,
        passed={"answers": "Asked."},
    )  # fmt: skip
    for version in (None, 1):
        copy = _sheet(family, "lead", reader=family.people["father"].id, version=version)
        assert SCHOOL not in str(copy) and "Tariq Shah" in str(copy)


@pytest.mark.requirement("R57")
def test_the_source_of_a_fact_names_no_school_to_a_father_who_must_not_learn_it(family: Family) -> None:
    record_fact(
        group=family.group, about=family.child.person_id, kind="other", value="Likes football",
        source=f"His teacher at {SCHOOL.upper()}", by=family.lead,
    )  # fmt: skip
    father = face_sheet(group=family.group, by=family.father)
    assert "Likes football" in str(father) and SCHOOL.casefold() not in str(father).casefold()
    assert SCHOOL.upper() in str(face_sheet(group=family.group, by=family.mother))


@pytest.mark.requirement("R57")
def test_a_manager_knows_of_no_more_children_than_their_staff(
    limited: Family, client_of: Callable[..., Client]
) -> None:
    ben = limited.children[0]
    boss = limited.police_manager
    assert [[child.name for child in line.children] for line in my_groups(by=boss)] == [["Amy Rowe"]]
    with pytest.raises(Closed):
        plan_sheet(group=limited.group, child=ben.id, by=boss)
    assert "Ben" not in str(face_sheet(group=limited.group, by=boss).children)
    text = client_of(limited, "police_manager").get("/staff/staff.csv").content.decode()
    assert "Amy Rowe" in text and "Ben" not in text
    # The manager of an unlimited member knows of both, as before.
    assert {one.child_id for one in _registered(limited, "manager")} == {one.id for one in limited.children}


def _registered(family: Family, who: str) -> list[Any]:
    from coregroup.access.doors import open_group
    from coregroup.rules.access import Capability

    case = open_group(family.group, by=family.actor(who), to=Capability.SEE_CASE)
    seen = case.reader().children
    return list(m.Registration.objects.filter(group_id=family.group, child_id__in=seen))


@pytest.mark.requirement("R57")
def test_a_member_for_one_child_is_offered_nobody_of_the_other(limited: Family) -> None:
    offered = {one.name for one in audience_people(group=limited.group, by=limited.police)}
    assert "Frank Dale" not in offered  # the father of Ben
    assert {"Gil Stone", "Mary Rowe", "Lena Marsh"} <= offered
    everybody = {one.name for one in audience_people(group=limited.group, by=limited.lead)}
    assert {"Frank Dale", "Gil Stone"} <= everybody


@pytest.mark.requirement("R57")
def test_a_lead_limited_to_one_child_lets_nobody_in_to_the_others(limited: Family) -> None:
    row = m.Membership.objects.get(group_id=limited.group, person=limited.people["lead"])
    row.limited_to = [str(limited.children[1].id)]
    row.save()
    with pytest.raises(Problem):
        add_member(
            group=limited.group, person=limited.people["other_worker"].id, role="Helps.", by=limited.lead
        )
    add_member(
        group=limited.group, person=limited.people["other_worker"].id, role="Helps.", by=limited.lead,
        only_children=[limited.children[1].id],
    )  # fmt: skip


@pytest.mark.requirement("R57")
@pytest.mark.parametrize("who", ["mother", "father", "gil"])
def test_the_family_reads_no_cut_but_its_own(
    family: Family, who: str, client_of: Callable[..., Client]
) -> None:
    child = family.children[1 if who == "gil" else 0]
    save(family, "concern", child=child.id)
    other = family.people["mother" if who != "mother" else "father"].id
    for reader in (family.people["lead"].id, other, THE_FILE):
        with pytest.raises(Closed):
            plan_sheet(group=family.group, child=child.id, reader=reader, by=family.actor(who))
        with pytest.raises(Closed):
            outline(group=family.group, reader=reader, by=family.actor(who))
        address = f"/groups/{family.group}/children/{child.id}/plan/as/{reader}/"
        assert client_of(family, who).get(address).status_code == 404
    own = plan_sheet(group=family.group, child=child.id, reader=family.people[who].id, by=family.actor(who))
    assert own.concerns


@pytest.mark.requirement("R57")
def test_what_was_opened_is_not_told_to_the_family(family: Family) -> None:
    assert "Gil Stone" in str(opened(group=family.group, by=family.lead))
    with pytest.raises(Closed):
        opened(group=family.group, by=family.father)


@given(
    st.text(max_size=40), st.sampled_from(["=", "+", "-", "@", "\t=", " =", "\n=", "＝", ";=", '";="', ""])
)
def test_no_cell_of_a_table_taken_away_is_a_formula(text: str, start: str) -> None:
    body = csv_of("a.csv", [Column("A"), Column("B")], [[start + text, "x"]]).content.decode()
    told = body.removeprefix("\ufeff")
    [_head, row] = list(csv.reader(io.StringIO(told, newline="")))
    cell = row[0]
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\r", "\n"))
    # Every cell stands in quotation marks, so that a spreadsheet which parts at semicolons finds none inside.
    assert told.splitlines()[0] == '"A","B"'


def test_an_address_that_is_not_found_is_not_logged(page: Any, capfd: Any) -> None:
    handler = logging.StreamHandler()
    logging.getLogger().addHandler(handler)
    try:
        assert page.get("/join/a-token-that-nobody-may-read/nowhere/").status_code == 404
    finally:
        logging.getLogger().removeHandler(handler)
    assert "a-token-that-nobody-may-read" not in "".join(capfd.readouterr())
