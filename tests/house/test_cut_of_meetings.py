"""For random meetings and audiences: nobody's record, pack, export or page holds what they may not see.

Hypothesis makes up what is written: kinds of entries, whose child they are about, who spoke, who may see
them. Each text is a marker; who may read it is worked out in `meeting_planting.readers_of`, not by our own
rules. The meeting is read in session and after it was closed, by everybody around the family, on every
rendering. And what somebody may see of it they do find in their record: a cut that kept back everything would
prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coregroup.casework.chronology import write_entry
from coregroup.casework.meetings import NewMeeting, book_meeting
from coregroup.casework.members import add_member
from coregroup.records import models as m
from coregroup.rules import meeting_entries as entries
from coregroup.rules.record_sections import OF_ENTRY
from tests.builders import TODAY, account_for, open_family
from tests.casework import meeting_steps
from tests.casework.plan_steps import save
from tests.house.meeting_planting import KINDS_OF_TEXT, NOT_LIMITED, plant_entry
from tests.house.security_planted import Planted
from tests.house.test_security_crawl import MARK, text_of

READ_BY = ("lead", "health_visitor", "teacher", "police", "chair", "manager", "mother", "father", "gil")
IN_SESSION = ("meeting", "pack", "workspace", "meeting_changes", "family_first", "meeting_close")
STEPS = ("welcome", "family_first", "child", "chronology", "risk", "contingency", "views", "decisions")
CLOSED = ("meeting", "record", "pack")
PAPERS = ("record_copy", "record_word", "record_export", "pack_pdf")

PIECE = st.tuples(
    st.sampled_from([*KINDS_OF_TEXT, "chronology", "plan"]),
    st.sampled_from(("ben", "amy", "all")),
    st.sampled_from((None, 0, 1, 2, 3)),
    st.integers(0, 8),
)


def meetings(most: int) -> Any:
    """Meetings of eight pieces and more, of which no two are of one kind about the same child."""
    return st.lists(PIECE, min_size=8, max_size=most, unique_by=lambda piece: piece[:2])


@pytest.fixture
def held(db: None, today: Any) -> Planted:
    """A family with plans in force, one member limited to one child, and its next core group."""
    family = open_family()
    add_member(
        group=family.group, person=family.people["police"].id, role="Police",
        only_children=[family.children[1].id], by=family.lead,
    )  # fmt: skip
    meeting_steps.first_meeting(family)
    return Planted(family)


def written(plant: Planted, meeting: UUID, pieces: list[Any]) -> list[str]:
    """Writes what was made up; gives the markers that the record must hold."""
    told: list[str] = []
    for kind, whose, choice, turn in pieces:
        if kind == "chronology":
            told += _chronology(plant, whose, choice or 0)
        elif kind == "plan":
            told += _plan(plant, "amy" if whose == "amy" else "ben", choice or 0)
        elif (whose == "all") == (entries.KINDS[kind].child == "yes"):
            continue
        else:
            by = ("lead", "health_visitor")[turn % 2]
            marks = plant_entry(
                plant, meeting, kind, whose, by=by, turn=turn,
                choice=None if entries.KINDS[kind].about == "item" else choice,
            )  # fmt: skip
            told += marks if kind in OF_ENTRY else []
    return told


def _chronology(plant: Planted, whose: str, choice: int) -> list[str]:
    audience, readers = plant.choices(whose)[choice]
    if whose == "all":
        readers = readers & NOT_LIMITED
    mark = plant.mark("chronologytext", readers)
    child = None if whose == "all" else plant.family.children[whose == "amy"].id
    write_entry(group=plant.family.group, on=TODAY, child=child, text=mark, audience=audience,
                by=plant.family.lead)  # fmt: skip
    return [mark]


def _plan(plant: Planted, whose: str, choice: int) -> list[str]:
    """Something new on a plan, proposed in this meeting."""
    audience, readers = plant.choices(whose)[choice]
    mark = plant.mark("concernworry", readers)
    child = plant.family.children[whose == "amy"].id
    save(plant.family, "concern", child=child, content={"worry": mark}, audience=audience)
    return [mark]


class Reading:
    """Everybody reads; what they may not see is noted, and what they saw in their record."""

    def __init__(self, plant: Planted, meeting: UUID) -> None:
        self.plant, self.leaks = plant, list[str]()
        self.own = {"group": plant.family.group, "meeting": meeting}
        self.clients = {who: Client() for who in READ_BY}
        for who, client in self.clients.items():
            client.force_login(account_for(plant.family.people[who], f"{who}@example.test"))

    def read(self, who: str, page: str, **more: Any) -> str:
        answer = self.clients[who].get(reverse(page, kwargs={**self.own, **more}))
        assert answer.status_code in (200, 302, 403, 404), f"{who} {page}: {answer.status_code}"
        text = text_of(answer) if answer.status_code == 200 else ""
        found = {word for word in MARK.findall(text) if who not in self.plant.readers[word]}
        self.leaks += [f"{who} reads {word} on {page} {more}" for word in sorted(found)]
        return text


def proved(plant: Planted, pieces: list[Any], papers: int) -> None:
    family = plant.family
    meeting = m.Meeting.objects.get(group=family.group, state="planned").id
    meeting_steps.begin(family, meeting)
    told = written(plant, meeting, pieces)
    reading = Reading(plant, meeting)
    for number, who in enumerate(READ_BY):
        for page in IN_SESSION:
            reading.read(who, page)
        if who not in ("mother", "father", "gil"):
            reading.read(who, "workspace_step", step=STEPS[(number + len(pieces)) % len(STEPS)])
    _close(plant, meeting)
    records = {who: reading.read(who, "record") for who in READ_BY}
    for number, who in enumerate(READ_BY):
        for page in CLOSED:
            reading.read(who, page)
        if number < papers:
            for page in PAPERS:
                reading.read(READ_BY[(number + len(pieces)) % len(READ_BY)], page)
    assert not reading.leaks, "\n".join(reading.leaks)
    stands = " ".join(str(one) for one in _standing(meeting))
    kept_back = [
        f"{who} does not find {word}"
        for word in told
        for who in ("lead", "health_visitor", "mother")
        if word in stands and who in plant.readers[word] and word not in records[who]
    ]
    assert not kept_back, "\n".join(kept_back)
    assert MARK.search(records["lead"]), "nothing of what was written was looked for"


def _standing(meeting: UUID) -> Iterator[Any]:
    """What stands now at each thing, in the chronology and on the plans."""
    last: dict[str, Any] = {}
    for row in m.MeetingEntry.objects.filter(meeting=meeting).order_by("number"):
        last[row.thing] = row.content
    yield from last.values()
    yield from m.ChronologyEntry.objects.filter(meeting=meeting).values_list("text", flat=True)
    yield from m.PlanRevision.objects.filter(meeting=meeting).values_list("content", flat=True)


def _close(plant: Planted, meeting: UUID) -> None:
    """Meets what is still to be met for the closing, over whatever was written."""
    family = plant.family
    for child in family.children:
        thing = meeting_steps.Thing("voice", about=child.person_id)
        meeting_steps.keep(family, meeting, thing, words="Hello.", by=family.lead, base=_read(meeting, thing))
        thing = meeting_steps.Thing("contingency", child=child.id)
        meeting_steps.keep(family, meeting, thing, fit="yes", family_knows="yes", by=family.lead,
                           base=_read(meeting, thing))  # fmt: skip
    members = m.Membership.objects.filter(group=family.group, part="member")
    for agency in set(members.values_list("person__agency", flat=True)):
        thing = meeting_steps.Thing("agency", about=agency)
        meeting_steps.keep(family, meeting, thing, nothing_new="yes", by=family.lead,
                           base=_read(meeting, thing))  # fmt: skip
    later = NewMeeting(TODAY + timedelta(days=20), time(9), "Family centre")
    book_meeting(group=family.group, meeting=later, by=family.lead)
    meeting_steps.close(family, meeting)


def _read(meeting: UUID, thing: Any) -> int:
    return m.MeetingEntry.objects.filter(meeting=meeting, thing=thing.name).count()


def _each(plant: Planted, pieces: list[Any], papers: int) -> None:
    """One made-up meeting, and everything as it was before."""
    plant.readers.clear()
    with transaction.atomic():
        proved(plant, pieces, papers)
        transaction.set_rollback(True)


QUICK = settings(
    max_examples=2, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.requirement("R23", "R36", "R57", "R93", "R97")
@given(pieces=meetings(14))
@QUICK
def test_nobody_is_given_what_they_may_not_see(held: Planted, pieces: list[Any]) -> None:
    _each(held, pieces, papers=1)


@pytest.mark.prove
@pytest.mark.requirement("R23", "R36", "R57", "R93", "R97")
@given(pieces=meetings(40))
@settings(QUICK, max_examples=40)
def test_nobody_is_ever_given_what_they_may_not_see(held: Planted, pieces: list[Any]) -> None:
    _each(held, pieces, papers=len(READ_BY))
