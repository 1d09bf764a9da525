"""Ids of another case: no address and no verb takes one, whichever place of a form it comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from coregroup.casework import drafts, notices
from coregroup.casework.answers import answer_action
from coregroup.casework.apologies import give_apology
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.chairing import settle_roles
from coregroup.casework.contact import record_missed_contact
from coregroup.casework.documents import add_file, stage_file, staged_content
from coregroup.casework.facts import record_fact
from coregroup.casework.forcing import put_in_force
from coregroup.casework.guests import NewGuest, name_guest
from coregroup.casework.hand_outs import record_handed_out, record_opened
from coregroup.casework.lead_notes import write_note
from coregroup.casework.meetings import NewMeeting, book_meeting, record_held
from coregroup.casework.meetings_changes import cancel_meeting, rearrange_meeting
from coregroup.casework.meetings_requests import ask_earlier
from coregroup.casework.members import (
    add_family_member,
    add_member,
    change_lead,
    end_membership,
    invite_member,
    note_sent,
)
from coregroup.casework.outline import NewOutlineItem, bring_in_outline, set_aside_item
from coregroup.casework.plans import save_item, withdraw_item
from coregroup.records import models as m
from coregroup.rules.access import Capability
from coregroup.rules.errors import Closed, Problem, Problems
from tests.builders import TODAY, Family, open_family
from tests.casework.plan_steps import CONTENT, SUMMER, whole_plan
from tests.house.test_pages import addresses

SOON = TODAY + timedelta(days=5)


class Theirs:
    """Another core group of the same authority, with something of everything that has an id."""

    def __init__(self) -> None:
        family = open_family()
        made = whole_plan(family)
        own: dict[str, Any] = {"group": family.group, "by": family.lead}
        self.family = family
        self.child: UUID = family.child.id
        self.person: UUID = family.people["mother"].id
        self.item: UUID = made["action"].item
        self.outcome: UUID = made["outcome"].item
        row = NewOutlineItem((self.child,), concern="Theirs", action="Theirs")
        self.outline = bring_in_outline(items=[row], **own)[0]
        self.file = add_file(name="a.txt", content=b"Theirs", title="Theirs", **own)
        self.fact = m.Fact.objects.filter(group=family.group, kind="school").get().id
        self.meeting = m.Meeting.objects.get(group=family.group).id
        self.adult = m.Adult.objects.filter(group=family.group).first().id  # type: ignore[union-attr]
        self.membership = m.Membership.objects.filter(group=family.group, part="member").first().id  # type: ignore[union-attr]
        invited = m.Membership.objects.get(group=family.group, person=family.people["teacher"])
        self.invitation = invite_member(membership=invited.id, **own).id
        self.notice = m.Notice.objects.filter(group=family.group).first().id  # type: ignore[union-attr]
        self.journey = drafts.start_journey(
            kind="outline", group=family.group, by=family.lead, capability=Capability.KEEP_DRAFT
        )
        self.asked = ask_earlier(group=family.group, reason="Theirs", by=family.teacher)
        self.note = write_note(group=family.group, text="Theirs", by=family.teacher)
        at: dict[str, Any] = {"group": family.group, "meeting": self.meeting, "by": family.teacher}
        self.apology = give_apology(instead="nothing", nothing_because="Theirs", **at)
        self.guest = name_guest(part="companion", guest=NewGuest(name="Theirs", agency_name="X"), **at)
        self.token = stage_file(name="a.txt", content=b"Theirs", **own)


@pytest.fixture
def theirs(family: Family) -> Theirs:
    return Theirs()


def only(theirs: Theirs) -> AudienceChoice:
    return AudienceChoice(
        "named", named=frozenset({theirs.person}), reason="Why", permitted_by="The chair", review_on=SOON
    )


def shut(theirs: Theirs) -> AudienceChoice:
    return AudienceChoice(shut_out=frozenset({theirs.person}), reason="Why")


Try = Callable[[Family, Theirs], Any]


def _fact(**more: Any) -> Try:
    """Records a fact about the mother, with something of theirs in it."""

    def attempt(family: Family, theirs: Theirs) -> Any:
        told = {name: value(theirs) for name, value in more.items()}
        base = {"about": family.people["mother"].id, "kind": "other", "value": "x"}
        return record_fact(**({**base, **told, "group": family.group, "by": family.lead}))

    return attempt


def _plan(kind: str, **more: Any) -> Try:
    def attempt(family: Family, theirs: Theirs) -> Any:
        base: dict[str, Any] = {"child": family.child.id, "kind": kind, "content": CONTENT[kind]}
        if kind in ("concern", "action", "outcome"):
            base["new_because"] = "New"
        if kind == "action":
            mine = m.PlanItem.objects.filter(group=family.group, kind="outcome").first()
            assert mine is not None
            base |= {"by_when": SUMMER, "owner": family.people["teacher"].id, "part": "safety",
                     "under": mine.id}  # fmt: skip
        if kind in ("contact", "view"):
            base["owner"] = family.people["teacher"].id if kind == "contact" else family.child.person_id
        told = {name: value(theirs) for name, value in more.items()}
        return save_item(**{**base, **told}, group=family.group, by=family.lead)

    return attempt


def _with(verb: Callable[..., Any], **more: Any) -> Try:
    """A verb on our group by our lead; callables in `more` are given (family, theirs)."""

    def attempt(family: Family, theirs: Theirs) -> Any:
        told = {name: value(family, theirs) if callable(value) else value for name, value in more.items()}
        return verb(group=family.group, by=family.lead, **told)

    return attempt


MINE = lambda family, theirs: family.child.id  # noqa: E731
MET = date(2026, 3, 11)
NEXT = NewMeeting(TODAY, time(10), "Hall")
MISSED = {"kind": "missed", "on": date(2026, 3, 17), "reason": "x"}
FILE = {"name": "a.txt", "content": b"x", "title": "x"}
GIVEN = {"version": 1, "recipient_code": "parents", "how": "in_person", "on": TODAY, "digest": "ab" * 32}
ATTEMPTS: dict[str, Try] = {
    "fact about": _fact(about=lambda t: t.person),
    "fact replaces": _fact(replaces=lambda t: t.fact),
    "fact of a child": _fact(about=lambda t: None, child=lambda t: t.child),
    "fact named": _fact(audience=only),
    "fact shut out": _fact(audience=shut),
    "contact child": _with(record_missed_contact, **MISSED, child=lambda f, t: t.child),
    "contact named": _with(record_missed_contact, **MISSED, child=MINE, audience=lambda f, t: only(t)),
    "contact shut out": _with(record_missed_contact, **MISSED, child=MINE, audience=lambda f, t: shut(t)),
    "file child": _with(add_file, **FILE, child=lambda f, t: t.child),
    "file named": _with(add_file, **FILE, audience=lambda f, t: only(t)),
    "staged file": _with(staged_content, token=lambda f, t: t.token),
    "meeting moved": _with(rearrange_meeting, meeting=lambda f, t: t.meeting, to=NEXT, reason="x"),
    "meeting cancelled": _with(
        cancel_meeting, meeting=lambda f, t: t.meeting, reason="x", authorised_by="x", replacement=NEXT
    ),
    "meeting chaired": _with(settle_roles, meeting=lambda f, t: t.meeting),
    "meeting shut out": _with(book_meeting, meeting=NEXT, audience=lambda f, t: shut(t)),
    "meeting held": _with(record_held, meeting=lambda f, t: t.meeting, on=TODAY),
    "member's children": _with(
        add_member, person=lambda f, t: f.people["police"].id, role="x",
        only_children=lambda f, t: [t.child],
    ),
    "family member": _with(add_family_member, adult=lambda f, t: t.adult),
    "invite": _with(invite_member, membership=lambda f, t: t.membership),
    "end": _with(end_membership, membership=lambda f, t: t.membership, reason="x"),
    "lead of child": _with(
        change_lead, child=lambda f, t: t.child, person=lambda f, t: f.people["other_worker"].id,
        on=TODAY, reason="x",
    ),
    "lead of family": _with(change_lead, child=MINE, person=lambda f, t: t.person, on=TODAY, reason="x"),
    "outline child": _with(
        bring_in_outline, items=lambda f, t: [NewOutlineItem((t.child,), concern="x")]
    ),
    "outline file": _with(
        bring_in_outline, items=lambda f, t: [NewOutlineItem((f.child.id,), concern="x")],
        file=lambda f, t: t.file,
    ),
    "outline named": _with(
        bring_in_outline,
        items=lambda f, t: [NewOutlineItem((f.child.id,), concern="x", audience=only(t))],
    ),
    "outline item": _with(set_aside_item, item=lambda f, t: t.outline, reason="x"),
    "plan child": _plan("concern", child=lambda t: t.child),
    "plan item": _plan("action", item=lambda t: t.item, base=lambda t: 1),
    "plan under": _plan("action", under=lambda t: t.outcome),
    "plan owner": _plan("action", owner=lambda t: t.person),
    "plan keeper": _plan("contact", owner=lambda t: t.family.people["teacher"].id),
    "plan view": _plan("view", owner=lambda t: t.person),
    "plan outline": _plan("concern", outline=lambda t: t.outline),
    "plan named": _plan("concern", audience=only),
    "plan shut out": _plan("concern", audience=shut),
    "withdraw": _with(withdraw_item, child=MINE, item=lambda f, t: t.item, base=1, reason="x"),
    "answer": _with(answer_action, item=lambda f, t: t.item, revision=1, answer="could_not_ask", reason="x"),
    "force": _with(put_in_force, child=lambda f, t: t.child, on=TODAY, met_on=MET),
    "hand out child": _with(
        record_handed_out, **GIVEN, child=lambda f, t: t.child, recipient=lambda f, t: f.people["mother"].id
    ),
    "hand out to": _with(record_handed_out, **GIVEN, child=MINE, recipient=lambda f, t: t.person),
    "opened": _with(record_opened, child=lambda f, t: t.child, version=1),
    "notice": lambda f, t: notices.done(notice=t.notice, by=f.lead),
    "journey": lambda f, t: drafts.save_step(journey=t.journey, step="x", data={}, by=f.lead),
    "journey steps": lambda f, t: drafts.forget_steps(journey=t.journey, steps=["x"], by=f.lead),
}  # fmt: skip


def counts() -> dict[str, int]:
    """How many rows there are of everything, save what says that somebody tried."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("records").get_models()
        if model.__name__ not in ("AuditLine", "AuditLink")
    }


