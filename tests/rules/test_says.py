"""The sentences that say why: complete, in both languages, and each only one."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from coregroup.rules import book, ics, says
from coregroup.rules.timescales import Departure, Event, Row, timetable

CONFERENCE = Event("initial_conference", date(2026, 4, 2))


def row(procedure: str, rule: str, *events: Event, **more: object) -> Row:
    """The first row of a rule."""
    found = timetable(book.load(procedure), events, **more)  # type: ignore[arg-type]
    return next(row for row in found if row.rule == rule)


@pytest.mark.requirement("R7")
def test_the_sentence_names_rule_anchor_counting_skipped_days_and_source() -> None:
    assert says.why(row("warwickshire", "first_core_group", CONFERENCE)) == (
        "First core group, counted from the initial child protection conference: 10 working days from "
        "Thursday 2 April 2026; Good Friday and Easter Monday do not count; source: A Guide for Core Group "
        "Members, Warwickshire Safeguarding Children Board (“To meet within 10 working days”)."
    )


@pytest.mark.requirement("R38", "R7")
def test_the_sentence_in_welsh() -> None:
    assert says.why(row("wales", "first_core_group", CONFERENCE), "cy") == (
        "Cyfarfod cyntaf y grŵp craidd (cyfrifir o: cynhadledd amddiffyn plant gychwynnol): 10 diwrnod "
        "gwaith o ddydd Iau 2 Ebrill 2026; nid yw Dydd Gwener y Groglith na Dydd Llun y Pasg yn cyfrif; "
        "ffynhonnell: Gweithdrefnau Diogelu Cymru, adran 4, Y grŵp craidd, Bwrdd prosiect "
        "Gweithdrefnau Diogelu Cymru (“within 10 working days”)."
    )


def core_group(day: str) -> Event:
    """A core group on a day."""
    return Event("core_group", date.fromisoformat(day))


def review(day: str) -> Event:
    """A review conference on a day."""
    return Event("review_conference", date.fromisoformat(day))


@pytest.mark.parametrize(
    ("found", "clause"),
    [
        (row("wales", "next_core_group", core_group("2026-04-20")), "1 month, and at the latest 6 weeks,"),
        (row("wales", "next_core_group", core_group("2026-01-31")), "is not a working day, so meet by"),
        (row("scotland", "first_core_group", CONFERENCE), "by the edition in force from 31 August 2023"),
        (
            row("scotland", "first_core_group", Event("initial_conference", date(2022, 1, 10))),
            "assumed: the guidance does not say which days",
        ),
        (
            row("scotland", "first_core_group", Event("initial_conference", date(2014, 5, 15))),
            "no edition of this rule is known for Thursday 15 May 2014, and the earliest is from 16 May 2014",
        ),
        (
            row("cambridgeshire", "core_group_before_review", CONFERENCE, review("2026-06-30")),
            "10 working days before Tuesday 30 June 2026; that is the day given for it",
        ),
        (
            row("cambridgeshire", "core_group_before_review", CONFERENCE),
            "own limit, as none is planned",
        ),
        (
            row("cambridgeshire", "core_group_before_review", review("2026-06-30"), as_of=date(2026, 5, 1)),
            "that day is planned",
        ),
        (row("england", "first_core_group"), "10 working days from that day, once it has come"),
        (
            row("warwickshire", "enhanced_risk_assessment", CONFERENCE),
            "which has not been held yet; it warns from Saturday 2 January 2027, 9 months after the initial",
        ),
        (
            row("warwickshire", "first_core_group", CONFERENCE, closure_days={date(2026, 4, 7)}),
            "Good Friday, Easter Monday and the closure day of Tuesday 7 April 2026 do not count",
        ),
        (
            row("england", "first_core_group", CONFERENCE, core_group("2026-04-09"), as_of=date(2026, 5, 1)),
            "met on Thursday 9 April 2026",
        ),
        (
            row(
                "warwickshire", "first_core_group", CONFERENCE, as_of=date(2026, 5, 1),
                departures=[Departure("first_core_group")],
            ),
            "excused by a decision on record",
        ),
        (
            row(
                "warwickshire", "first_review", CONFERENCE, Event("plan_ended", date(2026, 4, 30)),
                as_of=date(2026, 5, 1),
            ),
            "no longer needed, as the plan ended on Thursday 30 April 2026",
        ),
    ],
)  # fmt: skip
def test_clauses_that_bear_on_a_date(found: Row, clause: str) -> None:
    sentence = says.why(found)
    assert clause in sentence
    assert sentence.endswith(".")
    assert "; ;" not in sentence


@pytest.mark.requirement("R38")
@pytest.mark.parametrize("identifier", book.identifiers())
def test_every_row_can_say_why_in_both_languages(identifier: str) -> None:
    events = [
        CONFERENCE,
        core_group("2026-04-20"),
        review("2026-06-30"),
        Event("plan_ended", date(2026, 12, 1)),
    ]
    for found in timetable(book.load(identifier), events, as_of=date(2026, 7, 1)):
        english, welsh = says.why(found, "en"), says.why(found, "cy-gb")
        assert english != welsh
        assert "{" not in english + welsh
        assert ("source: " in english, "ffynhonnell: " in welsh) == (True, True)


def test_dates_in_words() -> None:
    assert says.long_date(date(2026, 3, 1)) == "Sunday 1 March 2026"
    assert says.long_date(date(2026, 3, 1), "cy") == "dydd Sul 1 Mawrth 2026"
    assert says.short_date(date(2026, 8, 31), "cy") == "31 Awst 2026"


def test_a_calendar_library_reads_the_calendar() -> None:
    procedure = book.load("denbighshire")
    found = timetable(procedure, [CONFERENCE, core_group("2026-04-20")])
    text = ics.calendar(procedure, found, stamp=datetime(2026, 4, 3, 9, 0, tzinfo=UTC), lang="cy")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    dated = [row for row in found if row.latest]
    assert [event.decoded("DTSTART") for event in events] == [row.latest for row in dated]
    assert [str(event["DESCRIPTION"]) for event in events] == [says.why(row, "cy") for row in dated]
    assert len({str(event["UID"]) for event in events}) == len(dated)
