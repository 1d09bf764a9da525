"""How a timetable is read: rows, anchors, editions, what meets a clock, and how it stands on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coregroup.rules import book
from coregroup.rules.dates import calendar_of
from coregroup.rules.procedure import Unknown
from coregroup.rules.timescales import STATUSES, Departure, Event, Row, timetable
from coregroup.rules.vocabulary import EVENTS

SHORT = {
    "talk": "strategy_discussion",
    "initial": "initial_conference",
    "group": "core_group",
    "review": "review_conference",
    "ended": "plan_ended",
    "seen": "child_seen",
    "change": "significant_change",
    "moved": "transfer_notified",
}


def events(text: str) -> list[Event]:
    """Events written shortly: "initial 2026-04-02, group 2026-04-15"."""
    found = []
    for word in filter(None, (part.strip() for part in text.split(","))):
        name, day = word.split()
        found.append(Event(SHORT.get(name, name), date.fromisoformat(day)))
    return found


def rows(procedure: str, rule: str, text: str, as_of: str = "", **more: object) -> list[Row]:
    """The rows of one rule, in the timetable's order."""
    day = date.fromisoformat(as_of) if as_of else None
    found = timetable(book.load(procedure), events(text), as_of=day, **more)  # type: ignore[arg-type]
    return [row for row in found if row.rule == rule]


def statuses(procedure: str, rule: str, text: str, as_of: str, **more: object) -> list[str | None]:
    """The statuses of one rule's rows."""
    return [row.status for row in rows(procedure, rule, text, as_of, **more)]


def latest(procedure: str, rule: str, text: str, as_of: str = "") -> list[str]:
    """The latest dates of one rule's rows, "-" where it waits."""
    return [str(row.latest or "-") for row in rows(procedure, rule, text, as_of)]


@pytest.mark.requirement("R7", "R76")
@pytest.mark.parametrize(
    ("conference", "limit", "assumed"),
    [
        ("2014-05-15", "-", False),
        ("2014-05-16", "2014-05-31", False),
        ("2021-09-01", "2021-09-16", False),
        ("2021-09-02", "2021-09-17", True),
        ("2023-08-30", "2023-09-14", True),
        ("2023-08-31", "2023-09-21", False),
        ("2026-06-12", "2026-07-06", False),
        ("2025-12-24", "2026-01-20", False),
    ],
)
def test_the_edition_in_force_on_the_anchors_day_governs(conference: str, limit: str, assumed: bool) -> None:
    (row,) = rows("scotland", "first_core_group", f"initial {conference}")
    assert (str(row.latest or "-"), row.assumed) == (limit, assumed)


@pytest.mark.requirement("R7")
def test_a_late_meeting_is_judged_by_the_edition_of_its_anchor() -> None:
    held = "initial 2023-08-30, group 2023-09-20"
    assert statuses("scotland", "first_core_group", held, "2026-01-01") == ["met_late"]
    held = "initial 2023-08-31, group 2023-09-20"
    assert statuses("scotland", "first_core_group", held, "2026-01-01") == ["met"]


@pytest.mark.requirement("R43", "R8")
def test_a_target_and_a_hard_maximum_stand_side_by_side() -> None:
    (row,) = rows("denbighshire", "next_core_group", "initial 2026-01-19, group 2026-01-31")
    assert (str(row.expected), str(row.latest), str(row.meet_by)) == (
        "2026-02-28",
        "2026-03-14",
        "2026-03-13",
    )


@pytest.mark.requirement("R8")
@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2026-01-30", "not_started"),
        ("2026-01-31", "due"),
        ("2026-02-20", "due"),
        ("2026-02-23", "due_soon"),
        ("2026-03-14", "due_soon"),
        ("2026-03-15", "overdue"),
    ],
)
def test_due_soon_runs_from_five_working_days_before_the_target_to_the_maximum(
    as_of: str, status: str
) -> None:
    assert statuses("wales", "next_core_group", "group 2026-01-31", as_of) == [status]


@pytest.mark.requirement("R7")
@pytest.mark.parametrize(
    ("group", "as_of", "status"),
    [
        ("2026-04-20", "2026-05-01", "met"),
        ("2026-04-21", "2026-05-01", "met_late"),
        ("2026-04-20", "2026-04-19", "due_soon"),  # planned: it has met nothing yet
        ("2026-04-20", "2026-04-20", "met"),
        ("2026-04-25", "2026-04-21", "overdue"),  # a plan does not stop the clock
        ("2026-04-02", "2026-05-01", "met"),  # straight after the conference
        ("2026-04-01", "2026-05-01", "overdue"),  # before it: another story
    ],
)
def test_the_first_later_core_group_meets_the_clock(group: str, as_of: str, status: str) -> None:
    story = f"initial 2026-04-02, group {group}"
    assert statuses("warwickshire", "first_core_group", story, as_of) == [status]


