"""The pages of a record: reading, copies, giving it out, corrections, confirming."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from coregroup.records import models as m
from tests.builders import Family, account_for
from tests.casefile.test_record import second_meeting


def once_of(html: str) -> str:
    return html.split('name="once" value="')[1].split('"')[0]


def at(name: str, family: Family, meeting: Any, **more: Any) -> str:
    return reverse(name, kwargs={"group": family.group, "meeting": meeting, **more})


@pytest.fixture
def closed(family: Family) -> tuple[Family, Any]:
    return family, second_meeting(family)[0]


@pytest.mark.requirement("R14", "R23", "R36", "R53", "R97")
def test_the_record_is_read_taken_and_given_to_each_their_own_copy(closed: Any, client_of: Any) -> None:
    family, meeting = closed
    lead, father = client_of(family, "lead"), client_of(family, "father")
    shown = lead.get(at("record", family, meeting)).content.decode()
    for words in ("BEN-RISK", "Nothing", "Chronology", "Give it to everybody", "Confirm it"):
        assert words in shown or words == "Nothing", words
    theirs = father.get(at("record", family, meeting)).content.decode()
    assert "BEN-RISK" in theirs and "AMY-GIL" not in theirs and "Give it to" not in theirs
    pdf = lead.get(at("record_copy", family, meeting))
    assert (
        pdf.headers["Content-Type"] == "application/pdf" and "ben" not in pdf.headers["Content-Disposition"]
    )
    assert lead.get(at("record_word", family, meeting)).content.startswith(b"PK")
    pack = zipfile.ZipFile(BytesIO(lead.get(at("record_export", family, meeting)).content))
    assert {"attendance.csv", "actions.csv", "chronology.csv", "changes.csv", "ratings.csv"} <= set(
        pack.namelist()
    )
    assert father.get(at("record_export", family, meeting)).status_code == 403
    departures = client_of(family, "chair").get(at("record_departures", family, meeting))
    assert "changed nothing that the conference" in departures.content.decode()

    for who in ("mother", "father", "health_visitor", "chair"):
        account_for(family.people[who])
    place = at("record_hand_out", family, meeting)
    listed = lead.get(place).content.decode()
    assert "Carys Holt" in listed and "To be given" in listed
    told = {"once": once_of(listed)}
    for _time in range(2):
        assert lead.post(at("record_hand_out_all", family, meeting), told).status_code == 302
    given = m.HandOut.objects.filter(meeting_id=meeting, document="record")
    assert sorted(given.values_list("recipient__given_name", flat=True)) == [
        "Carys",
        "Frank",
        "Hana",
        "Lena",
        "Mary",
    ]
    digests = dict(given.values_list("recipient__given_name", "digest"))
    frank = str(family.people["father"].id)
    copy = lead.get(at("record_hand_out_copy", family, meeting, recipient=frank)).content
    assert digests["Frank"] == hashlib.sha256(copy).hexdigest() != digests["Mary"]
    assert "not opened yet" in lead.get(place).content.decode()
    father.get(at("record", family, meeting))
    assert m.HandOutOpened.objects.filter(hand_out__recipient=family.people["father"]).count() == 1
    gil = str(family.people["gil"].id)
    where = at("record_hand_out_give", family, meeting, recipient=gil)
    page = lead.get(where).content.decode()
    date = {"on-day": "18", "on-month": "3", "on-year": "2026", "once": once_of(page)}
    refused = lead.post(where, {"how": "not_given", "note": "", **date})
    assert "Say why this person is not given" in refused.content.decode()
    assert lead.post(where, {"how": "post", "note": "", **date}).status_code == 302
    police = client_of(family, "teacher")  # who chaired
    assert police.get(place).status_code == 200
    assert client_of(family, "mother").get(place).status_code == 403
    for name in (
        "record",
        "record_copy",
        "record_word",
        "record_export",
        "record_hand_out",
        "record_correct",
    ):
        assert client_of(family, "stranger").get(at(name, family, meeting)).status_code == 404
    assert m.Notice.objects.filter(code="record_handed_to_you", to=family.people["father"]).exists()


@pytest.mark.requirement("R29")
def test_a_record_is_corrected_until_it_is_confirmed_and_then_beside(closed: Any, client_of: Any) -> None:
    family, meeting = closed
    teacher, mother = client_of(family, "teacher"), client_of(family, "mother")
    things = teacher.get(at("record_correct", family, meeting)).content.decode()
    assert "ALL-FREE" in things and "Note: The plan" in things and "Nothing new: Community health" in things
    row = m.MeetingEntry.objects.get(meeting_id=meeting, kind="note", code="plan")
    where = at("record_correct_item", family, meeting, item=row.id)
    page = teacher.get(where).content.decode()
    told = {"once": once_of(page), "base": "1", "text": "ALL-FREE put right", "because": ""}
    assert "Say why it is corrected" in teacher.post(where, told).content.decode()
    assert teacher.post(where, told | {"because": "A slip"}).status_code == 302
    assert teacher.post(where, told | {"because": "Again", "once": "", "text": "Another"}).status_code == 409
    shown = teacher.get(at("record", family, meeting)).content.decode()
    for words in ("ALL-FREE put right", "ALL-FREE about both children", "A slip", "With 1 correction"):
        assert words in shown, words
    own = m.MeetingEntry.objects.get(meeting_id=meeting, kind="voice", about=family.people["mother"].id)
    listed = mother.get(at("record_correct", family, meeting)).content.decode()
    assert "ALL-MOTHER" in listed and "ALL-FREE" not in listed
    assert mother.get(where).status_code == 404
    place = at("record_correct_item", family, meeting, item=own.id)
    page = mother.get(place).content.decode()
    sent = {"once": once_of(page), "base": "1", "words": "I do try", "because": "Not what I said"}
    assert mother.post(place, sent).status_code == 302
    assert client_of(family, "father").get(place).status_code == 404
    # What is no entry of the meeting, like a change to the plan, is corrected beside it at once.
    beside = at("record_beside", family, meeting)
    assert beside in listed and beside in mother.get(at("record", family, meeting)).content.decode()
    sent = {"once": once_of(teacher.get(beside).content.decode()), "section": "plan", "child": ""}
    assert teacher.post(beside, sent | {"text": "BEFORE it was Tuesday"}).status_code == 302
    assert "BEFORE it was Tuesday" in mother.get(at("record", family, meeting)).content.decode()

    assert client_of(family, "health_visitor").get(at("record_confirm", family, meeting)).status_code == 403
    page = teacher.get(at("record_confirm", family, meeting)).content.decode()
    assert teacher.post(at("record_confirm", family, meeting), {"once": once_of(page)}).status_code == 302
    assert m.Meeting.objects.get(id=meeting).state == "confirmed"
    assert teacher.get(where).status_code == 404
    page = teacher.get(beside).content.decode()
    sent = {"once": once_of(page), "section": "attendance", "text": "BESIDE the nurse came too", "child": ""}
    assert teacher.post(beside, sent | {"text": ""}).status_code == 200
    assert teacher.post(beside, sent).status_code == 302
    assert "BESIDE the nurse" in mother.get(at("record", family, meeting)).content.decode()
    assert (
        "BESIDE the nurse" not in client_of(family, "gil").get(at("record", family, meeting)).content.decode()
    )
