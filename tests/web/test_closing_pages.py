"""The page on which a core group is closed: guards with ways to meet them, reasons, one press."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coregroup.casework.meeting_sheet import Thing
from coregroup.records import models as m
from tests.builders import Family
from tests.casework.meeting_steps import begin, keep, meet_guards
from tests.casework.plan_steps import whole_plan


@pytest.mark.requirement("R13", "R30", "R53")
def test_closing_on_the_page_from_the_open_guards_to_the_record(family: Family, client_of: Any) -> None:
    for child in family.children:
        whole_plan(family, child.id)
    meeting = begin(family)
    meet_guards(family, meeting, leave_out="contingency")
    place = reverse("meeting_close", args=[family.group, meeting])
    client = client_of(family, "health_visitor")
    shown = client.get(place).content.decode()
    assert "cannot be closed yet" in shown and "Carys Holt" in shown and "Ben" in shown
    for child in family.children:
        keep(family, meeting, Thing("contingency", child=child.id), fit="yes")
    shown = client.get(place).content.decode()
    once = shown.split('name="once" value="')[1].split('"')[0]
    told = {"once": once, "said_distribution": "on", "audience_base": "group"}
    told |= {name: "Agreed." for name in _names(shown) if name.startswith("passed_")}
    answer = client.post(place, {"once": once, "said_distribution": "on", "audience_base": "group"})
    assert answer.status_code == 200 and "Say why this is passed" in answer.content.decode()
    for _time in range(2):
        answer = client.post(place, told)
        assert answer.status_code == 302, answer.content.decode()
    assert m.Meeting.objects.get(id=meeting).state == "closed"
    assert client.get(place).status_code == 302
    for who, status in (("mother", 403), ("stranger", 404)):
        assert client_of(family, who).get(place).status_code == status


def _names(html: str) -> set[str]:
    return {part.split('"')[0] for part in html.split('name="')[1:]}


@pytest.mark.requirement("R53")
def test_somebody_is_left_out_of_the_record_with_a_reason_and_never_the_chair(
    family: Family, client_of: Any
) -> None:
    meeting = begin(family)
    client = client_of(family, "health_visitor")
    shown = client.get(reverse("meeting_recipients", args=[family.group, meeting])).content.decode()
    assert "Frank Dale" in shown and "Carys Holt" in shown
    place = reverse("meeting_recipient", args=[family.group, meeting, family.people["father"].id])
    page = client.get(place).content.decode()
    told = {"once": page.split('name="once" value="')[1].split('"')[0], "out": "yes", "why": ""}
    assert "Say why they are left out" in client.post(place, told).content.decode()
    assert client.post(place, told | {"why": "Risk of harm."}).status_code == 302
    shown = client.get(reverse("meeting_recipients", args=[family.group, meeting])).content.decode()
    assert "Left out: Risk of harm." in shown
    chair = reverse("meeting_recipient", args=[family.group, meeting, family.people["chair"].id])
    assert "always given the record" in client.post(chair, told | {"why": "x"}).content.decode()
    assert client_of(family, "mother").get(place).status_code == 403


@pytest.mark.requirement("R13", "R34", "R52")
def test_the_closing_asks_few_queries_however_much_there_is_to_close(family: Family, client_of: Any) -> None:
    meeting = begin(family)
    client = client_of(family, "health_visitor")
    place = reverse("meeting_close", args=[family.group, meeting])
    client.get(place)
    whole_plan(family, family.children[0].id)
    with CaptureQueriesContext(connection) as few:
        client.get(place)
    whole_plan(family, family.children[1].id)
    with CaptureQueriesContext(connection) as many:
        client.get(place)
    assert len(few) == len(many) <= 24
