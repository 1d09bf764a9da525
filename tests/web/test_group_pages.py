"""The core group's pages: everybody's own cut, nobody's else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from coregroup.casework.contact import record_missed_contact
from tests.builders import MOTHER_ADDRESS, SCHOOL, TELEPHONE, TODAY, Family, open_family
from tests.conftest import LONDON

Clients = Callable[..., Any]


def pages_of(family: Family) -> list[str]:
    ben, amy = family.children
    group = f"/groups/{family.group}/"
    return [
        "/", "/groups/", group, group + "face-sheet/", group + "meetings/new/",
        group + "face-sheet/family/add/",
        group + f"face-sheet/{ben.person_id}/add/", group + f"children/{ben.id}/contact/missed/",
        group + f"children/{amy.id}/contact/missed/", "/plans/", "/plans/plans.csv", "/staff/",
        "/staff/staff.csv",
    ]  # fmt: skip


@pytest.mark.requirement("R57")
def test_a_stranger_finds_nothing_of_the_group(family: Family, client_of: Clients) -> None:
    client = client_of(family, "stranger")
    for path in pages_of(family):
        answer = client.get(path)
        if str(family.group) in path or path in (
            "/plans/",
            "/staff/",
            "/plans/plans.csv",
            "/staff/staff.csv",
        ):
            assert answer.status_code == 404, path
        text = answer.content.decode()
        assert "Rowe" not in text and "Ben" not in text and "Amy" not in text, path


@pytest.mark.requirement("R57")
@pytest.mark.parametrize(("name", "own", "other"), [("father", "Ben", "Amy"), ("gil", "Amy", "Ben")])
def test_a_half_siblings_parent_sees_only_their_own_child(
    family: Family, client_of: Clients, name: str, own: str, other: str
) -> None:
    client = client_of(family, name)
    seen = "".join(client.get(path).content.decode() for path in pages_of(family))
    assert own in seen
    assert other not in seen


@pytest.mark.requirement("R57", "R116")
def test_a_shut_out_parent_meets_neither_address_nor_school_anywhere(
    family: Family, client_of: Clients
) -> None:
    mother = client_of(family, "mother")
    assert MOTHER_ADDRESS in mother.get(f"/groups/{family.group}/face-sheet/").content.decode()
    father = client_of(family, "father")
    for path in pages_of(family):
        text = father.get(path).content.decode()
        for secret in (MOTHER_ADDRESS, SCHOOL, TELEPHONE, "lives with the child"):
            assert secret not in text, (path, secret)


@pytest.mark.requirement("R4", "R41", "R44", "R45")
def test_the_lead_sees_dates_people_and_what_is_missing(family: Family, client_of: Clients) -> None:
    text = client_of(family, "lead").get(f"/groups/{family.group}/").content.decode()
    for words in (
        "Ben Rowe", "Amy Rowe", "Hana Pryce", "Mary Rowe", "Mother of Ben Rowe", "What is missing",
        "Why this date", "Not joined yet: Hana Pryce, Tariq Shah",
    ):  # fmt: skip
        assert words in text, words


def test_the_family_is_shown_no_list_of_what_the_professionals_lack(
    family: Family, client_of: Clients
) -> None:
    text = client_of(family, "mother").get(f"/groups/{family.group}/").content.decode()
    assert "What is missing" not in text


@pytest.mark.parametrize("path", ["", "face-sheet/"])
@pytest.mark.parametrize("name", ["lead", "chair", "mother", "father"])
def test_a_groups_page_takes_few_queries(
    family: Family, client_of: Clients, django_assert_max_num_queries: Any, path: str, name: str
) -> None:
    client = client_of(family, name)
    client.get("/")
    with django_assert_max_num_queries(12):
        assert client.get(f"/groups/{family.group}/{path}").status_code == 200


@pytest.mark.requirement("R20")
def test_missed_contact_is_on_the_leads_start_page_at_once(family: Family, client_of: Clients) -> None:
    visitor, path = (
        client_of(family, "health_visitor"),
        f"/groups/{family.group}/children/{family.child.id}/contact/missed/",
    )
    answer = visitor.post(
        path, {"kind": "missed", "on": str(TODAY), "reason": "Nobody opened.", "audience_base": "group"}
    )
    assert answer.status_code == 302, answer.content.decode()
    text = client_of(family, "lead").get("/").content.decode()
    assert "Hana Pryce: agreed contact with Ben Rowe on 18 March 2026 was missed." in text
    assert "was missed" in client_of(family, "lead").get(f"/groups/{family.group}/").content.decode()


def test_the_family_cannot_record_missed_contact(family: Family, client_of: Clients) -> None:
    path = f"/groups/{family.group}/children/{family.child.id}/contact/missed/"
    assert client_of(family, "mother").get(path).status_code == 403
    assert client_of(family, "mother").post(path, {"kind": "missed"}).status_code == 403


@pytest.mark.requirement("R95", "R109")
def test_a_meeting_after_the_limit_needs_a_reason_and_an_approver(family: Family, client_of: Clients) -> None:
    lead, path = client_of(family, "lead"), f"/groups/{family.group}/meetings/new/"
    late = TODAY + timedelta(days=40)
    told = {"on": str(late), "at": "10:30", "venue": "School", "audience_base": "group"}
    refused = lead.post(path, told)
    assert refused.status_code == 200
    assert "after the limit" in refused.content.decode()
    told |= {"late_reason": "Snow.", "late_approved_by": "Maud Okoro", "late_approved_on": str(TODAY)}
    assert lead.post(path, told).status_code == 302
    text = lead.get(f"/groups/{family.group}/").content.decode()
    assert "Snow. Approved by Maud Okoro." in text


def test_what_is_planned_already_is_offered_to_be_moved(family: Family, client_of: Clients) -> None:
    lead, path = client_of(family, "lead"), f"/groups/{family.group}/meetings/new/"
    soon = date(2026, 3, 25)
    told = {"on": str(soon), "at": "2pm", "venue": "Library"}
    told |= {"late_reason": "Snow.", "late_approved_by": "Maud Okoro", "late_approved_on": str(TODAY)}
    assert lead.post(path, told).status_code == 302
    page = lead.get(path).content.decode()
    assert "25 March 2026" in page and "/move/" in page


@pytest.mark.requirement("R116")
def test_a_fact_is_replaced_and_the_old_one_stays_readable(family: Family, client_of: Clients) -> None:
    lead, sheet = client_of(family, "lead"), f"/groups/{family.group}/face-sheet/"
    text = lead.get(sheet).content.decode()
    path = text.split("Larkspur Primary", 1)[1].split('href="', 1)[1].split('"', 1)[0]
    assert lead.get(path).status_code == 200
    shut_out = str(family.people["father"].id)
    told = {"value": "Meadow Infants", "since": "1 March 2026", "source": "Mother", "audience_base": "group",
            "audience_shut_out": [shut_out], "audience_reason": "Risk."}  # fmt: skip
    assert lead.post(path, told).status_code == 302
    text = lead.get(sheet).content.decode()
    assert "Meadow Infants" in text and "Earlier" in text and "Larkspur Primary" in text
    assert "Meadow" not in client_of(family, "father").get(sheet).content.decode()


@pytest.mark.requirement("R57", "R116")
def test_whoever_must_not_learn_is_shut_out_of_a_new_fact_whatever_is_chosen(
    family: Family, client_of: Clients
) -> None:
    lead, sheet = client_of(family, "lead"), f"/groups/{family.group}/face-sheet/"
    path = f"{sheet}{family.child.person_id}/add/"
    told = {"kind": "address", "value": "9 Quiet Lane", "audience_base": "group"}
    assert lead.post(path, told).status_code == 302
    assert "9 Quiet Lane" in client_of(family, "mother").get(sheet).content.decode()
    assert "9 Quiet Lane" not in client_of(family, "father").get(sheet).content.decode()


@pytest.mark.requirement("R20")
@pytest.mark.parametrize(("procedure", "told"), [("england", False), ("wales", True)])
def test_in_wales_every_member_and_the_manager_are_told(
    db: None, today: Any, client_of: Clients, procedure: str, told: bool
) -> None:
    family = open_family(procedure=procedure)
    record_missed_contact(
        group=family.group, child=family.child.id, kind="cannot_keep", on=TODAY, reason="Illness.",
        by=family.health_visitor,
    )  # fmt: skip
    for name, expected in (("lead", True), ("teacher", told), ("nurse_manager", told), ("stranger", False)):
        text = client_of(family, name).get("/").content.decode()
        assert ("cannot be kept from 18 March 2026 on" in text) is expected, name


def test_a_meeting_whose_day_has_gone_by_is_asked_about(
    family: Family, client_of: Clients, today: Any
) -> None:
    today.move_to(datetime(2026, 3, 13, 9, tzinfo=LONDON))
    lead = client_of(family, "lead")
    text = lead.get(f"/groups/{family.group}/").content.decode()
    assert "Was the meeting of 11 March 2026 held?" in text
    path = text.split("/held/")[0].rsplit('"', 1)[1] + "/held/"
    assert lead.post(path, {"on": "14 March 2026"}).status_code == 200, "not in the future"
    assert lead.post(path, {"on": "11 March 2026"}).status_code == 302
    assert "Was the meeting of" not in lead.get(f"/groups/{family.group}/").content.decode()
    assert client_of(family, "teacher").get(path).status_code == 403
    assert client_of(family, "stranger").get(path).status_code == 404


@pytest.mark.requirement("R44")
@pytest.mark.parametrize("name", ["lead", "health_visitor", "mother", "father"])
def test_everybody_reads_where_the_next_meeting_is_and_what_the_place_offers(
    db: None, today: Any, client_of: Clients, name: str
) -> None:
    family = open_family(held_on=TODAY - timedelta(days=1))
    seen = client_of(family, name).get(f"/groups/{family.group}/").content.decode()
    for words in ("Family centre", "1 High Street", "Step-free entrance", "nobody can overhear"):
        assert words in seen
