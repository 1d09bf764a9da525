"""Between meetings: my actions, the board, how far an action is, notes to the lead worker."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.access.actors import system_actor
from coregroup.casefile.actions import my_actions
from coregroup.casefile.board import action_board, action_sheet
from coregroup.casefile.notices import waiting
from coregroup.casefile.plans import plan_sheet
from coregroup.casework import clock
from coregroup.casework.action_states import set_action_state
from coregroup.casework.answers import answer_action
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.opening import open_core_group
from coregroup.records import models as m
from coregroup.rules import moves
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from tests.builders import Family, an_opening
from tests.casework.plan_steps import SUMMER, save
from tests.conftest import LONDON

Clients = Callable[..., Any]
CLOCK = system_actor("clock", duties=frozenset({"clock"}))
WHAT = "Agree a written list"


def action(family: Family, **more: Any) -> Any:
    """An action of Hana Pryce's with a concern and an outcome above it."""
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    return save(family, "action", under=outcome.item, **more)


def say(family: Family, item: Any, state: str, because: str = "", who: str = "health_visitor") -> None:
    set_action_state(group=family.group, item=item, state=state, because=because, by=family.actor(who))


def in_force(family: Family) -> None:
    plan = m.Plan.objects.get(child=family.child)
    m.PlanVersion.objects.create(
        authority=family.authority, group_id=family.group, plan=plan, number=1,
        at=datetime(2026, 3, 18, 12, tzinfo=LONDON), by=family.people["lead"],
    )  # fmt: skip


@pytest.mark.requirement("R59", "R102")
def test_every_move_of_an_action_by_the_table_and_no_other(family: Family, today: Any) -> None:
    made = action(family)
    table = {(move.before, move.after): bool(move.needs) for move in moves.ACTION}
    for before in moves.ACTION_STATES:
        for after in moves.ACTION_STATES:
            today.shift(60)
            m.ActionState.objects.create(
                authority=family.authority, group_id=family.group, item_id=made.item, state=before,
                because="x", on=date(2026, 3, 18), audience=m.PlanRevision.objects.first().audience,
                by=family.people["lead"],
            )  # fmt: skip
            today.shift(60)
            if (before, after) not in table:
                with pytest.raises((Problem, Problems)):
                    say(family, made.item, after, "because")
                continue
            if table[before, after]:
                with pytest.raises(Problems):
                    say(family, made.item, after)
            say(family, made.item, after, "because" if table[before, after] else "")
            line = next(one for one in plan_sheet(group=family.group, child=family.child.id,
                                                  by=family.lead).actions)  # fmt: skip
            assert line.state == after
    with pytest.raises(Problems):
        say(family, made.item, "gone", "because")


@pytest.mark.requirement("R59")
def test_who_says_how_far_an_action_is(family: Family, today: Any) -> None:
    made = action(family)
    for name in ("teacher", "mother"):
        with pytest.raises(Refused):
            say(family, made.item, "under_way", who=name)
    for name in ("chair", "manager"):
        with pytest.raises(Refused):
            say(family, made.item, "done", who=name)
    with pytest.raises(Closed):
        say(family, made.item, "done", who="stranger")
    with pytest.raises(Problems):
        set_action_state(
            group=family.group, item=made.item, state="done", on=date(2026, 3, 19), by=family.health_visitor
        )
    say(family, made.item, "cannot_yet", "The form is missing.")
    told = [one.code for one in waiting(by=family.lead)]
    assert "action_cannot_yet" in told and m.AgendaItem.objects.filter(code="action_cannot_yet").exists()
    today.shift(60)
    say(family, made.item, "under_way", who="lead")
    m.Meeting.objects.update(state="in_session", held_on=date(2026, 3, 18))
    today.shift(60)
    say(family, made.item, "done", "Ben says he is not afraid any more.", who="teacher")
    with pytest.raises(Refused):
        say(family, made.item, "not_started", "x", who="mother")
    assert not m.OutcomeRating.objects.exists(), "what was done says nothing of what has changed"
    sheet = action_sheet(group=family.group, item=made.item, by=family.lead)
    assert [one.state for one in sheet.history] == ["done", "under_way", "cannot_yet"]
    assert sheet.history[0].meeting and sheet.line.outcome


