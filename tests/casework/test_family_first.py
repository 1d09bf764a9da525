"""What the family want said beforehand, whether each child comes: who writes, reads, is refused."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from coregroup.casefile.documents import files
from coregroup.casefile.family_first import FamilyFirst, asked_form, family_first
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.family_first import Picture, decide_attendance, say_beforehand
from coregroup.casework.meeting_sheet import Kept
from coregroup.records import models as m
from coregroup.rules.access import Actor
from coregroup.rules.errors import AlreadyDone, Clash, Closed, Problem, Problems, Refused
from tests.builders import Family

SECRET = "He stood outside the school again"


def meeting(family: Family) -> UUID:
    return m.Meeting.objects.get(group=family.group, state="planned").id


def say(family: Family, who: str, by: Actor, wants: str = SECRET, **more: Any) -> Kept:
    told = {"wants": wants} | more.pop("content", {})
    return say_beforehand(
        group=family.group, meeting=meeting(family), about=family.people[who].id, content=told, by=by, **more
    )


def read(family: Family, by: Actor) -> FamilyFirst:
    return family_first(group=family.group, meeting=meeting(family), by=by)


def a_picture() -> Picture:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    return Picture("home.png", drawn.getvalue())


@pytest.mark.requirement("R3", "R30", "R57")
def test_a_mother_writes_her_own_words_and_a_father_kept_apart_finds_no_trace(family: Family) -> None:
    say(family, "mother", family.mother)
    assert read(family, family.mother).own.wants == SECRET  # type: ignore[union-attr]
    seen = {one.name: one.wants for one in read(family, family.teacher).people}
    assert seen["Mary Rowe"] == SECRET and "Frank Dale" in seen and "Ben Rowe" in seen
    for other in (family.father, family.gil):  # kept apart; and a half-sibling's father
        page = read(family, other)
        assert [one.person for one in page.people] == [other.person]
        assert SECRET not in repr(page)
    assert page.room and not read(family, family.teacher).room


def test_nobody_of_the_family_writes_for_another(family: Family) -> None:
    for who in ("father", "mother"):
        with pytest.raises(Closed):
            say(family, who, family.gil)
        with pytest.raises(Closed):
            asked_form(
                group=family.group, meeting=meeting(family), person=family.people[who].id, by=family.gil
            )
    with pytest.raises(Closed):
        say(family, "teacher", family.lead)  # no one of the family
    with pytest.raises(Closed):
        say(family, "mother", family.stranger)
    with pytest.raises(Refused):
        say(family, "mother", family.manager)


@pytest.mark.requirement("R57")
def test_a_picture_has_the_audience_of_the_words_beside_it(family: Family) -> None:
    kept = say(family, "mother", family.mother, picture=a_picture(), once="one")
    assert m.StoredFile.objects.get().id == UUID(kept.content["file"])
    for reader, shown in ((family.mother, 1), (family.lead, 1), (family.father, 0), (family.gil, 0)):
        assert len(files(group=family.group, by=reader).files) == shown, reader.name
    with pytest.raises(AlreadyDone):
        say(family, "mother", family.mother, picture=a_picture(), once="one")
    with pytest.raises(Problem) as fault:
        say(family, "mother", family.mother, base=1, picture=Picture("home.png", b"no picture"))
    assert fault.value.field == "file" and m.StoredFile.objects.count() == 1
    named = AudienceChoice("professionals", reason="She asked for it.")
    say(family, "mother", family.lead, base=1, audience=named)
    assert not files(group=family.group, by=family.mother).files
    assert read(family, family.mother).own.wants == ""  # type: ignore[union-attr]
    with pytest.raises(Problem, match="lead worker"):  # nobody writes over what they may not read
        say(family, "mother", family.mother, "Something else")


def test_two_writers_are_shown_both_texts_and_a_limited_member_writes_over_nothing_unread(
    family: Family,
) -> None:
    say(family, "mother", family.lead, content={"how": "conversation", "on": "2026-03-17"})
    with pytest.raises(Clash):
        say(family, "mother", family.teacher, "Another text", base=0)
    m.Membership.objects.filter(person=family.people["teacher"]).update(limited_to=[str(family.child.id)])
    form = asked_form(group=family.group, meeting=meeting(family), person=family.mother.who, by=family.lead)
    assert form.standing.shut_out == {family.people["father"].id}
    page = read(family, family.teacher)
    assert SECRET not in repr(page) and "Amy" not in repr(page) and "Gil" not in repr(page)
    with pytest.raises(Problem, match="lead worker"):
        say(family, "mother", family.teacher, "Another text", base=0)
    with pytest.raises(Closed):
        say(family, "gil", family.teacher)


@pytest.mark.requirement("R66")
def test_whether_each_child_comes_is_decided_and_what_is_open_is_said(family: Family) -> None:
    assert read(family, family.lead).undecided == ("Ben Rowe", "Amy Rowe")
    told = {"decision": "no", "why": "He would rather draw it.", "way": "drawing", "who_asks": "Tariq Shah"}
    given: dict[str, Any] = {"group": family.group, "meeting": meeting(family), "child": family.child.id}
    decide_attendance(**given, content=told, by=family.teacher)
    page = read(family, family.lead)
    assert page.undecided == ("Amy Rowe",) and page.children[0].why == told["why"]
    assert [one.name for one in read(family, family.father).children] == ["Ben Rowe"]
    with pytest.raises(Refused):
        decide_attendance(**given, content=told, by=family.mother)
    with pytest.raises(Problems):
        decide_attendance(**given, content={"decision": "perhaps"}, by=family.lead)
    m.Meeting.objects.update(state="closed", closed_at="2026-03-18T11:00Z")
    with pytest.raises(Refused):
        decide_attendance(**given, content=told, by=family.lead)
    with pytest.raises(Refused):
        words = {"wants": SECRET}
        say_beforehand(
            group=family.group,
            meeting=given["meeting"],
            about=family.mother.who,
            content=words,
            by=family.mother,
        )
    assert not family_first(group=family.group, meeting=given["meeting"], by=family.lead).may_write
