"""Review conferences: recorded as held, with the next one planned."""

from __future__ import annotations

from datetime import date

import pytest

from coregroup.casework.conferences import record_review
from coregroup.records import models as m
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from tests.builders import Family

TODAY, NEXT = date(2026, 3, 18), date(2026, 9, 16)


@pytest.mark.requirement("R8")
def test_a_review_is_held_and_the_next_is_planned(family: Family) -> None:
    coming = record_review(group=family.group, on=TODAY, next_on=NEXT, by=family.lead)
    held = m.Conference.objects.get(group=family.group, kind="review", held_on=TODAY)
    assert m.Conference.objects.get(id=coming).planned_on == NEXT
    assert m.Conference.objects.get(id=coming).chair_id == held.chair_id
    assert m.ChronologyEntry.objects.filter(group=family.group, code="review_held").exists()


@pytest.mark.parametrize(
    ("on", "next_on", "field"),
    [(date(2026, 3, 19), NEXT, "on"), (date(2026, 1, 1), NEXT, "on"), (TODAY, TODAY, "next_on")],
)
def test_impossible_dates_are_said_at_their_field(
    family: Family, on: date, next_on: date, field: str
) -> None:
    with pytest.raises(Problems) as found:
        record_review(group=family.group, on=on, next_on=next_on, by=family.lead)
    assert [fault[0] for fault in found.value.faults] == [field]
    assert not m.Conference.objects.filter(kind="review", held_on__isnull=False).exists()


def test_others_may_not(family: Family) -> None:
    with pytest.raises(Closed):
        record_review(group=family.group, on=TODAY, next_on=NEXT, by=family.stranger)
    with pytest.raises(Refused):
        record_review(group=family.group, on=TODAY, next_on=NEXT, by=family.mother)
    m.Conference.objects.filter(kind="review").delete()
    with pytest.raises(Problem):
        record_review(group=family.group, on=TODAY, next_on=NEXT, by=family.lead)
