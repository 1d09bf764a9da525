"""What a plan shows to whom: in every version, in differences, in histories; and at what cost."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coregroup.casefile.plans import plan_overview, plan_sheet
from coregroup.casefile.plans_forms import item_page
from coregroup.casefile.plans_history import differences, history, plan_versions
from coregroup.casework.answers import answer_action
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.forcing import put_in_force
from coregroup.casework.plans import withdraw_item
from coregroup.records import models as m
from coregroup.rules.access import may_see
from coregroup.rules.errors import Closed, Refused
from tests.builders import TODAY, Family
from tests.casework.plan_steps import CONTENT, save, whole_plan

MET = date(2026, 3, 11)
SHOULD = ("child_voice", "parent_views", "agreed_contact", "family_page", "outline_traced", "answers")
READERS = ("lead", "health_visitor", "teacher", "mother", "father", "gil")


def force(family: Family) -> int:
    return put_in_force(
        group=family.group, child=family.child.id, on=TODAY, met_on=MET,
        passed=dict.fromkeys(SHOULD, "Agreed."), by=family.lead,
    )  # fmt: skip


def sheet(family: Family, name: str = "lead", **more: Any) -> Any:
    return plan_sheet(group=family.group, child=family.child.id, by=family.actor(name), **more)


def narrow(family: Family, base: str, out: set[str], named: set[str]) -> AudienceChoice:
    return AudienceChoice(
        base=base,
        shut_out=frozenset(family.people[name].id for name in out),
        named=frozenset(family.people[one].id for one in named | {"lead"} if base == "named"),
        reason="REASON", permitted_by="The chair", review_on=date(2026, 9, 1),
    )  # fmt: skip


AUDIENCES = st.tuples(
    st.sampled_from(["group", "professionals", "named"]),
    st.sets(st.sampled_from(READERS[1:]), max_size=2),
    st.sets(st.sampled_from(READERS[1:]), max_size=3),
)


@pytest.mark.requirement("R57", "R10")
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(AUDIENCES, AUDIENCES, st.booleans()), min_size=3, max_size=3))
def test_no_reading_ever_holds_what_its_reader_may_not_see(family: Family, plan: list[Any]) -> None:
    """Marked texts under random audiences, in two versions: each reader's every reading is searched."""
    kinds = ("contingency", "concern", "family_page")
    marks: list[tuple[str, Any]] = []
    wholes = whole_plan(family) if not m.PlanItem.objects.filter(kind="action").exists() else {}
    if wholes:
        force(family)
    for number, ((first, second, withdrawn), kind) in enumerate(zip(plan, kinds, strict=True)):
        run = m.PlanRevision.objects.count()
        marker = f"MARK{run}x{number}"
        field = {"contingency": "trigger", "concern": "worry", "family_page": "why"}[kind]
        base, item = None, None
        if kind == "family_page":
            item = m.PlanItem.objects.get(kind=kind).id
            base = m.PlanRevision.objects.filter(item=item).latest("number").number
        one = save(family, kind, item=item, base=base, audience=narrow(family, *first),
                   content={field: f"{marker}A"})  # fmt: skip
        two = save(family, kind, item=one.item, base=one.revision, audience=narrow(family, *second),
                   content={field: f"{marker}B"})  # fmt: skip
        rows = {row.number: row for row in m.PlanRevision.objects.filter(item=one.item)}
        marks += [
            (f"{marker}A", [rows[one.revision], rows[two.revision]]),
            (f"{marker}B", [rows[two.revision]]),
        ]
        if withdrawn and kind != "family_page":
            withdraw_item(group=family.group, child=family.child.id, item=one.item, base=two.revision,
                          reason=f"{marker}B", by=family.lead)  # fmt: skip
    for name in READERS:
        said = _everything(family, name)
        for marker, rows in marks:
            may = all(_sees(family, name, row) for row in rows)
            assert may or marker not in said, (name, marker)
            assert name != "lead" or marker in said  # the search does find what is there
        if name in ("mother", "father", "gil"):
            assert "REASON" not in said


def _sees(family: Family, name: str, row: m.PlanRevision) -> bool:
    from coregroup.access.doors import open_group
    from coregroup.casework.audiences import value_of
    from coregroup.rules.access import Capability

    case = open_group(family.group, by=family.actor(name), to=Capability.SEE_PLAN)
    return may_see(value_of(row.audience), case.reader(), child=family.child.id)