@pytest.mark.requirement("R8", "R77")
def test_each_core_group_starts_the_next_clock() -> None:
    story = "initial 2026-01-06, group 2026-01-20, group 2026-02-20, group 2026-03-10"
    assert latest("scottish-council", "next_core_group", story) == ["2026-02-17", "2026-03-20", "2026-04-07"]
    assert statuses("scottish-council", "next_core_group", story, "2026-03-16") == ["met_late", "met", "due"]
    found = rows("scottish-council", "next_core_group", story, "2026-03-16")
    assert [row.occurrence for row in found] == [1, 2, 3]
    assert [str(row.met_on) for row in found] == ["2026-02-20", "2026-03-10", "None"]


@pytest.mark.requirement("R99", "R92")
def test_reviews_follow_one_another() -> None:
    story = "initial 2026-01-15, review 2026-04-10, review 2026-10-09"
    assert latest("england", "first_review", story) == ["2026-04-15"]
    assert latest("england", "next_review", story) == ["2026-10-10", "2027-04-09"]
    assert statuses("england", "next_review", story, "2026-06-01") == ["due", "not_started"]


def test_nothing_is_dated_that_waits_and_it_comes_last() -> None:
    found = timetable(book.load("warwickshire"), events("initial 2026-04-02"), as_of=date(2026, 4, 7))
    waiting = [row for row in found if row.latest is None]
    assert found[-len(waiting) :] == waiting
    assert [row.rule for row in waiting] == sorted(row.rule for row in waiting)
    assert all((row.expected, row.meet_by, row.anchor.date) == (None, None, None) for row in waiting)
    assert {row.status for row in waiting} == {"not_started"}


def test_there_is_no_status_without_a_day_to_judge_by() -> None:
    found = timetable(book.load("wales"), events("initial 2026-04-02, group 2026-04-15, ended 2026-07-01"))
    assert {row.status for row in found} == {None}


def test_equal_dates_are_ordered_by_the_rules_name() -> None:
    found = timetable(book.load("scotland"), events("initial 2026-07-02, talk 2026-06-18"))
    same = [row.rule for row in found if row.latest == date(2026, 7, 16)]
    assert same == ["initial_conference", "record_issued"]


@pytest.mark.requirement("R101")
def test_a_backward_rule_counts_from_the_planned_review_else_from_its_limit() -> None:
    (planned,) = rows("cambridgeshire", "core_group_before_review", "initial 2026-04-02, review 2026-06-30")[
        :1
    ]
    assert (str(planned.latest), planned.explanation.counted_from, planned.assumed) == (
        "2026-06-16",
        "event",
        True,
    )
    (computed,) = rows("cambridgeshire", "core_group_before_review", "initial 2026-04-02")
    assert (str(computed.latest), computed.explanation.counted_from) == ("2026-06-18", "computed")
    assert computed.anchor.date == date(2026, 7, 2)
    (waiting,) = rows("cambridgeshire", "core_group_before_review", "")
    assert waiting.latest is None


@pytest.mark.requirement("R101")
@pytest.mark.parametrize(
    ("groups", "as_of", "status"),
    [
        ("group 2026-04-15", "2026-05-20", "due"),  # the first core group is not the one before the review
        ("group 2026-04-15", "2026-06-10", "due_soon"),
        ("group 2026-04-15", "2026-06-17", "overdue"),
        ("group 2026-04-15, group 2026-06-09", "2026-06-17", "met"),
        ("group 2026-04-15, group 2026-06-22", "2026-06-23", "met_late"),
        ("group 2026-04-15, group 2026-07-02", "2026-07-03", "overdue"),  # after the review is too late
    ],
)
def test_what_counts_as_the_core_group_before_a_review(groups: str, as_of: str, status: str) -> None:
    story = f"initial 2026-04-02, review 2026-06-30, {groups}"
    assert statuses("cambridgeshire", "core_group_before_review", story, as_of)[0] == status


@pytest.mark.requirement("R101")
def test_one_more_core_group_in_a_gap_of_six_months() -> None:
    short = "initial 2026-04-02, review 2026-06-30, review 2026-09-30, ended 2026-09-30"
    assert latest("cambridgeshire", "core_group_between_reviews", short) == ["2027-03-12"]
    long = "initial 2026-04-02, review 2026-06-30, review 2026-12-16"
    rule = "core_group_between_reviews"
    assert latest("cambridgeshire", rule, long)[0] == "2026-12-02"
    one = f"{long}, group 2026-11-25"  # it is the one before the review, so the extra one is missing
    assert statuses("cambridgeshire", rule, one, "2026-12-03")[0] == "overdue"
    two = f"{long}, group 2026-09-10, group 2026-11-25"
    assert statuses("cambridgeshire", rule, two, "2026-12-03")[0] == "met"
    assert rows("cambridgeshire", rule, two, "2026-12-03")[0].met_on == date(2026, 9, 10)
    assert latest("cambridgeshire", rule, "initial 2026-04-02") == ["-"]


