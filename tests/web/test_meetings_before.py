"""The pages before a meeting: the list, each meeting's own, series, moving, cancelling, chair, beginning."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.casework.meetings import NewMeeting, book_meeting
from coregroup.casework.meetings_changes import cancel_meeting
from coregroup.casework.meetings_requests import ask_earlier
from coregroup.records import models as m
from tests.builders import TODAY, Family, open_family
from tests.web.test_weights import QUERIES

Clients = Callable[..., Any]


@pytest.fixture
def opened(db: None, today: object) -> Family:
    return open_family(procedure="denbighshire", held_on=date(2026, 3, 16), review_on=date(2026, 6, 8))


def at(family: Family, tail: str = "") -> str:
    meeting = m.Meeting.objects.filter(group=family.group).first()
    assert meeting is not None
    return f"/groups/{family.group}/meetings/{meeting.id}/{tail}"


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def form_of(html: str) -> dict[str, list[str]]:
    """The hidden values of the page's form, as a browser would send them again."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html):
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.requirement("R109")
def test_the_pages_before_a_meeting_are_light_and_cut_to_their_reader(
    opened: Family, client_of: Clients
) -> None:
    group = f"/groups/{opened.group}/"
    ask_earlier(group=opened.group, reason="Ben is late every day.", by=opened.teacher)
    asked = m.MeetingRequest.objects.get().id
    lead = client_of(opened, "lead")
    for tail in ("", "move/", "cancel/", "chair/", "begin/", "held/"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert lead.get(at(opened, tail)).status_code == 200, tail
        assert len(seen) <= QUERIES, (tail, [one["sql"][:90] for one in seen])
    for path in ("meetings/", "meetings/new/", "meetings/series/", f"meetings/earlier/{asked}/"):
        with CaptureQueriesContext(connection) as seen:
            assert lead.get(group + path).status_code == 200, path
        assert len(seen) <= QUERIES, (path, [one["sql"][:90] for one in seen])
    assert client_of(opened, "health_visitor").get(group + "meetings/earlier/").status_code == 200
    mother = client_of(opened, "mother")
    own = mother.get(at(opened)).content.decode()
    assert "Who comes" not in own and "No update yet" not in own and "You and the children" in own
    assert "Ben is late" not in mother.get(group + "meetings/").content.decode()
    assert mother.get(group + "meetings/series/").status_code == 403
    assert client_of(opened, "stranger").get(at(opened)).status_code == 404
    professional = client_of(opened, "teacher").get(at(opened)).content.decode()
    assert "No update yet" in professional and "My update" in professional


@pytest.mark.requirement("R91", "R109")
def test_the_series_is_proposed_checked_and_booked(opened: Family, client_of: Clients) -> None:
    lead, path = client_of(opened, "lead"), f"/groups/{opened.group}/meetings/series/"
    with CaptureQueriesContext(connection) as seen:
        page = lead.get(path).content.decode()
    assert len(seen) <= QUERIES
    assert "Meeting 1: Thursday 23 April 2026" in page and "Comes separately from another adult" in page
    first, second = date(2026, 4, 23), date(2026, 5, 22)
    told = {"at": "2pm", "venue": "Library", "book_0": "on", "book_1": "on", "once": form_of(page)["once"][0]}
    other = lead.post(path, told | {"proposed": "2026-04-01"}).content.decode()
    assert "changed the planned meetings meanwhile" in other
    told |= day("on_0", first) | day("on_1", second) | {"venue_1": "Oak Lane School"}
    empty = lead.post(path, told | {"on_1-day": "", "on_1-month": "", "on_1-year": ""}).content.decode()
    assert "Enter the date of the meeting" in empty
    late = lead.post(path, {name: value for name, value in told.items() if name != "book_0"}).content.decode()
    assert (
        "would not keep every limit" in late and "Say who approved that" in late and "Next core group" in late
    )
    check = lead.post(path, told)
    assert check.status_code == 200 and m.Meeting.objects.count() == 1
    html = check.content.decode()
    assert "Check the meetings before you book them" in html and "Kept: at the latest" in html
    sent = form_of(html)
    assert "Time and place, once for all" in lead.post(path, sent | {"change": "yes"}).content.decode()
    assert lead.post(path, sent | {"checked": "yes"}).status_code == 302
    rows = m.Meeting.objects.filter(group=opened.group).order_by("planned_on")
    assert [(one.planned_on, one.venue) for one in rows][1:] == [
        (first, "Library"), (second, "Oak Lane School"),
    ]  # fmt: skip
    assert lead.post(path, sent | {"checked": "yes"}).status_code == 302  # sent twice, booked once
    assert rows.count() == 3
    assert "is planned already" in lead.get(path).content.decode()


@pytest.mark.requirement("R56")
def test_a_meeting_is_moved_and_cancelled_on_its_pages(opened: Family, client_of: Clients) -> None:
    lead = client_of(opened, "lead")
    soon = TODAY + timedelta(days=6)
    told = {"at": "2pm", "venue": "", "link": "http://meet.example", **day("on", soon)}
    wrong = lead.post(at(opened, "move/"), told).content.decode()
    assert "must begin with https://" in wrong and "Say why the meeting is moved." in wrong
    told |= {"link": "https://meet.example", "reason": "The school is closed."}
    assert lead.post(at(opened, "move/"), told).status_code == 302
    page = lead.get(at(opened)).content.decode()
    assert "The school is closed." in page and 'href="https://meet.example"' in page
    nothing = lead.post(at(opened, "cancel/"), {}).content.decode()
    for words in ("why the meeting is cancelled", "who authorised this", "another meeting in its place"):
        assert words in nothing
    told = {"reason": "The family is away.", "authorised_by": "Maud Okoro", "replace": "no"}
    assert "after the limit" in lead.post(at(opened, "cancel/"), told).content.decode()
    told |= {"replace": "yes", "at": "9am", "venue": "Family centre", **day("on", TODAY + timedelta(days=8))}
    cancelled = at(opened, "cancel/")
    assert lead.post(cancelled, told).status_code == 302
    row = m.Meeting.objects.get(state="cancelled")
    assert row.replaced_by and (row.replaced_by.venue, row.replaced_by.starts_at) == (
        "Family centre",
        time(9),
    )
    page = lead.get(cancelled.removesuffix("cancel/")).content.decode()
    assert "The family is away." in page and "In its place: Thursday 26 March 2026" in page
    assert lead.get(cancelled).status_code == 403
    assert "The family is away." in lead.get(f"/groups/{opened.group}/meetings/").content.decode()


def test_an_earlier_meeting_is_asked_for_and_answered(opened: Family, client_of: Clients) -> None:
    group = f"/groups/{opened.group}/meetings/"
    teacher, lead = client_of(opened, "teacher"), client_of(opened, "lead")
    assert "Ask for an earlier meeting" in teacher.get(group).content.decode()
    assert teacher.post(group + "earlier/", {"reason": "Ben is late every day."}).status_code == 302
    asked = m.MeetingRequest.objects.get()
    assert lead.get(f"{group}earlier/{asked.id}/").status_code == 200
    answered = lead.post(f"{group}earlier/{asked.id}/", {"granted": "yes", "answer": "You are right."})
    assert answered.status_code == 302 and answered["Location"] == group + "new/"
    page = teacher.get(group).content.decode()
    assert "Agreed" in page and "Lena Marsh answered: You are right." in page
    assert lead.get(f"{group}earlier/{asked.id}/").status_code == 403


@pytest.mark.requirement("R50", "R75", "R115")
def test_chair_and_minute_taker_are_chosen_and_the_meeting_begins(opened: Family, client_of: Clients) -> None:
    lead = client_of(opened, "lead")
    teacher, nurse = str(opened.people["teacher"].id), str(opened.people["health_visitor"].id)
    both = lead.post(at(opened, "chair/"), {"chair": teacher, "minute_taker": teacher}).content.decode()
    assert "somebody other than the chair" in both
    outside = {"chair": "outside", "chair_name": "", "minute_taker": nurse}
    assert "Enter their name" in lead.post(at(opened, "chair/"), outside).content.decode()
    assert lead.post(at(opened, "chair/"), {"chair": teacher, "minute_taker": nurse}).status_code == 302
    page = lead.get(at(opened)).content.decode()
    assert "Tariq Shah" in page and "suggested" not in page
    m.Meeting.objects.filter(group=opened.group).update(planned_on=TODAY)
    member = client_of(opened, "teacher")
    assert "Begin the meeting" in member.get(at(opened)).content.decode()
    begin = member.get(at(opened, "begin/")).content.decode()
    assert "Is the room ready?" in begin and "Somebody who is not in this list" not in begin
    same = member.post(at(opened, "begin/"), {"chair": teacher, "minute_taker": teacher}).content.decode()
    assert "somebody other than the chair" in same
    begun = member.post(at(opened, "begin/"), {"chair": teacher, "minute_taker": nurse})
    assert begun.status_code == 302
    assert "Go on with the meeting" in member.get(at(opened)).content.decode()
    assert member.get(at(opened, "begin/")).status_code == 403
    assert "In session" in lead.get(f"/groups/{opened.group}/meetings/").content.decode()


def test_a_meeting_whose_day_has_gone_by_says_so(opened: Family, client_of: Clients) -> None:
    m.Meeting.objects.filter(group=opened.group).update(planned_on=TODAY - timedelta(days=1))
    lead = client_of(opened, "lead")
    page = lead.get(at(opened)).content.decode()
    assert "has gone by" in page and "/held/" in page and "/begin/" in page
    other = book_meeting(
        group=opened.group, meeting=NewMeeting(TODAY + timedelta(days=5), time(14), "Hall"), by=opened.lead
    )
    cancel_meeting(
        group=opened.group, meeting=m.Meeting.objects.exclude(id=other).get().id, reason="Nobody came.",
        authorised_by="Maud Okoro", by=opened.lead,
    )  # fmt: skip
    assert "/held/" not in lead.get(f"/groups/{opened.group}/").content.decode()
