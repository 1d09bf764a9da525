"""The start page: each person's own, in their cut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.casework.answers import answer_action
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.contact import record_missed_contact
from coregroup.casework.opening import open_core_group
from coregroup.records.models import Meeting, Membership, Plan, PlanVersion
from coregroup.web.oversight.tables import Column, csv_of
from tests.builders import TODAY, Family, actor, an_opening
from tests.casework.meeting_steps import begin
from tests.casework.plan_steps import whole_plan
from tests.conftest import LONDON

Clients = Callable[..., Any]


@pytest.mark.parametrize("name", ["lead", "health_visitor", "chair", "manager", "mother", "gil", "stranger"])
def test_everybody_has_a_start_page(family: Family, client_of: Callable[..., Any], name: str) -> None:
    page = client_of(family, name).get("/")
    assert page.status_code == 200


@pytest.mark.parametrize("name", ["lead", "health_visitor", "chair", "manager", "mother", "gil", "father"])
def test_everybody_of_the_group_opens_its_page(
    family: Family, client_of: Callable[..., Any], name: str
) -> None:
    page = client_of(family, name).get(f"/groups/{family.group}/")
    assert page.status_code == 200


def more_groups(family: Family, count: int) -> None:
    """The same people in many more core groups."""
    lead = actor(family.people["lead"])
    for _number in range(count):
        open_core_group(opening=an_opening(family.people, date(2026, 3, 4)), by=lead)


@pytest.mark.parametrize(
    ("name", "path"),
    [("lead", "/"), ("chair", "/"), ("manager", "/"), ("lead", "/groups/"), ("chair", "/plans/"),
     ("manager", "/staff/"), ("chair", "/plans/plans.csv")],
)  # fmt: skip
def test_a_page_of_many_takes_no_more_queries_than_a_page_of_one(
    family: Family, client_of: Clients, name: str, path: str
) -> None:
    client = client_of(family, name)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    more_groups(family, 6)
    with CaptureQueriesContext(connection) as many:
        text = client.get(path).content.decode()
    assert text.count("Rowe") > 6 or (name, path) == ("manager", "/")  # whose own page only leads to /staff/
    assert len(many) == len(few) <= 12


def test_the_first_visit_takes_few_queries_too(
    family: Family, client_of: Clients, django_assert_max_num_queries: Any
) -> None:
    client = client_of(family, "lead")
    with django_assert_max_num_queries(13):  # the one beyond twelve begins to count visits, once for ever
        client.get("/")


@pytest.mark.requirement("R46", "R47")
def test_what_waits_is_there_and_can_be_put_away(family: Family, client_of: Clients) -> None:
    client = client_of(family, "health_visitor")
    text = client.get("/").content.decode()
    assert "You are a member of this core group." in text
    assert "Joining list: 0 of 4 steps done" in text
    path = text.split('action="/notices/')[1].split('"')[0]
    assert client.post(f"/notices/{path}").status_code == 302
    assert client.get("/").content.decode().count('action="/notices/') == text.count('action="/notices/') - 1


def test_nobody_puts_away_somebody_elses_notice(family: Family, client_of: Clients) -> None:
    text = client_of(family, "health_visitor").get("/").content.decode()
    path = text.split('action="/notices/')[1].split('"')[0]
    assert client_of(family, "teacher").post(f"/notices/{path}").status_code == 404
    again = client_of(family, "health_visitor").get("/").content.decode()
    assert again.count('action="/notices/') == text.count('action="/notices/')


def test_what_others_did_since_is_told_and_ones_own_is_not(
    family: Family, client_of: Clients, today: Any
) -> None:
    teacher, lead = client_of(family, "teacher"), client_of(family, "lead")
    teacher.get("/"), lead.get("/")
    today.move_to(today_at(12))
    record_missed_contact(
        group=family.group, child=family.child.id, kind="missed", on=date(2026, 3, 18), reason="Ill.",
        by=family.teacher,
    )  # fmt: skip
    today.move_to(today_at(13))
    text = lead.get("/").content.decode()
    assert "Agreed contact with Ben Rowe on 18 March 2026 was missed." in text
    assert "Agreed contact with Ben Rowe on" not in teacher.get("/").content.decode()
    today.move_to(today_at(13, 10))
    assert "Agreed contact with Ben Rowe on" in lead.get("/").content.decode(), "told during the whole visit"
    today.move_to(today_at(15))
    assert "Agreed contact with Ben Rowe on 18" not in lead.get("/").content.decode()


def test_what_is_withheld_is_neither_a_notice_nor_a_change(
    family: Family, client_of: Clients, today: Any
) -> None:
    mother, lead, visitor = (client_of(family, name) for name in ("mother", "lead", "health_visitor"))
    for client in (mother, lead, visitor):
        client.get("/")
    today.move_to(today_at(12))
    record_missed_contact(
        group=family.group, child=family.child.id, kind="missed", on=date(2026, 3, 18), reason="Ill.",
        audience=AudienceChoice("named", frozenset({family.people["lead"].id}), frozenset(), "Risk.", "Chair",
                                date(2026, 6, 1)),
        by=family.teacher,
    )  # fmt: skip
    today.move_to(today_at(13))
    assert "was missed" in lead.get("/").content.decode()
    for client in (mother, visitor):
        assert "was missed" not in client.get("/").content.decode()
        assert "was missed" not in client.get(f"/groups/{family.group}/").content.decode()


def test_a_notice_is_absent_once_what_it_speaks_of_is_no_longer_seen(
    family: Family, client_of: Clients
) -> None:
    visitor = client_of(family, "health_visitor")
    assert "You are a member" in visitor.get("/").content.decode()
    Membership.objects.filter(person=family.people["health_visitor"]).update(
        until=date(2026, 3, 18), ended_because="Moved"
    )
    text = visitor.get("/").content.decode()
    assert "You are a member" not in text and "Rowe" not in text


def today_at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 18, hour, minute, tzinfo=LONDON)


def test_the_family_reads_its_dates_and_nothing_of_others(family: Family, client_of: Clients) -> None:
    text = client_of(family, "father").get("/").content.decode()
    assert "Ben Rowe" in text and "Next review conference" in text
    assert "Amy" not in text


@pytest.mark.requirement("R92")
def test_a_chair_sorts_filters_and_takes_away_the_plans(family: Family, client_of: Clients) -> None:
    more_groups(family, 2)
    chair = client_of(family, "chair")
    everything = chair.get("/plans/").content.decode()
    assert everything.count("Ben Rowe</a>") == 3 and everything.count(">Rowe</span>") == 6
    assert chair.get("/plans/?text=amy").content.decode().count("Ben Rowe</a>") == 0
    rows = chair.get("/plans/plans.csv?text=amy&sort=-child").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4 and all("Amy" in row for row in rows[1:])
    assert "Nothing fits" in chair.get("/plans/?text=nobody").content.decode()
    assert chair.get("/plans/?sort=nonsense&page=900").status_code == 200


def test_a_manager_sees_their_staffs_groups(family: Family, client_of: Clients) -> None:
    text = client_of(family, "manager").get("/staff/").content.decode()
    assert "Lena Marsh" in text and "Hana Pryce" not in text
    assert "Hana Pryce" in client_of(family, "nurse_manager").get("/staff/").content.decode()


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    answer = csv_of("x.csv", [Column("A")], [["=1+1"], ["fine"]])
    assert b"'=1+1" in answer.content and b"'fine" not in answer.content


@pytest.mark.requirement("R38")
@pytest.mark.parametrize("name", ["lead", "mother", "chair"])
def test_every_page_opens_in_welsh(family: Family, client_of: Clients, name: str) -> None:
    client = client_of(family, name)
    client.cookies["django_language"] = "cy"
    for path in (
        "/",
        f"/groups/{family.group}/",
        f"/groups/{family.group}/face-sheet/",
        "/plans/",
        "/staff/",
    ):
        answer = client.get(path)
        assert answer.status_code in (200, 404)
        assert '<html lang="cy"' in answer.content.decode()


def test_nobody_signed_in_is_sent_to_sign_in(family: Family, page: Any) -> None:
    answer = page.get("/")
    assert answer.status_code == 302 and "/sign-in/" in answer["Location"]


@pytest.mark.requirement("R34")
def test_an_action_waits_for_its_owners_answer_and_then_for_its_day(
    family: Family, client_of: Clients, today: Any
) -> None:
    action = whole_plan(family)["action"]
    visitor, question = client_of(family, "health_visitor"), "Can you do this? Agree a written list"
    text = visitor.get("/").content.decode()
    assert text.count(question) == 1 and f"/actions/{action.item}/" in text
    assert "has your name on it" not in text, "said once, as itself"
    assert question not in client_of(family, "teacher").get("/").content.decode()
    answer_action(
        group=family.group, item=action.item, revision=action.revision, answer="accepted",
        by=family.health_visitor,
    )  # fmt: skip
    assert question not in visitor.get("/").content.decode()
    plan = Plan.objects.get(child=family.child)
    PlanVersion.objects.create(
        authority=family.authority, group_id=family.group, plan=plan, number=1, at=today_at(12),
        by=family.people["lead"],
    )  # fmt: skip
    assert "Agree a written list" not in visitor.get("/").content.decode(), "its day is far"
    today.move_to(datetime(2026, 5, 28, 9, tzinfo=LONDON))
    assert ">Due<" in client_of(family, "health_visitor").get("/").content.decode()
    today.move_to(datetime(2026, 6, 3, 9, tzinfo=LONDON))
    text = client_of(family, "health_visitor").get("/").content.decode()
    assert ">Overdue<" in text and "Agree a written list" in text
    row = client_of(family, "nurse_manager").get("/staff/").content.decode().split("Hana Pryce")[1]
    assert ">1<" in row.split("</tr>")[0], "one late action"


@pytest.mark.requirement("R102", "R107")
def test_what_a_meeting_waits_for(family: Family, client_of: Clients, today: Any) -> None:
    """An update to give, a meeting in session, one that was never begun: each told to whom it concerns."""
    meeting = Meeting.objects.get(group=family.group)
    assert "was it held?" in home_of(client_of(family, "lead"))
    assert "was it held?" not in home_of(client_of(family, "teacher"))
    Meeting.objects.filter(id=meeting.id).update(planned_on=TODAY + timedelta(days=7))
    for name, owes in (("teacher", True), ("chair", False), ("mother", False)):
        assert ("Your update for the" in home_of(client_of(family, name))) is owes
    for name, asked in (("mother", True), ("father", True), ("teacher", False), ("chair", False)):
        assert ("Say what you want said" in home_of(client_of(family, name))) is asked
    mother = client_of(family, "mother")
    own = f"/groups/{family.group}/meetings/{meeting.id}/family-first/{family.people['mother'].id}/"
    assert mother.post(own, {"wants": "No shouting.", "base": "0"}).status_code == 302
    assert "Say what you want said" not in home_of(mother)
    assert "Say what you want said" in home_of(client_of(family, "father")), "his own is still to be said"
    begin(family, meeting.id)
    assert "In session" in home_of(client_of(family, "teacher"))
    assert "In session" not in home_of(client_of(family, "mother"))
    assert "In session" not in home_of(client_of(family, "stranger"))


def home_of(client: Any) -> str:
    return str(client.get("/").content.decode())