@pytest.mark.requirement("R15")
def test_the_enhanced_assessment_hangs_on_a_meeting_and_warns_at_nine_months() -> None:
    rule = "enhanced_risk_assessment"
    story = "initial 2026-01-12, review 2026-04-10, group 2026-01-23"
    assert statuses("warwickshire", rule, story, "2026-10-11") == ["not_started"]
    assert statuses("warwickshire", rule, story, "2026-10-12") == ["due_soon"]
    story += ", review 2026-10-08"
    assert latest("warwickshire", rule, story) == ["-"]
    assert statuses("warwickshire", rule, story, "2026-10-10") == ["not_started"]
    story += ", group 2026-10-08, group 2026-10-21, group 2026-11-20"
    assert latest("warwickshire", rule, story) == ["2026-10-21"]
    assert statuses("warwickshire", rule, story, "2026-10-22") == ["overdue"]
    done = f"{story}, enhanced_risk_assessment 2026-10-21"
    assert statuses("warwickshire", rule, done, "2026-10-22") == ["met"]


@pytest.mark.requirement("R15")
def test_early_reviews_bring_the_enhanced_assessment_forward() -> None:
    story = "initial 2026-01-12, review 2026-03-02, review 2026-05-05, group 2026-05-20"
    assert latest("warwickshire", "enhanced_risk_assessment", story) == ["2026-05-20"]


@pytest.mark.requirement("R43")
def test_denbighshires_own_interval_ends_at_the_first_review() -> None:
    story = "initial 2026-01-05, group 2026-03-20, review 2026-04-02, group 2026-04-02, group 2026-05-01"
    found = rows("denbighshire", "next_core_group", story)
    assert [row.source.code for row in found] == ["denbighshire-sheet", "wsp-conference", "wsp-conference"]
    assert [str(row.latest) for row in found] == ["2026-05-01", "2026-05-14", "2026-06-12"]


@pytest.mark.requirement("R78")
def test_the_meeting_after_deregistration() -> None:
    rule = "afterwards_meeting"
    story = "initial 2026-01-06, group 2026-03-10, ended 2026-03-10"
    assert latest("scottish-council", rule, story) == ["2026-04-21"]
    assert statuses("scottish-council", rule, story, "2026-03-11") == ["due"]
    assert statuses("scottish-council", rule, f"{story}, group 2026-04-14", "2026-04-30") == ["met"]
    assert statuses("scottish-council", rule, f"{story}, group 2026-04-22", "2026-04-30") == ["met_late"]
    assert statuses("scottish-council", rule, story, "2026-04-22") == ["overdue"]


@pytest.mark.requirement("R7")
def test_the_end_of_the_plan_ends_what_is_open_and_leaves_what_is_done() -> None:
    story = "initial 2026-01-12, group 2026-01-23, review 2026-04-10, ended 2026-04-10"
    found = timetable(book.load("warwickshire"), events(story), as_of=date(2026, 8, 1))
    assert {(row.rule, row.status) for row in found} == {
        ("first_core_group", "met"),
        ("first_review", "met"),
        ("next_core_group", "no_longer_needed"),
        ("next_review", "no_longer_needed"),
        ("enhanced_risk_assessment", "no_longer_needed"),
        ("initial_conference", "no_longer_needed"),
        ("transfer_conference", "no_longer_needed"),
    }
    assert statuses("warwickshire", "next_core_group", story, "2026-04-09") == [
        "overdue"
    ]  # the end is planned


def test_a_meeting_after_the_end_does_not_meet_a_clock_of_the_plan() -> None:
    story = "initial 2026-01-12, group 2026-01-23, ended 2026-02-10, group 2026-02-20"
    assert statuses("warwickshire", "next_core_group", story, "2026-03-01") == ["no_longer_needed"] * 2


def test_the_end_of_an_earlier_plan_does_not_end_this_one() -> None:
    story = "ended 2025-06-01, initial 2026-04-02"
    assert statuses("warwickshire", "first_core_group", story, "2026-04-03") == ["due"]


