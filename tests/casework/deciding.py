"""A meeting in session with people in it, for tests of what is decided there."""

from __future__ import annotations

from uuid import UUID

from coregroup.casework.meeting_sheet import Thing, keep_entry
from coregroup.casework.sessions import begin_meeting
from coregroup.records import models as m
from tests.builders import Family

HERE = {"lead": "present", "health_visitor": "present", "teacher": "present", "mother": "attended"}


def planned(family: Family) -> UUID:
    """The first core group of the family, planned when the group was opened."""
    return m.Meeting.objects.get(group=family.group).id


def sitting(family: Family, here: dict[str, str] | None = None) -> UUID:
    """That meeting, begun: the health visitor takes the minutes, and these people are there."""
    meeting = planned(family)
    begin_meeting(
        group=family.group, meeting=meeting, chair=family.people["lead"].id,
        minute_taker=family.people["health_visitor"].id, by=family.lead,
    )  # fmt: skip
    for name, how in (HERE if here is None else here).items():
        attends(family, meeting, name, how)
    return meeting


def attends(family: Family, meeting: UUID, name: str, how: str) -> None:
    """Notes at the welcome how somebody takes part."""
    thing = Thing("attendance", about=family.people[name].id)
    latest = m.MeetingEntry.objects.filter(meeting=meeting, thing=thing.name).order_by("-number").first()
    keep_entry(
        group=family.group, meeting=meeting, thing=thing, content={"how": how},
        base=latest.number if latest else 0, by=family.lead,
    )  # fmt: skip
