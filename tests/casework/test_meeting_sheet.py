"""What is written in a meeting: kept as it is typed, joined with what others write, cut to each reader."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from coregroup.access.doors import open_group
from coregroup.casefile.audiences import cut_of
from coregroup.casefile.workspace import Sheet, sheet_of
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.meeting_sheet import Kept, Thing, keep_entry
from coregroup.casework.sessions import abandon_meeting, begin_meeting
from coregroup.records import models as m
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Clash, Closed, Problems, Refused
from tests.builders import TODAY, Family


@pytest.fixture
def session(family: Family) -> UUID:
    """The family's first core group, in session."""
    meeting = m.Meeting.objects.get(group=family.group).id
    begin_meeting(
        group=family.group, meeting=meeting, chair=family.people["teacher"].id,
        minute_taker=family.people["lead"].id, by=family.lead,
    )  # fmt: skip
    return meeting


def keep(family: Family, meeting: UUID, by: Actor, kind: str = "note", **more: Any) -> Kept:
    """Keeps one entry; `more` are the thing's parts, then keep_entry's own."""
    parts = {name: more.pop(name) for name in ("about", "child", "code") if name in more}
    if kind == "note":
        parts.setdefault("code", "welcome")
    content = more.pop("content", {"text": "The room is warm."})
    return keep_entry(
        group=family.group, meeting=meeting, thing=Thing(kind, **parts), content=content, by=by, **more
    )


def sheet(family: Family, meeting: UUID, by: Actor) -> Sheet:
    case = open_group(family.group, by=by, to=Capability.SEE_MEETING)
    return sheet_of(case, cut_of(case), meeting)


def limit(family: Family, name: str, number: int) -> None:
    """Limits a member to one of the children."""
    m.Membership.objects.filter(person=family.people[name]).update(
        limited_to=[str(family.children[number].id)]
    )


@pytest.mark.requirement("R29")
def test_each_saving_has_a_number_and_a_token_is_kept_once(family: Family, session: UUID) -> None:
    first = keep(family, session, family.lead, token="a" * 20)
    again = keep(family, session, family.lead, token="a" * 20)
    assert (first.number, again) == (1, first)
    second = keep(family, session, family.lead, content={"text": "The room is cold."}, base=1, token="b" * 20)
    assert second.number == 2
    same = keep(family, session, family.lead, content={"text": "The room is cold."}, base=2)
    assert same.number == 2
    assert m.MeetingEntry.objects.filter(meeting=session).count() == 2
    with pytest.raises(Closed):
        keep(family, session, family.teacher, token="b" * 20)
    entry = sheet(family, session, family.teacher).entry("note", code="welcome")
    assert entry and (entry.text(), entry.number, entry.by_name) == ("The room is cold.", 2, "Lena Marsh")


def test_two_writers_of_two_fields_are_joined_and_of_one_field_decide(family: Family, session: UUID) -> None:
    whose = family.people["mother"].id
    keep(family, session, family.lead, "attendance", about=whose, content={"how": "attended"})
    keep(family, session, family.teacher, "attendance", about=whose, content={"note": "Came late."}, base=0)
    now = sheet(family, session, family.lead).entry("attendance", whose)
    assert now and dict(now.content) == {"how": "attended", "note": "Came late."}
    with pytest.raises(Clash) as clash:
        keep(family, session, family.lead, "attendance", about=whose, content={"note": "On time."}, base=1)
    assert (clash.value.theirs, clash.value.mine) == ({"note": "Came late."}, {"note": "On time."})
    assert (clash.value.revision, clash.value.by) == (2, "Tariq Shah")
    decided = keep(
        family, session, family.lead, "attendance", about=whose, content={"note": "On time."}, base=2
    )
    assert decided.number == 3


NOT_OF_THIS_CASE: list[tuple[str, dict[str, Any]]] = [
    ("unheard", {}), ("note", {"code": "x" * 61}), ("note", {"code": "welcome", "about": uuid4()}),
    ("voice", {"about": uuid4()}), ("risk", {"about": uuid4()}), ("agency", {"about": uuid4()}),
    ("restricted", {"about": uuid4()}), ("contingency", {}), ("contingency", {"child": uuid4()}),
    ("attendance", {}), ("decision", {"about": uuid4(), "code": "x"}),
]  # fmt: skip


def test_what_is_not_of_this_case_is_not_there(family: Family, session: UUID) -> None:
    for kind, parts in NOT_OF_THIS_CASE:
        with pytest.raises(Closed):
            keep(family, session, family.lead, kind, content={}, **parts)


@pytest.mark.requirement("R21")
def test_attendance_has_codes_for_each_kind_of_person_and_age(family: Family, session: UUID) -> None:
    ben, amy = (child.person_id for child in family.children)
    allowed = [(ben, "PN6"), (amy, "PN0"), (family.people["mother"].id, "attended")]
    for about, how in [*allowed, (family.people["teacher"].id, "present")]:
        keep(family, session, family.lead, "attendance", about=about, content={"how": how})
    wrong = [(ben, "PN0"), (amy, "PN1"), (ben, "present"), (family.people["mother"].id, "present")]
    for about, how in [*wrong, (family.people["teacher"].id, "attended")]:
        with pytest.raises(Problems) as found:
            keep(family, session, family.lead, "attendance", about=about, content={"how": how})
        assert [field for field, _ in found.value.faults] == ["how"]