@pytest.mark.requirement("R57")
def test_no_verb_takes_an_id_of_another_case(family: Family, theirs: Theirs) -> None:
    whole_plan(family)
    m.PlanVersion.objects.create(
        authority=family.authority, group_id=family.group, plan=family.child.plan, number=1,
        by=family.people["lead"], at="2026-03-18T10:00:00Z",
    )  # fmt: skip
    before, taken = counts(), []
    for name, attempt in ATTEMPTS.items():
        try:
            attempt(family, theirs)
        except (Closed, Problem, Problems):
            pass
        else:
            taken.append(name)
    assert not taken, taken
    assert counts() == before


def test_the_same_deeds_are_done_with_ones_own_ids(family: Family) -> None:
    """So that the refusals above are for the foreign id, and not for something else that is amiss."""
    whole_plan(family)

    class Ours:
        pass

    ours: Any = Ours()
    ours.family, ours.child, ours.person = family, family.child.id, family.people["teacher"].id
    named = frozenset({family.people["lead"].id, ours.person})
    mine = AudienceChoice("named", named=named, reason="Why", permitted_by="The chair", review_on=SOON)
    _fact(audience=lambda t: mine)(family, ours)
    _with(record_missed_contact, **MISSED, child=MINE, audience=mine)(family, ours)
    _with(add_file, **FILE, child=MINE, audience=mine)(family, ours)
    _with(book_meeting, meeting=NEXT, audience=mine)(family, ours)
    _plan("concern", audience=lambda t: mine)(family, ours)
    _plan("action", owner=lambda t: ours.person)(family, ours)
    rows = [NewOutlineItem((family.child.id,), concern="x", audience=mine)]
    _with(bring_in_outline, items=rows)(family, ours)


