"""Before a meeting: moving, cancelling, a series, asking for an earlier one, who chairs."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from coregroup.access.doors import open_group
from coregroup.casefile.meeting_page import meeting_page
from coregroup.casefile.meetings_list import meetings_page
from coregroup.casefile.series import series_check, series_room
from coregroup.casework.apologies import give_apology
from coregroup.casework.chairing import settle_roles
from coregroup.casework.guests import NewGuest
from coregroup.casework.limits import Approval
from coregroup.casework.meetings import NewMeeting, book_meeting
from coregroup.casework.meetings_changes import cancel_meeting, rearrange_meeting
from coregroup.casework.meetings_requests import answer_request, ask_earlier
from coregroup.casework.meetings_series import book_series
from coregroup.casework.sessions import begin_meeting
from coregroup.records import models as m
from coregroup.rules.access import Capability, Relation
from coregroup.rules.errors import Closed, Problems, Refused
from tests.builders import TODAY, Family, open_family

SNOW = Approval("Snow.", "Maud Okoro, team manager", TODAY)


def new(days: int, **more: object) -> NewMeeting:
    return NewMeeting(TODAY + timedelta(days=days), time(14), "Library", **more)  # type: ignore[arg-type]


def planned(family: Family) -> m.Meeting:
    return m.Meeting.objects.get(group=family.group, state="planned")


def fields(problems: pytest.ExceptionInfo[Problems]) -> list[str | None]:
    return [field for field, _sentence in problems.value.faults]


@pytest.fixture
def opened(db: None, today: object) -> Family:
    """Opened two days ago under Denbighshire's procedure: the first core group is due on 30 March."""
    return open_family(procedure="denbighshire", held_on=date(2026, 3, 16), review_on=date(2026, 6, 8))


@pytest.mark.requirement("R56", "R95")
def test_a_meeting_is_moved_with_a_reason_and_within_its_limit(opened: Family) -> None:
    row = planned(opened)
    moved = {"group": opened.group, "meeting": row.id, "by": opened.lead}
    with pytest.raises(Problems) as lacking:
        rearrange_meeting(to=NewMeeting(TODAY + timedelta(days=20)), reason="", **moved)
    assert {"at", "venue", "reason", "late_reason", "late_approved_by"} <= set(fields(lacking))
    with pytest.raises(Refused):
        rearrange_meeting(to=new(6), reason="x", **(moved | {"by": opened.teacher}))
    rearrange_meeting(to=new(6, link="https://meet.example/a"), reason="The school is closed.", **moved)
    row.refresh_from_db()
    assert (row.planned_on, row.venue, row.link) == (
        date(2026, 3, 24), "Library", "https://meet.example/a",
    )  # fmt: skip
    assert m.LedgerEntry.objects.filter(happening="MeetingRearranged").count() == 1
    assert not m.Departure.objects.filter(group=opened.group).exists()
    rearrange_meeting(to=new(6), reason="", **moved)  # another link, the same day: no reason asked
    assert m.LedgerEntry.objects.filter(happening="MeetingRearranged").count() == 1
    rearrange_meeting(to=new(20), reason="Snow.", approval=SNOW, **moved)
    assert m.Departure.objects.get(group=opened.group).rule == "first_core_group"
    page = meeting_page(group=opened.group, meeting=row.id, by=opened.teacher)
    assert [one.reason for one in page.moves] == ["The school is closed.", "Snow."]


