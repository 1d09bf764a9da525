"""The pages of family first: a mother on her telephone, a professional who writes, a father kept apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coregroup.records import models as m
from tests.builders import Family
from tests.casework.test_family_first import a_picture

WORDS = "I want Ben to have his own bed.\nAnd no shouting."


def at(family: Family, name: str = "family_first", **parts: Any) -> str:
    meeting: UUID = m.Meeting.objects.get(group=family.group).id
    return reverse(name, kwargs={"group": family.group, "meeting": meeting, **parts})


@pytest.mark.requirement("R3", "R30", "R57")
def test_a_mother_writes_on_her_own_page_and_only_she_and_the_professionals_read_it(
    family: Family, client_of: Any
) -> None:
    mother, lead = client_of(family, "mother"), client_of(family, "lead")
    page = mother.get(at(family)).content.decode()
    for words in ("11 March 2026", "Family centre", "You are asked first", "Write what you want said"):
        assert words in page
    own = at(family, "family_first_say", person=family.people["mother"].id)
    assert "Write what you want said, or add a photo" in mother.post(own, {"wants": " "}).content.decode()
    picture = SimpleUploadedFile("letter.png", a_picture().content, "image/png")
    sent = mother.post(own, {"wants": WORDS, "helped_by": "", "picture": picture, "base": "0"})
    assert sent.status_code == 302 and sent.headers["Location"] == at(family)
    back = mother.get(at(family)).content.decode()
    assert "no shouting" in back and "letter or picture" in back
    told = lead.get(at(family)).content.decode()
    assert "no shouting" in told and "Professionals" not in told and "not to Frank Dale" in told
    for other in ("father", "gil"):
        client = client_of(family, other)
        assert "shouting" not in client.get(at(family)).content.decode()
        assert client.get(own).status_code == 404
    assert "a room of your own" in client_of(family, "father").get(at(family)).content.decode()


@pytest.mark.requirement("R30")
def test_a_professional_writes_down_what_a_child_wants_and_two_writers_meet_both_texts(
    family: Family, client_of: Any
) -> None:
    teacher = client_of(family, "teacher")
    ben = at(family, "family_first_say", person=family.child.person_id)
    assert f'value="{family.people["father"].id}" checked' in teacher.get(ben).content.decode()
    faulty = teacher.post(ben, {"wants": "A dog"}).content.decode()
    assert "Choose how they were asked" in faulty and "Enter the day" in faulty
    told = {
        "how": "drawing", "on-day": "17", "on-month": "3", "on-year": "2026", "wants": "A dog",
        "helped_by": "Tariq Shah", "base": "0", "audience_base": "group",
    }  # fmt: skip
    shut = {"audience_shut_out": str(family.people["father"].id), "audience_reason": "Kept apart."}
    assert teacher.post(ben, told | shut).status_code == 302
    clash = client_of(family, "lead").post(ben, told | shut | {"wants": "A cat", "on-day": "16"})
    assert clash.status_code == 409
    assert "A dog" in clash.content.decode() and "17 March 2026" in clash.content.decode()
    bad = SimpleUploadedFile("drawing.png", b"not a picture", "image/png")
    again = teacher.post(ben, told | shut | {"base": "1", "picture": bad})
    assert again.status_code == 200 and "error-summary" in again.content.decode()
    assert "A dog" in teacher.get(at(family)).content.decode()
    assert client_of(family, "manager").get(ben).status_code == 403


@pytest.mark.requirement("R66")
def test_whether_a_child_comes_is_decided_on_a_page_of_its_own(
    family: Family, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    lead, amy = client_of(family, "lead"), family.children[1]
    place = at(family, "child_attends", child=amy.id)
    assert "Not decided yet: Ben Rowe, Amy Rowe" in lead.get(at(family)).content.decode()
    told = {"decision": "no", "why": "Amy is two.", "base": "0"}
    assert "Choose how the child’s wishes come in" in lead.post(place, told).content.decode()
    told |= {"way": "conversation", "who_asks": "Hana Pryce"}
    assert lead.post(place, told).status_code == 302
    with django_assert_max_num_queries(12):
        page = lead.get(at(family)).content.decode()
    assert "Not decided yet: Ben Rowe" in page and "Hana Pryce asks them." in page
    assert "Amy" not in client_of(family, "father").get(at(family)).content.decode()
    assert client_of(family, "father").get(place).status_code == 404
    assert client_of(family, "mother").get(place).status_code == 403