def test_what_cannot_be_kept_is_named_at_its_field(family: Family, session: UUID) -> None:
    with pytest.raises(Closed):
        keep(family, session, family.lead, content={"no_such_field": "x"})
    with pytest.raises(Problems) as found:
        keep(family, session, family.lead, content={"text": "x" * 20_001})
    assert [field for field, _ in found.value.faults] == ["text"]
    voice = {"sought": "guessed", "on": "the third of May"}
    with pytest.raises(Problems) as found:
        keep(family, session, family.lead, "voice", about=family.child.person_id, content=voice)
    assert {field for field, _ in found.value.faults} == {"sought", "on"}


@pytest.mark.requirement("R57")
def test_who_may_write_and_when(family: Family, session: UUID) -> None:
    for name in ("mother", "manager", "chair"):
        with pytest.raises(Refused):
            keep(family, session, family.actor(name))
    with pytest.raises(Closed):
        keep(family, session, family.stranger)
    keep(family, session, family.lead)
    abandon_meeting(group=family.group, meeting=session, reason="The fire alarm went off.", by=family.teacher)
    with pytest.raises(Refused):
        keep(family, session, family.lead, content={"text": "Later."}, base=1)
    kept = sheet(family, session, family.lead).entry("note", code="welcome")
    assert kept and kept.text() == "The room is warm."


def test_before_the_meeting_only_what_is_asked_beforehand_is_written(family: Family) -> None:
    meeting = m.Meeting.objects.get(group=family.group).id
    with pytest.raises(Refused):
        keep(family, meeting, family.lead)
    mother = family.people["mother"].id
    keep(family, meeting, family.lead, "asked", about=mother, content={"wants": "Less writing."})
    assert sheet(family, meeting, family.lead).of("asked")[0].text("wants") == "Less writing."
    # The father is kept apart from her, and from her words.
    assert sheet(family, meeting, family.father).entries == ()


@pytest.mark.requirement("R57")
def test_a_limited_member_gets_nothing_of_the_other_child(family: Family, session: UUID) -> None:
    ben, amy = family.children
    limit(family, "health_visitor", 1)
    gil, frank = family.people["gil"].id, family.people["father"].id
    keep(family, session, family.lead, child=ben.id, content={"text": "Ben slept badly."})
    keep(family, session, family.lead, child=amy.id, content={"text": "Amy walks."})
    keep(family, session, family.lead, content={"text": "Both were tired."})
    keep(family, session, family.lead, "attendance", about=gil, content={"how": "attended", "note": "Ben?"})
    keep(family, session, family.lead, "attendance", about=frank, content={"how": "none"})
    read = sheet(family, session, family.health_visitor)
    assert {one.kind: (one.child, dict(one.content)) for one in read.entries} == {
        "note": (amy.id, {"text": "Amy walks."}), "attendance": (None, {"how": "attended"}),
    }  # fmt: skip
    assert len(read.entries) == 2
    everything = sheet(family, session, family.lead)
    assert len(everything.entries) == 5
    with pytest.raises(Closed):
        keep(family, session, family.health_visitor, child=ben.id, content={"text": "?"})


@pytest.mark.requirement("R57")
def test_a_limited_member_learns_nothing_by_writing_over_it(family: Family, session: UUID) -> None:
    limit(family, "health_visitor", 1)
    gil, hana = family.people["gil"].id, family.health_visitor
    keep(family, session, family.lead, content={"text": "Both were tired."})
    with pytest.raises(Closed):
        keep(family, session, hana, content={"text": "Mine."})
    keep(family, session, family.lead, "attendance", about=gil, content={"note": "Ben's bag with him."})
    told = keep(family, session, hana, "attendance", about=gil, content={"how": "attended"})
    assert dict(told.content) == {"how": "attended"}
    with pytest.raises(Closed):
        keep(family, session, hana, "attendance", about=gil, content={"note": "Mine."}, base=2)
    # What they began themselves they go on with, and another who goes on takes it over.
    keep(family, session, hana, code="risk", content={"text": "Amy is safe."})
    keep(family, session, hana, code="risk", content={"text": "Amy is safe now."}, base=1)
    assert [one.text() for one in sheet(family, session, hana).of("note")] == ["Amy is safe now."]
    keep(family, session, family.lead, code="risk", content={"text": "Amy and Ben are safe."}, base=2)
    assert sheet(family, session, hana).of("note") == ()


def test_a_narrow_entry_is_read_by_those_it_names(family: Family, session: UUID) -> None:
    named = frozenset({family.people["lead"].id, family.people["police"].id})
    with pytest.raises(Closed):  # the police are not of this case
        keep(family, session, family.lead, audience=AudienceChoice("named", named, frozenset(), "Safety"))
    choice = AudienceChoice("professionals", reason="Safety")
    keep(family, session, family.lead, audience=choice)
    assert sheet(family, session, family.teacher).of("note")
    assert not sheet(family, session, family.mother).entries
    keep(family, session, family.teacher, content={"text": "Still."}, base=1)
    assert not sheet(family, session, family.mother).entries


@pytest.mark.requirement("R28")
def test_what_is_saved_every_second_is_checked_each_time_and_logged_once(
    family: Family, session: UUID
) -> None:
    hana = family.health_visitor
    lines = m.AuditLine.objects.filter(person=hana.person, what=f"meeting {session}")
    for number in range(3):
        keep(family, session, hana, content={"text": f"Line {number}"}, base=number)
    assert [line.allowed for line in lines.all()] == [True]
    m.Membership.objects.filter(person=hana.person).update(until=TODAY, ended_because="Moved on.")
    with pytest.raises(Closed):
        keep(family, session, hana, content={"text": "After leaving."}, base=3)
    assert sorted(line.allowed for line in lines.all()) == [False, True]
    assert m.MeetingEntry.objects.count() == 3