@pytest.mark.requirement("R55", "R56")
def test_a_meeting_is_cancelled_only_with_everything_that_it_needs(opened: Family) -> None:
    row = planned(opened)
    cancelled = {"group": opened.group, "meeting": row.id, "by": opened.manager}
    with pytest.raises(Problems) as lacking:
        cancel_meeting(reason="", authorised_by=" ", **cancelled)
    assert fields(lacking) == [
        "reason", "authorised_by", "late_reason", "late_approved_by", "late_approved_on",
    ]  # fmt: skip
    told = {"reason": "The family is away.", "authorised_by": "Maud Okoro"}
    with pytest.raises(Refused):
        cancel_meeting(**(cancelled | told | {"by": opened.health_visitor}))
    with pytest.raises(Problems) as late:
        cancel_meeting(replacement=new(30), **(cancelled | told))
    assert fields(late) == ["late_reason", "late_approved_by", "late_approved_on"]
    assert planned(opened).id == row.id and m.Meeting.objects.count() == 1  # nothing is half done
    m.MemberUpdate.objects.create(
        authority=opened.authority, group_id=opened.group, meeting=row, audience=row.audience,
        person=opened.people["teacher"],
    )  # fmt: skip
    replacement = cancel_meeting(replacement=new(5), **(cancelled | told))
    row.refresh_from_db()
    assert (row.state, row.replaced_by_id, row.ended_by_id) == (
        "cancelled", replacement, opened.people["manager"].id,
    )  # fmt: skip
    assert m.MemberUpdate.objects.get().meeting_id == replacement
    codes = set(m.Notice.objects.values_list("to_id", "code"))
    assert (opened.people["chair"].id, "meeting_cancelled") in codes
    with pytest.raises(Refused):
        cancel_meeting(replacement=new(5), **(cancelled | told))
    assert replacement is not None
    for who in (opened.teacher, opened.mother):
        page = meeting_page(group=opened.group, meeting=replacement, by=who)
        assert (page.replaces, page.replaces_on) == (row.id, row.planned_on)
    listed = meetings_page(group=opened.group, by=opened.teacher)
    assert [one.ended_because for one in listed.cancelled] == ["The family is away."]
    assert [one.id for one in listed.ahead] == [replacement]


@pytest.mark.requirement("R56", "R95")
def test_a_gap_that_a_cancelled_meeting_leaves_needs_an_approval(opened: Family) -> None:
    rows = [one.on for one in series_room(group=opened.group, by=opened.lead).proposals]
    ids = book_series(
        group=opened.group, meetings=[NewMeeting(on, time(10), "Hall") for on in rows], by=opened.lead
    )
    told = {"group": opened.group, "reason": "Ill.", "authorised_by": "Maud Okoro", "by": opened.lead}
    with pytest.raises(Problems) as gap:
        cancel_meeting(meeting=ids[0], **told)
    assert fields(gap) == ["late_reason", "late_approved_by", "late_approved_on"]
    cancel_meeting(meeting=ids[0], approval=SNOW, **told)
    assert m.Departure.objects.get(group=opened.group).rule == "next_core_group"
    cancel_meeting(meeting=ids[-1], **told)  # the last one leaves no gap behind it


@pytest.mark.requirement("R95", "R109")
def test_one_more_meeting_that_leaves_a_gap_needs_an_approval(opened: Family) -> None:
    booking = {"group": opened.group, "by": opened.lead}
    with pytest.raises(Problems) as gap:  # the next after 23 March is due by 23 April
        book_meeting(meeting=new(50), **booking)
    assert fields(gap) == ["late_reason", "late_approved_by", "late_approved_on"]
    book_meeting(meeting=new(30), **booking)
    book_meeting(meeting=new(50), **booking)
    assert not m.Departure.objects.exists()


@pytest.mark.requirement("R109")
def test_the_whole_series_is_booked_at_once_or_not_at_all(opened: Family) -> None:
    room = series_room(group=opened.group, by=opened.lead)
    assert room.until == date(2026, 6, 8) and room.planned == (date(2026, 3, 23),)
    assert [one.on for one in room.proposals] == [date(2026, 4, 23), date(2026, 5, 22)]
    assert all(one.keeps and not one.day_off for one in room.proposals)
    good_friday = date(2026, 4, 3)
    check = series_check(group=opened.group, days=[good_friday, date(2026, 4, 7)], by=opened.lead)
    assert [one.day_off for one in check.meetings] == [True, False], "said, and not forbidden"
    row = planned(opened)
    assert not meeting_page(group=opened.group, meeting=row.id, by=opened.lead).day_off
    m.ClosureDay.objects.create(authority=opened.authority, day=row.planned_on)
    assert meeting_page(group=opened.group, meeting=row.id, by=opened.lead).day_off
    assert not meeting_page(group=opened.group, meeting=row.id, by=opened.mother).day_off
    m.ClosureDay.objects.all().delete()
    assert "Frank Dale: Comes separately from another adult" in room.needs
    booking = {"group": opened.group, "by": opened.lead}
    with pytest.raises(Problems) as wrong:
        book_series(meetings=[new(30), NewMeeting(TODAY + timedelta(days=30))], **booking)
    assert fields(wrong) == ["at_1", "venue_1", "on_1"]
    with pytest.raises(Problems) as late:
        book_series(meetings=[new(70)], **booking)
    assert "late_reason" in fields(late)
    with pytest.raises(Refused):
        book_series(meetings=[new(30)], **(booking | {"by": opened.teacher}))
    with pytest.raises(Problems):
        book_series(meetings=[], **booking)
    assert m.Meeting.objects.count() == 1
    assert len(book_series(meetings=[new(58), new(30)], **booking)) == 2
    assert series_room(group=opened.group, by=opened.lead).proposals == ()
    book_series(meetings=[new(75)], approval=SNOW, **booking)


