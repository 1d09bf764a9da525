"""The workspace: what is typed is kept, what others write is seen, and every step works without a script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.casework.chronology import write_entry
from coregroup.casework.meetings import NewMeeting
from coregroup.casework.next_date import book_next
from coregroup.casework.sessions import abandon_meeting
from coregroup.records import models as m
from coregroup.rules.errors import Refused
from tests.builders import TODAY, Family
from tests.casework.plan_steps import save
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
    plain = send(lead, family, session, kind="note", code="risk", content={"text": "We liaise."}).json()
    mother = {"kind": "family_said", "about": str(family.people["mother"].id)}
    own = send(lead, family, session, **mother, content={"text": "They liaise."}).json()
    assert plain["findings"] and not own["findings"]  # nobody mends the family's own words


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
    begun = '%s</a> <span class="cg-steps__begun">'
    assert begun % "The plan" not in start and ">done<" not in start
    save(family, "concern")
    m.Meeting.objects.filter(id=session).update(recommendations_opened_at=m.Meeting.objects.get().opened_at)
    told = lead.get(at(family, session, "now/")).content.decode()
    assert begun % "The plan" in told and ">done<" in told
    assert lead.get(at(family, session, "now/unheard/")).status_code == 404
    mother = client_of(family, "mother").get(at(family, session, "now/"))
    assert mother.status_code == 403 and "record comes to you" in mother.content.decode()
    assert client_of(family, "chair").get(at(family, session, "now/welcome/")).status_code == 403
    assert teacher.get(at(family, session, "now/chronology/add/")).status_code == 200
    nurse = client_of(family, "health_visitor")  # who does not run this meeting
    assert nurse.get(at(family, session, "now/next-date/book/")).status_code == 403
    assert lead.get(at(family, session, "now/next-date/book/")).status_code == 200
    assert teacher.get(at(family, session, "now/restricted/")).status_code == 200
    abandon_meeting(group=family.group, meeting=session, reason="Fire alarm", by=family.lead)
    assert lead.get(at(family, session, "now/welcome/")).status_code == 403


def form_of(html: str, thing: str, **fields: str) -> dict[str, Any]:
    """A step's form as a browser without a script sends it, with these fields of one thing changed."""
    base = re.search(rf'name="{re.escape(thing)}\|base" value="(\d+)"', html)
    assert base, thing
    return {"thing": thing, f"{thing}|base": base[1]} | {f"{thing}|{k}": v for k, v in fields.items()}


@pytest.mark.requirement("R29")
def test_a_step_is_a_plain_form_too_and_shows_both_texts(
    family: Family, session: UUID, client_of: Clients
) -> None:
    lead, teacher = client_of(family, "lead"), client_of(family, "teacher")
    mother, url = family.people["mother"].id, at(family, session, "now/family_first/")
    said = f"family_said:{mother}::"
    before = lead.get(url).content.decode()
    sent = lead.post(url, form_of(before, said, text="We are\r\nwell."))
    assert sent.headers["Location"] == at(family, session, "now/child/")
    assert m.MeetingEntry.objects.get().content == {"text": "We are\nwell."}
    lead.post(url, form_of(lead.get(url).content.decode(), said, text="We are\nwell."))
    assert m.MeetingEntry.objects.count() == 1, "what was not changed is not saved again"
    both = teacher.post(url, form_of(before, said, text="Tired."))
    page = both.content.decode()
    assert both.status_code == 409 and "well." in page and "Tired." in page
    html = f"{said}|text"
    carried = {"thing": said, f"{said}|base": "1", html: "Tired.", f"asked|{html}": "yes"}
    assert all(f'name="{name}" value="{value}"' in page for name, value in carried.items())
    again = teacher.post(url, carried)
    assert again.status_code == 409 and "Choose which text" in again.content.decode()
    teacher.post(url, carried | {f"clash-choice-{html}": "theirs"})
    assert m.MeetingEntry.objects.count() == 1
    third = {f"clash-choice-{html}": "third", f"clash-third-{html}": "Well, and tired."}
    assert teacher.post(url, carried | third).status_code == 302
    assert m.MeetingEntry.objects.get(number=2).content == {"text": "Well, and tired."}
    welcome = at(family, session, "now/welcome/")
    faulty = {"thing": f"attendance:{mother}::", f"attendance:{mother}::|how": "present"}
    wrong = lead.post(welcome, faulty | {f"attendance:{mother}::|note": "Came by bus."})
    assert "Choose from the list." in wrong.content.decode() and "Came by bus." in wrong.content.decode()


@pytest.mark.requirement("R109")
@pytest.mark.requirement("R55")
def test_who_runs_the_meeting_writes_the_chronology_and_books_the_next(
    family: Family, session: UUID, client_of: Clients
) -> None:
    chair = client_of(family, "teacher")  # who chairs, and does not lead
    url = at(family, session, "now/chronology/add/")
    entry = {"on-day": "17", "on-month": "3", "on-year": "2026", "text": "A fall.", "impact": "Ben hid.",
             "child": str(family.child.id), "source": str(family.people["mother"].id)}  # fmt: skip
    assert chair.post(url, entry).status_code == 302
    shown = client_of(family, "lead").get(at(family, session, "now/chronology/")).content.decode()
    assert "A fall." in shown and "Ben hid." in shown and "Written in this meeting" in shown
    book = at(family, session, "now/next-date/book/")
    after = {"on-day": "14", "on-month": "4", "on-year": "2026", "at": "", "venue": "Family centre"}
    assert "Enter the time" in chair.post(book, after).content.decode()
    assert chair.post(book, after | {"at": "2pm"}).status_code == 302
    assert m.Meeting.objects.filter(group=family.group, state="planned").count() == 1
    assert "14 April 2026" in chair.get(at(family, session, "now/next_date/")).content.decode()
    with pytest.raises(Refused):
        book_next(
            group=family.group, meeting=session, by=family.health_visitor,
            next_one=NewMeeting(date(2026, 4, 15), time(14), "Here"),
        )  # fmt: skip


