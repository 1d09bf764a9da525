"""The pages of a child's plan: building, reading, clashing, answering, putting in force."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from coregroup.casefile.plans import plan_sheet
from coregroup.records import models as m
from tests.builders import Family
from tests.casework.plan_steps import CONTENT, save, whole_plan


def at(family: Family, name: str, **more: Any) -> str:
    return reverse(name, kwargs={"group": family.group, "child": family.child.id, **more})


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]


def typed(kind: str, **more: str) -> dict[str, str]:
    """What a browser sends for one kind, as everybody in the group may see it."""
    sent = {name: str(value) for name, value in CONTENT[kind].items()} | {"audience_base": "group"}
    if kind in ("concern", "outcome", "action"):
        sent |= {"new_because": "Came up in the meeting."}
    if kind in ("outcome", "action"):
        sent |= {"by_when-day": "20", "by_when-month": "5", "by_when-year": "2026"}
    if kind == "view":
        sent |= {"on-day": "16", "on-month": "3", "on-year": "2026"}
        del sent["on"]
    return sent | more


@pytest.fixture
def lead(family: Family, client_of: Any) -> Any:
    return client_of(family, "lead")


def sheet(family: Family) -> Any:
    return plan_sheet(group=family.group, child=family.child.id, by=family.lead)


@pytest.mark.requirement("R11", "R51")
def test_a_plan_is_built_page_by_page(family: Family, lead: Any) -> None:
    worker = str(family.people["health_visitor"].id)
    page = lead.get(at(family, "plan"))
    assert "Nothing has been written on this plan yet." in text(page)
    form = at(family, "plan_new", kind="concern")
    assert lead.get(form).status_code == 200
    assert lead.post(form, typed("concern")).status_code == 302
    concern = sheet(family).concerns[0]
    form = at(family, "plan_new_under", kind="outcome", under=concern.item)
    assert CONTENT["concern"]["worry"] in text(lead.get(form))
    assert lead.post(form, typed("outcome")).status_code == 302
    outcome = sheet(family).concerns[0].beneath[0]
    form = at(family, "plan_new_under", kind="action", under=outcome.item)
    assert lead.get(form).status_code == 200
    answer = lead.post(form, typed("action", owner=worker, part="safety"))
    assert answer.status_code == 302
    for kind, more in (
        ("contact", {"owner": worker}),
        ("contingency", {}),
        ("view", {"owner": str(family.child.person_id)}),
        ("family_page", {}),
    ):
        form = at(family, "plan_new", kind=kind)
        assert lead.get(form).status_code == 200
        assert lead.post(form, typed(kind, **more)).status_code == 302, kind
    for name in ("plan", "plan_build"):
        page = text(lead.get(at(family, name)))
        for words in ("left alone at night", "Agree a written list", "Hana Pryce", "I do not like the dark"):
            assert words in page


@pytest.mark.requirement("R9", "R11", "R32")
def test_what_is_missing_is_said_at_its_field(family: Family, lead: Any) -> None:
    plan = whole_plan(family)
    form = at(family, "plan_new_under", kind="action", under=plan["outcome"].item)
    page = lead.post(form, {"what": "", "audience_base": "group"})
    assert page.status_code == 200
    said = text(page)
    for sentence in ("Choose exactly one person.", "Say what is to be done.", "Give the date by when.",
                     "Choose the part of the plan", "Say why this is new."):  # fmt: skip
        assert sentence in said


@pytest.mark.requirement("R58")
def test_the_five_point_check_advises_and_a_second_press_saves(family: Family, lead: Any) -> None:
    concern = save(family, "concern")
    form = at(family, "plan_new_under", kind="outcome", under=concern.item)
    vague = typed("outcome", change="Improve routines", baseline="")
    page = lead.post(form, vague)
    assert page.status_code == 200
    assert "does not say what anybody would see" in text(page)
    assert "Improve routines" in page.content.decode()  # what was typed is still there
    assert "Save as it is" in text(page)
    assert not sheet(family).concerns[0].beneath
    seen = {"smart_seen": hidden(page, "smart_seen"), "once": hidden(page, "once")}
    other = lead.post(form, vague | seen | {"change": "She will attend the parenting course"})
    assert "something people do" in text(other)  # a new finding is shown before anything is saved
    assert lead.post(form, vague | seen).status_code == 302
    assert sheet(family).concerns[0].beneath[0].content["change"] == "Improve routines"


@pytest.mark.requirement("R29")
def test_two_people_save_the_same_item_and_the_second_decides(
    family: Family, lead: Any, client_of: Any
) -> None:
    saved = save(family, "contingency")
    form = at(family, "plan_change", item=saved.item)
    mine, theirs = client_of(family, "health_visitor").get(form), lead.get(form)
    assert hidden(mine, "base") == hidden(theirs, "base") == "1"
    assert lead.post(form, typed("contingency", base="1", who="The police go first.")).status_code == 302
    clash = client_of(family, "health_visitor").post(
        form, typed("contingency", base="1", who="The aunt goes first.", once=hidden(mine, "once"))
    )
    assert clash.status_code == 409
    said = text(clash)
    assert "The police go first." in said and "The aunt goes first." in said and "Lena Marsh" in said
    pairs = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', clash.content.decode())
    carried = {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}
    assert carried["base"] == "2"
    decided = {"clash-choice-who": "third", "clash-third-who": "The police ring the aunt."}
    answer = client_of(family, "health_visitor").post(form, carried | decided)
    assert answer.status_code == 302
    line = sheet(family).contingencies[0]
    assert (line.revision, line.content["who"]) == (3, "The police ring the aunt.")
    assert m.PlanRevision.objects.filter(item=saved.item).count() == 3


def test_the_same_form_sent_twice_is_saved_once(family: Family, lead: Any) -> None:
    form = at(family, "plan_new", kind="concern")
    once = hidden(lead.get(form), "once")
    first = lead.post(form, typed("concern", once=once))
    second = lead.post(form, typed("concern", once=once))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert len(sheet(family).concerns) == 1


@pytest.mark.requirement("R57")
def test_a_narrowed_item_is_on_no_page_of_those_who_may_not_see_it(
    family: Family, lead: Any, client_of: Any
) -> None:
    form = at(family, "plan_new", kind="concern")
    secret = typed(
        "concern", worry="ZEBRA goes to the father's flat", audience_shut_out=str(family.people["father"].id),
        audience_reason="He must not know that we know.",
    )  # fmt: skip
    assert lead.post(form, secret).status_code == 302
    item = sheet(family).concerns[0].item
    father, mother = client_of(family, "father"), client_of(family, "mother")
    assert "ZEBRA" in text(mother.get(at(family, "plan")))
    assert "ZEBRA" not in text(father.get(at(family, "plan")))
    assert "He must not know" not in text(mother.get(at(family, "plan")))
    assert father.get(at(family, "plan_item", item=item)).status_code == 404
    seen_as = at(family, "plan_as", person=family.people["father"].id)
    assert seen_as in lead.get(at(family, "plan")).content.decode()
    preview = text(lead.get(seen_as))
    assert "ZEBRA" not in preview and "Something that you see is kept back" in preview


@pytest.mark.requirement("R34")
def test_owners_answer_on_their_own_page(family: Family, client_of: Any, lead: Any) -> None:
    plan = whole_plan(family)
    hers = save(family, "action", under=plan["outcome"].item, owner=family.people["mother"].id)
    form = reverse("answer_action", kwargs={"group": family.group, "item": hers.item})
    mother = client_of(family, "mother")
    assert form in mother.get(at(family, "plan")).content.decode()
    assert "Will you do this?" in text(mother.get(form))
    assert "Choose an answer." in text(mother.post(form, {"base": "1"}))
    assert "Say why you decline" in text(mother.post(form, {"base": "1", "answer": "declined"}))
    assert mother.post(form, {"base": "1", "answer": "accepted", "reason": ""}).status_code == 302
    assert client_of(family, "teacher").get(form).status_code == 403
    assert client_of(family, "gil").get(form).status_code == 404
    assert "They could not be asked" in text(lead.get(form))


@pytest.mark.requirement("R10", "R11")
def test_a_plan_is_put_in_force_and_two_versions_are_compared(family: Family, lead: Any) -> None:
    force = at(family, "plan_force")
    assert "must hold before this plan can come into force" in text(lead.get(force))
    plan = whole_plan(family)
    page = lead.get(force)
    assert "Every owner has answered" in text(page)
    days = {"on-day": "18", "on-month": "3", "on-year": "2026"} | {
        "met_on-day": "11", "met_on-month": "3", "met_on-year": "2026", "audience_base": "group",
    }  # fmt: skip
    again = lead.post(force, days)
    assert "Say why this is passed" in text(again)
    told = {"passed_answers": "Hana answers on Monday."}
    assert lead.post(force, days | told).status_code == 302
    assert "Hana answers on Monday." in text(lead.get(at(family, "plan")))
    save(family, "contingency", item=plan["contingency"].item, base=1, content={"who": "The aunt."})
    compared = lead.get(at(family, "plan_versions") + "?a=2&b=1")
    assert compared["Location"] == at(family, "plan_compare", a=1, b=2)
    assert "The aunt." in text(lead.get(compared["Location"]))
    for address in (at(family, "plan_versions"), at(family, "plan_version", number=1),
                    at(family, "plan_item", item=plan["contingency"].item), force,
                    at(family, "plan_withdraw", item=plan["contingency"].item)):  # fmt: skip
        assert lead.get(address).status_code == 200


def test_an_item_is_withdrawn_with_a_reason(family: Family, lead: Any) -> None:
    saved = save(family, "contingency")
    form = at(family, "plan_withdraw", item=saved.item)
    lead.get(form)
    assert "Say why this is withdrawn." in text(lead.post(form, {"base": "1"}))
    assert lead.post(form, {"base": "1", "reason": "It is in the other one."}).status_code == 302
    assert not sheet(family).contingencies
    assert "It is in the other one." in text(lead.get(at(family, "plan_item", item=saved.item)))


def pages(family: Family, items: dict[str, UUID]) -> list[str]:
    return [
        at(family, "plan"), at(family, "plan_as", person=family.people["mother"].id),
        at(family, "plan_versions"), at(family, "plan_item", item=items["contingency"]),
        at(family, "plan_change", item=items["action"]), at(family, "plan_withdraw", item=items["contact"]),
        at(family, "plan_build"), at(family, "plan_new", kind="view"),
        at(family, "plan_new_under", kind="action", under=items["outcome"]), at(family, "plan_force"),
        reverse("answer_action", kwargs={"group": family.group, "item": items["action"]}),
    ]  # fmt: skip


def test_a_stranger_finds_nothing_and_the_family_builds_nothing(family: Family, client_of: Any) -> None:
    items = {name: saved.item for name, saved in whole_plan(family).items()}
    stranger, gil, mother = (client_of(family, name) for name in ("stranger", "gil", "mother"))
    for address in pages(family, items):
        assert stranger.get(address).status_code == 404, address
        assert gil.get(address).status_code in (403, 404), address
        assert "left alone" not in gil.get(address).content.decode()
    for address in (
        at(family, "plan_build"),
        at(family, "plan_new", kind="concern"),
        at(family, "plan_force"),
    ):
        assert mother.get(address).status_code == 403
    page = mother.get(at(family, "plan"))
    assert "left alone" in text(page)
    assert "Build the plan" not in text(page) and "still missing" not in text(page)


def test_odd_addresses_are_not_found(family: Family, lead: Any) -> None:
    for address in (
        at(family, "plan_new", kind="action"),
        at(family, "plan_new", kind="poem"),
        at(family, "plan_new_under", kind="action", under=uuid4()),
        at(family, "plan_new_under", kind="concern", under=uuid4()),
        at(family, "plan_change", item=uuid4()),
        at(family, "plan_version", number=7),
        at(family, "plan_compare", a=1, b=2),
        at(family, "plan_as", person=uuid4()),
    ):
        assert lead.get(address).status_code == 404, address


def test_pages_ask_the_database_twelve_times_at_most(
    family: Family, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    items = {name: saved.item for name, saved in whole_plan(family).items()}
    clients = [client_of(family, name) for name in ("lead", "mother")]
    for client in clients:
        client.get(at(family, "plan"))
        for address in pages(family, items):
            with django_assert_max_num_queries(12):
                client.get(address)
