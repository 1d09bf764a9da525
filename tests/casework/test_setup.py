"""Setting up an authority: one by one and by lists, all of a list or nothing, faults named with their row."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from coregroup.access.actors import system_actor
from coregroup.casefile import people as file
from coregroup.casework import setup as work
from coregroup.casework.setup_lists import duties_of, kind_of, people_from
from coregroup.casework.setup_nouns import AgencyDetails, DayDetails, PersonDetails, Taken
from coregroup.intake import lists
from coregroup.intake.problems import IntakeProblem
from coregroup.records import models as m
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed, Problem, Problems
from tests.builders import Family


@pytest.fixture
def founder(db: None) -> Actor:
    """The set-up command, in an authority that it has just founded."""
    start = system_actor("set-up", duties=frozenset({"administrator"}))
    home = work.found_authority(name="Ashcombe", procedure="england", by=start)
    by = system_actor("set-up", duties=frozenset({"administrator"}), authority=home)
    work.save_agency(details=AgencyDetails("Children’s social care", "social_care"), by=by)
    return by


def person(
    name: str, email: str = "", agency: str = "Children's social care", **more: object
) -> PersonDetails:
    given, _space, family = name.partition(" ")
    return PersonDetails(given, family, email or f"{given.lower()}@council.example", agency, **more)  # type: ignore[arg-type]


def test_an_authority_is_founded_once(founder: Actor) -> None:
    again = work.found_authority(name=" Ashcombe ", procedure="wales", by=founder)
    assert again == founder.authority
    assert m.Authority.objects.get().procedure == "wales"
    with pytest.raises(Problem) as fault:
        work.found_authority(name="Ashcombe", procedure="atlantis", by=founder)
    assert fault.value.field == "procedure" and "england" in fault.value.sentence
    with pytest.raises(Problem):
        work.found_authority(name=" ", procedure="wales", by=founder)


def test_groups_keep_their_procedure(family: Family) -> None:
    work.change_authority(name="Ashcombe North", procedure="wales", by=family.administrator)
    assert m.CoreGroup.objects.get().procedure == "england"
    m.Authority.objects.create(name="Brackwater", procedure="wales")
    for name in ("Brackwater", ""):
        with pytest.raises(Problem):
            work.change_authority(name=name, procedure="wales", by=family.administrator)


@pytest.mark.parametrize("name", ["lead", "manager", "chair", "mother", "stranger"])
def test_only_administrators_set_up(family: Family, name: str) -> None:
    by = family.actor(name)
    agency = AgencyDetails("New", "health")
    for verb in (
        lambda: work.found_authority(name="X", procedure="england", by=by),
        lambda: work.change_authority(name="X", procedure="england", by=by),
        lambda: work.save_agency(details=agency, by=by),
        lambda: work.save_person(details=person("A B"), by=by),
        lambda: work.import_agencies(rows=[(2, agency)], by=by),
        lambda: work.import_people(rows=[(2, person("A B"))], by=by),
        lambda: work.import_closure_days(rows=[(2, DayDetails(date(2026, 12, 24), "x"))], by=by),
        lambda: work.remove_closure_day(day=uuid4(), by=by),
        lambda: file.closure_days(by=by),
    ):
        with pytest.raises(Closed):
            verb()


@pytest.mark.requirement("R1")
def test_agencies_with_their_named_professional(founder: Actor) -> None:
    details = AgencyDetails("Community health", "health", "Ola Finch", "01632 960300", "0100 999")
    row = work.save_agency(details=details, by=founder)
    assert m.Agency.objects.get(id=row).named_professional == "Ola Finch"
    with pytest.raises(Problems) as faults:
        work.save_agency(details=AgencyDetails("COMMUNITY  health", "health"), by=founder)
    assert faults.value.faults[0][0] == "name"
    with pytest.raises(Problems) as faults:
        work.save_agency(details=AgencyDetails("", "circus"), by=founder)
    assert {field for field, _said in faults.value.faults} == {"name", "kind"}
    with pytest.raises(Closed):
        work.save_agency(details=AgencyDetails("X", "health"), agency=uuid4(), by=founder)


def test_a_list_of_people_can_be_taken_again(founder: Actor) -> None:
    rows = [
        (2, person("Ida Vane", manager_email="olu@council.example", duties=("lead_worker",))),
        (3, person("Olu Bright", duties=("manager",))),
    ]
    assert work.import_people(rows=rows, by=founder, check_only=True) == Taken(new=2)
    assert not m.Person.objects.exists()
    assert work.import_people(rows=rows, by=founder) == Taken(new=2)
    assert work.import_people(rows=rows, by=founder) == Taken(same=2)
    changed = [(2, person("Ida Vane-Moss", email="IDA@council.example"))]
    assert work.import_people(rows=changed, by=founder) == Taken(changed=1)
    ida = m.Person.objects.get(given_name="Ida")
    assert ida.family_name == "Vane-Moss" and ida.email == "ida@council.example"


def test_faults_name_their_row_and_nothing_is_saved(founder: Actor) -> None:
    rows = [
        (2, person("Ida Vane")),
        (3, person("Sam ", email="sam")),
        (4, person("Ida Again", email="ida@council.example", agency="Nowhere")),
        (5, person("Olu Bright", manager_email="ghost@x.example", duties=("king",))),
        (6, person("Una Kerr", manager_email="una@council.example")),
    ]
    with pytest.raises(Problems) as faults:
        work.import_people(rows=rows, by=founder)
    said = [sentence for _field, sentence in faults.value.faults]
    for beginning in (
        "Row 3: enter a family name",
        "Row 3: “sam” is not",
        "Row 4: there is no agency “Nowhere”",
        "Row 4: “ida@council.example” stands in the list twice",
        "Row 5: there is no duty “king”",
        "Row 5: nobody in the list",
        "Row 6: nobody is their own",
    ):
        assert any(sentence.startswith(beginning) for sentence in said), (beginning, said)
    assert not m.Person.objects.exists()


def test_a_list_without_numbers_leaves_those_that_are_known(founder: Actor) -> None:
    work.import_people(rows=[(2, person("Ida Vane", phone="0100"))], by=founder)
    work.import_people(rows=[(2, person("Ida Vane"))], by=founder)
    assert m.Person.objects.get().phone == "0100"


def test_one_by_one(founder: Actor) -> None:
    ida = work.save_person(details=person("Ida Vane"), by=founder)
    work.save_person(details=person("Ida Moss"), person=ida, by=founder)
    assert m.Person.objects.get().name == "Ida Moss"
    with pytest.raises(Problems) as faults:
        work.save_person(details=person("Other One", email="ida@council.example"), by=founder)
    assert faults.value.faults[0][0] == "email"
    with pytest.raises(Problems) as faults:
        work.save_person(details=person(" ", email=""), by=founder)
    assert faults.value.faults[0][1][0].isupper()
    with pytest.raises(Closed):
        work.save_person(details=person("Ida Vane"), person=uuid4(), by=founder)


def test_nobody_makes_themselves_a_line_manager(family: Family) -> None:
    mine = family.people["administrator"].email
    details = person("Tariq Shah", email=family.people["teacher"].email, manager_email=mine)
    with pytest.raises(Problems) as faults:
        work.save_person(details=details, person=family.people["teacher"].id, by=family.administrator)
    assert [field for field, _said in faults.value.faults] == ["manager_email"]
    with pytest.raises(Problems):
        work.import_people(rows=[(2, details)], by=family.administrator)


def test_closure_days(founder: Actor) -> None:
    rows = [(2, DayDetails(date(2026, 12, 24), "Christmas closure"))]
    assert work.import_closure_days(rows=rows, by=founder) == Taken(new=1)
    assert work.import_closure_days(rows=rows, by=founder) == Taken(same=1)
    with pytest.raises(Problems) as faults:
        work.import_closure_days(rows=[*rows, (3, DayDetails(date(2026, 12, 24), " "))], by=founder)
    assert len(faults.value.faults) == 2
    day = file.closure_days(by=founder)[0]
    work.remove_closure_day(day=day.id, by=founder)
    with pytest.raises(Closed):
        work.remove_closure_day(day=day.id, by=founder)


def test_importing_agencies_names_rows(founder: Actor) -> None:
    rows = [(2, AgencyDetails("Health", "health")), (3, AgencyDetails("health", "circus"))]
    with pytest.raises(Problems) as faults:
        work.import_agencies(rows=rows, by=founder)
    said = [sentence for _field, sentence in faults.value.faults]
    assert len(said) == 2 and all(sentence.startswith("Row 3:") for sentence in said)
    assert work.import_agencies(rows=rows[:1], by=founder) == Taken(new=1)


PEOPLE = (
    "Forename;Surname;E-mail;Organisation;Duties\n"
    "Siân;O’Neil;sian@x.example;Children's social care;Lead worker, chair\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_lists_are_read_as_people_save_them(encoding: str) -> None:
    rows = lists.read_people(PEOPLE.encode(encoding), name="people.csv")
    told = people_from((row.number, row.values) for row in rows)
    assert told[0][0] == 2
    assert told[0][1].given_name == "Siân" and told[0][1].family_name == "O’Neil"
    assert told[0][1].duties == ("lead_worker", "conference_chair")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The list is empty."),
        ("Given name,Family name\nA,B\n", "there is no column “e-mail”, “agency”"),
        ("Given name,Family name,E-mail,Agency\n", "no row beneath"),
    ],
)
def test_lists_that_cannot_be_read(text: str, words: str) -> None:
    with pytest.raises(IntakeProblem) as fault:
        lists.read_people(text.encode())
    assert words in fault.value.sentence


def test_a_day_that_is_none_names_its_row() -> None:
    good = lists.read_days(b"Date,Reason\n24 December 2026,Closed\n25/12/2026,Closed\n")
    assert [row.day for row in good] == [date(2026, 12, 24), date(2026, 12, 25)]
    with pytest.raises(IntakeProblem) as fault:
        lists.read_days(b"Date,Reason\n24 December 2026,Closed\n31 February 2026,x\n")
    assert fault.value.row == 3 and fault.value.sentence.startswith("Row 3:")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Health", "health"), ("Children’s social care", "social_care"), ("Heddlu", "heddlu"),
     ("Yr heddlu", "police"), ("School", "education"), ("adult_services", "adult_services")],
)  # fmt: skip
def test_kinds_in_words(text: str, code: str) -> None:
    assert kind_of(text) == code


def test_duties_in_words() -> None:
    assert duties_of("Lead worker; Line manager / ") == ("lead_worker", "manager")
    assert duties_of("King") == ("king",)
