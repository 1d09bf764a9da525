"""The steps of a meeting: the procedure's agenda, and what every core group needs around it."""

from dataclasses import replace

import pytest

from coregroup.rules import book, meeting_entries
from coregroup.rules.agenda_steps import STEP, step_for_guard, step_of, steps_of
from coregroup.rules.procedure import Item

PROCEDURES = ["denbighshire", "scottish-council", "cambridgeshire", "warwickshire", "nottinghamshire"]
ORDER = [
    "set_up", "welcome", "family_first", "child", "chronology", "plan", "recommendations", "risk",
    "contingency", "views", "decisions", "next_date", "questions", "read_back", "close",
]  # fmt: skip


@pytest.mark.requirement("R86")
@pytest.mark.requirement("R85")
@pytest.mark.parametrize("name", PROCEDURES)
def test_the_scottish_order_is_the_default_family_before_agencies(name: str) -> None:
    steps = steps_of(book.load(name))
    assert [step.code for step in steps] == ORDER
    assert all(step.title["en"] and step.title["cy"] for step in steps)
    assert {kind for step in steps for kind in step.kinds} <= set(meeting_entries.KINDS)


def test_every_closing_guard_has_a_step_where_it_is_met() -> None:
    procedure = book.load("scottish-council")
    for guard in procedure.closing:
        assert step_for_guard(procedure, guard) is not None, guard
    assert step_for_guard(procedure, "unheard of") is None


def test_a_procedure_orders_its_agenda_and_adds_points_of_its_own() -> None:
    procedure = book.load("denbighshire")
    own = Item("education", {"en": "Schooling", "cy": "Addysg"})
    agenda = (own, *(item for item in procedure.agenda if item.code not in ("next_date", "chronology")))
    changed = replace(procedure, sections={**procedure.sections, "agenda": agenda})
    codes = [step.code for step in steps_of(changed)]
    assert codes[:3] == ["set_up", "education", "welcome"]
    assert codes[-5:] == ["child", "decisions", "questions", "read_back", "close"]
    schooling = step_of(changed, "education")
    assert schooling and schooling.route == STEP and schooling.kinds == ("note",)
    assert step_of(changed, "chronology") is None