@pytest.mark.requirement("R5", "R57")
def test_every_member_sees_the_whole_board_in_their_cut(
    family: Family, client_of: Clients, today: Any
) -> None:
    made = action(family)
    keep = AudienceChoice(base="professionals", reason="Not for the family yet.")
    under = m.PlanItem.objects.get(id=made.item).under_id
    kept = save(
        family, "action", under=under, content={"what": "Ask the police for their log."}, audience=keep
    )
    own = save(
        family, "action", under=under, owner=family.people["mother"].id, content={"what": "Ring my sister."}
    )
    amys = save(family, "concern", child=family.children[1].id)
    amys = save(family, "outcome", under=amys.item, child=family.children[1].id)
    amys = save(
        family, "action", under=amys.item, child=family.children[1].id, by_when=date(2026, 3, 18),
        content={"what": "Take Amy to the clinic."},
    )  # fmt: skip
    in_force(family)

    def seen(name: str) -> set[Any]:
        return {one.item for one in action_board(group=family.group, by=family.actor(name)).lines}

    every = {made.item, kept.item, own.item, amys.item}
    for name in ("lead", "teacher", "chair", "manager", "health_visitor"):
        assert seen(name) == every
    assert seen("mother") == every - {kept.item} and seen("father") == {made.item, own.item}
    assert seen("gil") == {amys.item}
    m.Membership.objects.filter(person=family.people["teacher"]).update(limited_to=[str(family.child.id)])
    assert seen("teacher") == every - {amys.item}
    today.move_to(datetime(2026, 3, 20, 9, tzinfo=LONDON))
    page = client_of(family, "lead")
    board = f"/groups/{family.group}/actions/"
    with CaptureQueriesContext(connection) as asked:
        text = page.get(board).content.decode()
    assert len(asked) <= 12
    assert text.index("Take Amy") < text.index(WHAT) and ">Overdue<" in text and "Not started (4)" in text
    for query in ("by=owner", "by=child", "by=outcome", "owner=x", "since=meeting"):
        assert page.get(f"{board}?{query}").status_code == 200
    only = page.get(f"{board}?owner={family.people['mother'].id}").content.decode()
    assert "Ring my sister" in only and WHAT not in only
    assert "Ask the police" not in client_of(family, "mother").get(board).content.decode()
    m.Membership.objects.filter(person=family.people["health_visitor"]).update(
        until=date(2026, 3, 20), ended_because="Another post"
    )
    mine = my_actions(by=family.lead)
    assert {row.action.item for one in mine.left for row in one.actions} == {made.item, kept.item, amys.item}
    assert "Left open by somebody who has gone" in page.get("/actions/").content.decode()


@pytest.mark.requirement("R102", "R34")
def test_my_actions_and_saying_how_far_one_is_in_one_step(
    family: Family, client_of: Clients, today: Any
) -> None:
    page = client_of(family, "health_visitor")
    assert "No action has your name on it" in page.get("/actions/").content.decode()
    made = action(family)
    with CaptureQueriesContext(connection) as asked:
        text = page.get("/actions/").content.decode()
    assert len(asked) <= 12 and WHAT in text and "Can you do this? Answer" in text
    second = open_core_group(
        opening=an_opening(family.people, date(2026, 3, 4), family_label="Second"), by=family.lead
    )
    other = Family(family.authority, second, family.people, list(m.Child.objects.filter(group=second)))
    action(other, content={"what": "Weigh Amy each week."})
    with CaptureQueriesContext(connection) as more:
        both = page.get("/actions/").content.decode()
    assert len(more) == len(asked) and "Weigh Amy" in both and WHAT in both and "2 to do" in both
    assert "In a plan not in force yet" in text and "1 to do, none overdue." in text
    to = f"/groups/{family.group}/actions/{made.item}/state/"
    wrong = page.post(to, {"state": "cannot_yet", "back": "mine"})
    assert wrong.status_code == 200 and "Say why" in wrong.content.decode()
    right = page.post(to, {"state": "done", "because": "He sleeps.", "back": "mine"})
    assert right["Location"] == "/actions/"
    text = page.get("/actions/").content.decode()
    assert WHAT not in text and "Weigh Amy" in text
    assert re.search(r'href="([^"]+/answer/)\?back=mine"', text), "what is answered from here returns here"
    answering = f"/groups/{family.group}/actions/{made.item}/answer/"
    sent = {"answer": "accepted", "base": made.revision}
    assert page.post(answering + "?back=mine", sent)["Location"] == "/actions/"
    assert "He sleeps." in page.get("/actions/?show=finished").content.decode()
    assert WHAT not in page.get("/").content.decode(), "what is done waits for nothing"
    history = page.get(f"/groups/{family.group}/children/{family.child.id}/plan/items/{made.item}/")
    assert "He sleeps." in history.content.decode() and ">Done<" in history.content.decode()
    assert client_of(family, "teacher").get(to).status_code == 403
    assert client_of(family, "lead").get(to + "?back=board").status_code == 200
    today.shift(60)
    back = client_of(family, "lead").post(
        to, {"state": "under_way", "because": "Once more.", "back": "board"}
    )
    assert back["Location"] == f"/groups/{family.group}/actions/"


