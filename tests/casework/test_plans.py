"""Saving and withdrawing items of a plan: what is refused, what is kept, and that nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from coregroup.casefile.plans import plan_sheet
from coregroup.casework.audiences import AudienceChoice, audience_row
from coregroup.casework.forcing import put_in_force
from coregroup.casework.plans import save_item, withdraw_item
from coregroup.casework.verbs import act
from coregroup.records import models as m
from coregroup.rules.access import Capability
from coregroup.rules.errors import AlreadyDone, Clash, Closed, Problem, Problems, Refused
from tests.builders import TODAY, Family
from tests.casework.plan_steps import CONTENT, SUMMER, save, whole_plan

MET = date(2026, 3, 11)


def in_force(family: Family) -> dict[str, Any]:
    made = whole_plan(family)
    put_in_force(
        group=family.group, child=family.child.id, on=TODAY, met_on=MET,
        passed={"answers": "Asked at the meeting.", "outline_traced": "None."}, by=family.lead,
    )  # fmt: skip
    return made


def outline(
    family: Family, choice: AudienceChoice | None = None, child: m.Child | None = None
) -> m.OutlineItem:
    whose = child or family.child
    conference = m.Conference.objects.get(group=family.group, kind="initial")
    with act(family.group, by=family.lead, to=Capability.BRING_IN_OUTLINE) as case:
        audience = audience_row(case, choice or AudienceChoice())
    return m.OutlineItem.objects.create(
        authority=family.authority, group_id=family.group, child=whose, conference=conference,
        position=m.OutlineItem.objects.filter(child=whose).count() + 1, audience=audience,
        content={"concern": "Home alone", "outcome": "Safe nights", "action": "Agree who stays"},
        recorded_by=family.people["lead"],
    )  # fmt: skip


def fields_at_fault(call: Any) -> set[str | None]:
    with pytest.raises(Problems) as told:
        call()
    return {field for field, _sentence in told.value.faults}


@pytest.mark.requirement("R28")
def test_who_may_build_a_plan(family: Family) -> None:
    save(family, "concern", by=family.teacher)
    for name, refusal in (
        ("stranger", Closed), ("mother", Refused), ("chair", Refused), ("manager", Refused), ("gil", Refused)
    ):  # fmt: skip
        with pytest.raises(refusal):
            save(family, "concern", by=family.actor(name))
    assert m.PlanItem.objects.count() == 1
    assert m.LedgerEntry.objects.filter(happening="PlanItemSaved").get().by_id == family.people["teacher"].id


@pytest.mark.requirement("R9")
def test_an_action_has_one_owner_and_a_date(family: Family) -> None:
    plan = whole_plan(family)
    under = plan["outcome"].item
    assert fields_at_fault(lambda: save(family, "action", under=under, owner=None)) == {"owner"}
    assert fields_at_fault(lambda: save(family, "action", under=under, by_when=None)) == {"by_when"}
    for person in (family.people["stranger"].id, family.people["chair"].id, uuid4()):
        assert fields_at_fault(lambda person=person: save(family, "action", under=under, owner=person)) == {
            "owner"
        }
    with pytest.raises(IntegrityError), transaction.atomic():  # the database itself holds to it
        latest = m.PlanRevision.objects.get(item=plan["action"].item)
        m.PlanRevision.objects.create(
            authority=latest.authority, group=latest.group, item=latest.item, number=9, kind="action",
            content={}, owner=None, by_when=SUMMER, new_because="x", audience=latest.audience, by=latest.by,
        )  # fmt: skip


@pytest.mark.requirement("R9")
def test_a_parent_owns_an_action_of_their_own_child_alone(family: Family) -> None:
    under = whole_plan(family)["outcome"].item
    save(family, "action", under=under, owner=family.people["father"].id)
    gil = family.people["gil"].id  # the father of the other child alone
    assert fields_at_fault(lambda: save(family, "action", under=under, owner=gil)) == {"owner"}


@pytest.mark.requirement("R51", "R112")
def test_outcomes_hang_on_concerns_and_actions_on_outcomes(family: Family) -> None:
    concern = save(family, "concern")
    assert fields_at_fault(lambda: save(family, "outcome")) == {"under"}
    assert fields_at_fault(lambda: save(family, "action")) == {"under"}
    with pytest.raises(Closed):
        save(family, "action", under=concern.item)  # an action serves an outcome, not a concern
    with pytest.raises(Closed):
        save(family, "outcome", under=uuid4())


@pytest.mark.requirement("R80")
def test_nothing_hangs_on_a_siblings_item_or_comes_from_its_outline(family: Family) -> None:
    other = family.children[1]
    concern = save(family, "concern", child=other.id)
    with pytest.raises(Closed):
        save(family, "outcome", under=concern.item)
    with pytest.raises(Closed):
        save(family, "concern", item=concern.item, base=1)
    theirs = outline(family, child=other)
    with pytest.raises(Closed):
        save(family, "concern", outline=theirs.id)
    save(family, "concern", child=other.id, outline=theirs.id)


@pytest.mark.requirement("R11")
def test_an_item_comes_from_the_outline_or_says_why_it_is_new(family: Family) -> None:
    assert fields_at_fault(lambda: save(family, "concern", new_because=" ")) == {"outline"}
    source = outline(family)
    save(family, "concern", outline=source.id, new_because="ignored")
    line = plan_sheet(group=family.group, child=family.child.id, by=family.lead).concerns[0]
    assert line.trace is not None and line.trace.text == "Home alone"
    assert line.new_because == ""


@pytest.mark.requirement("R33", "R111")
def test_views_are_attributed_and_say_how_they_were_sought(family: Family) -> None:
    def view(**content: str) -> Any:
        return lambda: save(family, "view", content=content)

    assert fields_at_fault(view(words="")) == {"words"}
    assert fields_at_fault(view(sought="")) == {"sought"}
    assert fields_at_fault(view(sought="other", how="")) == {"how"}
    assert fields_at_fault(view(taken_by="", on="")) == {"taken_by", "on"}
    teacher = family.people["teacher"].id
    assert fields_at_fault(lambda: save(family, "view", owner=teacher)) == {"owner"}
    assert fields_at_fault(lambda: save(family, "view", owner=family.people["gil"].id)) == {"owner"}
    save(family, "view", owner=family.people["father"].id, content={"sought": "advocate"})


@pytest.mark.requirement("R20")
def test_contact_is_kept_by_a_member(family: Family) -> None:
    assert fields_at_fault(lambda: save(family, "contact", owner=family.people["mother"].id)) == {"owner"}
    assert fields_at_fault(lambda: save(family, "contact", content={"every": "0"})) == {"every"}


@pytest.mark.requirement("R81")
def test_an_action_belongs_to_a_part_of_the_plan(family: Family) -> None:
    under = whole_plan(family)["outcome"].item
    assert fields_at_fault(lambda: save(family, "action", under=under, part="poems")) == {"part"}


def test_every_fault_is_told_at_once(family: Family) -> None:
    def empty() -> None:
        save_item(group=family.group, child=family.child.id, kind="outcome", content={}, by=family.lead,
                  under=save(family, "concern").item)  # fmt: skip

    assert fields_at_fault(empty) == {"change", "by_how_much", "by_when", "outline"}


@pytest.mark.requirement("R29")
def test_a_clash_holds_both_texts_and_loses_neither(family: Family) -> None:
    saved = save(family, "contingency")
    save(family, "contingency", item=saved.item, base=1, content={"who": "Theirs"}, by=family.teacher)
    with pytest.raises(Clash) as told:
        save(family, "contingency", item=saved.item, base=1, content={"who": "Mine", "trigger": "Also mine"})
    assert told.value.theirs == {"trigger": CONTENT["contingency"]["trigger"], "who": "Theirs"}
    assert told.value.mine == {"trigger": "Also mine", "who": "Mine"}
    assert (told.value.revision, told.value.by) == (2, "Tariq Shah")
    again = save(family, "contingency", item=saved.item, base=2, content={"who": "Both"})
    assert again.revision == 3


def test_two_who_write_the_same_do_not_clash(family: Family) -> None:
    saved = save(family, "contingency")
    for by in (family.teacher, family.lead):
        told = save(family, "contingency", item=saved.item, base=1, content={"who": "The same"}, by=by)
        assert told.revision == 2
    with pytest.raises(Clash):
        save(family, "contingency", item=saved.item, base=None, content={"who": "Blind"})


@pytest.mark.requirement("R57")
def test_a_clash_never_widens_who_may_see(family: Family) -> None:
    saved = save(family, "concern")
    narrow = AudienceChoice("professionals", reason="Not yet told.")
    save(family, "concern", item=saved.item, base=1, audience=narrow)
    with pytest.raises(Clash) as told:
        save(family, "concern", item=saved.item, base=1, audience=AudienceChoice())
    assert told.value.theirs["audience_base"] == "professionals"
    assert told.value.mine["audience_base"] == "group"


def test_there_is_one_family_page(family: Family) -> None:
    save(family, "family_page")
    with pytest.raises(Clash):
        save(family, "family_page", content={"why": "Another"})
    assert save(family, "family_page", content={"why": "Another"}, base=1).revision == 2
    assert m.PlanItem.objects.filter(kind="family_page").count() == 1


def test_the_same_form_twice_is_saved_once(family: Family) -> None:
    first = save(family, "concern", once="b" * 32)
    with pytest.raises(AlreadyDone) as told:
        save(family, "concern", once="b" * 32)
    assert told.value.outcome == str(first.item)
    assert m.PlanItem.objects.count() == 1


def test_saving_without_a_change_makes_no_revision(family: Family) -> None:
    made = in_force(family)
    told = save(family, "contact", item=made["contact"].item, base=1)
    assert (told.revision, told.version) == (1, 1)


@pytest.mark.requirement("R34")
def test_the_owner_is_told_when_something_is_asked_of_them(family: Family) -> None:
    made = whole_plan(family)

    def told() -> list[UUID]:
        return list(m.Notice.objects.filter(code="action_for_you").values_list("to_id", flat=True))

    visitor, teacher = family.people["health_visitor"].id, family.people["teacher"].id
    assert told() == [visitor]
    item = made["action"].item
    save(family, "action", item=item, base=1, part="change")
    assert told() == [visitor]
    save(family, "action", item=item, base=2, part="change", owner=teacher)
    assert sorted(told(), key=str) == sorted([visitor, teacher], key=str)


@pytest.mark.requirement("R10")
def test_once_in_force_each_change_makes_the_next_version(family: Family) -> None:
    made = in_force(family)
    told = save(family, "contingency", item=made["contingency"].item, base=1, content={"who": "The aunt"})
    assert told.version == 2
    gone = withdraw_item(
        group=family.group, child=family.child.id, item=made["contact"].item, base=1, reason="Moved.",
        by=family.lead,
    )  # fmt: skip
    assert gone.version == 3
    assert [m.VersionRevision.objects.filter(version__number=number).count() for number in (1, 2, 3)] == [
        9,
        9,
        8,
    ]
    one = plan_sheet(group=family.group, child=family.child.id, version=1, by=family.lead)
    assert one.contingencies[0].content["who"] == CONTENT["contingency"]["who"]
    assert m.LedgerEntry.objects.filter(happening="PlanChanged").count() == 2
    assert not m.PlanVersion.objects.filter(plan__child=family.children[1]).exists()


@pytest.mark.requirement("R10", "R29")
def test_the_database_refuses_to_change_or_remove_what_was_saved(family: Family) -> None:
    in_force(family)
    for model in (m.PlanRevision, m.PlanVersion, m.VersionRevision):
        row = model.objects.first()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.filter(id=row.id).update(made_at=row.made_at)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(f"delete from {model._meta.db_table}")


def test_withdrawing(family: Family) -> None:
    made = whole_plan(family)

    def withdraw(name: str, base: int = 1, reason: str = "Done with.", by: Any = None) -> Any:
        return withdraw_item(
            group=family.group, child=family.child.id, item=made[name].item, base=base, reason=reason,
            by=by or family.lead,
        )  # fmt: skip

    with pytest.raises(Problem) as told:
        withdraw("action", reason=" ")
    assert told.value.field == "reason"
    with pytest.raises(Problem, match="hangs beneath"):
        withdraw("concern")
    with pytest.raises(Clash):
        withdraw("action", base=7)
    for by, refusal in ((family.stranger, Closed), (family.mother, Refused)):
        with pytest.raises(refusal):
            withdraw("action", by=by)
    assert withdraw("action").revision == 2
    with pytest.raises(Problem, match="already"):
        withdraw("action", base=2)
    with pytest.raises(Problems):
        withdraw("outcome")
        save(family, "action", under=made["outcome"].item)
    sheet = plan_sheet(group=family.group, child=family.child.id, by=family.lead)
    assert sheet.actions == ()
    again = save(family, "action", item=made["action"].item, base=2)  # and it can come back
    assert again.revision == 3


@pytest.mark.requirement("R57")
def test_an_owner_must_be_able_to_see_their_action(family: Family) -> None:
    under = whole_plan(family)["outcome"].item
    narrow = AudienceChoice("professionals", reason="Not yet told.")
    mother = family.people["mother"].id
    assert fields_at_fault(lambda: save(family, "action", under=under, owner=mother, audience=narrow)) == {
        "owner"
    }


@pytest.mark.requirement("R57")
def test_a_text_is_never_wider_than_the_outline_item_it_comes_from(family: Family) -> None:
    father, mother = family.people["father"].id, family.people["mother"].id
    source = outline(family, AudienceChoice(shut_out=frozenset({father}), reason="Hide the address."))
    save(family, "concern", outline=source.id)
    assert m.PlanRevision.objects.get().audience_id == source.audience_id
    both = AudienceChoice(shut_out=frozenset({mother}), reason="She is not told yet.")
    saved = save(family, "concern", outline=source.id, audience=both)
    row = m.PlanRevision.objects.get(item=saved.item).audience
    assert set(row.persons.values_list("person_id", flat=True)) == {father, mother}
    assert row.reason == "She is not told yet.; Hide the address."
    narrow = AudienceChoice("professionals", reason="For now.")
    saved = save(family, "concern", outline=source.id, audience=narrow)
    row = m.PlanRevision.objects.get(item=saved.item).audience
    assert row.base == "professionals" and row.persons.get().person_id == father


@pytest.mark.requirement("R57")
def test_who_may_see_stays_as_it_was_unless_it_is_changed(family: Family) -> None:
    narrow = AudienceChoice("professionals", reason="Not yet told.")
    saved = save(family, "concern", audience=narrow)
    save(family, "concern", item=saved.item, base=1, content={"worry": "Another"})
    assert m.PlanRevision.objects.get(number=2).audience.base == "professionals"
    save(family, "concern", item=saved.item, base=2, content={"worry": "Another"}, audience=AudienceChoice())
    assert m.PlanRevision.objects.get(number=3).audience.base == "group"
    assert m.LedgerEntry.objects.filter(happening="AudienceNarrowed").count() == 2


@pytest.mark.requirement("R57")
def test_faulty_audiences(family: Family) -> None:
    lead, stranger = family.people["lead"].id, family.people["stranger"].id
    with pytest.raises(Problem) as told:
        save(family, "concern", audience=AudienceChoice("professionals"))
    assert told.value.field == "audience"
    with pytest.raises(Problem, match="shut yourself out"):
        save(family, "concern", audience=AudienceChoice(shut_out=frozenset({lead}), reason="x"))
    with pytest.raises(Closed):
        save(family, "concern", audience=AudienceChoice(shut_out=frozenset({stranger}), reason="x"))
    assert not m.PlanItem.objects.exists()


@pytest.mark.requirement("R57")
def test_who_may_not_see_an_item_can_neither_change_nor_withdraw_it(family: Family) -> None:
    teacher = family.people["teacher"].id
    saved = save(family, "concern", audience=AudienceChoice(shut_out=frozenset({teacher}), reason="x"))
    with pytest.raises(Closed):
        save(family, "concern", item=saved.item, base=1, by=family.teacher)
    with pytest.raises(Closed):
        save(family, "outcome", under=saved.item, by=family.teacher)
    with pytest.raises(Closed):
        withdraw_item(
            group=family.group, child=family.child.id, item=saved.item, base=1, reason="x", by=family.teacher
        )


def test_a_member_for_one_child_builds_that_childs_plan_alone(family: Family) -> None:
    other = family.children[1]
    m.Membership.objects.filter(person=family.people["teacher"]).update(limited_to=[str(family.child.id)])
    save(family, "concern", by=family.teacher)
    with pytest.raises(Closed):
        save(family, "concern", by=family.teacher, child=other.id)
    concern = save(family, "concern", child=other.id)
    outcome = save(family, "outcome", child=other.id, under=concern.item)
    teacher = family.people["teacher"].id

    def give() -> None:
        save(family, "action", child=other.id, under=outcome.item, owner=teacher)

    assert fields_at_fault(give) == {"owner"}


@pytest.mark.requirement("R57")
def test_what_hangs_under_a_narrowed_item_is_no_wider_until_somebody_says_so(family: Family) -> None:
    narrow = AudienceChoice("professionals", reason="Not yet told.")
    concern = save(family, "concern", audience=narrow)
    outcome = save(family, "outcome", under=concern.item)
    assert m.PlanRevision.objects.get(item=outcome.item).audience.base == "professionals"
    wide = save(family, "outcome", under=concern.item, audience=AudienceChoice())
    assert m.PlanRevision.objects.get(item=wide.item).audience.base == "group"
