"""Who may chair and take the minutes under each procedure, and whose turn it is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coregroup.rules import book
from coregroup.rules.chairing import (
    FITS,
    NEVER,
    WITH_REASON,
    Sitter,
    Table,
    chairs_in_turn,
    faults,
    may_chair,
    minute_takers_in_turn,
    minutes_needed,
    suggested,
)

LEAD, NURSE, TEACHER, MANAGER, OTHER, STRANGER = (UUID(int=n) for n in range(1, 7))
DAY = date(2026, 3, 11)


def table(procedure: str, *, first: bool = False, **sitters: Sitter) -> Table:
    seated = {
        "lead": Sitter(LEAD, member=True, lead=True),
        "nurse": Sitter(NURSE, member=True),
        "teacher": Sitter(TEACHER, member=True),
        "manager": Sitter(MANAGER, line_manager=True, practice_lead=True),
        "other": Sitter(OTHER, line_manager=True),
    }
    return Table(book.load(procedure), tuple((seated | sitters).values()), first)


AWAY = Sitter(LEAD, member=True, lead=True, away=True)


@pytest.mark.requirement("R49", "R75", "R90", "R115")
@pytest.mark.parametrize(
    ("procedure", "lead", "nurse", "manager", "other"),
    [
        ("england", FITS, FITS, WITH_REASON, WITH_REASON),
        ("wales", FITS, FITS, WITH_REASON, WITH_REASON),
        ("scotland", FITS, FITS, WITH_REASON, WITH_REASON),
        ("northern-ireland", FITS, FITS, WITH_REASON, WITH_REASON),
        ("warwickshire", FITS, FITS, WITH_REASON, WITH_REASON),
        ("nottinghamshire", FITS, FITS, WITH_REASON, WITH_REASON),
        ("denbighshire", FITS, FITS, WITH_REASON, WITH_REASON),
        # The practice lead, always; another only as the fallback, with a reason, and never from outside.
        ("scottish-council", WITH_REASON, WITH_REASON, FITS, NEVER),
        # The lead convenes and chairs; where the plan is reviewed, a member or any line manager may.
        ("cambridgeshire", FITS, FITS, FITS, FITS),
    ],
)
def test_who_may_chair(procedure: str, lead: str, nurse: str, manager: str, other: str) -> None:
    seats = table(procedure)
    judged = {one.id: may_chair(seats, one) for one in seats.sitters}
    assert [judged[one] for one in (LEAD, NURSE, MANAGER, OTHER)] == [lead, nurse, manager, other]


@pytest.mark.requirement("R90", "R115")
def test_the_first_meeting_reviews_nothing_and_the_lead_chairs_it() -> None:
    first = table("cambridgeshire", first=True)
    judged = {one.id: may_chair(first, one) for one in first.sitters}
    assert judged == {
        LEAD: FITS, NURSE: WITH_REASON, TEACHER: WITH_REASON, MANAGER: WITH_REASON, OTHER: WITH_REASON,
    }  # fmt: skip
    assert chairs_in_turn(table("cambridgeshire"))[0].id == LEAD


@pytest.mark.requirement("R55")
def test_with_the_lead_away_the_fallback_chairs() -> None:
    away = table("denbighshire", lead=AWAY)
    assert suggested(away)[0] == MANAGER  # a practice leader
    assert may_chair(away, Sitter(NURSE, member=True)) == WITH_REASON
    assert suggested(table("warwickshire", lead=AWAY))[0] in (NURSE, TEACHER)
    first = table("cambridgeshire", lead=AWAY, first=True)
    assert may_chair(first, Sitter(NURSE, member=True)) == FITS
    assert suggested(table("scottish-council", lead=AWAY))[0] == MANAGER


@pytest.mark.requirement("R104")
def test_the_turn_goes_to_whoever_did_it_least_and_longest_ago() -> None:
    seats = table(
        "denbighshire",
        lead=Sitter(LEAD, member=True, lead=True, chaired=(DAY,)),
        nurse=Sitter(NURSE, member=True, chaired=(date(2026, 1, 5),), minuted=(DAY,)),
        teacher=Sitter(TEACHER, member=True, chaired=(DAY, date(2026, 2, 4))),
    )
    assert [one.id for one in chairs_in_turn(seats)] == [NURSE, LEAD, TEACHER]
    assert [one.id for one in minute_takers_in_turn(seats, NURSE)] == [LEAD, TEACHER]
    assert suggested(seats) == (NURSE, LEAD)
    assert suggested(seats, chair=LEAD) == (LEAD, TEACHER)  # what is settled stays


@pytest.mark.requirement("R50")
@pytest.mark.parametrize(
    ("procedure", "chair", "taker", "because", "expected"),
    [
        ("denbighshire", NURSE, LEAD, "", []),
        ("denbighshire", NURSE, NURSE, "He is alone.", [("minute_taker", "same")]),
        ("denbighshire", NURSE, None, "He is alone.", [("minute_taker", "no_minute_taker")]),
        ("denbighshire", None, LEAD, "", [("chair", "no_chair")]),
        ("denbighshire", STRANGER, LEAD, "x", [("chair", "unknown")]),
        ("warwickshire", NURSE, NURSE, "", [("because", "why")]),
        ("warwickshire", NURSE, NURSE, "Nobody else came.", []),
        ("warwickshire", NURSE, None, "", [("because", "why")]),
        ("warwickshire", MANAGER, LEAD, "The lead is on leave.", []),
        ("scottish-council", MANAGER, None, "", []),  # a minute as such is not required
        ("scottish-council", MANAGER, MANAGER, "", []),
        ("scottish-council", NURSE, None, "", [("because", "why")]),
        ("scottish-council", NURSE, None, "The practice lead is ill.", []),
        ("scottish-council", OTHER, None, "x", [("chair", "not_this_chair")]),
    ],
)
def test_what_is_wrong_with_a_choice(
    procedure: str, chair: UUID | None, taker: UUID | None, because: str, expected: list[tuple[str, str]]
) -> None:
    assert list(faults(table(procedure), chair, taker, because)) == expected


@pytest.mark.requirement("R75")
def test_whoever_was_named_to_chair_is_taken_to_be_the_one_meant() -> None:
    named = table("scottish-council", other=Sitter(OTHER, line_manager=True, named="chair"))
    assert faults(named, OTHER, None, "") == ()
    outside = Table(book.load("scottish-council"), (Sitter(LEAD, member=True, lead=True),), False,
                    frozenset({"chair"}))  # fmt: skip
    assert faults(outside, None, None, "") == ()
    wales = Table(book.load("wales"), outside.sitters, False, frozenset({"chair", "minute_taker"}))
    assert faults(wales, None, None, "") == (("because", "why"),)  # any member could chair; why from outside?
    assert suggested(outside) == (None, None)
    assert not minutes_needed(book.load("scottish-council")) and minutes_needed(book.load("wales"))


@given(
    procedure=st.sampled_from(book.identifiers()),
    first=st.booleans(),
    away=st.sets(st.integers(0, 3)),
    done=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.dates()), max_size=5),
)
@settings(max_examples=60, deadline=None)
def test_no_meeting_is_ever_without_a_chair_that_some_choice_allows(
    procedure: str, first: bool, away: set[int], done: list[tuple[int, int, date]]
) -> None:
    people = [
        Sitter(
            UUID(int=n + 1), member=True, lead=n == 0, away=n in away,
            chaired=tuple(on for chair, _taker, on in done if chair == n),
            minuted=tuple(on for _chair, taker, on in done if taker == n),
        )
        for n in range(4)
    ]  # fmt: skip
    seats = Table(book.load(procedure), tuple(people), first)
    chair, taker = suggested(seats)
    if chair is not None and (taker is not None or not minutes_needed(seats.procedure)):
        assert faults(seats, chair, taker, "") == ()  # what is suggested is never refused
        assert chair != taker
    assert any(faults(seats, a.id, b.id, "why") == () for a in people for b in people)
