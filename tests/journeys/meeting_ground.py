"""Prepares core groups for the journeys of a meeting, through the verbs, on a data folder of their own.

Run as a program with COREGROUP_DATA set; prints where everything is, as JSON. For each of four procedures: a
group before its first core group, and one before its fourth, with three held and closed in the weeks before.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coregroup.config.settings")
django.setup()

import time_machine  # noqa: E402

from coregroup.casework.chairing import settle_roles  # noqa: E402
from coregroup.casework.family_first import decide_attendance, say_beforehand  # noqa: E402
from coregroup.casework.guests import NewGuest  # noqa: E402
from coregroup.casework.meetings import NewMeeting, book_meeting  # noqa: E402
from coregroup.casework.members import add_member  # noqa: E402
from coregroup.casework.recommendations import recommend  # noqa: E402
from coregroup.casework.sessions import begin_meeting  # noqa: E402
from coregroup.casework.updates import give_update, save_update  # noqa: E402
from coregroup.records import models as m  # noqa: E402
from coregroup.rules import book  # noqa: E402
from tests import builders  # noqa: E402
from tests.casework import meeting_steps  # noqa: E402
from tests.casework.plan_steps import save, whole_plan  # noqa: E402

TODAY = date.today()
STEP = 24  # days from one core group to the next
_MEMBERS = ("lead", "health_visitor", "teacher")
FOUR = ("denbighshire", "scottish-council", "cambridgeshire", "warwickshire")


def main(wanted: list[str]) -> None:
    """Makes the groups that are asked for by name, and prints them."""
    makers: dict[str, Any] = {"seven": seven, "live": partial(first, "warwickshire")}
    for name in FOUR:
        makers |= {f"{name} first": partial(first, name), f"{name} fourth": partial(fourth, name)}
    sys.stdout.write(json.dumps({name: makers[name]() for name in wanted or makers}))


def first(procedure: str) -> dict[str, Any]:
    """A group whose first core group is today; one child, save in Denbighshire where there are two."""
    family = opened(procedure, TODAY - timedelta(days=6), TODAY, two=procedure == "denbighshire")
    for child in family.children:
        whole_plan(family, child.id)
    later = NewMeeting(TODAY + timedelta(days=STEP), time(9), "Family centre")
    book_meeting(group=family.group, meeting=later, by=family.lead)
    return told(family)


def fourth(procedure: str) -> dict[str, Any]:
    """A group whose fourth core group is today."""
    begins = TODAY - timedelta(days=3 * STEP)
    with at(begins - timedelta(days=7)):
        family = opened(procedure, begins - timedelta(days=7), begins)
        for child in family.children:
            whole_plan(family, child.id)
    for number in range(3):
        on = begins + timedelta(days=number * STEP)
        with at(on):
            meeting = next_planned(family)
            seated(family, meeting)
            meeting_steps.meet_guards(family, meeting, next_on=on + timedelta(days=STEP))
            meeting_steps.close(family, meeting, by=family.lead)
    later = NewMeeting(TODAY + timedelta(days=STEP), time(9), "Family centre")
    book_meeting(group=family.group, meeting=later, by=family.lead)
    return told(family)


def seven() -> dict[str, Any]:
    """Four professionals, both parents and the child, with five actions, before a second core group."""
    begins = TODAY - timedelta(days=STEP)
    with at(begins - timedelta(days=7)):
        family = opened("warwickshire", begins - timedelta(days=7), begins, name="Sevenoaks")
        add_member(group=family.group, person=family.people["police"].id, role="Police", by=family.lead)
        made = whole_plan(family)
        for number, owner in enumerate(("lead", "teacher", "police", "health_visitor")):
            words = f"Write down by name who stays with Ben on night {number + 1}."
            save(
                family, "action", under=made["outcome"].item, owner=family.people[owner].id,
                content={"what": words},
            )  # fmt: skip
    with at(begins):
        meeting = next_planned(family)
        seated(family, meeting)
        meeting_steps.meet_guards(family, meeting, next_on=TODAY)
        meeting_steps.close(family, meeting, by=family.lead)
    _beforehand(family, next_planned(family))
    return told(family)


def _beforehand(family: Any, meeting: Any) -> None:
    """Each member's update and recommendation, what the family want said, whether the child comes."""
    child = family.children[0]
    for who in ("lead", "health_visitor", "teacher", "police"):
        own: dict[str, Any] = {"group": family.group, "meeting": meeting, "by": family.actor(who)}
        parts = {
            "all": {"contact": "Seen as agreed.", "nothing_new": "yes"},
            str(child.id): {"changed": "Ben sleeps better."},
        }
        save_update(**own, parts=parts)
        give_update(**own)
        recommend(**own, child=child.id, opinion="continue", reason="The change is not there yet.")
    for about, words in ((family.people["mother"].id, "It is calmer."), (child.person_id, "I like my bed.")):
        say_beforehand(
            group=family.group, meeting=meeting, about=about, by=family.lead,
            content={"wants": words, "how": "conversation", "on": TODAY.isoformat()},
        )  # fmt: skip
    decide_attendance(
        group=family.group, meeting=meeting, child=child.id, by=family.lead,
        content={"decision": "yes", "why": "Ben wants to come."},
    )  # fmt: skip


