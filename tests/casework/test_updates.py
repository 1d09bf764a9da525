"""A member's update: written, joined, checked by the manager, given, changed; and who reads it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coregroup.access.doors import open_group
from coregroup.casefile.audiences import cut_of
from coregroup.casefile.updates import GivenUpdate, given_updates
from coregroup.casefile.updates_check import update_to_check
from coregroup.casefile.updates_own import own_update
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.chronology import write_entry
from coregroup.casework.ratings import rate_outcome
from coregroup.casework.sessions import begin_meeting
from coregroup.casework.updates import (
    ask_manager,
    change_update,
    give_update,
    pass_update,
    return_update,
    save_update,
)
from coregroup.records import models as m
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Clash, Closed, Problem, Problems, Refused
from tests.builders import Family, actor
from tests.casework.plan_steps import save, whole_plan


def meeting_of(family: Family) -> UUID:
    return m.Meeting.objects.get(group=family.group, state="planned").id


def write(family: Family, by: Actor, /, base: int = 0, audience: Any = None, **parts: Any) -> int:
    told = {about.replace("ben", str(family.children[0].id)).replace("amy", str(family.children[1].id)): one
            for about, one in parts.items()}  # fmt: skip
    return save_update(
        group=family.group, meeting=meeting_of(family), parts=told, base=base, audience=audience, by=by
    )


def read(family: Family, by: Actor) -> tuple[GivenUpdate, ...]:
    """The given updates as somebody reads them."""
    case = open_group(family.group, by=by, to=Capability.SEE_MEETING)
    meeting = m.Meeting.objects.filter(group=family.group).first()
    assert meeting is not None
    return given_updates(case, cut_of(case), meeting)


def limit(family: Family, name: str, child: int) -> None:
    m.Membership.objects.filter(group_id=family.group, person=family.people[name]).update(
        limited_to=[str(family.children[child].id)]
    )


@pytest.mark.requirement("R16")
@pytest.mark.requirement("R108")
def test_an_update_is_kept_joined_and_given(family: Family, django_assert_max_num_queries: Any) -> None:
    meeting, hv = meeting_of(family), family.health_visitor
    first = write(family, hv, all={"contact": "Seen at home twice."}, ben={"changed": "Sleeps better."})
    # On another device, another field of the same part: joined. The same field: both texts, nothing kept.
    assert write(family, hv, base=first, all={"could_not": "The clinic was closed."}) == first + 1
    with pytest.raises(Clash) as clash:
        write(family, hv, base=0, all={"contact": "Seen three times."}, ben={"changed": "No news."})
    assert clash.value.theirs == {"contact": "Seen at home twice."}
    assert m.UpdatePart.objects.count() == 3
    assert write(family, hv, base=2, all={"could_not": "The clinic was closed."}) == 2, "nothing changed"
    assert read(family, family.lead) == (), "a draft is its writer's alone"
    give_update(group=family.group, meeting=meeting, by=hv)
    with pytest.raises(Refused):
        write(family, hv, base=2, all={"contact": "Else."})
    case = open_group(family.group, by=family.lead, to=Capability.SEE_MEETING)
    cut = cut_of(case)
    with django_assert_max_num_queries(4):
        (one,) = given_updates(case, cut, meeting)
    assert (one.contact, one.could_not, one.agency_name) == (
        "Seen at home twice.", "The clinic was closed.", "Community health",
    )  # fmt: skip
    assert [(child.name, child.changed) for child in one.children] == [("Ben Rowe", "Sleeps better.")]
    assert not one.nothing_new and one.given_by == ""
    change_update(group=family.group, meeting=meeting, by=hv)
    assert read(family, family.lead) == ()
    with pytest.raises(Refused):
        change_update(group=family.group, meeting=meeting, by=hv)


def test_what_cannot_be_kept_and_who_cannot_write(family: Family) -> None:
    meeting = meeting_of(family)
    for who in (family.mother, family.chair, family.manager):
        with pytest.raises(Refused):
            write(family, who, all={"contact": "x"})
    with pytest.raises(Closed):
        write(family, family.stranger, all={"contact": "x"})
    with pytest.raises(Closed):
        write(family, family.teacher, all={"secret": "x"})
    limit(family, "teacher", 0)
    with pytest.raises(Closed):
        write(family, family.teacher, amy={"changed": "x"})
    with pytest.raises(Problem, match="Nothing is written"):
        give_update(group=family.group, meeting=meeting, by=family.teacher)
    with pytest.raises(Problems) as faults:
        write(family, family.teacher, all={"contact": "x" * 20_001}, family={"shared": "yes"})
    assert {field for field, _ in faults.value.faults} == {"contact", "on", "how"}
    with pytest.raises(Problems):
        write(family, family.teacher, family={"shared": "no"})
    with pytest.raises(Problems, match="past"):
        write(family, family.teacher, family={"shared": "yes", "on": "2026-12-01", "how": "Letter"})
    with pytest.raises(Problem, match="shut yourself out"):
        write(
            family, family.teacher, all={"contact": "x"},
            audience=AudienceChoice(shut_out=frozenset({family.people["teacher"].id}), reason="No"),
        )  # fmt: skip
    m.Meeting.objects.filter(id=meeting).update(state="closed")
    with pytest.raises(Refused):
        save_update(group=family.group, meeting=meeting, parts={"all": {"contact": "x"}}, by=family.teacher)


@pytest.mark.requirement("R16")
def test_the_manager_looks_at_it_first(family: Family) -> None:
    meeting, hv = meeting_of(family), family.people["health_visitor"].id
    asked = {"group": family.group, "meeting": meeting, "person": hv}
    write(family, family.health_visitor, all={"contact": "Seen at home."})
    with pytest.raises(Closed):
        update_to_check(**asked, by=family.nurse_manager)
    ask_manager(group=family.group, meeting=meeting, by=family.health_visitor)
    notice = m.Notice.objects.get(code="update_to_check")
    assert notice.to_id == family.people["nurse_manager"].id
    page = update_to_check(**asked, by=family.nurse_manager)
    assert page.waits and page.contact == "Seen at home." and page.name == "Hana Pryce"
    with pytest.raises(Closed):
        update_to_check(**asked, by=family.manager)
    with pytest.raises(Closed):
        pass_update(**asked, by=family.manager)
    with pytest.raises(Refused):
        pass_update(**asked, by=family.health_visitor)
    with pytest.raises(Problems):
        return_update(**asked, said=" ", by=family.nurse_manager)
    return_update(**asked, said="Say how she was.", by=family.nurse_manager)
    own = own_update(group=family.group, meeting=meeting, by=family.health_visitor)
    assert (own.now.state, own.now.checker_said) == ("returned", "Say how she was.")
    write(family, family.health_visitor, base=1, all={"contact": "Seen at home, she smiled."})
    ask_manager(group=family.group, meeting=meeting, by=family.health_visitor)
    pass_update(**asked, by=family.nurse_manager)
    with pytest.raises(Refused):
        pass_update(**asked, by=family.nurse_manager)
    own = own_update(group=family.group, meeting=meeting, by=family.health_visitor)
    assert own.now.state == "draft" and own.now.checker == "Nell Firth" and not own.now.changed_since
    # The teacher has no line manager in the lists: the update is given without this check.
    write(family, family.teacher, all={"nothing_new": "yes"})
    with pytest.raises(Problem, match="line manager"):
        ask_manager(group=family.group, meeting=meeting, by=family.teacher)
    give_update(group=family.group, meeting=meeting, by=family.teacher)
    assert read(family, family.lead)[0].nothing_new


@pytest.mark.requirement("R17")
def test_the_family_reads_it_once_it_was_shared_or_the_meeting_has_begun(family: Family, today: Any) -> None:
    meeting = meeting_of(family)
    write(
        family, family.teacher, all={"contact": "Spoke with all."}, ben={"changed": "Ben reads."},
        amy={"changed": "Amy talks."},
    )  # fmt: skip
    give_update(group=family.group, meeting=meeting, by=family.teacher)
    assert read(family, family.mother) == () and read(family, family.lead)
    change_update(group=family.group, meeting=meeting, by=family.teacher)
    family_part = {"shared": "yes", "on": "2026-03-17", "how": "On the telephone", "said": "Mary agrees."}
    write(family, family.teacher, base=1, family=family_part)
    give_update(group=family.group, meeting=meeting, by=family.teacher)
    (one,) = read(family, family.mother)
    assert (one.shared_on, one.family_said) == (date(2026, 3, 17), "Mary agrees.")
    assert [child.changed for child in one.children] == ["Ben reads.", "Amy talks."]
    # The father who does not meet with her learns nothing of what she said, and of Ben alone once it began.
    assert read(family, family.father) == ()
    begin_meeting(
        group=family.group, meeting=meeting, chair=family.people["teacher"].id,
        minute_taker=family.people["health_visitor"].id, by=family.lead,
    )  # fmt: skip
    (one,) = read(family, family.father)
    assert [child.changed for child in one.children] == ["Ben reads."]
    assert (one.contact, one.family_said, one.shared_on) == ("", "", None)
    (one,) = read(family, family.gil)
    assert [child.changed for child in one.children] == ["Amy talks."]


@pytest.mark.requirement("R57")
def test_each_part_is_cut_to_its_reader(family: Family, today: Any) -> None:
    meeting = meeting_of(family)
    whole_plan(family)
    outcome = m.PlanItem.objects.get(kind="outcome")
    named = AudienceChoice(
        "named", frozenset({family.people["teacher"].id, family.people["lead"].id}), reason="Police.",
        permitted_by="Chair", review_on=date(2026, 6, 1),
    )  # fmt: skip
    write(family, family.teacher, audience=named, all={"contact": "Told in trust."}, ben={"changed": "Ben."})
    rate_outcome(
        group=family.group, item=outcome.id, value=6, evidence="He says so.", meeting=meeting,
        by=family.teacher,
    )  # fmt: skip
    today.shift(1)
    rate_outcome(
        group=family.group, item=outcome.id, value=7, evidence="He says so twice.", meeting=meeting,
        by=family.teacher,
    )  # fmt: skip
    give_update(group=family.group, meeting=meeting, by=family.teacher)
    (one,) = read(family, family.lead)
    assert one.contact and [(line.value, line.evidence) for line in one.ratings] == [(7, "He says so twice.")]
    (one,) = read(family, family.health_visitor)
    assert not one.contact and not one.children and one.ratings
    limit(family, "health_visitor", 1)
    (one,) = read(family, family.health_visitor)
    assert not one.ratings and not one.says_something
    limit(family, "teacher", 0)  # a member for Ben alone: whoever knows of Amy alone does not know of them
    assert read(family, family.health_visitor) == () and read(family, family.lead)


@pytest.mark.requirement("R108")
def test_it_begins_from_what_is_known_and_asserts_nothing(family: Family) -> None:
    meeting = meeting_of(family)
    made = whole_plan(family)
    before = own_update(group=family.group, meeting=meeting, by=family.health_visitor)
    (action,) = before.actions
    assert not action.said and before.now.state == "" and not before.written
    assert [one.value for one in before.outcomes] == [None]
    assert [one.child for one in before.contacts] == ["Ben"]
    write_entry(group=family.group, on=date(2026, 3, 16), text="Weighed Amy.", by=family.health_visitor)
    write_entry(group=family.group, on=date(2026, 3, 16), text="Not hers.", by=family.teacher)
    save(family, "action", under=made["outcome"].item, owner=family.people["teacher"].id)
    after = own_update(group=family.group, meeting=meeting, by=family.health_visitor)
    assert [one.text for one in after.entries] == ["Weighed Amy."] and len(after.actions) == 1
    with pytest.raises(Closed):
        own_update(group=family.group, meeting=made["action"].item, by=family.health_visitor)
    with pytest.raises(Refused):
        own_update(group=family.group, meeting=meeting, by=actor(family.people["mother"]))
