"""The outline plan as each reader sees it, and at what cost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from coregroup.casefile.outline import outline, outline_desk, outline_item
from coregroup.casefile.plans_forms import item_page
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.outline import NewOutlineItem, bring_in_outline, mark_read, set_aside_item
from coregroup.casework.plans import save_item
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed, Refused
from tests.builders import Family


def bring(family: Family, *, rows: int = 1, audience: AudienceChoice | None = None, child: int = 0) -> Any:
    items = [
        NewOutlineItem(
            (family.children[child].id,), concern=f"Concern {number}", action=f"Action {number}",
            by_when=date(2026, 4, 2), audience=audience or AudienceChoice(),
        )
        for number in range(rows)
    ]  # fmt: skip
    return bring_in_outline(group=family.group, items=items, by=family.lead)


def seen_by(family: Family, by: Actor, **more: Any) -> dict[str, list[str]]:
    view = outline(group=family.group, by=by, **more)
    return {child.name: [line.action for line in child.lines] for child in view.children}


def test_everybody_sees_their_own_cut(family: Family) -> None:
    bring(family)
    bring(family, child=1)
    shut_out = AudienceChoice(shut_out=frozenset({family.people["mother"].id}), reason="Risk")
    items = [NewOutlineItem((family.child.id,), action="Kept from the mother", audience=shut_out)]
    bring_in_outline(group=family.group, items=items, by=family.lead)
    everything = {"Ben Rowe": ["Action 0", "Kept from the mother"], "Amy Rowe": ["Action 0"]}
    assert seen_by(family, family.teacher) == everything
    assert seen_by(family, family.mother) == {"Ben Rowe": ["Action 0"], "Amy Rowe": ["Action 0"]}
    assert seen_by(family, family.father) == {"Ben Rowe": ["Action 0", "Kept from the mother"]}
    assert seen_by(family, family.gil) == {"Amy Rowe": ["Action 0"]}
    mother = family.people["mother"].id
    assert seen_by(family, family.lead, reader=mother)["Ben Rowe"] == ["Action 0"]
    with pytest.raises(Closed):
        outline(group=family.group, by=family.stranger)
    with pytest.raises(Closed):
        outline(group=family.group, by=family.lead, reader=family.people["stranger"].id)
    with pytest.raises(Refused):
        outline_desk(group=family.group, by=family.teacher)
    with pytest.raises(Closed):
        outline_item(group=family.group, item=family.child.id, by=family.lead)


def test_the_family_is_not_told_who_has_read_nor_who_is_shut_out(family: Family) -> None:
    shut_out = AudienceChoice(shut_out=frozenset({family.people["father"].id}), reason="Risk")
    bring(family, audience=shut_out)
    mark_read(group=family.group, by=family.teacher)
    own = outline(group=family.group, by=family.mother)
    assert own.readings == () and own.children[0].lines[0].audience is None
    whole = outline(group=family.group, by=family.lead)
    assert [(one.name, one.at is not None) for one in whole.readings] == [
        ("Hana Pryce", False), ("Lena Marsh", False), ("Tariq Shah", True)
    ]  # fmt: skip
    told = whole.children[0].lines[0].audience
    assert told is not None and told.shut_out == ("Frank Dale",) and told.reason == "Risk"


@pytest.mark.requirement("R11")
def test_it_says_what_was_taken_up_and_by_whom(family: Family) -> None:
    (item,) = bring(family)
    save_item(
        group=family.group, child=family.child.id, kind="concern", content={"worry": "He misses school."},
        outline=item, by=family.teacher,
    )  # fmt: skip
    (taken,) = outline(group=family.group, by=family.lead).children[0].lines[0].taken_up
    assert (taken.kind, taken.text, taken.by) == ("concern", "He misses school.", "Tariq Shah")
    assert outline(group=family.group, by=family.mother).children[0].lines[0].taken_up == ()


@pytest.mark.parametrize("name", ["lead", "mother"])
def test_five_hundred_rows_cost_no_more_than_one(
    family: Family, name: str, django_assert_max_num_queries: Any
) -> None:
    bring(family)
    with django_assert_max_num_queries(10) as few:
        outline(group=family.group, by=family.actor(name))
    items = [NewOutlineItem((family.child.id,), action=f"More {number}") for number in range(499)]
    bring_in_outline(group=family.group, items=items, by=family.lead)
    with django_assert_max_num_queries(10) as many:
        assert len(outline(group=family.group, by=family.actor(name)).children[0].lines) == 500
    assert len(few) == len(many)


@pytest.mark.requirement("R11")
def test_what_an_item_came_from_stays_to_choose_though_it_was_set_aside(family: Family) -> None:
    taken, other = bring(family, rows=2)
    child = family.child.id
    made = save_item(
        group=family.group, child=child, kind="concern", content={"worry": "He misses school."},
        outline=taken, by=family.lead,
    )  # fmt: skip
    for item in (taken, other):
        set_aside_item(group=family.group, item=item, reason="The school does it.", by=family.lead)
    changing = item_page(group=family.group, child=child, item=made.item, by=family.lead)
    assert [one.value for one in changing.outline] == [str(taken)]
    assert item_page(group=family.group, child=child, kind="concern", by=family.lead).outline == ()