def _everything(family: Family, name: str) -> str:
    """Every reading of the plan that this person can make, as one text."""
    by, child = family.actor(name), family.child.id
    group = family.group
    told: list[Any] = [plan_overview(group=group, by=by)]
    numbers = list(m.PlanVersion.objects.values_list("number", flat=True).order_by("number"))
    calls: list[Any] = [lambda: plan_versions(group=group, child=child, by=by)]
    calls += [
        lambda n=n: plan_sheet(group=group, child=child, version=n, by=by) for n in (None, *numbers[-4:], 1)
    ]
    calls += [
        lambda a=a, b=b: differences(group=group, child=child, a=a, b=b, by=by)
        for a, b in [*zip(numbers[-4:], numbers[-3:], strict=False), (1, numbers[-1])]
    ]
    calls += [
        lambda item=item: history(group=group, child=child, item=item, by=by)
        for item in m.PlanItem.objects.values_list("id", flat=True)
    ]
    calls += [
        lambda item=item: item_page(group=group, child=child, item=item, by=by)
        for item in m.PlanItem.objects.values_list("id", flat=True)
    ]
    for call in calls:
        try:
            told.append(asdict(call()))
        except (Closed, Refused):
            continue
    try:
        preview = plan_sheet(group=group, child=child, reader=by.person, by=family.lead)
        told.append(asdict(preview))
    except Closed:
        pass
    return repr(told)


@pytest.mark.requirement("R57")
def test_what_hangs_under_a_hidden_item_shows_without_it(family: Family) -> None:
    father = family.people["father"].id
    hidden = AudienceChoice(shut_out=frozenset({father}), reason="He must not know.")
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item, audience=hidden, content={"change": "ZEBRA"})
    save(family, "action", under=outcome.item, owner=father, audience=AudienceChoice())
    seen = sheet(family, "father")
    assert [line.kind for line in seen.loose] == ["action"]
    assert seen.loose[0].under is None and seen.loose[0].loose
    assert str(outcome.item) not in repr(seen) and "ZEBRA" not in repr(seen)
    assert sheet(family).loose == ()
    assert sheet(family).concerns[0].beneath[0].audience == "not_to"
    assert sheet(family, "mother").concerns[0].beneath[0].audience == ""


@pytest.mark.requirement("R57", "R80")
def test_half_siblings_fathers_see_their_own_childs_plan_alone(family: Family) -> None:
    whole_plan(family)
    for name in ("gil", "stranger"):
        with pytest.raises(Closed):
            sheet(family, name)
    with pytest.raises(Closed):
        plan_sheet(group=family.group, child=family.children[1].id, by=family.father)
    assert [one.child_name for one in plan_overview(group=family.group, by=family.gil)] == ["Amy Rowe"]
    assert sheet(family, "father").concerns


@pytest.mark.requirement("R57")
def test_a_preview_holds_no_more_than_both_may_see_and_says_that_something_is_withheld(
    family: Family,
) -> None:
    people = {name: family.people[name].id for name in ("father", "teacher")}
    save(family, "concern", content={"worry": "NOT FOR FRANK"},
         audience=AudienceChoice(shut_out=frozenset({people["father"]}), reason="x"))  # fmt: skip
    save(family, "concern", content={"worry": "NOT FOR TARIQ"},
         audience=AudienceChoice(shut_out=frozenset({people["teacher"]}), reason="x"))  # fmt: skip
    preview = sheet(family, reader=people["father"])
    assert preview.withheld and "NOT FOR FRANK" not in repr(preview) and "NOT FOR TARIQ" in repr(preview)
    both = sheet(family, "teacher", reader=people["father"])
    assert both.empty and both.withheld is False or "NOT FOR" not in repr(both)
    assert not sheet(family, reader=family.people["mother"].id).withheld
    with pytest.raises(Closed):
        sheet(family, reader=family.people["stranger"].id)


@pytest.mark.requirement("R57")
def test_narrowing_hides_earlier_texts_and_widening_does_not_uncover_them(family: Family) -> None:
    whole_plan(family)
    item = save(family, "contingency", content={"trigger": "OPEN"}).item
    force(family)
    hidden = AudienceChoice("professionals", reason="x")
    save(family, "contingency", item=item, base=1, content={"trigger": "SHUT"}, audience=hidden)
    assert "OPEN" not in repr(sheet(family, "mother", version=1))
    assert "OPEN" in repr(sheet(family, version=1))
    told = differences(group=family.group, child=family.child.id, a=1, b=2, by=family.mother)
    assert told.nothing  # not even that something was withdrawn
    save(family, "contingency", item=item, base=2, content={"trigger": "WIDE"}, audience=AudienceChoice())
    seen = repr(history(group=family.group, child=family.child.id, item=item, by=family.mother))
    assert "WIDE" in seen and "OPEN" in seen and "SHUT" not in seen
    told = differences(group=family.group, child=family.child.id, a=2, b=3, by=family.mother)
    assert "SHUT" not in repr(told)


