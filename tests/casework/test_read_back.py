"""Everybody hears their new and changed actions, and says what they say to them (R34, R52)."""

from __future__ import annotations

from typing import Any

import pytest

from coregroup.access.doors import open_group
from coregroup.casework.answers import answer_action
from coregroup.casework.read_back import record_all_said, record_said, unanswered
from coregroup.records import models as m
from coregroup.rules.access import Capability
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from tests.builders import Family
from tests.casework.deciding import attends, planned, sitting
from tests.casework.plan_steps import SUMMER, save

pytestmark = pytest.mark.requirement("R34", "R52")


def waiting(family: Family, meeting: Any) -> dict[Any, str]:
    case = open_group(family.group, by=family.lead, to=Capability.TAKE_PART)
    row = m.Meeting.objects.get(id=meeting)
    return {one.item: one.owner_name for one in unanswered(case, row)}


def said(family: Family, meeting: Any, item: Any, who: str = "lead", **more: Any) -> Any:
    return record_said(
        group=family.group, meeting=meeting, item=item, by=family.actor(who),
        **({"answer": "accepted"} | more),
    )  # fmt: skip


def test_one_action_after_the_other(family: Family) -> None:
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    old = save(family, "action", under=outcome.item)
    with pytest.raises(Problem):  # nobody has begun
        said(family, planned(family), old.item)
    meeting = sitting(family)
    hers = save(family, "action", under=outcome.item)
    his = save(family, "action", under=outcome.item, owner=family.people["teacher"].id)
    mothers = save(family, "action", under=outcome.item, owner=family.people["mother"].id)
    assert waiting(family, meeting) == {
        hers.item: "Hana Pryce", his.item: "Tariq Shah", mothers.item: "Mary Rowe"
    }  # fmt: skip
    said(family, meeting, mothers.item)
    row = m.ActionAnswer.objects.get()
    assert (row.owner, row.recorded_by, row.reason) == (family.people["mother"], family.people["lead"], "")
    heard = m.MeetingEntry.objects.get(kind="read_back")
    assert (heard.about, heard.content["confirmed"]) == (family.people["mother"].id, "yes")
    assert heard.audience.base == "professionals"
    attends(family, meeting, "teacher", "apologies")
    with pytest.raises(Refused, match="Tariq Shah is not noted as being here"):
        said(family, meeting, his.item)
    for answer, field in (("declined", "reason"), ("could_not_ask", "reason"), ("maybe", "answer")):
        with pytest.raises(Problems) as found:
            said(family, meeting, his.item, answer=answer)
        assert found.value.faults[0][0] == field
    said(family, meeting, his.item, answer="could_not_ask", reason="He had to leave.")
    answer_action(group=family.group, item=hers.item, revision=1, answer="accepted", by=family.health_visitor)
    assert not waiting(family, meeting)
    with pytest.raises(Refused):
        said(family, meeting, hers.item, who="mother")
    with pytest.raises(Closed):
        said(family, meeting, hers.item, who="stranger")


def test_all_of_one_person_after_the_list_was_shown(family: Family) -> None:
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    old = save(family, "action", under=outcome.item)
    answer_action(group=family.group, item=old.item, revision=1, answer="accepted", by=family.health_visitor)
    meeting = sitting(family)
    person = family.people["health_visitor"].id
    save(family, "action", under=outcome.item, item=old.item, base=1, new_because="Said again.")
    assert not waiting(family, meeting)  # what is asked has not changed: the answer stands
    moved = save(family, "action", under=outcome.item, item=old.item, base=2,
                 by_when=SUMMER.replace(month=7), new_because="Said again.")  # fmt: skip
    new = save(family, "action", under=outcome.item)

    def all_said(read: Any, **more: Any) -> int:
        return record_all_said(
            group=family.group, meeting=meeting, person=person, read=read, by=family.lead, **more
        )

    with pytest.raises(Problem, match="changed meanwhile"):
        all_said({new.item: 1})
    with pytest.raises(Problem):
        all_said({new.item: 1, old.item: 2})
    with pytest.raises(Problems):
        all_said({new.item: 1, old.item: moved.revision}, answer="could_not_ask")
    assert all_said({new.item: 1, old.item: moved.revision}) == 2
    assert m.MeetingEntry.objects.get(kind="read_back").content == {"confirmed": "yes"}
    with pytest.raises(Problem):  # there is nothing left to be answered
        all_said({})


def test_the_family_answers_what_is_in_force_not_what_is_proposed(family: Family) -> None:
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    mother = family.people["mother"].id
    old = save(family, "action", under=outcome.item, owner=mother)
    sitting(family)
    save(family, "action", under=outcome.item, item=old.item, base=1, owner=mother,
         by_when=SUMMER.replace(month=7))  # fmt: skip
    new = save(family, "action", under=outcome.item, owner=mother)
    answer_action(group=family.group, item=old.item, revision=1, answer="accepted", by=family.mother)
    with pytest.raises(Closed):
        answer_action(group=family.group, item=new.item, revision=1, answer="accepted", by=family.mother)