@pytest.mark.requirement("R95")
def test_a_departure_excuses_a_late_clock_until_the_day_agreed() -> None:
    story, rule = "initial 2026-04-02", "first_core_group"
    agreed = Departure(
        rule, date(2026, 4, 2), until=date(2026, 4, 30), reason="illness", approved_by="manager"
    )
    assert statuses("cambridgeshire", rule, story, "2026-04-17", departures=[agreed]) == ["due_soon"]
    assert statuses("cambridgeshire", rule, story, "2026-04-21", departures=[agreed]) == ["excused"]
    assert statuses("cambridgeshire", rule, story, "2026-05-01", departures=[agreed]) == ["overdue"]
    held = f"{story}, group 2026-04-28"
    assert statuses("cambridgeshire", rule, held, "2026-05-01", departures=[agreed]) == ["excused"]
    other = Departure(rule, date(2026, 1, 2))
    assert statuses("cambridgeshire", rule, held, "2026-05-01", departures=[other]) == ["met_late"]
    (row,) = rows("cambridgeshire", rule, held, "2026-05-01", departures=[agreed])
    assert row.departure is agreed
    assert row.strictness == "should"


def test_rules_that_a_procedure_does_not_give_are_not_invented() -> None:
    assert {"next_core_group", "child_seen", "core_group_before_review"} & set(
        book.load("england").rules
    ) == set()
    assert [name for name in book.load("northern-ireland").rules if "core_group" in name] == []
    assert "next_core_group" not in book.load("scotland").rules


def test_other_rules_of_the_nations() -> None:
    assert latest("wales", "outline_plan_issued", "initial 2026-04-02") == ["2026-04-13"]
    assert latest("wales", "transfer_papers", "moved 2026-05-06") == ["2026-05-09"]
    assert latest("northern-ireland", "child_seen", "seen 2026-06-15, seen 2026-06-29") == [
        "2026-07-13",
        "2026-07-27",
    ]
    assert latest("scotland", "significant_change", "change 2026-04-01") == ["2026-04-04"]
    assert latest("scotland", "initial_conference", "talk 2026-01-06") == ["2026-02-03"]
    assert latest("england", "transfer_conference", "moved 2026-05-01") == ["2026-05-26"]


def test_an_unknown_event_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Unknown, match="there is no event 'core_grup'; the nearest is core_group"):
        timetable(book.load("england"), [Event("core_grup", date(2026, 1, 1))])


def test_closure_days_push_a_limit_back() -> None:
    story = events("initial 2026-04-02")
    found = timetable(book.load("warwickshire"), story, closure_days={date(2026, 4, 7)})
    assert next(row.latest for row in found if row.rule == "first_core_group") == date(2026, 4, 21)


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
STORIES = st.lists(st.builds(Event, st.sampled_from(EVENTS), DAYS), max_size=12)
PROCEDURES = st.sampled_from(book.identifiers())


@settings(max_examples=80, deadline=None)
@given(PROCEDURES, STORIES, DAYS, st.randoms())
def test_order_and_doubles_of_events_change_nothing(name: str, story: list[Event], day: date, random) -> None:  # type: ignore[no-untyped-def]
    procedure = book.load(name)
    mixed = story + story[:3]
    random.shuffle(mixed)
    assert timetable(procedure, mixed, as_of=day) == timetable(procedure, story, as_of=day)


@settings(max_examples=80, deadline=None)
@given(PROCEDURES, STORIES, DAYS)
def test_what_always_holds_of_a_timetable(name: str, story: list[Event], day: date) -> None:
    procedure = book.load(name)
    found = timetable(procedure, story, as_of=day)
    working = calendar_of(procedure.nation)
    assert {row.rule for row in found} == set(procedure.rules)
    keys = [(row.latest or date.max, row.rule) for row in found]
    assert keys == sorted(keys)
    for row in found:
        assert row.status in STATUSES
        assert (row.latest is None) == (row.expected is None) == (row.meet_by is None)
        if row.latest and row.expected and row.meet_by:
            assert row.expected <= row.latest
            assert row.meet_by <= row.latest
            assert working.is_working(row.meet_by)
        if row.met_on:
            assert row.met_on <= day
            assert row.status in ("met", "met_late")
            assert (row.status == "met") == (row.latest is not None and row.met_on <= row.latest)


@settings(max_examples=50, deadline=None)
@given(PROCEDURES, STORIES, DAYS)
def test_dates_do_not_depend_on_the_day_of_asking(name: str, story: list[Event], day: date) -> None:
    procedure = book.load(name)

    def dated(as_of: date | None) -> list[tuple[object, ...]]:
        found = timetable(procedure, story, as_of=as_of)
        return [(row.rule, row.anchor, row.expected, row.latest, row.meet_by) for row in found]

    assert dated(day) == dated(None)


@settings(max_examples=25, deadline=None)
@given(DAYS)
def test_as_time_goes_by_a_clock_only_moves_forward(conference: date) -> None:
    order = ["not_started", "due", "due_soon", "overdue"]
    story = [Event("initial_conference", conference)]
    seen = []
    for ahead in range(-3, 40):
        found = timetable(book.load("warwickshire"), story, as_of=conference + timedelta(ahead))
        seen.append(next(order.index(str(row.status)) for row in found if row.rule == "first_core_group"))
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 3)