@pytest.mark.requirement("R102")
def test_an_owner_is_reminded_once_and_not_of_what_is_done(
    family: Family, client_of: Clients, today: Any
) -> None:
    made = action(family)
    in_force(family)
    answer_action(
        group=family.group, item=made.item, revision=made.revision, answer="accepted",
        by=family.health_visitor,
    )  # fmt: skip

    def codes() -> list[str]:
        clock.give_notices(by=CLOCK)
        clock.give_notices(by=CLOCK)
        told = [one.code for one in waiting(by=family.health_visitor)]
        return [code for code in told if code in ("action_due_soon", "action_late")]

    for day, expected in (
        (-4, []),
        (-3, ["action_due_soon"]),
        (0, ["action_due_soon"]),
        (1, ["action_late"]),
    ):
        when = SUMMER + timedelta(days=day)
        today.move_to(datetime(when.year, when.month, when.day, 9, tzinfo=LONDON))
        assert codes() == expected, day
    text = client_of(family, "health_visitor").get("/").content.decode()
    assert text.count(WHAT) == 1 and ">Overdue<" in text and "was to be done by" not in text
    say(family, made.item, "cannot_yet", "The form is missing.")
    assert ">Overdue<" in client_of(family, "health_visitor").get("/").content.decode()
    today.shift(60)
    say(family, made.item, "done")
    assert codes() == []
    assert WHAT not in client_of(family, "health_visitor").get("/").content.decode()


@pytest.mark.requirement("R19", "R26")
def test_a_note_is_written_from_any_page_and_answered(family: Family, client_of: Clients) -> None:
    plan = f"/groups/{family.group}/children/{family.child.id}/plan/"
    teacher, lead = client_of(family, "teacher"), client_of(family, "lead")
    to = f"/groups/{family.group}/notes/new/"
    assert f"{to}?from={quote(plan)}" in teacher.get(plan).content.decode().replace("%2F", "/")
    form = teacher.get(f"{to}?from={plan}").content.decode()
    assert "You write from: The plan" in form and "The family as well" in form
    assert "You write from" not in teacher.get(f"{to}?from=https://example.org/").content.decode()
    given = {"text": "Ben was absent.", "child": str(family.child.id), "from_page": plan, "urgent": "on",
             "readers": "usual"}  # fmt: skip
    assert "Write what you want to say" in teacher.post(to, given | {"text": " "}).content.decode()
    assert teacher.post(to, given)["Location"] == f"/groups/{family.group}/notes/"
    note = m.LeadNote.objects.get()
    assert (note.page, note.urgent, note.audience.base) == (plan, True, "professionals")
    home = lead.get("/").content.decode()
    one = f"/groups/{family.group}/notes/{note.id}/"
    assert home.count("Tariq Shah has written you a note.") == 1 and one in home
    assert lead.get(to)["Location"] == f"/groups/{family.group}/notes/", "nobody writes to themselves"
    text = lead.get(one).content.decode()
    assert f'href="{plan}"' in text and "Urgent" in text
    assert lead.post(one, {"text": ""}).status_code == 200
    assert lead.post(one, {"text": "I ring them today."}).status_code == 302
    assert "has written you a note" not in lead.get("/").content.decode()
    assert "I ring them today." in teacher.get(one).content.decode()
    assert "Your note to the" in teacher.get("/").content.decode()
    assert client_of(family, "health_visitor").get(one).status_code == 200
    mother = client_of(family, "mother")
    assert mother.get(one).status_code == 404
    assert "Nobody else of the family can" in mother.get(to).content.decode()
    mother.post(to, {"text": "I cannot come on Monday.", "child": "all"})
    assert "I cannot come" in lead.get(f"/groups/{family.group}/notes/").content.decode()
    assert (
        "I cannot come"
        not in client_of(family, "father").get(f"/groups/{family.group}/notes/").content.decode()
    )
