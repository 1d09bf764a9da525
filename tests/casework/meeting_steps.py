"""Short ways to hold a core group in tests, each through the verb that a person would use."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from coregroup.casework.closing import close_meeting
from coregroup.casework.meeting_sheet import Thing, keep_entry
from coregroup.casework.meetings import NewMeeting, book_meeting
from coregroup.casework.sessions import begin_meeting
from coregroup.records import models as m
from coregroup.rules import book
from coregroup.rules.access import Actor
from tests.builders import TODAY, Family
from tests.casework.plan_steps import whole_plan

NEXT = TODAY + timedelta(days=28)
PASSED = "Agreed in the meeting."


def begin(family: Family, meeting: UUID | None = None) -> UUID:
    """Begins the planned core group: the teacher chairs, the health visitor takes the minutes."""
    row = meeting or m.Meeting.objects.filter(group=family.group, state="planned").first().id  # type: ignore[union-attr]
    begin_meeting(
        group=family.group, meeting=row, chair=family.people["teacher"].id,
        minute_taker=family.people["health_visitor"].id,
        because="Agreed in the group.",
        by=family.lead,
    )  # fmt: skip
    return row


def keep(family: Family, meeting: UUID, thing: Thing, by: Actor | None = None, **more: Any) -> Any:
    """Keeps what is typed at one thing, as the minute taker unless somebody else is named."""
    options = {name: more.pop(name) for name in ("audience", "base", "token") if name in more}
    return keep_entry(
        group=family.group, meeting=meeting, thing=thing, content=more, by=by or family.health_visitor,
        **options,
    )  # fmt: skip


def procedure_of(family: Family) -> str:
    """The procedure of the family's core group."""
    return m.CoreGroup.objects.get(id=family.group).procedure


def meet_guards(family: Family, meeting: UUID, *, next_on: date = NEXT, leave_out: str = "") -> None:
    """Writes down all that the closing guards ask, save what `leave_out` names."""
    rules = book.load(procedure_of(family))
    for child in family.children:
        if leave_out != "voice":
            keep(
                family,
                meeting,
                Thing("voice", about=child.person_id),
                words=f"{child.person.given_name} says hello.",
            )
        if leave_out != "contingency":
            keep(family, meeting, Thing("contingency", child=child.id), fit="yes", family_knows="yes")
    if leave_out != "agencies":
        for agency in {
            one.person.agency_id
            for one in m.Membership.objects.filter(group=family.group, part="member").select_related("person")
        }:
            keep(family, meeting, Thing("agency", about=agency), nothing_new="yes", said_by="Each said so")
    if leave_out != "questions":
        for question in rules.questions:
            keep(family, meeting, Thing("question", code=question.code), answer="yes")
    if leave_out != "next_date":
        book_meeting(
            group=family.group, meeting=NewMeeting(next_on, time(14, 0), "Family centre"), by=family.lead
        )


def close(family: Family, meeting: UUID, **more: Any) -> UUID:
    """Closes a meeting as the minute taker would, with a reason for every should-guard that may be open."""
    rules = book.load(procedure_of(family))
    codes = [code for code, item in rules.guards.items() if not item.must]
    passed = {f"{child.id.hex}_{code}": PASSED for child in family.children for code in codes}
    passed |= {code: PASSED for code, item in rules.closing.items() if not item.must}
    values: dict[str, Any] = {
        "passed": passed, "confirmed": ["distribution"], "by": family.health_visitor,
    }  # fmt: skip
    return close_meeting(group=family.group, meeting=meeting, **(values | more))


def first_meeting(family: Family) -> UUID:
    """The first core group, held and closed: both children's plans in force."""
    for child in family.children:
        whole_plan(family, child.id)
    meeting = begin(family)
    meet_guards(family, meeting)
    close(family, meeting)
    return meeting