def test_nobody_notes_the_invitation_of_another_case_as_sent(family: Family, theirs: Theirs) -> None:
    note_sent(group=family.group, invitation=theirs.invitation, by=family.lead)
    assert m.Invitation.objects.get(id=theirs.invitation).sent_at is None


NOT_THE_LEADS = {"update_check": (403,)}  # a line manager's page: the lead worker may not open it at all


@pytest.mark.requirement("R57")
def test_no_address_takes_an_id_of_another_case(
    family: Family, theirs: Theirs, client_of: Callable[..., Client]
) -> None:
    """Our group in the address, and everything else theirs: not found, whether read or sent."""
    client, found, tried = client_of(family, "lead"), [], 0
    parts: dict[str, Any] = {
        "child": theirs.child, "person": theirs.person, "item": theirs.item, "under": theirs.outcome,
        "file": theirs.file, "fact": theirs.fact, "membership": theirs.membership, "journey": theirs.journey,
        "meeting": theirs.meeting, "notice": theirs.notice, "recipient": str(theirs.person),
        "about": str(theirs.person), "asked": theirs.asked, "note": theirs.note, "guest": theirs.guest,
        "apology": theirs.apology, "outcome": theirs.outcome, "part": theirs.meeting, "step": "welcome",
        "number": 1, "a": 1, "b": 1, "kind": "action", "key": "x",
    }  # fmt: skip
    plain = {"number", "a", "b", "kind", "key", "code", "slug", "step"}
    for route, pattern in addresses():
        names = set(pattern.pattern.converters)
        if "group" not in names or not names - plain - {"group"}:
            continue
        unknown = names - set(parts) - {"group"}
        assert not unknown, f"{route}: say here what an id of another case is for {unknown}"
        told = {name: parts[name] for name in names - {"group"}} | {"group": family.group}
        if "item" in names and pattern.name == "outline_set_aside":
            told["item"] = theirs.outline
        ours = told | ({"child": family.child.id} if "child" in names else {})
        for chosen in [told, ours] if names - plain - {"group", "child"} else [told]:
            address = reverse(pattern.name, kwargs=chosen)
            for answer in (client.get(address), client.post(address, {"reason": "x", "answer": "accepted"})):
                tried += 1
                if answer.status_code not in (404, 405, *NOT_THE_LEADS.get(str(pattern.name), ())):
                    found.append(f"{answer.request['REQUEST_METHOD']} {route}: {answer.status_code}")
    assert tried > 20
    assert not found, "\n".join(found)