def test_a_member_asks_for_an_earlier_meeting_and_the_lead_decides(opened: Family) -> None:
    asking = {"group": opened.group, "by": opened.teacher}
    with pytest.raises(Problems) as lacking:
        ask_earlier(reason=" ", wanted_by=TODAY - timedelta(days=1), **asking)
    assert fields(lacking) == ["reason", "wanted_by"]
    with pytest.raises(Refused):
        ask_earlier(reason="x", group=opened.group, by=opened.mother)
    asked = ask_earlier(reason="Ben is late every day.", wanted_by=date(2026, 3, 20), **asking)
    with pytest.raises(Refused):
        ask_earlier(reason="Again.", **asking)
    told = m.Notice.objects.get(code="meeting_asked")
    assert told.to_id == opened.people["lead"].id
    answering = {"group": opened.group, "request": asked, "by": opened.lead}
    with pytest.raises(Problems) as open_answer:
        answer_request(granted=None, answer="", **answering)
    assert fields(open_answer) == ["granted", "answer"]
    with pytest.raises(Refused):
        answer_request(granted=True, answer="x", **(answering | {"by": opened.health_visitor}))
    with pytest.raises(Closed):
        answer_request(granted=True, answer="x", **(answering | {"request": opened.child.id}))
    answer_request(granted=False, answer="We meet on Monday.", **answering)
    with pytest.raises(Refused):
        answer_request(granted=True, answer="x", **answering)
    assert m.Notice.objects.get(code="meeting_answered").to_id == opened.people["teacher"].id
    line = meetings_page(group=opened.group, by=opened.teacher).requests[0]
    assert (line.own, line.granted, line.answer) == (True, False, "We meet on Monday.")
    again = ask_earlier(reason="He was hurt.", **asking)
    answer_request(granted=True, answer="Yes.", **(answering | {"request": again}))
    book_meeting(group=opened.group, meeting=new(10), by=opened.lead)  # after the one planned: not the answer
    assert meetings_page(group=opened.group, by=opened.teacher).requests[0].meeting is None
    sooner = book_meeting(group=opened.group, meeting=new(2), by=opened.lead)
    lines = {one.id: one for one in meetings_page(group=opened.group, by=opened.teacher).requests}
    assert (lines[again].meeting, lines[again].meeting_on) == (sooner, new(2).on)
    assert lines[asked].meeting is None, "what was refused has no meeting"
    assert meetings_page(group=opened.group, by=opened.mother).requests == ()


def who(family: Family, *names: str) -> list[UUID]:
    return [family.people[name].id for name in names]