@pytest.mark.requirement("R125")
@pytest.mark.requirement("R57")
def test_a_restricted_part_on_its_page(family: Family, session: UUID, client_of: Clients) -> None:
    lead, nurse = client_of(family, "lead"), client_of(family, "health_visitor")
    url = at(family, session, "now/restricted/")
    asked = {"leave": [str(family.people["health_visitor"].id)], "told": "A matter of the police.",
             "why": "Her sister works there.", "stay": [str(family.people["teacher"].id)],
             "review_on-day": "1", "review_on-month": "6", "review_on-year": "2026"}  # fmt: skip
    assert "Enter why they" in lead.post(url, asked | {"why": " "}).content.decode()
    assert lead.post(url, asked).status_code == 302
    part = m.RestrictedPart.objects.get()
    notes = f"restricted:{part.id}::"
    lead.post(url, form_of(lead.get(url).content.decode(), notes, text="The aunt called."))
    assert "The aunt called." in client_of(family, "teacher").get(url).content.decode()
    kept_out = nurse.get(url).content.decode()
    assert "The aunt called." not in kept_out and "Her sister" not in kept_out
    assert "A matter of the police." not in nurse.get(at(family, session, "changes/")).content.decode()
    assert nurse.post(at(family, session, f"now/restricted/{part.id}/end/")).status_code == 403
    assert lead.post(at(family, session, f"now/restricted/{part.id}/end/")).status_code == 302
    ended = lead.get(url).content.decode()
    assert "Not for everybody in the room" in ended, "folded away from the projector"
    assert "A matter of the police." in nurse.get(url).content.decode()


@pytest.mark.requirement("R54")
def test_a_guest_writes_in_the_one_meeting_and_nowhere_after_it(
    family: Family, session: UUID, client_of: Clients
) -> None:
    guest = m.MeetingGuest.objects.create(
        authority=family.authority, group_id=family.group, meeting_id=session, part="representative",
        beside=family.people["teacher"], person=family.people["police"], name="Petra Lund",
        named_by=family.people["lead"], audience=m.Meeting.objects.get(id=session).audience,
    )  # fmt: skip
    petra = client_of(family, "police")
    assert "Petra Lund" in petra.get(at(family, session, "now/welcome/")).content.decode()
    assert send(petra, family, session, **NOTE, content={"text": "For Tariq."}).json()["kept"] == 1
    assert petra.get(at(family, session, "now/restricted/")).status_code == 200
    abandon_meeting(group=family.group, meeting=session, reason="Fire alarm", by=family.lead)
    assert petra.get(at(family, session, "now/welcome/")).status_code == 404
    assert send(petra, family, session, **NOTE, content={"text": "Late."}, base=1).status_code == 404
    assert guest.part == "representative"


def test_what_is_not_for_everybody_in_the_room_is_folded(
    family: Family, session: UUID, client_of: Clients
) -> None:
    lead, mother, father = client_of(family, "lead"), family.people["mother"].id, family.people["father"].id
    keep(family, session, family.lead, "family_said", about=mother, content={"text": "I am afraid of him."})
    url = at(family, session, "now/family_first/")
    assert "Not for everybody in the room" not in lead.get(url).content.decode()
    keep(family, session, family.lead, "attendance", about=father, content={"how": "attended"})
    page = lead.get(url).content.decode()
    assert "Not for everybody in the room" in page and "not to Frank Dale" in page


@pytest.mark.requirement("R57")
def test_the_steps_tell_a_limited_member_nothing_of_the_other_child(
    family: Family, session: UUID, client_of: Clients
) -> None:
    ben, mother = family.child, family.people["mother"].id
    save(family, "concern")
    save(family, "contingency")
    limit(family, "health_visitor", 1)
    whole: dict[str, dict[str, Any]] = {
        "note": {}, "family_said": {"about": mother}, "decision": {"about": uuid4()},
        "voice": {"about": ben.person_id, "child": ben.id}, "legal": {"child": ben.id},
    }  # fmt: skip
    field = {"legal": "in_force", "decision": "what", "voice": "words"}
    for kind, parts in whole.items():
        keep(family, session, family.lead, kind, content={field.get(kind, "text"): "Ben Marker"}, **parts)
    write_entry(group=family.group, on=TODAY, text="Ben Marker fell.", by=family.lead)
    lead, nurse = client_of(family, "lead"), client_of(family, "health_visitor")
    told = {}
    for step in [*STEPS, "chronology/add", "restricted"]:
        page = nurse.get(at(family, session, f"now/{step}/")).content.decode()
        told[step] = re.findall(r"\bBen\b|Frank|Marker", page)
    assert not any(told.values()), told
    assert "Ben Marker" in lead.get(at(family, session, "now/decisions/")).content.decode()
    mine = {"kind": "family_said", "about": str(mother), "child": str(family.children[1].id)}
    assert send(nurse, family, session, **mine, content={"text": "Amy sleeps."}).status_code == 200
    assert "Amy sleeps." in lead.get(at(family, session, "now/family_first/")).content.decode()
