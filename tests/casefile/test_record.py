"""The record of a meeting: minutes by difference, cut to its reader, the same later (R23, R29, R57, R89)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.casefile.record import record
from coregroup.casefile.record_shapes import Record
from coregroup.casework.action_states import set_action_state
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.chronology import write_entry
from coregroup.casework.meeting_sheet import Thing
from coregroup.casework.ratings import rate_outcome
from coregroup.casework.restricted import begin_part, end_part
from coregroup.rules.errors import Closed
from tests.builders import TODAY, Family, open_family
from tests.casework.meeting_steps import NEXT, begin, close, keep, meet_guards
from tests.casework.plan_steps import save, whole_plan

# Who reads what of a part that the father was asked to leave, and the lead worker and minute taker stayed in.
PART_READERS = {
    "lead": ["PART-TOLD", "PART-WHY", "PART-NOTE"], "teacher": ["PART-TOLD"], "mother": ["PART-TOLD"],
    "father": ["PART-TOLD"], "gil": [],
}  # fmt: skip


def texts(value: Any) -> Iterator[str]:
    """Every text of a record, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def all_of(told: Record) -> str:
    return "\n".join(texts(asdict(told)))


def read(family: Family, meeting: Any, who: str = "lead", reader: str = "") -> str:
    other = family.people[reader].id if reader else None
    return all_of(record(group=family.group, meeting=meeting, by=family.actor(who), reader=other))


def second_meeting(family: Family, next_on: date = date(2026, 5, 6)) -> tuple[Any, dict[str, Any]]:
    """A first meeting, then a second one in which something of every kind happens."""
    made = {child.id: whole_plan(family, child.id) for child in family.children}
    first = begin(family)
    meet_guards(family, first)
    close(family, first)
    ben, amy = family.children
    again = begin(family)
    mother, gil = family.people["mother"].id, family.people["gil"].id
    keep(family, again, Thing("attendance", about=mother), how="attended", note="ALL-NOTE came late")
    keep(family, again, Thing("attendance", about=ben.person_id), how="PN1")
    keep(family, again, Thing("family_said", about=mother, child=ben.id), text="BEN-MOTHER it is calmer")
    keep(family, again, Thing("family_said", about=gil, child=amy.id), text="AMY-GIL she laughs")
    keep(family, again, Thing("decision", about=amy.id, child=amy.id), what="AMY-DECISION a nursery place")
    keep(family, again, Thing("note", code="plan"), text="ALL-FREE about both children")
    keep(
        family, again, Thing("note", code="risk"), text="STAFF-ONLY frank words",
        audience=AudienceChoice(base="professionals", reason="Only a hunch."),
    )  # fmt: skip
    concern = made[ben.id]["concern"].item
    keep(
        family,
        again,
        Thing("risk", about=concern, child=ben.id),
        direction="decreased",
        why="BEN-RISK asleep by nine",
    )
    write_entry(
        group=family.group, on=TODAY, text="BEN-CHRONO he slept at his aunt's", impact="BEN-IMPACT rested",
        child=ben.id, by=family.teacher,
    )  # fmt: skip
    action = made[ben.id]["action"]
    set_action_state(
        group=family.group,
        item=action.item,
        state="cannot_yet",
        because="BEN-STATE no list yet",
        by=family.health_visitor,
    )
    rate_outcome(
        group=family.group,
        item=made[ben.id]["outcome"].item,
        value=6,
        evidence="BEN-RATING diary",
        by=family.teacher,
    )
    changed = save(
        family,
        "action",
        item=action.item,
        base=action.revision,
        content={"what": "BEN-CHANGED"},
    )
    keep(
        family,
        again,
        Thing("voice", about=mother),
        words="ALL-MOTHER I try",
        disagrees="ALL-DISAGREE not every night",
    )
    part = begin_part(
        group=family.group, meeting=again, leave=[family.people["father"].id], told="PART-TOLD",
        why="PART-WHY", stay=[family.people["lead"].id], review_on=NEXT, by=family.health_visitor,
    )  # fmt: skip
    keep(family, again, Thing("restricted", about=part), text="PART-NOTE")
    end_part(group=family.group, meeting=again, part=part, by=family.health_visitor)
    meet_guards(family, again, next_on=next_on)
    close(family, again)
    return again, {"changed": changed, "made": made}


@pytest.mark.requirement("R23", "R29", "R57", "R68", "R86", "R87", "R89", "R118")
def test_the_record_says_what_changed_to_each_reader_what_they_may_see(family: Family) -> None:
    meeting, made = second_meeting(family)
    of_all = ("ALL-NOTE", "ALL-FREE", "ALL-MOTHER", "ALL-DISAGREE")
    of_ben = ("BEN-RISK", "BEN-CHRONO", "BEN-IMPACT", "BEN-STATE", "BEN-RATING", "BEN-CHANGED")
    of_amy = ("AMY-GIL", "AMY-DECISION")
    lead = read(family, meeting)
    for words in (*of_all, *of_ben, *of_amy, "BEN-MOTHER", "STAFF-ONLY", "Came and spoke", "6 May 2026"):
        assert words in lead, words
    assert "Agree a written list" in lead  # what the action said before
    assert "All were" not in lead
    parts = ("PART-TOLD", "PART-WHY", "PART-NOTE")
    shown = {who: [words for words in parts if words in read(family, meeting, who)] for who in PART_READERS}
    assert shown == PART_READERS
    mother = read(family, meeting, "mother")
    assert "STAFF-ONLY" not in mother and "BEN-MOTHER" in mother and "AMY-GIL" in mother
    frank, gil = read(family, meeting, "father"), read(family, meeting, "gil")
    for words in (*of_all, *of_amy, "BEN-MOTHER", "STAFF-ONLY", "Gil", "Amy"):
        assert words not in frank, words
    for words in of_ben:
        assert words in frank, words
    for words in (*of_all, *of_ben, "BEN-MOTHER", "STAFF-ONLY", "Frank"):
        assert words not in gil, words
    assert "AMY-GIL" in gil and "AMY-DECISION" in gil
    assert read(family, meeting, "lead", "father") == frank
    with CaptureQueriesContext(connection) as asked:
        record(group=family.group, meeting=meeting, by=family.lead)
    assert len(asked) <= 36, [one["sql"][:200] for one in asked.captured_queries]
    later = all_of(record(group=family.group, meeting=meeting, by=family.lead))
    save(
        family,
        "action",
        item=made["changed"].item,
        base=made["changed"].revision,
        content={"what": "LATER"},
    )
    assert read(family, meeting) == later
    with pytest.raises(Closed):
        read(family, meeting, "stranger")
    with pytest.raises(Closed):
        read(family, begin(family))


@pytest.mark.requirement("R89")
def test_an_updated_plan_stands_in_full_with_its_changes_marked(today: Any, db: None) -> None:
    family = open_family(procedure="scottish-council")
    meeting, _made = second_meeting(family, NEXT)
    told = record(group=family.group, meeting=meeting, by=family.lead)
    assert told.mode == "updated_plan" and told.title.startswith("Updated ")
    assert [section.code for section in told.sections][2] == "plan"
    plan = told.section("plan")
    assert plan is not None
    words = "\n".join(texts(asdict(plan)))
    for text in (
        "BEN-CHANGED",
        "Changed",
        "Agree a written list",
        "Ben is found alone at night.",
        "ALL-MOTHER",
    ):
        assert text in words, text
    frank = read(family, meeting, "father")
    assert "BEN-CHANGED" in frank and "ALL-MOTHER" not in frank and "Amy" not in frank