@pytest.mark.requirement("R50", "R115")
def test_chair_and_minute_taker_are_settled_by_the_procedure(opened: Family) -> None:
    row = planned(opened)
    settling = {"group": opened.group, "meeting": row.id, "by": opened.lead}
    teacher, nurse, manager = who(opened, "teacher", "health_visitor", "nurse_manager")
    with pytest.raises(Problems) as same:
        settle_roles(chair=teacher, minute_taker=teacher, because="x", **settling)
    assert fields(same) == ["minute_taker"]
    with pytest.raises(Problems) as why:
        settle_roles(chair=manager, minute_taker=nurse, **settling)
    assert fields(why) == ["because"]
    with pytest.raises(Refused):
        settle_roles(chair=teacher, minute_taker=nurse, **(settling | {"by": opened.teacher}))
    assert not m.MeetingGuest.objects.exists()

    settle_roles(chair=manager, minute_taker=nurse, because="Nobody else is free.", **settling)
    guest = m.MeetingGuest.objects.get()
    assert (guest.part, guest.person_id) == ("chair", manager)
    case = open_group(opened.group, by=opened.nurse_manager, to=Capability.CLOSE_MEETING)
    assert case.relations == {Relation.MANAGER, Relation.GUEST_CHAIR} and case.guest is None

    settle_roles(chair=teacher, minute_taker=nurse, **settling)
    guest.refresh_from_db()
    assert guest.ended_at is not None
    with pytest.raises(Refused):
        open_group(opened.group, by=opened.nurse_manager, to=Capability.CLOSE_MEETING)
    begin_meeting(group=opened.group, meeting=row.id, by=opened.teacher)
    row.refresh_from_db()
    assert (row.state, row.chair_id, row.minute_taker_id) == ("in_session", teacher, nurse)


@pytest.mark.requirement("R75")
def test_somebody_in_no_list_can_be_named_to_chair(db: None, today: object) -> None:
    family = open_family(procedure="scottish-council", held_on=date(2026, 3, 16))
    row = planned(family)
    settling = {"group": family.group, "meeting": row.id, "by": family.lead}
    with pytest.raises(Problems) as family_name:
        settle_roles(chair_outside=NewGuest(name="mary rowe"), **settling)
    assert fields(family_name) == ["chair_name"]
    with pytest.raises(Problems) as nobody:
        settle_roles(chair_outside=NewGuest(name=" "), **settling)
    assert fields(nobody) == ["chair_name"]
    settle_roles(chair_outside=NewGuest(name="Iona Reid", agency_name="Social work"), **settling)
    page = meeting_page(group=family.group, meeting=row.id, by=family.teacher)
    assert page.roles.chair_name == "Iona Reid" and not page.roles.minutes_needed
    begin_meeting(group=family.group, meeting=row.id, by=family.teacher)
    row.refresh_from_db()
    assert (row.state, row.chair_id, row.minute_taker_id) == ("in_session", None, None)


@pytest.mark.requirement("R55", "R104")
def test_the_page_says_who_chairs_when_the_lead_is_away(opened: Family) -> None:
    row = planned(opened)
    give_apology(
        group=opened.group, meeting=row.id, instead="nothing", nothing_because="On leave.", reason="Leave.",
        by=opened.lead,
    )  # fmt: skip
    page = meeting_page(group=opened.group, meeting=row.id, by=opened.teacher)
    assert page.roles.lead_away and page.roles.suggested_chair == "Maud Okoro"
    lead = next(one for one in page.coming if one.lead)
    assert (lead.instead, lead.counts, lead.update) == ("nothing", True, "none")
    own = meeting_page(group=opened.group, meeting=row.id, by=opened.mother)
    assert own.coming == () and own.needs == () and [one.own for one in own.family] == [True]


def test_a_meeting_page_is_closed_to_strangers_and_to_whom_the_meeting_is_kept_from(opened: Family) -> None:
    row = planned(opened)
    with pytest.raises(Closed):
        meeting_page(group=opened.group, meeting=row.id, by=opened.stranger)
    audience = m.Audience.objects.create(
        authority=opened.authority, group_id=opened.group, base="professionals", reason="A frank talk."
    )
    hidden = book_meeting(group=opened.group, meeting=new(6), by=opened.lead)
    m.Meeting.objects.filter(id=hidden).update(audience=audience)
    with pytest.raises(Closed):
        meeting_page(group=opened.group, meeting=hidden, by=opened.mother)
    assert [one.id for one in meetings_page(group=opened.group, by=opened.mother).ahead] == [row.id]
    other = open_family(procedure="denbighshire", name="Elsewhere", held_on=date(2026, 3, 16))
    with pytest.raises(Closed):
        meeting_page(group=other.group, meeting=row.id, by=other.lead)
