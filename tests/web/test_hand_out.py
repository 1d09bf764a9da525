"""The pages of handing out: the list, one recipient's copy, the record of it, and one's own copy."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.forcing import put_in_force
from coregroup.records import models as m
from tests.builders import TODAY, Family, account_for
from tests.casework.plan_steps import save, whole_plan

SECRET = "She hides at the mill"


@pytest.fixture
def in_force(family: Family) -> Family:
    """Ben's plan in force, with one thing that his father may not see."""
    whole_plan(family)
    not_to_father = AudienceChoice(
        shut_out=frozenset({family.people["father"].id}), reason="He must not learn it."
    )
    save(family, "contingency", content={"trigger": SECRET}, audience=not_to_father)
    put_in_force(
        group=family.group,
        child=family.child.id,
        on=TODAY,
        met_on=TODAY,
        passed=dict.fromkeys(
            ("answers", "agreed_contact", "outcome", "parent_views"), "Agreed at the meeting."
        ),
        by=family.lead,
    )
    return family


def address(family: Family, name: str = "hand_out", **more: Any) -> str:
    return reverse(name, kwargs={"group": family.group, "child": family.child.id, **more})


@pytest.mark.requirement("R53", "R97")
def test_the_lead_sees_who_is_still_to_be_given_the_plan(in_force: Family, client_of: Any) -> None:
    answer = client_of(in_force, "lead").get(address(in_force))
    assert answer.status_code == 200
    for name in ("Mary Rowe", "Frank Dale", "Carys Holt", "To be given"):
        assert name in answer.content.decode()


@pytest.mark.requirement("R53", "R97")
def test_giving_a_copy_is_recorded_with_the_digest_of_the_very_pdf(in_force: Family, client_of: Any) -> None:
    client = client_of(in_force, "lead")
    father = str(in_force.people["father"].id)
    made = client.get(address(in_force, "hand_out_copy", recipient=father))
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.headers["Content-Disposition"].startswith("attachment")
    assert "ben" not in made.headers["Content-Disposition"].lower()
    page = client.get(address(in_force, "hand_out_give", recipient=father)).content.decode()
    assert SECRET not in page
    once = page.split('name="once" value="')[1].split('"')[0]
    told = {"how": "in_person", "on-day": "18", "on-month": "3", "on-year": "2026", "note": "", "once": once}
    for _time in range(2):  # the second is a double click
        answer = client.post(address(in_force, "hand_out_give", recipient=father), told)
        assert answer.status_code == 302, answer.content.decode()
    given = m.HandOut.objects.get()
    import hashlib

    assert given.digest == hashlib.sha256(made.content).hexdigest()
    assert "Has it" in client.get(address(in_force)).content.decode()


def test_not_given_without_a_reason_is_said_at_the_field(in_force: Family, client_of: Any) -> None:
    told = {"how": "not_given", "on-day": "18", "on-month": "3", "on-year": "2026", "note": ""}
    father = str(in_force.people["father"].id)
    answer = client_of(in_force, "lead").post(address(in_force, "hand_out_give", recipient=father), told)
    assert "Say why this person is not given the plan" in answer.content.decode()
    assert not m.HandOut.objects.exists()


def test_ones_own_copy_opens_for_members_and_family_and_is_kept_as_opened(
    in_force: Family, client_of: Any
) -> None:
    for who in ("health_visitor", "father"):
        answer = client_of(in_force, who).get(address(in_force, "own_copy"))
        assert answer.headers["Content-Type"] == "application/pdf"


def test_a_stranger_finds_nothing_and_a_parent_may_not_see_the_list(in_force: Family, client_of: Any) -> None:
    mother = str(in_force.people["mother"].id)
    for name, more in (
        ("hand_out", {}),
        ("hand_out_give", {"recipient": mother}),
        ("hand_out_copy", {"recipient": mother}),
        ("own_copy", {}),
    ):
        assert client_of(in_force, "stranger").get(address(in_force, name, **more)).status_code == 404
    assert client_of(in_force, "mother").get(address(in_force)).status_code == 403


def test_somebody_not_on_the_list_is_not_found(in_force: Family, client_of: Any) -> None:
    gil = str(in_force.people["gil"].id)
    assert (
        client_of(in_force, "lead").get(address(in_force, "hand_out_give", recipient=gil)).status_code == 404
    )


def test_before_the_plan_is_in_force_there_is_nothing_to_give(family: Family, client_of: Any) -> None:
    client = client_of(family, "lead")
    assert "not in force yet" in client.get(address(family)).content.decode()
    mother = str(family.people["mother"].id)
    assert client.get(address(family, "hand_out_give", recipient=mother)).status_code == 404


@pytest.mark.requirement("R53")
def test_everybody_who_can_sign_in_is_given_their_own_copy_in_one_press(
    in_force: Family, client_of: Any
) -> None:
    for who in ("mother", "father", "health_visitor", "chair"):
        account_for(in_force.people[who])
    client = client_of(in_force, "lead")
    page = client.get(address(in_force)).content.decode()
    once = page.split('name="once" value="')[1].split('"')[0]
    for _time in range(2):
        assert client.post(address(in_force, "hand_out_all"), {"once": once}).status_code == 302
    names = sorted(m.HandOut.objects.values_list("recipient__given_name", flat=True))
    assert names == ["Carys", "Frank", "Hana", "Lena", "Mary"]  # the teacher cannot sign in yet
    digests = dict(m.HandOut.objects.values_list("recipient__given_name", "digest"))
    assert digests["Frank"] != digests["Mary"]
    assert client_of(in_force, "mother").post(address(in_force, "hand_out_all")).status_code == 403
    assert client_of(in_force, "stranger").post(address(in_force, "hand_out_all")).status_code == 404
