"""The owner of an action answers it; the lead worker only where they cannot (R34)."""

from __future__ import annotations

from typing import Any

import pytest

from coregroup.casefile.plans import plan_sheet
from coregroup.casework.answers import answer_action
from coregroup.records import models as m
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems, Refused
from tests.builders import Family, account_for
from tests.casework.plan_steps import SUMMER, save, whole_plan

pytestmark = pytest.mark.requirement("R34")


def answer(family: Family, made: Any, **more: Any) -> Any:
    values = {"answer": "accepted", "by": family.health_visitor, "revision": made.revision} | more
    return answer_action(group=family.group, item=made.item, **values)


def standing(family: Family) -> Any:
    return plan_sheet(group=family.group, child=family.child.id, by=family.lead).actions[0].answer


def test_the_owner_accepts(family: Family) -> None:
    made = whole_plan(family)["action"]
    answer(family, made)
    assert standing(family).answer == "accepted"
    assert standing(family).recorded_by == ""


def test_the_owner_declines_with_a_reason_and_the_lead_is_told(family: Family) -> None:
    made = whole_plan(family)["action"]
    with pytest.raises(Problems) as told:
        answer(family, made, answer="declined", reason=" ")
    assert told.value.faults[0][0] == "reason"
    answer(family, made, answer="declined", reason="I leave the service in May.")
    assert standing(family).reason == "I leave the service in May."
    notices = m.Notice.objects.filter(code="action_declined")
    assert [notice.to_id for notice in notices] == [family.people["lead"].id]
    assert m.AgendaItem.objects.filter(code="action_declined").count() == 1


def test_the_last_answer_counts_and_every_answer_is_kept(family: Family, today: Any) -> None:
    made = whole_plan(family)["action"]
    answer(family, made, answer="declined", reason="No time.")
    today.shift(60)
    answer(family, made)
    assert standing(family).answer == "accepted"
    assert m.ActionAnswer.objects.count() == 2


def test_an_answer_lapses_when_what_is_asked_changes(family: Family) -> None:
    plan = whole_plan(family)
    answer(family, plan["action"])
    later = SUMMER.replace(day=20)
    again = save(family, "action", item=plan["action"].item, base=1, by_when=later)
    assert standing(family) is None
    with pytest.raises(Problem, match="changed while you were reading"):
        answer(family, plan["action"])
    answer(family, again)
    assert standing(family).answer == "accepted"


def test_an_answer_stands_while_the_same_is_asked(family: Family) -> None:
    plan = whole_plan(family)
    answer(family, plan["action"])
    save(family, "action", item=plan["action"].item, base=1, part="monitoring")
    assert standing(family).answer == "accepted"


def test_an_owner_does_not_say_that_they_could_not_be_asked(family: Family) -> None:
    made = whole_plan(family)["action"]
    with pytest.raises(Problem) as told:
        answer(family, made, answer="could_not_ask", reason="Away")
    assert told.value.field == "answer"


def test_a_parent_answers_their_own_action(family: Family) -> None:
    plan = whole_plan(family)
    hers = save(family, "action", under=plan["outcome"].item, owner=family.people["mother"].id)
    answer(family, hers, by=family.mother)
    assert m.ActionAnswer.objects.get().recorded_by_id == family.people["mother"].id


def test_the_lead_records_that_an_owner_could_not_be_asked(family: Family) -> None:
    made = whole_plan(family)["action"]
    with pytest.raises(Problems):
        answer(family, made, answer="could_not_ask", by=family.lead)
    answer(family, made, answer="could_not_ask", reason="On leave until Monday.", by=family.lead)
    assert standing(family).recorded_by == "Lena Marsh"


def test_the_lead_answers_only_for_an_owner_without_an_account(family: Family) -> None:
    made = whole_plan(family)["action"]
    with pytest.raises(Problems):  # who told it?
        answer(family, made, by=family.lead)
    answer(family, made, by=family.lead, reason="Hana told me on the telephone.")
    account_for(family.people["health_visitor"])
    with pytest.raises(Problem, match="can sign in"):
        answer(family, made, by=family.lead, reason="Hana told me on the telephone.")


def test_who_may_not_answer(family: Family) -> None:
    made = whole_plan(family)["action"]
    with pytest.raises(Refused):
        answer(family, made, by=family.teacher)
    with pytest.raises(Closed):
        answer(family, made, by=family.stranger)
    with pytest.raises(Closed):  # the other child's father knows nothing of this one
        answer(family, made, by=family.gil)
    with pytest.raises(Refused):
        answer(family, made, by=family.chair)
    assert not m.ActionAnswer.objects.exists()


def test_an_unknown_answer_and_an_unknown_action(family: Family) -> None:
    plan = whole_plan(family)
    with pytest.raises(Problem):
        answer(family, plan["action"], answer="perhaps")
    with pytest.raises(Closed):
        answer(family, plan["outcome"])


def test_the_same_answer_sent_twice_is_kept_once(family: Family) -> None:
    made = whole_plan(family)["action"]
    answer(family, made, once="a" * 32)
    with pytest.raises(AlreadyDone):
        answer(family, made, once="a" * 32)
    assert m.ActionAnswer.objects.count() == 1
