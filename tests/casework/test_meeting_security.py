"""What an adult kept apart, a limited member, a manager or a guest must not get out of a meeting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from coregroup.access.doors import open_group
from coregroup.casefile import home
from coregroup.casefile.actions import items_of
from coregroup.casefile.pack import pack
from coregroup.casefile.record import record
from coregroup.casefile.updates_check import update_to_check
from coregroup.casefile.workspace_steps import step_page
from coregroup.casework.action_states import set_action_state
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.chronology import write_entry
from coregroup.casework.family_first import say_beforehand
from coregroup.casework.guests import NewGuest, name_guest
from coregroup.casework.meeting_sheet import Thing
from coregroup.casework.ratings import rate_outcome
from coregroup.casework.record import correct_entry
from coregroup.casework.restricted import begin_part
from coregroup.casework.updates import ask_manager, save_update
from coregroup.records import models as m
from coregroup.rules.access import Capability
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from tests.builders import TODAY, Family, actor, professional
from tests.casework.meeting_steps import begin, close, first_meeting, keep, meet_guards
from tests.casework.plan_steps import save, whole_plan

NOW = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
SECRET = "Ben told his aunt in Larkspur Lane."


def limit(family: Family, name: str, number: int) -> None:
    m.Membership.objects.filter(group_id=family.group, person=family.people[name]).update(
        limited_to=[str(family.children[number].id)]
    )


def planned(family: Family) -> UUID:
    return m.Meeting.objects.filter(group=family.group, state="planned").order_by("planned_on")[0].id


@pytest.mark.requirement("R29", "R57")
def test_a_correction_shows_no_text_that_its_writer_may_not_read(family: Family) -> None:
    meeting = first_meeting(family)
    limit(family, "teacher", 0)
    question = Thing("question", code=m.MeetingEntry.objects.filter(kind="question")[0].code)
    latest = m.MeetingEntry.objects.filter(meeting=meeting, thing=question.name).latest("number")
    m.MeetingEntry.objects.create(
        authority=family.authority, group_id=family.group, meeting_id=meeting, kind="question",
        code=question.code, thing=question.name, number=latest.number + 1, audience=latest.audience,
        content={"answer": "yes", "note": SECRET}, by=family.people["lead"],
    )  # fmt: skip
    told: dict[str, Any] = {
        "group": family.group, "meeting": meeting, "entry": latest.id, "because": "Not so.",
        "by": family.teacher,
    }  # fmt: skip
    for base in (latest.number, latest.number + 1):  # no clash brings it, and nothing writes over it
        with pytest.raises(Closed):
            correct_entry(base=base, content={"note": "Mine."}, **told)
    # An answer from the list is theirs to correct; that does not make the words beside it theirs.
    number = correct_entry(base=latest.number + 1, content={"answer": "not_yet"}, **told)
    with pytest.raises(Closed):
        correct_entry(base=number, content={"note": "Mine."}, **told)
    assert SECRET not in repr(record(group=family.group, meeting=meeting, by=family.teacher))


@pytest.mark.requirement("R57")
def test_the_number_of_corrections_is_that_of_those_one_may_know_of(family: Family) -> None:
    meeting = begin(family)
    for child in family.children:
        whole_plan(family, child.id)
    keep(family, meeting, Thing("decision", about=uuid4()),
         audience=AudienceChoice("professionals", reason="Safety"), what="Ask the police.")  # fmt: skip
    meet_guards(family, meeting)
    close(family, meeting)
    row = m.MeetingEntry.objects.get(meeting=meeting, kind="decision")
    correct_entry(
        group=family.group, meeting=meeting, entry=row.id, base=1, content={"what": "Ask them."},
        because="Clearer.", by=family.lead,
    )  # fmt: skip
    assert record(group=family.group, meeting=meeting, by=family.lead).edition == 2
    assert record(group=family.group, meeting=meeting, by=family.mother).edition == 1
    # A record that is closed takes no more ratings either.
    outcome = m.PlanRevision.objects.filter(group=family.group, kind="outcome")[0].item_id
    with pytest.raises(Refused):
        rate_outcome(
            group=family.group, item=outcome, value=1, evidence="Afterwards.", meeting=meeting, by=family.lead
        )


@pytest.mark.requirement("R57")
def test_whoever_closes_is_not_told_the_name_of_a_child_they_must_not_know_of(family: Family) -> None:
    save(family, "concern", child=family.children[1].id)
    meeting = begin(family)
    limit(family, "health_visitor", 0)
    with pytest.raises(Problems) as found:
        close(family, meeting, passed={})
    said = repr(found.value.faults)
    amy = family.children[1]
    assert amy.person.given_name not in said and amy.id.hex not in said
    assert "may read the whole" in said


@pytest.mark.requirement("R57")
def test_a_file_is_not_opened_by_naming_it_in_somebodys_words(family: Family) -> None:
    from coregroup.casework.documents import add_file
    from tests.casework.test_family_first import a_picture

    drawn = a_picture()
    named = AudienceChoice(
        "named", frozenset({family.people["lead"].id}), reason="Safety", permitted_by="Maud",
        review_on=TODAY + timedelta(days=9),
    )  # fmt: skip
    file = add_file(
        group=family.group,
        name=drawn.name,
        content=drawn.content,
        title="Map",
        audience=named,
        by=family.lead,
    )
    meeting, mother = planned(family), family.people["mother"].id
    for name in (str(file), "no id"):
        with pytest.raises(Closed):
            keep(family, meeting, Thing("asked", about=mother), by=family.teacher, file=name)
    told: dict[str, Any] = {"group": family.group, "meeting": meeting, "about": mother, "by": family.teacher}
    say_beforehand(content={"wants": "A"}, **told)
    m.MeetingEntry.objects.create(  # as one kept before this was refused
        authority=family.authority, group_id=family.group, meeting_id=meeting, kind="asked", about=mother,
        thing=Thing("asked", about=mother).name, number=2, content={"wants": "A", "file": str(file)},
        audience=m.MeetingEntry.objects.get(kind="asked").audience, by=family.people["teacher"],
    )  # fmt: skip
    narrowed = AudienceChoice("professionals", reason="So.")
    say_beforehand(content={"wants": "B"}, base=2, audience=narrowed, **told)
    assert m.StoredFile.objects.get(id=file).audience.base == "named"


@pytest.mark.requirement("R57")
def test_a_limited_member_decides_nothing_about_words_they_may_not_read(family: Family) -> None:
    meeting = begin(family)
    limit(family, "teacher", 1)
    note = Thing("note", code="welcome")
    keep(family, meeting, note, by=family.lead, text="Both were tired.")
    choice = AudienceChoice("professionals", reason="Mine.")
    assert keep(family, meeting, note, by=family.teacher, base=1, audience=choice).content == {}
    assert m.MeetingEntry.objects.get(kind="note").audience.base == "group"
    named = AudienceChoice(
        "named", frozenset({family.people["lead"].id}), reason="Safety", permitted_by="Maud",
        review_on=TODAY + timedelta(days=9),
    )  # fmt: skip
    kept = save(family, "concern", audience=named)
    with pytest.raises(Closed):  # not even that there is such a concern
        keep(family, meeting, Thing("risk", about=kept.item, child=family.child.id), direction="same")
    keep(
        family,
        meeting,
        Thing("risk", about=kept.item, child=family.child.id),
        by=family.lead,
        direction="same",
    )


@pytest.mark.requirement("R54", "R57")
def test_a_guest_of_the_next_meeting_changes_nothing_in_the_one_in_session(family: Family) -> None:
    outcome = save(family, "outcome", under=save(family, "concern").item)
    action = save(family, "action", under=outcome.item)
    now = begin(family)
    later = m.Meeting.objects.get(id=now)
    later.pk, later.state, later.planned_on, later.opened_at = uuid4(), "planned", TODAY + timedelta(7), None
    later.held_on, later.chair, later.minute_taker = None, None, None
    later._state.adding = True
    later.save()
    office = family.people["health_visitor"].agency
    assert office is not None
    colleague = professional(family.authority, "Rosa Quinn", office)
    m.MeetingGuest.objects.create(
        authority=family.authority, group_id=family.group, meeting=later, part="representative",
        person=colleague, name="Rosa Quinn", beside=family.people["health_visitor"],
        named_by=family.people["health_visitor"], audience=later.audience,
    )  # fmt: skip
    rosa = actor(colleague)
    for attempt in (
        lambda: save(family, "concern", by=rosa),
        lambda: write_entry(group=family.group, on=TODAY, text="So.", by=rosa),
        lambda: set_action_state(group=family.group, item=action.item, state="under_way", by=rosa),
        lambda: rate_outcome(group=family.group, item=outcome.item, value=3, evidence="So.", by=rosa),
    ):
        with pytest.raises(Refused):
            attempt()
    with pytest.raises(Closed):
        keep(family, now, Thing("note", code="welcome"), by=rosa, text="So.")


@pytest.mark.requirement("R57", "R91")
def test_a_father_kept_apart_does_not_learn_how_she_comes_or_what_she_told(family: Family) -> None:
    # He knows of both children, so that nothing is kept from him for that.
    m.Relationship.objects.create(
        authority=family.authority, group_id=family.group, child=family.children[1], kind="step_parent",
        adult=m.Adult.objects.get(group=family.group, person=family.people["father"]),
        audience=m.Relationship.objects.filter(group=family.group)[0].audience, lives_with=False,
    )  # fmt: skip
    for child in family.children:
        whole_plan(family, child.id)
    mother = family.people["mother"].id
    name_guest(
        group=family.group, meeting=planned(family), part="advocate", by=family.lead,
        guest=NewGuest(name="Ada Finch", agency_name="Refuge of the north"),
    )  # fmt: skip
    meeting = begin(family)
    keep(family, meeting, Thing("attendance", about=mother), how="attended", note="By taxi from her sister.")
    write_entry(group=family.group, on=TODAY, text="She has a new telephone.", source=mother, by=family.lead)
    part = begin_part(
        group=family.group, meeting=meeting, leave={mother}, stay=set(), told="We speak of the police.",
        why="Risk", review_on=TODAY + timedelta(days=9), by=family.health_visitor,
    )  # fmt: skip
    m.RestrictedPart.objects.filter(id=part).update(ended_at=m.Meeting.objects.get(id=meeting).opened_at)
    meet_guards(family, meeting)
    close(family, meeting)
    for who, learns in ((family.father, False), (family.mother, True), (family.teacher, True)):
        told = repr(record(group=family.group, meeting=meeting, by=who))
        for words in ("Refuge of the north", "By taxi", "new telephone", "We speak of the police"):
            assert (words in told) is learns, (words, who.name)


@pytest.mark.requirement("R57")
def test_nobody_is_named_to_whoever_must_not_know_of_them(family: Family) -> None:
    limit(family, "teacher", 0)
    amy, gil = family.children[1], family.people["gil"]
    write_entry(
        group=family.group, on=TODAY, text="Ben hid.", child=family.child.id, source=gil.id, by=family.lead
    )
    told = pack(group=family.group, meeting=planned(family), by=family.teacher)
    assert "Ben hid." in repr(told) and gil.name not in repr(told)
    meeting = begin(family)
    page = step_page(group=family.group, meeting=meeting, step="chronology", by=family.teacher)
    assert "Ben hid." in repr(page.chronology) and gil.name not in repr(page.chronology)
    assert amy.person.given_name not in repr(page)


@pytest.mark.requirement("R57")
def test_the_start_page_names_no_recipient_and_no_other_parent(family: Family) -> None:
    for name in ("health_visitor", "lead"):
        for happening, data in (
            ("RecordHandedOut", {"recipient": str(family.people[name].id)}),
            ("PackHandedOut", {"recipient": str(family.people[name].id)}),
        ):
            m.LedgerEntry.objects.create(
                authority=family.authority, group_id=family.group, happening=happening, data=data, at=NOW,
                by=family.people["lead"], by_name="Lena Marsh",
                audience=m.Audience.objects.filter(group=family.group, base="group", reason="")[0],
            )  # fmt: skip
    m.LedgerEntry.objects.create(
        authority=family.authority, group_id=family.group, happening="RecordCorrected", data={}, at=NOW,
        by=family.people["gil"], by_name="Gil Stone",
        audience=m.Audience.objects.filter(group=family.group, base="group", reason="")[0],
    )  # fmt: skip
    limit(family, "teacher", 0)
    for who in (family.father, family.teacher):
        shelf, rows = _changes_for(who)
        said = " ".join(repr(one) for one in rows)
        assert "was given to" not in said and "Gil" not in said and "corrected the record" in said, shelf


def _changes_for(who: Any) -> tuple[Any, Any]:
    from coregroup.access.desk import open_desk
    from coregroup.casefile.lines import shelf_of
    from coregroup.casefile.sentences import load_persons

    shelf = shelf_of(open_desk(by=who, to=Capability.SEE_HOME, what="home"), TODAY)
    ledger = list(m.LedgerEntry.objects.filter(group_id__in=list(shelf.lines)))
    persons = load_persons({one.by_id for one in ledger if one.by_id})
    return shelf, home._changes(ledger, shelf, items_of(who.person, shelf.lines, set()), persons)


@pytest.mark.requirement("R16", "R57")
def test_a_manager_reads_of_an_update_no_more_than_the_children_they_know(family: Family) -> None:
    manager = family.people["nurse_manager"]
    m.Membership.objects.create(
        authority=family.authority, group_id=family.group, person=manager, part="member", since=TODAY,
        limited_to=[str(family.children[1].id)],
    )  # fmt: skip
    meeting = planned(family)
    save_update(
        group=family.group, meeting=meeting, by=family.health_visitor,
        parts={"all": {"contact": SECRET}, str(family.children[1].id): {"changed": "Amy walks."}},
    )  # fmt: skip
    ask_manager(group=family.group, meeting=meeting, by=family.health_visitor)
    told = update_to_check(
        group=family.group, meeting=meeting, person=family.people["health_visitor"].id, by=actor(manager)
    )
    assert "Amy walks." in repr(told) and SECRET not in repr(told)
    assert open_group(family.group, by=actor(manager), to=Capability.SEE_MEETING).reader().limited


@pytest.mark.requirement("R14", "R53")
def test_who_gets_the_record_is_settled_by_whoever_runs_the_meeting(family: Family) -> None:
    meeting, chair = begin(family), family.people["chair"].id
    nurse = professional(family.authority, "Rosa Quinn", family.people["health_visitor"].agency)  # type: ignore[arg-type]
    m.Membership.objects.create(
        authority=family.authority, group_id=family.group, person=nurse, part="member", since=TODAY
    )
    mother = family.people["mother"].id
    for thing, told in (
        (Thing("left_out", about=mother), {"out": "yes", "why": "So."}),
        (Thing("recipients"), {"settled": "yes"}),
        (Thing("question", code="guard_distribution"), {"answer": "yes"}),
    ):
        with pytest.raises(Refused):
            keep(family, meeting, thing, by=actor(nurse), **told)
        keep(family, meeting, thing, by=family.teacher, **told)  # who chairs
    with pytest.raises(Problem):
        keep(family, meeting, Thing("left_out", about=chair), by=family.lead, out="yes", why="So.")