@pytest.mark.requirement("R10")
def test_differences_are_told_in_words(family: Family) -> None:
    made = whole_plan(family)
    force(family)
    teacher = family.people["teacher"].id
    save(family, "action", item=made["action"].item, base=1, owner=teacher, by_when=date(2026, 6, 15))
    save(family, "contingency", content={"trigger": "A second one"})
    withdraw_item(group=family.group, child=family.child.id, item=made["contact"].item, base=1,
                  reason="The school does it.", by=family.lead)  # fmt: skip
    told = differences(group=family.group, child=family.child.id, a=1, b=4, by=family.lead)
    changed = {one.field: (one.label, one.before, one.after) for one in told.changed[0].fields}
    assert changed == {
        "owner": ("Who does it", "Hana Pryce (Community health)", "Tariq Shah (Oak Lane School)"),
        "by_when": ("By when", "1 June 2026", "15 June 2026"),
    }
    assert [one.heading for one in told.added] == ["A second one"]
    assert [(one.kind_word, one.because) for one in told.withdrawn] == [
        ("Agreed contact", "The school does it.")
    ]
    back = differences(group=family.group, child=family.child.id, a=4, b=1, by=family.lead)
    assert [one.heading for one in back.withdrawn] == ["A second one"]
    with pytest.raises(Closed):
        differences(group=family.group, child=family.child.id, a=1, b=9, by=family.lead)
    with pytest.raises(Closed):
        differences(group=family.group, child=family.child.id, a=1, b=4, by=family.stranger)


@pytest.mark.requirement("R29")
def test_a_history_says_who_and_when(family: Family) -> None:
    saved = save(family, "concern")
    save(family, "concern", item=saved.item, base=1, content={"worry": "Another"}, by=family.teacher)
    told = history(group=family.group, child=family.child.id, item=saved.item, by=family.lead)
    assert [(line.revision, line.by_name) for line in told.revisions] == [
        (2, "Tariq Shah"),
        (1, "Lena Marsh"),
    ]
    assert [(number, fields[0].before) for number, fields in told.changes] == [
        (2, CONTENT["concern"]["worry"])
    ]
    with pytest.raises(Closed):
        history(group=family.group, child=family.child.id, item=saved.item, by=family.stranger)


@pytest.mark.requirement("R34")
def test_a_version_shows_the_answers_to_its_own_demands(family: Family) -> None:
    made = whole_plan(family)
    answer_action(
        group=family.group, item=made["action"].item, revision=1, answer="accepted", by=family.health_visitor
    )
    force(family)
    save(family, "action", item=made["action"].item, base=1, by_when=date(2026, 6, 15))
    assert sheet(family, version=1).actions[0].answer.answer == "accepted"
    assert sheet(family, version=2).actions[0].answer is None


@pytest.mark.requirement("R57")
def test_the_family_is_shown_nothing_of_the_workshop(family: Family) -> None:
    save(family, "concern")
    seen = sheet(family, "mother")
    assert (seen.missing, seen.outline_open, seen.can_build, seen.can_force) == ((), (), False, False)
    assert sheet(family).missing and sheet(family).can_force


def many(family: Family, count: int) -> None:
    """Copies of every kind of item, in bulk, so that the cost of many can be measured."""
    for kind in ("concern", "contact", "contingency", "view"):
        row = m.PlanRevision.objects.filter(kind=kind).select_related("item").first()
        items = [
            m.PlanItem(
                authority=row.authority, group=row.group, plan=row.item.plan, kind=kind, position=number
            )
            for number in range(count)
        ]
        m.PlanItem.objects.bulk_create(items)
        m.PlanRevision.objects.bulk_create(
            m.PlanRevision(
                authority=row.authority,
                group=row.group,
                item=item,
                number=1,
                kind=kind,
                content=row.content,
                owner=row.owner,
                new_because=row.new_because,
                audience=row.audience,
                by=row.by,
            )  # fmt: skip
            for item in items
        )


def test_five_hundred_items_cost_as_many_queries_as_three(family: Family) -> None:
    made = whole_plan(family)
    force(family)
    item, by, mother = made["concern"].item, family.lead, family.mother
    child = family.child.id
    calls = {
        "sheet": (lambda: plan_sheet(group=family.group, child=child, by=by), 10),
        "version": (lambda: plan_sheet(group=family.group, child=child, version=1, by=by), 10),
        "mother": (lambda: plan_sheet(group=family.group, child=child, by=mother), 10),
        "overview": (lambda: plan_overview(group=family.group, by=by), 7),
        "versions": (lambda: plan_versions(group=family.group, child=family.child.id, by=by), 6),
        "history": (lambda: history(group=family.group, child=family.child.id, item=item, by=by), 8),
        "item": (lambda: item_page(group=family.group, child=family.child.id, item=item, by=by), 8),
    }
    few = {name: _count(call) for name, (call, _most) in calls.items()}
    assert {name: count for name, count in few.items() if count > calls[name][1]} == {}
    many(family, 125)
    assert {name: _count(call) for name, (call, _most) in calls.items()} == few


def _count(call: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        call()
    return len(caught)
