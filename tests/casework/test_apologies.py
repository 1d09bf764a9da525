"""Apologies are never bare; who comes to one meeting only sees the case until it is over, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from coregroup.access.doors import open_group
from coregroup.casefile.apologies import apologies_of, guests_of
from coregroup.casefile.audiences import cut_of
from coregroup.casefile.guest_meetings import meetings_to_come_to
from coregroup.casefile.updates_own import own_update
from coregroup.casework.action_states import set_action_state
from coregroup.casework.apologies import NewReport, give_apology, withdraw_apology
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.guests import NewGuest, end_guest, name_guest
from coregroup.casework.lead_notes import answer_note, write_note
from coregroup.casework.ratings import rate_outcome
from coregroup.casework.sessions import abandon_meeting, begin_meeting
from coregroup.casework.updates import give_update, save_update
from coregroup.records import models as m
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from tests.builders import TODAY, Family, professional
from tests.casework.plan_steps import whole_plan
from tests.casework.test_updates import limit, meeting_of, read

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def ahead(family: Family) -> UUID:
    """The planned meeting, in a week from today: what was planned and never begun lets nobody in."""
    m.Meeting.objects.filter(id=meeting_of(family)).update(planned_on=TODAY + timedelta(days=7))
    return meeting_of(family)


def colleague(family: Family, of: str = "health_visitor", name: str = "Rhona Vale") -> m.Person:
    """A colleague of a member, who is no member."""
    office = family.people[of].agency
    assert office is not None
    person = professional(family.authority, name, office, job_title="Health visitor")
    family.people[name.split()[0].lower()] = person
    return person


def say(family: Family, by: Actor, **more: Any) -> UUID:
    return give_apology(group=family.group, meeting=meeting_of(family), by=by, **more)


def begin(family: Family, meeting: UUID) -> None:
    begin_meeting(
        group=family.group, meeting=meeting, chair=family.people["teacher"].id,
        minute_taker=family.people["lead"].id, by=family.lead,
    )  # fmt: skip


def standing(family: Family, by: Actor) -> Any:
    case = open_group(family.group, by=by, to=Capability.SEE_MEETING)
    return apologies_of(case, cut_of(case), meeting_of(family))


@pytest.mark.requirement("R22")
def test_apologies_come_with_something(family: Family) -> None:
    for more in ({"instead": "sorry"}, {"instead": "nothing", "nothing_because": " "}, {"instead": "report"}):
        with pytest.raises(Problems):
            say(family, family.teacher, **more)
    with pytest.raises(Problem):
        say(family, family.teacher, instead="representative", guest=NewGuest())
    assert not m.Apology.objects.exists()
    say(family, family.teacher, instead="update", reason="On a school trip.")
    (one,) = standing(family, family.lead)
    assert (one.instead, one.counts, one.agency_name) == ("update", False, "Oak Lane School")
    save_update(
        group=family.group,
        meeting=meeting_of(family),
        parts={"all": {"nothing_new": "yes"}},
        by=family.teacher,
    )
    give_update(group=family.group, meeting=meeting_of(family), by=family.teacher)
    assert standing(family, family.lead)[0].counts
    say(family, family.teacher, instead="nothing", nothing_because="The school was closed.")
    (one,) = standing(family, family.mother)  # the earlier one is replaced
    assert (one.instead, one.nothing_because) == ("nothing", "The school was closed.")
    assert standing(family, family.father)[0].nothing_because == "", "it may tell of another child"
    assert m.Notice.objects.filter(code="apology_given", to=family.people["lead"]).count() == 2


@pytest.mark.requirement("R54")
def test_a_report_is_cut_like_any_file_and_the_lead_records_for_others(family: Family) -> None:
    report = NewReport("report.pdf", PDF, "School report")
    say(family, family.teacher, instead="report", report=report)
    assert standing(family, family.mother)[0].file and standing(family, family.lead)[0].file
    assert standing(family, family.father)[0].file is None, "it tells of all the children"
    told = {"instead": "nothing", "nothing_because": "Rang: no change."}
    with pytest.raises(Refused):
        say(family, family.teacher, person=family.people["health_visitor"].id, **told)
    first = say(family, family.lead, person=family.people["health_visitor"].id, **told)
    by = {one.name: one.recorded_by for one in standing(family, family.lead)}
    assert by == {"Hana Pryce": "Lena Marsh", "Tariq Shah": ""}
    with pytest.raises(Closed):
        say(family, family.lead, person=uuid4(), **told)
    for who in (family.mother, family.chair):
        with pytest.raises(Refused):
            say(family, who, **told)
    with pytest.raises(Refused):
        withdraw_apology(group=family.group, apology=first, by=family.teacher)
    withdraw_apology(group=family.group, apology=first, by=family.health_visitor)
    with pytest.raises(Closed):
        withdraw_apology(group=family.group, apology=first, by=family.health_visitor)
    m.Meeting.objects.filter(group=family.group).update(
        state="cancelled", ended_because="x", authorised_by="y"
    )
    with pytest.raises(Refused):
        give_apology(
            group=family.group, meeting=m.Meeting.objects.get(group=family.group).id, by=family.lead, **told
        )


def a_representative(family: Family) -> Actor:
    person = colleague(family)
    say(family, family.health_visitor, instead="representative", guest=NewGuest(person=person.id))
    return family.actor("rhona")


@pytest.mark.requirement("R54")
def test_a_representative_gives_the_members_update(family: Family) -> None:
    made = whole_plan(family)
    meeting = ahead(family)
    stands_in = a_representative(family)
    (line,) = meetings_to_come_to(by=stands_in)
    assert (line.part, line.beside, line.meeting) == ("representative", "Hana Pryce", meeting)
    assert m.Notice.objects.filter(code="guest_named", to=stands_in.person).exists()
    page = own_update(group=family.group, meeting=meeting, by=stands_in)
    assert page.name == "Hana Pryce" and not page.own and len(page.actions) == 1
    save_update(group=family.group, meeting=meeting, parts={"all": {"contact": "Seen."}}, by=stands_in)
    set_action_state(group=family.group, item=made["action"].item, state="under_way", by=stands_in)
    rate_outcome(
        group=family.group,
        item=made["outcome"].item,
        value=3,
        evidence="Told.",
        meeting=meeting,
        by=stands_in,
    )
    give_update(group=family.group, meeting=meeting, by=stands_in)
    (one,) = read(family, family.lead)
    assert (one.name, one.given_by, one.ratings[0].value) == ("Hana Pryce", "Rhona Vale", 3)
    note = write_note(group=family.group, text="Where do we meet?", child=family.child.id, by=stands_in)
    answer_note(group=family.group, note=note, text="At the school.", by=family.lead)
    assert meetings_to_come_to(by=stands_in)[0].answered, "a guest is told of the answer"
    for act in (
        lambda: say(family, stands_in, instead="nothing", nothing_because="x"),
        lambda: name_guest(
            group=family.group, meeting=meeting, part="interpreter", guest=NewGuest(name="Ida"), by=stands_in
        ),
    ):
        with pytest.raises(Refused):
            act()
    case = open_group(family.group, by=family.lead, to=Capability.SEE_MEETING)
    (guest,) = guests_of(case, cut_of(case), meeting)
    end_guest(group=family.group, guest=guest.id, by=family.health_visitor)
    assert not meetings_to_come_to(by=stands_in) and not standing(family, family.lead)
    with pytest.raises(Closed):
        own_update(group=family.group, meeting=meeting, by=stands_in)


@pytest.mark.requirement("R54")
def test_a_line_manager_stands_in_for_their_staff(family: Family) -> None:
    meeting, manager = ahead(family), family.nurse_manager
    with pytest.raises(Refused):
        save_update(group=family.group, meeting=meeting, parts={"all": {"contact": "Seen."}}, by=manager)
    say(family, family.health_visitor, instead="representative", guest=NewGuest(manager.person))
    save_update(group=family.group, meeting=meeting, parts={"all": {"contact": "Seen."}}, by=manager)
    give_update(group=family.group, meeting=meeting, by=manager)
    assert read(family, family.lead)[0].given_by == "Nell Firth"
    m.Meeting.objects.filter(id=meeting).update(state="closed")
    with pytest.raises(Refused):
        own_update(group=family.group, meeting=meeting, by=manager)


@pytest.mark.requirement("R18")
@pytest.mark.parametrize("how", ["closed", "cancelled", "abandoned", "withdrawn", "lapsed", "left open"])
def test_a_guest_is_let_in_until_the_meeting_is_over(family: Family, today: Any, how: str) -> None:
    person = colleague(family)
    companion = family.actor("rhona")
    meeting = ahead(family)
    asked: dict[str, Any] = {"group": family.group, "meeting": meeting, "part": "companion"}
    with pytest.raises(Problem, match="same agency"):
        name_guest(**asked, guest=NewGuest(person=person.id), by=family.teacher)
    with pytest.raises(Closed):
        name_guest(**asked, guest=NewGuest(person=uuid4()), by=family.health_visitor)
    guest = name_guest(**asked, guest=NewGuest(person=person.id), by=family.health_visitor)
    with pytest.raises(Problem, match="already"):
        name_guest(**asked, guest=NewGuest(person=person.id), by=family.health_visitor)
    limit(family, "health_visitor", 1)
    case = open_group(family.group, by=companion, to=Capability.SEE_PLAN)
    assert case.reader().children == {family.children[1].id}, "the children of whom the member knows"
    for refused in (Capability.TAKE_PART, Capability.RECOMMEND, Capability.GIVE_UPDATE):
        with pytest.raises(Refused):
            open_group(family.group, by=companion, to=refused)
    if how == "lapsed":
        today.shift(24 * 3600 * 9)
    elif how == "left open":
        begin(family, meeting)
        today.shift(24 * 3600 * 2)
    elif how == "withdrawn":
        end_guest(group=family.group, guest=guest, by=family.lead)
    elif how == "abandoned":
        begin(family, meeting)
        open_group(family.group, by=companion, to=Capability.SEE_MEETING)
        abandon_meeting(group=family.group, meeting=meeting, reason="Fire alarm.", by=family.lead)
    else:
        m.Meeting.objects.filter(id=meeting).update(state=how, ended_because="x", authorised_by="y")
    with pytest.raises(Closed):
        open_group(family.group, by=companion, to=Capability.SEE_CASE)
    assert not meetings_to_come_to(by=companion)


@pytest.mark.requirement("R57")
def test_what_is_kept_to_named_people_is_kept_from_a_guest(family: Family) -> None:
    meeting = ahead(family)
    named = AudienceChoice(
        "named", frozenset({family.people["health_visitor"].id, family.people["teacher"].id}),
        reason="Told in trust.", permitted_by="Chair", review_on=TODAY + timedelta(days=30),
    )  # fmt: skip
    for who in (family.health_visitor, family.teacher):
        save_update(
            group=family.group,
            meeting=meeting,
            parts={"all": {"contact": "A secret."}},
            audience=named,
            by=who,
        )
    give_update(group=family.group, meeting=meeting, by=family.teacher)
    stands_in = a_representative(family)
    assert not own_update(group=family.group, meeting=meeting, by=stands_in).written
    (one,) = read(family, stands_in)
    assert one.name == "Tariq Shah" and not one.contact
    with pytest.raises(Closed):  # nor learnt by writing over it
        save_update(group=family.group, meeting=meeting, parts={"all": {"contact": "Mine."}}, by=stands_in)


@pytest.mark.requirement("R91")
def test_nobody_of_the_family_interprets(family: Family) -> None:
    asked: dict[str, Any] = {"group": family.group, "meeting": meeting_of(family), "part": "interpreter"}
    for name in ("mary  rowe", "Ben Rowe", "FRANK DALE"):
        with pytest.raises(Problem, match="ever interprets"):
            name_guest(**asked, guest=NewGuest(name=name), by=family.lead)
    with pytest.raises(Problems):
        name_guest(**asked, guest=NewGuest(name=" "), by=family.lead)
    with pytest.raises(Closed):
        name_guest(**asked, guest=NewGuest(person=family.people["stranger"].id), by=family.lead)
    with pytest.raises(Problem):
        name_guest(**(asked | {"part": "chair"}), guest=NewGuest(name="Ida"), by=family.lead)
    name_guest(**asked, guest=NewGuest(name="Ida Novak", agency_name="Language line"), by=family.teacher)
    with pytest.raises(Refused):
        name_guest(**asked, guest=NewGuest(name="Ida"), by=family.mother)
    case = open_group(family.group, by=family.mother, to=Capability.SEE_MEETING)
    (guest,) = guests_of(case, cut_of(case), meeting_of(family))
    assert (guest.name, guest.agency_name, guest.signs_in) == ("Ida Novak", "Language line", False)


@pytest.mark.requirement("R54")
def test_a_guest_opens_the_pages_of_the_case(family: Family, client_of: Callable[..., Any]) -> None:
    whole_plan(family)
    meeting = ahead(family)
    a_representative(family)
    client = client_of(family, "rhona")
    home = client.get("/").content.decode()
    assert "Meetings you are asked to come to" in home and "You come in the place of Hana Pryce." in home
    group = f"/groups/{family.group}/"
    for address in (
        group, f"{group}children/{family.child.id}/plan/", f"{group}meetings/{meeting}/my-update/",
        f"{group}meetings/{meeting}/apologies/", f"{group}meetings/{meeting}/",
        f"{group}meetings/{meeting}/pack/",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    assert client.get(f"{group}members/").status_code in (200, 403)
    assert client.get(f"{group}meetings/{uuid4()}/my-update/").status_code == 404
    begin(family, meeting)
    assert "Now" in client.get("/").content.decode()
    assert (
        client.get(reverse("workspace", kwargs={"group": family.group, "meeting": meeting})).status_code
        == 200
    )
    m.Meeting.objects.filter(id=meeting).update(state="closed")
    assert client.get(group).status_code == 404
    assert "Meetings you are asked to come to" not in client.get("/").content.decode()
