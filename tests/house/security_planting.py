"""A core group in which every text of every kind of record is a marker: planted through everyday verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from coregroup.casework.answers import answer_action
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.contact import record_missed_contact
from coregroup.casework.documents import add_file
from coregroup.casework.facts import record_fact
from coregroup.casework.forcing import put_in_force
from coregroup.casework.hand_outs import record_handed_out
from coregroup.casework.limits import Approval
from coregroup.casework.meetings import NewMeeting, book_meeting
from coregroup.casework.members import add_family_member, add_member, end_membership
from coregroup.casework.opening import open_core_group
from coregroup.casework.opening_nouns import (
    NewAdult,
    NewChild,
    NewDecision,
    NewFact,
    NewMember,
    NewRelationship,
)
from coregroup.casework.opening_nouns import NewMeeting as FirstMeeting
from coregroup.casework.outline import NewOutlineItem, bring_in_outline, set_aside_item
from coregroup.casework.plans import save_item, withdraw_item
from coregroup.records import models as m
from coregroup.rules.face_sheet import HIDINGS, KINDS
from tests.builders import TODAY, Family, actor, agency, an_opening, authority, professional, the_staff
from tests.casework.plan_steps import CONTENT
from tests.house.meeting_planting import plant_meetings
from tests.house.security_planted import FAMILY, ONLY_AMY, PROFESSIONALS, READERS, SCHOOL, Planted


def planted() -> Planted:
    """Opens the group and writes into everything that can be written."""
    home = authority("Ashcombe", "england")
    staff = the_staff(home)
    constabulary = agency(home, "Constabulary", "police")
    police_manager = professional(home, "Piers Mott", constabulary, duties=["manager"])
    staff["police"].manager = police_manager
    staff["police"].save()
    left = professional(home, "Lowell Finch", constabulary)
    far = authority("Brackenham", "wales")
    office = agency(far, "Far social care", "social_care")
    elsewhere = professional(
        far, "Esme Varr", office, duties=["lead_worker", "manager", "conference_chair", "administrator"]
    )
    nobody = m.Person.objects.create(
        authority=home, kind="family", given_name="Ned", family_name="Other",
        family=m.Family.objects.create(authority=home, label="Other"),
    )  # fmt: skip
    people = {
        **staff, "police_manager": police_manager, "left": left, "elsewhere": elsewhere, "nobody": nobody
    }  # fmt: skip
    plant = Planted(Family(home, UUID(int=0), people, []))
    _open(plant)
    family = plant.family
    for whose, child in zip(("ben", "amy"), family.children, strict=True):
        plant.id("child", child.id)
        _facts(plant, whose, child)
        _outline(plant, whose, child)
        _files(plant, whose, child)
        _plan(plant, whose, child)
        _contact(plant, whose, child)
    for key in ("mother", "father", "gil"):
        _adult_facts(plant, key)
    _family_facts(plant)
    _files(plant, "all", None)
    _meetings(plant)
    plant_meetings(plant)
    gone = m.Membership.objects.get(person=left).id
    end_membership(group=family.group, membership=gone, reason=plant.mark("ended", frozenset({"lead"})),
                   by=family.lead)  # fmt: skip
    for person in m.Person.objects.all():  # everybody was here a while ago: the start page tells what is new
        m.Visit.objects.create(person=person, latest_at=datetime(2026, 3, 1, tzinfo=UTC))
    plant.ids["membership"] = list(m.Membership.objects.values_list("id", flat=True))
    plant.ids["person"] = [one.id for one in people.values()] + [c.person_id for c in family.children]
    plant.ids["fact"] = list(m.Fact.objects.values_list("id", flat=True))
    plant.ids["notice"] = list(m.Notice.objects.values_list("id", flat=True))
    return plant


def _open(plant: Planted) -> None:
    """Opens the group with a marker in every text that opening takes."""
    held, family = date(2026, 3, 4), plant.family
    staff = family.people
    pros = PROFESSIONALS | ONLY_AMY
    no_father = READERS["ben"] - {"father"}
    children = (
        NewChild(
            "ben", "Jorvik", "Rowanberry", date_of_birth=held - timedelta(days=3000), categories=("neglect",),
            facts=(
                NewFact("address", plant.mark("address", no_father), source=plant.mark("source", no_father)),
                NewFact("school", plant.mark("school", no_father)),
                NewFact("first_language", plant.mark("language", READERS["ben"]), source=SCHOOL),
            ),
        ),
        NewChild(
            "amy", "Quillon", "Rowanberry", date_of_birth=held - timedelta(days=800), categories=("neglect",)
        ),
    )  # fmt: skip
    both = (NewRelationship("ben", "mother", True, True), NewRelationship("amy", "mother", True, True))
    adults = (
        NewAdult("mother", "Maribel", "Rowanberry", relationships=both,
                 facts=(NewFact("telephone", plant.mark("telephone", pros | {"mother"})),)),
        NewAdult("father", "Fenwick", "Dale", relationships=(NewRelationship("ben", "father", True, False),),
                 attends="separately", attends_reason=plant.mark("attends", frozenset()),
                 must_not_learn=frozenset({"address", "contact", "school"}),
                 must_not_learn_reason=plant.mark("mustnot", pros)),
        NewAdult("gil", "Gilroy", "Stone", relationships=(NewRelationship("amy", "father", None, False),)),
    )  # fmt: skip
    members = (
        NewMember(staff["lead"].id, plant.mark("role", READERS["all"])),
        NewMember(staff["health_visitor"].id, plant.mark("role", READERS["amy"]) + " Quillon"),
        NewMember(staff["teacher"].id, plant.mark("role", READERS["all"] - {"father"}) + f" at {SCHOOL}"),
        NewMember(staff["police"].id, plant.mark("role", READERS["amy"]), frozenset({"amy"})),
        NewMember(staff["left"].id, plant.mark("role", frozenset())),
    )
    opening = an_opening(
        staff, held, family_label="Rowanberry", children=children, adults=adults, members=members,
        decisions=(NewDecision(plant.mark("decision", READERS["amy"]), "amy"),),
        out_of_hours=plant.mark("hours", READERS["all"]),
        first_meeting=FirstMeeting(
            held + timedelta(days=7), time(14), plant.mark("venue", READERS["all"]),
            plant.mark("venueaddress", READERS["all"]), frozenset(), True, plant.mark("note", READERS["all"]),
        ),
    )  # fmt: skip
    family.group = open_core_group(opening=opening, by=actor(staff["lead"]))
    given = {"Maribel": "mother", "Fenwick": "father", "Gilroy": "gil"}
    for adult in m.Adult.objects.filter(group=family.group).select_related("person"):
        key = given[adult.person.given_name]
        family.people[key] = adult.person
        add_family_member(group=family.group, adult=adult.id, by=family.lead)
    rows = m.Child.objects.filter(group=family.group).select_related("person")
    family.children = list(rows.order_by("position"))
    plant.id("group", family.group)


def _facts(plant: Planted, whose: str, child: m.Child) -> None:
    family = plant.family
    for code, kind in KINDS.items():
        if "child" not in kind.about or code in ("access_needs",):
            continue
        for choice, readers in plant.choices(whose):
            hidden = {"father"} if kind.hiding in ("address", "contact", "school") else set()
            word = plant.mark(code, readers - hidden)
            record_fact(
                group=family.group, about=child.person_id, kind=code, value=word,
                source=plant.mark("source", readers - hidden), audience=choice, by=family.lead,
            )  # fmt: skip
    wide = record_fact(
        group=family.group, about=child.person_id, kind="other", by=family.lead,
        value=plant.mark("replaced", READERS[whose]),
    )  # fmt: skip
    record_fact(
        group=family.group, about=child.person_id, kind="other", replaces=wide, by=family.lead,
        value=plant.mark("replacing", READERS[whose] - FAMILY),
        audience=AudienceChoice("professionals", reason=plant.mark("reason", READERS[whose] - FAMILY)),
    )  # fmt: skip


def _adult_facts(plant: Planted, key: str) -> None:
    """What is known of an adult is read by professionals and by that adult alone."""
    family = plant.family
    known = PROFESSIONALS | (frozenset() if key == "father" else ONLY_AMY)
    for code, kind in KINDS.items():
        if "adult" in kind.about:
            assert kind.hiding in ("", *HIDINGS)
            record_fact(
                group=family.group, about=family.people[key].id, kind=code, by=family.lead,
                value=plant.mark(f"adult{code}", known | {key}),
                source=plant.mark("source", known | {key}),
            )  # fmt: skip


def _family_facts(plant: Planted) -> None:
    family = plant.family
    for choice, readers in plant.choices("all"):
        record_fact(
            group=family.group, about=None, kind="other", value=plant.mark("familyfact", readers),
            source=plant.mark("source", readers), audience=choice, by=family.lead,
        )  # fmt: skip


def _outline(plant: Planted, whose: str, child: m.Child) -> None:
    family = plant.family
    items = []
    for choice, readers in plant.choices(whose):
        words: dict[str, Any] = {
            name: plant.mark(name, readers) for name in ("concern", "outcome", "action", "owner")
        }
        items.append(
            NewOutlineItem((child.id,), by_when_words=plant.mark("when", readers), audience=choice, **words)
        )
    made = bring_in_outline(group=family.group, items=items, by=family.lead)
    for one in made:
        plant.id("item", one)
    set_aside_item(
        group=family.group, item=made[1], reason=plant.mark("aside", READERS[whose] - FAMILY), by=family.lead
    )


def _files(plant: Planted, whose: str, child: m.Child | None) -> None:
    family = plant.family
    for choice, readers in plant.choices(whose):
        word = plant.mark("file", readers)
        plant.id("file", add_file(
            group=family.group, name=f"{plant.mark('name', readers)}.txt", content=word.encode(),
            title=plant.mark("title", readers), child=child.id if child else None, audience=choice,
            by=family.lead,
        ))  # fmt: skip


def _content(plant: Planted, kind: str, readers: frozenset[str]) -> dict[str, Any]:
    fixed = {"every", "unit", "alone", "sought", "on"}
    return {
        name: value if name in fixed else plant.mark(f"{kind}{name}", readers)
        for name, value in CONTENT[kind].items()
    }


def _plan(plant: Planted, whose: str, child: m.Child) -> None:
    """Every kind of item with every audience, one narrowed later, one withdrawn, and in force twice."""
    family = plant.family
    first: dict[str, Any] = {}
    tops: dict[str, Any] = {}
    for choice, readers in plant.choices(whose):
        for kind in ("concern", "outcome", "action", "contact", "contingency", "view"):
            tops[kind] = _item(plant, child, kind, choice, readers, tops)
            first.setdefault(kind, tops[kind])
    # Wider than what it hangs under: shown loose to whoever may not see that.
    _item(plant, child, "action", AudienceChoice(), READERS[whose], tops)
    _item(plant, child, "family_page", AudienceChoice(), READERS[whose], tops)
    _answer(plant, first["action"], READERS[whose])
    wide = _item(plant, child, "contingency", AudienceChoice(), READERS[whose] - FAMILY, tops)
    wide_text = AudienceChoice("professionals", reason=plant.mark("reason", READERS[whose] - FAMILY))
    _force(plant, child, whose)
    save_item(
        group=family.group, child=child.id, kind="contingency", item=wide.item, base=1, by=family.lead,
        content=_content(plant, "contingency", READERS[whose] - FAMILY), audience=wide_text,
    )  # fmt: skip
    gone = _item(plant, child, "contingency", wide_text, READERS[whose] - FAMILY, tops)
    withdraw_item(
        group=family.group, child=child.id, item=gone.item, base=1, by=family.lead,
        reason=plant.mark("withdrawn", READERS[whose] - FAMILY),
    )  # fmt: skip
    versions = m.PlanVersion.objects.filter(plan__child=child).count()
    plant.ids["number"] = list(range(1, versions + 1))
    record_handed_out(
        group=family.group, child=child.id, version=1, recipient=family.people["mother"].id,
        recipient_code="parents", how="not_given", on=TODAY, digest="", by=family.lead,
        note=plant.mark("notgiven", READERS[whose] - FAMILY),
    )  # fmt: skip


def _item(
    plant: Planted, child: m.Child, kind: str, choice: AudienceChoice, readers: frozenset[str], tops: Any
) -> Any:
    family = plant.family
    more: dict[str, Any] = {}
    if kind in ("concern", "outcome", "action"):
        more["new_because"] = plant.mark("new", readers)
    if kind in ("outcome", "action"):
        more |= {"by_when": date(2026, 6, 1), "under": tops[{"outcome": "concern"}.get(kind, "outcome")].item}
    if kind in ("action", "contact"):
        # The teacher's agency is the child's school: the father must not learn it from an owner's name.
        narrow = choice.base == "named"
        more["owner"] = family.people["health_visitor" if narrow or kind == "contact" else "teacher"].id
    if kind == "action":
        more["part"] = "safety"
    if kind == "view":
        more["owner"] = child.person_id
    saved = save_item(
        group=family.group, child=child.id, kind=kind, content=_content(plant, kind, readers),
        audience=choice, by=family.lead, **more,
    )  # fmt: skip
    plant.id("item", saved.item)
    plant.id(f"item:{child.id}", saved.item)
    return saved


def _answer(plant: Planted, saved: Any, readers: frozenset[str]) -> None:
    answer_action(
        group=plant.family.group, item=saved.item, revision=1, answer="declined", by=plant.family.teacher,
        reason=plant.mark("declined", readers),
    )  # fmt: skip


def _force(plant: Planted, child: m.Child, whose: str) -> None:
    should = ("child_voice", "parent_views", "agreed_contact", "family_page", "outline_traced", "answers")
    pros = READERS[whose] - FAMILY
    put_in_force(
        group=plant.family.group, child=child.id, on=TODAY, met_on=date(2026, 3, 11), by=plant.family.lead,
        passed={code: plant.mark("passed", pros) for code in should},
        audience=AudienceChoice("professionals", reason=plant.mark("reason", frozenset())),
    )  # fmt: skip


def _contact(plant: Planted, whose: str, child: m.Child) -> None:
    for choice, _readers in plant.choices(whose):
        record_missed_contact(
            group=plant.family.group, child=child.id, kind="missed", on=date(2026, 3, 17),
            reason=plant.mark("missed", frozenset()), audience=choice, by=plant.family.health_visitor,
        )  # fmt: skip


def _meetings(plant: Planted) -> None:
    family = plant.family
    readers = READERS["all"] - {"father"}
    shut = AudienceChoice(
        shut_out=frozenset({family.people["father"].id}), reason=plant.mark("reason", readers - FAMILY)
    )
    pros = PROFESSIONALS | ONLY_AMY
    late = Approval(plant.mark("late", pros), plant.mark("approved", pros),
                    TODAY)  # fmt: skip
    book_meeting(
        group=family.group, approval=late, audience=shut, by=family.lead,
        meeting=NewMeeting(
            TODAY + timedelta(days=200), time(9), plant.mark("venue", readers), plant.mark("place", readers),
            notes=plant.mark("notes", readers),
        ),
    )  # fmt: skip
    add_member(
        group=family.group, person=family.people["other_worker"].id, by=family.lead,
        role=plant.mark("role", READERS["amy"]), only_children=[family.children[1].id],
    )  # fmt: skip
