"""A part of a meeting for which somebody is asked to leave: logged, its notes for those who stayed."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coregroup.casework.restricted import begin_part, end_part
from coregroup.records import models as m
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed, Problems, Refused
from tests.builders import TODAY, Family
from tests.casework.test_meeting_sheet import keep, session, sheet

__all__ = ["session"]


def begin(family: Family, meeting: UUID, by: Actor, **more: Any) -> UUID:
    """Asks the mother to leave; the teacher stays."""
    values: dict[str, Any] = {
        "leave": {family.people["mother"].id},
        "stay": {family.people["teacher"].id},
        "told": "We speak about an open police matter.",
        "why": "She must not learn who made the call.",
        "review_on": date(2026, 6, 18),
    }
    return begin_part(group=family.group, meeting=meeting, by=by, **(values | more))


@pytest.mark.requirement("R57")
@pytest.mark.requirement("R125")
def test_the_notes_of_a_restricted_part_are_for_those_who_stayed(family: Family, session: UUID) -> None:
    part = begin(family, session, family.lead)
    row = m.RestrictedPart.objects.get(id=part)
    assert row.decided_by == family.people["teacher"]  # who chairs
    assert (row.began_at.date(), row.ended_at) == (TODAY, None)
    keep(family, session, family.lead, "restricted", about=part, content={"text": "The aunt called."})
    assert sheet(family, session, family.teacher).of("restricted")
    for name in ("mother", "health_visitor"):
        assert not sheet(family, session, family.actor(name)).entries
    with pytest.raises(Closed):
        keep(family, session, family.health_visitor, "restricted", about=part)
    with pytest.raises(Refused):
        begin(family, session, family.lead)
    for _ in range(2):
        end_part(group=family.group, meeting=session, part=part, by=family.teacher)
    row.refresh_from_db()
    assert row.ended_at is not None
    with pytest.raises(Closed):
        end_part(group=family.group, meeting=session, part=session, by=family.lead)
    assert begin(family, session, family.lead) != part


@pytest.mark.requirement("R125")
def test_who_asks_somebody_to_leave_and_what_must_be_said(family: Family, session: UUID) -> None:
    with pytest.raises(Refused):
        begin(family, session, family.health_visitor)  # takes part, but does not run it
    with pytest.raises(Refused):
        begin(family, session, family.mother)
    mother, lead = family.people["mother"].id, family.people["lead"].id
    for faulty, field in [
        ({"leave": set()}, "leave"), ({"leave": {lead}}, "leave"), ({"stay": {mother}}, "stay"),
        ({"told": " "}, "told"), ({"why": ""}, "why"), ({"why": "x" * 2001}, "why"),
        ({"review_on": None}, "review_on"), ({"review_on": date(2026, 3, 1)}, "review_on"),
    ]:  # fmt: skip
        with pytest.raises(Problems) as found:
            begin(family, session, family.lead, **faulty)
        assert [name for name, _ in found.value.faults] == [field]
    with pytest.raises(Closed):
        begin(family, session, family.lead, stay={family.people["stranger"].id})
    assert not m.RestrictedPart.objects.exists()


@pytest.mark.requirement("R115")
def test_a_guest_who_chairs_can_stay_and_be_named(family: Family, session: UUID) -> None:
    guest = m.MeetingGuest.objects.create(
        authority=family.authority, group_id=family.group, meeting_id=session, part="chair",
        person=family.people["police"], name="Petra Lund", named_by=family.people["lead"],
        audience=m.Audience.objects.filter(group=family.group, base="group").first(),
    )  # fmt: skip
    part = begin(family, session, family.lead, stay={guest.person_id})
    keep(family, session, family.police, "restricted", about=part, content={"text": "Noted."})
    assert sheet(family, session, family.police).of("restricted")
    m.Meeting.objects.filter(id=session).update(state="planned")
    with pytest.raises(Refused):
        begin(family, session, family.lead)
