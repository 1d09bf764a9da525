"""The workspace: what is typed is kept, what others write is seen, and every step works without a script."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.casework.sessions import abandon_meeting
from coregroup.records import models as m
from tests.builders import Family
from tests.casework.test_meeting_sheet import keep, limit, session

__all__ = ["session"]
Clients = Callable[..., Any]
NOTE = {"kind": "note", "code": "welcome"}


def at(family: Family, meeting: UUID, rest: str) -> str:
    return f"/groups/{family.group}/meetings/{meeting}/{rest}"


def send(client: Any, family: Family, meeting: UUID, **sent: Any) -> Any:
    """One saving as the script sends it."""
    body = {"content": {}, "base": 0, "token": "", **sent}
    return client.post(at(family, meeting, "keep/"), json.dumps(body), content_type="application/json")


@pytest.mark.requirement("R29")
def test_what_is_typed_is_kept_and_the_others_see_it(
    family: Family, session: UUID, client_of: Clients
) -> None:
    lead, teacher = client_of(family, "lead"), client_of(family, "teacher")
    start = teacher.get(at(family, session, "changes/")).json()
    assert (start["entries"], start["state"], start["marks"]) == ([], "in_session", {})
    first = send(lead, family, session, **NOTE, content={"text": "Tea"}, token="t" * 20).json()
    assert (first["kept"], first["content"], first["time"]) == (1, {"text": "Tea"}, "10am")
    assert send(lead, family, session, **NOTE, content={"text": "Tea"}, token="t" * 20).json() == first
    seen = teacher.get(at(family, session, "changes/"), {"since": start["cursor"]}).json()
    assert [(one["thing"], one["content"], one["by"], one["own"]) for one in seen["entries"]] == [
        ("note:::welcome", {"text": "Tea"}, "Lena Marsh", False)
    ]
    clash = send(teacher, family, session, **NOTE, content={"text": "Coffee"})
    assert clash.status_code == 409
    assert clash.json() == {
        "clash": {"text": {"theirs": "Tea", "mine": "Coffee"}}, "kept": 1, "by": "Lena Marsh"
    }  # fmt: skip
    assert send(teacher, family, session, **NOTE, content={"text": "Coffee"}, base=1).json()["kept"] == 2
    wrong = {"kind": "attendance", "about": str(family.people["mother"].id), "content": {"how": "present"}}
    assert send(lead, family, session, **wrong).json() == {"faults": [["how", "Choose from the list."]]}


def test_what_cannot_be_read_is_not_kept_and_strangers_learn_nothing(
    family: Family, session: UUID, client_of: Clients
) -> None:
    lead, url = client_of(family, "lead"), at(family, session, "keep/")
    for body in ["", "[]", "{", '{"kind": "note"}', '{"kind": "note", "content": {"text": 1}}',
                 '{"kind": "note", "code": "x", "content": {"text": "\\ud800"}}',
                 '{"kind": "note", "about": "no id", "content": {}}']:  # fmt: skip
        assert lead.post(url, body, content_type="application/json").status_code == 400
    stranger = client_of(family, "stranger")
    assert stranger.post(url, "", content_type="application/json").status_code == 404
    assert send(stranger, family, session, **NOTE).status_code == 404
    assert stranger.get(at(family, session, "changes/")).status_code == 404
    mother = client_of(family, "mother")
    assert send(mother, family, session, **NOTE).json()["refused"]
    assert mother.get(at(family, session, "changes/")).status_code == 403
    assert lead.get(url).status_code == 405
    assert lead.get(at(family, session, "changes/"), {"since": "2026-99-01T00:00"}).status_code == 200
    abandon_meeting(group=family.group, meeting=session, reason="Fire alarm", by=family.lead)
    assert send(lead, family, session, **NOTE, content={"text": "x"}).status_code == 403
    assert lead.get(at(family, session, "changes/")).json()["state"] == "abandoned"
    assert not m.MeetingEntry.objects.exists()


@pytest.mark.requirement("R57")
def test_changes_are_cut_and_cost_few_queries(family: Family, session: UUID, client_of: Clients) -> None:
    ben, amy = family.children
    limit(family, "health_visitor", 1)
    keep(family, session, family.lead, child=ben.id, content={"text": "Ben slept badly."})
    keep(family, session, family.lead, "attendance", about=ben.person_id, content={"how": "PN6"})
    keep(family, session, family.lead, child=amy.id, content={"text": "Amy walks."})
    nurse, lead = client_of(family, "health_visitor"), client_of(family, "lead")
    nurse.get(at(family, session, "changes/"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        seen = nurse.get(at(family, session, "changes/")).json()
    assert [one["content"] for one in seen["entries"]] == [{"text": "Amy walks."}]
    assert len(asked) <= 12, [one["sql"] for one in asked]
    send(lead, family, session, **NOTE, content={"text": "Tea"})
    with CaptureQueriesContext(connection) as kept:
        assert send(lead, family, session, **NOTE, content={"text": "Tea?"}, base=1, token="u" * 20)
    assert len(kept) <= 20, [one["sql"] for one in kept]


STEPS = ["set_up", "welcome", "family_first", "child", "chronology", "plan", "risk", "contingency", "views",
         "decisions", "next_date", "questions"]  # fmt: skip


@pytest.mark.requirement("R86")
def test_every_step_opens_for_who_takes_part_and_costs_few_queries(
    family: Family, session: UUID, client_of: Clients
) -> None:
    lead, teacher = client_of(family, "lead"), client_of(family, "teacher")
    start = lead.get(at(family, session, "now/")).content.decode()
    assert "Step" in start and at(family, session, "now/welcome/") in start
    dear = {}
    for step in STEPS:
        with CaptureQueriesContext(connection) as asked:
            assert lead.get(at(family, session, f"now/{step}/")).status_code == 200, step
        if len(asked) > 12:
            dear[step] = len(asked)
    assert not dear
    assert lead.get(at(family, session, "now/unheard/")).status_code == 404
    mother = client_of(family, "mother").get(at(family, session, "now/"))
    assert mother.status_code == 403 and "record comes to you" in mother.content.decode()
    assert client_of(family, "chair").get(at(family, session, "now/welcome/")).status_code == 403
    assert teacher.get(at(family, session, "now/chronology/add/")).status_code == 200
    assert teacher.get(at(family, session, "now/next-date/book/")).status_code == 403
    assert lead.get(at(family, session, "now/next-date/book/")).status_code == 200
    assert teacher.get(at(family, session, "now/restricted/")).status_code == 200
    abandon_meeting(group=family.group, meeting=session, reason="Fire alarm", by=family.lead)
    assert lead.get(at(family, session, "now/welcome/")).status_code == 403
