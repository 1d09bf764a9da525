"""The pages of what a meeting decides: the plan outcome by outcome, recommendations, the reading back."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from coregroup.casefile.plans import plan_sheet
from coregroup.casework.plans import withdraw_item
from coregroup.casework.ratings import rate_outcome
from coregroup.casework.recommendations import recommend
from coregroup.casework.sessions import abandon_meeting
from coregroup.records import models as m
from tests.builders import Family
from tests.casework.deciding import planned, sitting
from tests.casework.plan_steps import CONTENT, SUMMER, save
from tests.web.test_plans import text, typed

MARKER = "QUOKKA saw him alone"


def at(family: Family, name: str, meeting: UUID, **more: Any) -> str:
    return reverse(name, kwargs={"group": family.group, "meeting": meeting, **more})


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]


@pytest.mark.requirement("R10", "R25", "R51", "R59", "R80", "R108")
def test_the_plan_is_changed_outcome_by_outcome(
    family: Family, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    action = save(family, "action", under=outcome.item)
    rate_outcome(group=family.group, item=outcome.item, value=3, evidence="Two nights.", by=family.teacher)
    rate_outcome(group=family.group, item=outcome.item, value=6, evidence="Better.", by=family.lead)
    lead, child = client_of(family, "lead"), family.child.id
    step = at(family, "workspace_plan", planned(family), child=child)
    assert lead.get(step).status_code == 403  # it has not begun
    meeting = sitting(family)
    here = at(family, "workspace_outcome", meeting, child=child, outcome=outcome.item)
    first = lead.get(step)
    assert here in first.content.decode() and "Ratings from 3 to 6 of 10" in text(first)
    page = lead.get(here)
    assert "Two nights." in text(page) and "Better." in text(page) and "4.5" not in text(page)
    # One press says how far an action is; what needs a reason asks for it.
    state = at(family, "workspace_state", meeting, child=child, outcome=outcome.item, item=action.item)
    assert lead.post(state, {"state": "under_way"})["Location"] == f"{here}#item-{action.item}"
    assert "Said in this meeting" in text(lead.get(here))
    assert "Say why." in text(lead.post(state, {"state": "cannot_yet"}))
    assert lead.get(f"{state}?to=cannot_yet").status_code == 200
    # Its date is changed on the plan's own form, which comes back here; the text in force stands beside.
    change = reverse("plan_change", kwargs={"group": family.group, "child": child, "item": action.item})
    change += f"?meeting={meeting}"
    assert change in page.content.decode()
    sent = typed("action", owner=str(family.people["health_visitor"].id), part="safety", base="1")
    assert lead.post(change, sent)["Location"] == f"{here}#item-{action.item}"
    said = text(lead.get(here))
    assert "Changed, proposed in this meeting" in said and "20 May 2026" in said
    assert "In force until this meeting is closed: By when 1 June 2026" in said
    withdraw_item(group=family.group, child=child, item=action.item, base=2, reason="Done.", by=family.lead)
    assert "Because: Done." in text(lead.get(step))
    new = save(family, "action", under=outcome.item)
    assert "New, proposed in this meeting" in text(lead.get(here))
    for address in (step, here):
        with django_assert_max_num_queries(12):
            lead.get(address)
    # The family goes on reading the plan as it was; the professionals see what is proposed.
    mother = plan_sheet(group=family.group, child=child, by=family.mother)
    assert [(one.item, one.by_when) for one in mother.actions] == [(action.item, SUMMER)]
    plan = reverse("plan", kwargs={"group": family.group, "child": child})
    assert "Proposed in the meeting" in text(lead.get(plan))
    assert "roposed in" not in text(client_of(family, "mother").get(plan))
    assert str(new.item) not in client_of(family, "mother").get("/").content.decode()
    assert client_of(family, "mother").get(step).status_code == 403
    for name in ("stranger", "gil"):
        assert client_of(family, name).get(here).status_code in (403, 404)
    other = at(family, "workspace_outcome", meeting, child=family.children[1].id, outcome=outcome.item)
    assert lead.get(other).status_code == 404


@pytest.mark.requirement("R57")
def test_what_a_reader_may_not_see_is_not_at_the_plan_step(family: Family, client_of: Any) -> None:
    member = m.Membership.objects.get(group=family.group, person=family.people["teacher"])
    member.limited_to = [str(family.child.id)]
    member.save()
    amy = family.children[1].id
    concern = save(family, "concern", child=amy)
    meeting = sitting(family)
    teacher = client_of(family, "teacher")
    assert teacher.get(at(family, "workspace_plan", meeting, child=amy)).status_code == 404
    own = teacher.get(at(family, "workspace_plan", meeting, child=family.child.id))
    assert "Amy" not in text(own) and str(concern.item) not in own.content.decode()
    page = text(teacher.get(at(family, "recommend", meeting)))
    assert "Amy" not in page and "Ben" in page
    assert "Amy" not in text(teacher.get(at(family, "workspace_recommendations", meeting)))
    outcome = save(family, "outcome", under=concern.item, child=amy)
    save(family, "action", under=outcome.item, child=amy, content={"what": "WOMBAT comes each week."})
    back = at(family, "workspace_read_back", meeting)
    assert "WOMBAT" in text(client_of(family, "lead").get(back)) and "WOMBAT" not in text(teacher.get(back))


@pytest.mark.requirement("R64", "R105")
def test_recommendations_are_sealed_until_they_are_opened(
    family: Family, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    meeting = sitting(family, {"lead": "present", "health_visitor": "present", "teacher": "apologies"})
    lead, nurse = client_of(family, "lead"), client_of(family, "health_visitor")
    mine, sheet = at(family, "recommend", meeting), at(family, "workspace_recommendations", meeting)
    assert "Choose what is recommended for at least one child" in text(nurse.post(mine, {"opinion_0": ""}))
    assert "Give the reason." in text(nurse.post(mine, {"opinion_0": "end"}))
    told = {f"{name}_{n}": words for n in (0, 1) for name, words in
            (("opinion", "end"), ("reason", MARKER))}  # fmt: skip
    assert nurse.post(mine, told | {"audience_base": "group"})["Location"] == sheet
    assert MARKER in nurse.get(mine).content.decode()  # whoever gave it reads it again
    assert m.Recommendation.objects.count() == 2
    nurse.post(mine, told | {"audience_base": "group"})
    assert m.Recommendation.objects.count() == 2  # said again, nothing new
    everywhere = [sheet, mine, "/", reverse("group", kwargs={"group": family.group}),
                  *(at(family, name, meeting) for name in
                    ("workspace_read_back", "workspace", "meeting", "meeting_changes", "pack"))]  # fmt: skip
    for name in ("lead", "teacher", "mother"):
        for address in everywhere:
            assert "QUOKKA" not in client_of(family, name).get(address).content.decode(), (name, address)
    assert "QUOKKA" not in nurse.get(sheet).content.decode()
    for rows in (m.LedgerEntry, m.AuditLine, m.Notice, m.ChronologyEntry, m.AgendaItem):
        assert "QUOKKA" not in str(list(rows.objects.values()))
    said = text(lead.get(sheet))
    assert "when these have given theirs: Lena Marsh" in said
    lead.post(sheet, {})
    assert m.Meeting.objects.get(id=meeting).recommendations_opened_at is None
    for child in family.children:
        recommend(group=family.group, meeting=meeting, child=child.id, opinion="continue",
                  reason="Too early.", by=family.lead)  # fmt: skip
    with django_assert_max_num_queries(12):
        assert "Open all recommendations" in text(lead.get(sheet))
    with django_assert_max_num_queries(12):
        nurse.get(mine)
    lead.post(sheet, {})
    opened = text(nurse.get(sheet))
    assert MARKER in opened and "There is no common recommendation." in opened
    assert "None given by: Tariq Shah." in opened
    assert lead.get(mine).status_code == 403


@pytest.mark.requirement("R64")
def test_written_down_on_the_projector_for_somebody_without_a_device(family: Family, client_of: Any) -> None:
    meeting = sitting(family, {"teacher": "present"})
    nurse, person = client_of(family, "health_visitor"), family.people["teacher"].id
    form = at(family, "workspace_recommend_for", meeting, person=person)
    assert form in nurse.get(at(family, "workspace_recommendations", meeting)).content.decode()
    assert "Gives no recommendation" in text(nurse.get(form))
    sent = {"opinion_0": "legal_advice", "reason_0": MARKER, "opinion_1": "none", "reason_1": "Not known."}
    assert nurse.post(form, sent | {"audience_base": "group"}).status_code == 302
    assert "QUOKKA" not in nurse.get(form).content.decode()
    nurse.post(at(family, "workspace_recommendations", meeting), {})
    opened = text(nurse.get(at(family, "workspace_recommendations", meeting)))
    assert MARKER in opened and "Written down by Hana Pryce" in opened
    assert client_of(family, "teacher").get(form).status_code in (403, 404)


@pytest.mark.requirement("R34", "R52")
def test_one_press_after_the_list_was_shown(
    family: Family, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    meeting = sitting(family, {"lead": "present", "health_visitor": "present", "teacher": "apologies"})
    lead, here = client_of(family, "lead"), at(family, "workspace_read_back", meeting)
    assert "No action is new or changed" in text(lead.get(here))
    first = save(family, "action", under=outcome.item)
    second = save(family, "action", under=outcome.item, content={"what": "Ring the aunt."})
    his = save(family, "action", under=outcome.item, owner=family.people["teacher"].id)
    with django_assert_max_num_queries(12):
        page = lead.get(here)
    assert "Hana Pryce accepts all 2" in text(page) and CONTENT["action"]["what"] in text(page)
    person = str(family.people["health_visitor"].id)
    shown = {f"read-{one.item}": "1" for one in (first, second)} | {"person": person, "answer": "accepted"}
    said = at(family, "workspace_said", meeting, item=second.item)
    assert "Say why they decline" in text(lead.post(said, {"answer": "declined", "base": "1"}))
    answer = {"answer": "declined", "reason": "I am away.", "base": "1"}
    assert lead.post(said, answer).status_code == 302
    page = lead.post(here, shown)
    assert "changed meanwhile" in text(lead.get(page["Location"]))
    del shown[f"read-{second.item}"]
    once = hidden(lead.get(here), "once")
    lead.post(here, shown | {"once": once})
    lead.post(here, shown | {"once": once})
    assert m.ActionAnswer.objects.filter(answer="accepted").count() == 1
    assert "said in the meeting, written by Lena Marsh" in text(lead.get(here))
    absent = {f"read-{his.item}": "1", "person": str(family.people["teacher"].id), "answer": "could_not_ask"}
    assert "Say why" in text(lead.get(lead.post(here, absent)["Location"]))
    lead.post(here, absent | {"reason": "He sent apologies."})
    assert "Every new and changed action has an answer." in text(lead.get(here))
    assert client_of(family, "mother").get(here).status_code == 403
    for odd in ({"person": "x"}, {"person": person, "read-x": "1"}):
        assert lead.post(here, odd).status_code == 404


@pytest.mark.requirement("R10", "R29")
def test_two_editors_in_the_meeting_see_both_texts_and_abandoning_sets_all_aside(
    family: Family, client_of: Any
) -> None:
    concern = save(family, "concern")
    outcome = save(family, "outcome", under=concern.item)
    action = save(family, "action", under=outcome.item)
    meeting, child = sitting(family, {"lead": "present"}), family.child.id
    here = at(family, "workspace_outcome", meeting, child=child, outcome=outcome.item)
    form = reverse("plan_change", kwargs={"group": family.group, "child": child, "item": action.item})
    form += f"?meeting={meeting}"
    sent = typed("action", owner=str(family.people["health_visitor"].id), part="safety", base="1")
    lead, nurse = client_of(family, "lead"), client_of(family, "health_visitor")
    assert "What you save is proposed in this meeting." in text(nurse.get(form))
    lead.post(form, sent | {"what": "Ask the aunt to come on Mondays."})
    clash = nurse.post(form, sent | {"what": "Ask the aunt to come on Tuesdays."})
    assert clash.status_code == 409
    assert "on Mondays" in text(clash) and "on Tuesdays" in text(clash)
    pairs = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', clash.content.decode())
    carried = {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}
    decided = nurse.post(form, carried | {"clash-choice-what": "mine"})
    assert decided["Location"] == f"{here}#item-{action.item}"
    assert "on Tuesdays" in text(lead.get(here))
    new = reverse("plan_new_under", kwargs={"group": family.group, "child": child, "kind": "outcome",
                                            "under": concern.item})  # fmt: skip
    made = lead.post(f"{new}?meeting={meeting}", typed("outcome"))["Location"]
    assert made.startswith(at(family, "workspace_plan", meeting, child=child)) and made != here
    withdraw = reverse("plan_withdraw", kwargs={"group": family.group, "child": child, "item": action.item})
    gone = lead.post(f"{withdraw}?meeting={meeting}", {"base": "3", "reason": "No aunt."})
    assert gone["Location"] == here and "Because: No aunt." in text(lead.get(here))
    abandon_meeting(group=family.group, meeting=meeting, reason="The fire alarm rang.", by=family.lead)
    assert lead.get(here).status_code == 403
    standing = plan_sheet(group=family.group, child=child, by=family.lead).actions
    assert [one.content["what"] for one in standing] == [CONTENT["action"]["what"]]
