"""Opening a core group by its pages: the whole journey, each fault at its field, and who may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from coregroup.records import models as m
from tests.builders import Family, account_for, authority, the_staff

OPEN = "/groups/open/"
HELD_ON = date(2026, 3, 4)
Page = Any


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


@pytest.fixture
def staff(db: None, today: Any) -> dict[str, m.Person]:
    return the_staff(authority())


@pytest.fixture
def sign_in(page: Page, staff: dict[str, m.Person]) -> Callable[[str], Page]:
    def as_person(name: str) -> Page:
        page.force_login(account_for(staff[name]))
        return page

    return as_person


@pytest.fixture
def lead(sign_in: Callable[[str], Page]) -> Page:
    return sign_in("lead")


def begin(client: Page) -> str:
    answer = client.post(OPEN)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def send(client: Page, address: str, /, **data: Any) -> Page:
    """Opens a form, takes its token, sends it."""
    drawn = client.get(address)
    assert drawn.status_code == 200, address
    token = re.search(r'name="once" value="([0-9a-f]{32})"', drawn.content.decode())
    return client.post(address, {"once": token[1] if token else "", **data})


def add(client: Page, journey: str, kind: str, **data: Any) -> str:
    """Adds a person; gives their key."""
    answer = send(client, f"{journey}{kind}/add/", **data)
    assert answer.status_code == 302, answer.content.decode()
    if kind == "member":
        keys = re.findall(rf"{journey}member/([0-9a-f]+)/", client.get(journey).content.decode())
        return str(keys[-1])
    return str(re.search(rf"{kind}/([0-9a-f]+)/", answer.headers["Location"])[1])  # type: ignore[index]


def conference(client: Page, journey: str, staff: dict[str, m.Person], held_on: date = HELD_ON) -> None:
    answer = send(
        client, f"{journey}conference/", family_label="Rowe", chair=str(staff["chair"].id),
        **day("held_on", held_on), **day("strategy_discussion_on", held_on - timedelta(days=9)),
    )  # fmt: skip
    assert answer.status_code == 302


def child(client: Page, journey: str, name: str, born: date | None, **more: Any) -> str:
    dated = day("date_of_birth", born) if born else day("expected_on", HELD_ON + timedelta(days=80))
    return add(
        client, journey, "child", given_name=name, family_name="Rowe", born="yes" if born else "no",
        categories=["neglect"], language="en", **dated, **more,
    )  # fmt: skip


def adult(client: Page, journey: str, name: str, links: dict[str, Any], **meets: Any) -> str:
    key = add(client, journey, "adult", given_name=name, family_name="Dale", language="en")
    assert send(client, f"{journey}adult/{key}/children/", **links).status_code == 302
    told = {"attends": "yes", **meets}
    assert send(client, f"{journey}adult/{key}/meetings/", **told).status_code == 302
    return key


def the_dates(client: Page, journey: str, first: date = date(2026, 3, 11)) -> Page:
    send(client, f"{journey}review/", **day("review_on", date(2026, 5, 20)))
    return send(
        client, f"{journey}meeting/", at="2pm", venue="Family centre", address="1 High Street",
        access=["step_free"], private="yes", **day("on", first),
    )  # fmt: skip


def whole(client: Page, staff: dict[str, m.Person]) -> tuple[str, dict[str, str]]:
    """Two half-siblings and an unborn baby, told to the end; not yet opened."""
    journey = begin(client)
    conference(client, journey, staff)
    keys = {
        "ben": child(client, journey, "Ben", date(2017, 5, 1)),
        "amy": child(client, journey, "Amy", date(2024, 2, 29)),
        "baby": child(client, journey, "", None),
    }
    all_children = {f"kind_{key}": "mother" for key in keys.values()}
    keys["mary"] = adult(client, journey, "Mary", {**all_children, f"responsibility_{keys['ben']}": "yes"})
    keys["frank"] = adult(
        client, journey, "Frank", {f"kind_{keys['ben']}": "father"}, attends="separately",
        attends_reason="A court order.", must_not_learn=["address", "school"],
        must_not_learn_reason="Risk of harm to the mother.",
    )  # fmt: skip
    keys["gil"] = adult(
        client, journey, "Gil", {f"kind_{keys['amy']}": "father", f"kind_{keys['baby']}": "father"}
    )
    send(client, f"{journey}child/{keys['ben']}/home/", value_address="14 Heron Close", source="The mother",
         **day("since_address", date(2025, 1, 2)))  # fmt: skip
    send(client, f"{journey}decisions/", words_0="Subject to a plan", child_0=keys["ben"], words_2="A letter")
    send(client, f"{journey}family/", out_of_hours="Emergency team 07700 900900", value_religion="None")
    send(client, f"{journey}lead/", how="one", lead=str(staff["lead"].id), role="Leads the work with you.")
    add(client, journey, "member", person=str(staff["teacher"].id), role="Helps Ben at school.",
        only=[keys["ben"]])  # fmt: skip
    add(client, journey, "member", person=str(staff["health_visitor"].id), role="Looks after Amy's health.")
    assert the_dates(client, journey).status_code == 302
    return journey, keys


@pytest.mark.requirement("R4", "R41", "R44", "R48", "R116")
def test_a_core_group_is_opened_step_by_step(lead: Page, staff: dict[str, m.Person]) -> None:
    journey, _keys = whole(lead, staff)
    checked = lead.get(f"{journey}check/").content.decode()
    for said in ("14 Heron Close", "Family centre", "Helps Ben at school.", "Baby Rowe", "20 May 2026"):
        assert said in checked
    assert not m.CoreGroup.objects.exists()
    answer = lead.post(f"{journey}check/")
    assert answer.status_code == 302
    group = m.CoreGroup.objects.get()
    assert list(m.Child.objects.filter(group=group).values_list("person__given_name", flat=True)) == [
        "Ben", "Amy", "Baby",
    ]  # fmt: skip
    gil = m.Relationship.objects.filter(group=group, adult__person__given_name="Gil")
    assert sorted(gil.values_list("child__person__given_name", flat=True)) == ["Amy", "Baby"]
    address = m.Fact.objects.get(group=group, kind="address")
    assert (address.value, address.since, address.source) == (
        "14 Heron Close",
        date(2025, 1, 2),
        "The mother",
    )
    assert [link.person.given_name for link in address.audience.persons.filter(shut_out=True)] == ["Frank"]
    teacher = m.Membership.objects.get(group=group, person=staff["teacher"])
    assert len(teacher.limited_to) == 1 and teacher.role == "Helps Ben at school."
    assert m.ConferenceDecision.objects.filter(group=group).count() == 2
    kept = m.Journey.objects.get()
    assert kept.finished_at and kept.steps == {} and kept.outcome == str(group.id)
    done = lead.get(journey).content.decode()
    assert "The core group is open" in done and "Tariq Shah" in done


@pytest.mark.requirement("R4")
def test_the_last_press_sent_twice_opens_one_group(lead: Page, staff: dict[str, m.Person]) -> None:
    journey, _keys = whole(lead, staff)
    lead.post(f"{journey}check/")
    again = lead.post(f"{journey}check/")
    assert again.status_code == 302 and m.CoreGroup.objects.count() == 1


def test_an_opening_with_nothing_told_names_what_is_missing_and_opens_nothing(lead: Page) -> None:
    journey = begin(lead)
    answer = lead.post(f"{journey}check/")
    assert answer.status_code == 200 and "Say when the conference was held." in answer.content.decode()
    assert not m.CoreGroup.objects.exists() and not m.Family.objects.exists()


def test_what_only_the_whole_shows_is_said_with_a_link_to_its_step(
    lead: Page, staff: dict[str, m.Person]
) -> None:
    journey = begin(lead)
    conference(lead, journey, staff)
    answer = lead.post(f"{journey}check/").content.decode()
    for said in ("Enter at least one child.", "Name the lead worker", "Enter the date of the first review"):
        assert said in answer
    assert f'href="{journey}meeting/"' in answer


@pytest.mark.parametrize(
    ("step", "data", "sentence"),
    [
        ("conference/", {"family_label": "", **day("held_on", HELD_ON)}, "Enter the family&#39;s name"),
        ("conference/", {"family_label": "Rowe", "held_on-day": "31", "held_on-month": "2",
                         "held_on-year": "2026"}, "must be a real date"),
        ("conference/", {"family_label": "Rowe", **day("held_on", date(2026, 3, 19))}, "or earlier"),
        ("conference/", {"family_label": "Rowe", **day("held_on", HELD_ON),
                         **day("strategy_discussion_on", date(2026, 3, 6))}, "must be before the initial"),
        ("meeting/", {"at": "2", "venue": "x", **day("on", date(2026, 3, 11))}, "must be a time"),
    ],
)  # fmt: skip
def test_a_fault_is_said_at_its_field_and_what_was_typed_stays(
    lead: Page, step: str, data: dict[str, str], sentence: str
) -> None:
    journey = begin(lead)
    answer = send(lead, f"{journey}{step}", **data)
    assert answer.status_code == 200 and sentence in answer.content.decode()
    again = lead.get(f"{journey}{step}").content.decode()  # later, on another computer
    assert sentence in again
    for typed in data.values():
        assert f'value="{typed}"' in again
    kept = m.Journey.objects.get().steps[step.strip("/")]["typed"]
    assert all(kept[name] == [typed] for name, typed in data.items())


def test_a_child_born_after_the_conference_is_told_at_the_field(
    lead: Page, staff: dict[str, m.Person]
) -> None:
    journey = begin(lead)
    conference(lead, journey, staff)
    key = child(lead, journey, "Zoe", date(2026, 3, 5))
    drawn = lead.get(f"{journey}child/{key}/name/").content.decode()
    assert "The date of birth of Zoe is after the conference on 4 March 2026" in drawn
    assert "Something is missing" in lead.get(journey).content.decode()


@pytest.mark.requirement("R95")
def test_a_late_first_core_group_asks_for_reason_approver_and_date(
    lead: Page, staff: dict[str, m.Person]
) -> None:
    journey = begin(lead)
    conference(lead, journey, staff)
    limit = lead.get(f"{journey}meeting/").content.decode()
    assert "Wednesday 18 March 2026" in limit
    late = the_dates(lead, journey, date(2026, 3, 19)).content.decode()
    assert "This is after the limit, 18 March 2026. Say why it will be late" in late
    assert "Say who approved going past the limit of 18 March 2026" in late
    assert "Enter the date on which it was approved" in late


@pytest.mark.requirement("R8")
def test_the_review_is_proposed_from_the_rules_with_its_reason(
    lead: Page, staff: dict[str, m.Person]
) -> None:
    journey = begin(lead)
    conference(lead, journey, staff)
    drawn = lead.get(f"{journey}review/").content.decode()
    assert 'name="review_on-day" type="text" value="' in drawn and "Why this date" in drawn
    assert re.search(r'name="review_on-year" type="text" value="2026"', drawn)


def test_another_adult_must_say_parental_responsibility(lead: Page, staff: dict[str, m.Person]) -> None:
    journey = begin(lead)
    conference(lead, journey, staff)
    ben = child(lead, journey, "Ben", date(2017, 5, 1))
    key = add(lead, journey, "adult", given_name="Olive", family_name="Ash", language="en")
    address = f"{journey}adult/{key}/children/"
    answer = send(lead, address, **{f"kind_{ben}": "other"})
    assert "Say whether Olive Ash has parental responsibility for Ben" in answer.content.decode()
    answer = send(lead, address, **{f"kind_{ben}": "other", f"responsibility_{ben}": "unknown"})
    assert answer.status_code == 302


def test_a_person_taken_out_is_forgotten_with_everything_said(lead: Page, staff: dict[str, m.Person]) -> None:
    journey = begin(lead)
    conference(lead, journey, staff)
    key = child(lead, journey, "Ben", date(2017, 5, 1))
    send(lead, f"{journey}child/{key}/home/", value_address="14 Heron Close")
    assert lead.get(f"{journey}child/{key}/remove/").status_code == 200
    assert lead.post(f"{journey}child/{key}/remove/").status_code == 302
    assert list(m.Journey.objects.get().steps) == ["conference"]
    assert lead.get(f"{journey}child/{key}/").status_code == 404


def test_two_windows_of_one_journey_do_not_disturb_each_other(lead: Page, staff: dict[str, m.Person]) -> None:
    journey = begin(lead)
    conference(lead, journey, staff)
    # One window still shows the review's page while the other saves the meeting; then the first saves.
    drawn = lead.get(f"{journey}review/")
    the_dates(lead, journey)
    assert drawn.status_code == 200
    lead.post(f"{journey}review/", day("review_on", date(2026, 5, 21)))
    steps = m.Journey.objects.get().steps
    assert steps["review"]["typed"]["review_on-day"] == ["21"] and steps["meeting"]["typed"]["at"] == ["2pm"]


def test_the_same_child_sent_twice_is_added_once(lead: Page, staff: dict[str, m.Person]) -> None:
    journey = begin(lead)
    data = {"once": "a" * 32, "given_name": "Ben", "family_name": "Rowe", "born": "yes", "language": "en",
            "categories": ["neglect"], **day("date_of_birth", date(2017, 5, 1))}  # fmt: skip
    assert lead.post(f"{journey}child/add/", data).status_code == 302
    assert lead.post(f"{journey}child/add/", data).status_code == 302
    assert len(m.Journey.objects.get().steps) == 1


@pytest.mark.requirement("R48")
def test_members_are_found_by_agency_and_shown_with_job_and_agency(lead: Page) -> None:
    the_staff(authority("Elsewhere", "cambridgeshire"))
    journey = begin(lead)
    drawn = lead.get(f"{journey}member/add/?find=oak+lane").content.decode()
    assert "Tariq Shah – Designated teacher, Oak Lane School" in drawn
    assert "Hana Pryce" not in drawn and "2 people found" in drawn
    far = m.Person.objects.get(authority__name="Elsewhere", given_name="Tariq")
    assert str(far.id) not in lead.get(f"{journey}member/add/").content.decode()
    answer = send(lead, f"{journey}member/add/", person=str(far.id), role="x")
    assert answer.status_code == 200  # nobody of another authority can be chosen


@pytest.mark.parametrize("name", ["teacher", "manager", "administrator", "stranger"])
def test_without_the_duty_there_is_no_such_page(sign_in: Callable[[str], Page], name: str) -> None:
    client = sign_in(name)
    assert client.get(OPEN).status_code == 404
    assert client.post(OPEN).status_code == 404
    assert not m.Journey.objects.exists()


def test_somebody_elses_opening_is_not_there(
    sign_in: Callable[[str], Page], staff: dict[str, m.Person]
) -> None:
    client = sign_in("lead")
    journey = begin(client)
    conference(client, journey, staff)
    key = child(client, journey, "Ben", date(2017, 5, 1))
    other = sign_in("other_worker")
    for path in ("", "check/", "give-up/", "conference/", "child/add/", f"child/{key}/", f"child/{key}/home/",
                 f"child/{key}/remove/"):  # fmt: skip
        assert other.get(f"{journey}{path}").status_code == 404, path
        assert other.post(f"{journey}{path}").status_code == 404, path
    assert "Rowe" not in other.get(OPEN).content.decode()


def test_unknown_steps_and_parts_are_not_there(lead: Page) -> None:
    journey = begin(lead)
    for path in ("nonsense/", "child/zzz/", "dog/add/", "child/add/x/"):
        assert lead.get(f"{journey}{path}").status_code == 404, path


def test_a_paused_opening_is_found_again_and_can_be_thrown_away(
    lead: Page, staff: dict[str, m.Person]
) -> None:
    journey = begin(lead)
    conference(lead, journey, staff)
    assert journey in lead.get(OPEN).content.decode()
    assert lead.get(f"{journey}give-up/").status_code == 200
    lead.post(f"{journey}give-up/")
    assert journey not in lead.get(OPEN).content.decode()
    assert lead.get(journey).status_code == 404
    assert m.Journey.objects.get().steps == {}


def test_scotland_asks_for_no_category(page: Page, db: None, today: Any) -> None:
    staff = the_staff(authority("Strathlorne", "scottish-council"))
    page.force_login(account_for(staff["lead"]))
    journey = begin(page)
    answer = send(page, f"{journey}child/add/", given_name="Isla", family_name="Gunn", born="yes",
                  language="en", **day("date_of_birth", date(2020, 1, 1)))  # fmt: skip
    assert answer.status_code == 302


def test_the_task_list_asks_the_database_no_more_for_many_people(
    lead: Page, staff: dict[str, m.Person], django_assert_max_num_queries: Any
) -> None:
    journey, keys = whole(lead, staff)
    for number in range(12):
        child(lead, journey, f"Child {number}", date(2015, 1, 1 + number))
    for path in (
        "",
        "check/",
        f"child/{keys['ben']}/",
        f"child/{keys['ben']}/name/",
        "meeting/",
        "member/add/",
    ):
        with django_assert_max_num_queries(12):
            assert lead.get(f"{journey}{path}").status_code == 200


def test_somebody_who_opens_for_others_is_told_that_it_is_open(
    sign_in: Callable[[str], Page], staff: dict[str, m.Person]
) -> None:
    client = sign_in("other_worker")
    journey, _keys = whole(client, staff)
    client.post(f"{journey}check/")
    done = client.get(journey).content.decode()
    assert "You take no part in it yourself" in done and "Rowe" not in done


def test_a_family_member_cannot_open_a_core_group(family: Family, client_of: Any) -> None:
    assert client_of(family, "mother").get(OPEN).status_code == 404