def at(day: date) -> time_machine.travel:
    """Ten o'clock on a day."""
    return time_machine.travel(datetime.combine(day, time(10), UTC), tick=True)


def opened(procedure: str, held_on: date, meets: date, *, two: bool = False, name: str = "") -> Any:
    """A core group as in the other tests, with one child or two; its first meeting on a day."""
    children, adults = builders.the_children(held_on), builders.the_adults()
    mother = adults[0]
    if not two:
        ours = tuple(one for one in mother.relationships if one.child == "ben")
        children, adults = children[:1], (
            builders.NewAdult("mother", "Mary", "Rowe", relationships=ours),
            builders.NewAdult("father", "Frank", "Dale",
                              relationships=(builders.NewRelationship("ben", "father", True, False),)),
        )  # fmt: skip
    return builders.open_family(
        procedure=procedure, name=name or f"{procedure.title()} {meets.isoformat()}", held_on=held_on,
        children=children, adults=adults,
        first_meeting=builders.NewMeeting(meets, time(9), "Family centre", "", frozenset(), True),
    )  # fmt: skip


def next_planned(family: Any) -> Any:
    """The next planned meeting of a group."""
    return m.Meeting.objects.filter(group=family.group, state="planned").order_by("planned_on")[0].id


def seated(family: Any, meeting: Any) -> None:
    """Begins a meeting with whom the procedure wants at the head of the table."""
    roles = book.load(meeting_steps.procedure_of(family)).roles
    outside = NewGuest(name="Prue Lead", agency_name="Children's social care")
    settle_roles(
        group=family.group, meeting=meeting, by=family.lead,
        chair=None if roles["chair"].who == "practice_lead" else family.people["lead"].id,
        chair_outside=outside if roles["chair"].who == "practice_lead" else None,
        minute_taker=None if roles["minute_taker"].who == "none" else family.people["health_visitor"].id,
    )  # fmt: skip
    begin_meeting(group=family.group, meeting=meeting, by=family.lead)


def told(family: Any) -> dict[str, Any]:
    """Where a group is, and by which address each of its people signs in."""
    meeting = next_planned(family)
    wanted = ("lead", "health_visitor", "teacher", "police", "mother", "father", "chair", "manager")
    return {
        "group": f"/groups/{family.group}/",
        "meeting": f"/groups/{family.group}/meetings/{meeting}/",
        "children": [str(child.id) for child in family.children],
        "child_persons": [str(child.person_id) for child in family.children],
        "agencies": sorted({str(family.people[name].agency_id) for name in _MEMBERS}),
        "persons": {name: str(person.id) for name, person in family.people.items()},
        "questions": [one.code for one in book.load(meeting_steps.procedure_of(family)).questions],
        "people": {
            name: [family.people[name].name, builders.account_for(family.people[name]).email]
            for name in wanted
            if name in family.people
        },
    }


if __name__ == "__main__":
    main(sys.argv[1:])
