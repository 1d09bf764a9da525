"""The pages of members, contact sheet and joining, for each who may see them and for those who may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from coregroup.casework import joining as joining_work
from coregroup.casework import members as work
from coregroup.records import models as m
from coregroup.web.groups.urls_members import urlpatterns
from tests.builders import Family, agency, professional

FAMILY_NAMES = ("Rowe", "Ben", "Amy", "Mary", "Frank", "Gil", "Stone", "Dale")


def membership(family: Family, name: str) -> m.Membership:
    return m.Membership.objects.get(group=family.group, person=family.people[name], until__isnull=True)


def addresses(family: Family) -> list[str]:
    """Every address of this room, for this group."""
    values = {
        "group": family.group, "membership": membership(family, "teacher").id, "child": family.child.id,
        "code": "noted_review",
    }  # fmt: skip
    made = []
    for pattern in urlpatterns:
        names = re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        made.append(reverse(pattern.name, kwargs={name: values[name] for name in names}))
    return made


def test_a_stranger_finds_no_page(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "stranger")
    for address in addresses(family):
        assert client.get(address).status_code in (404, 405), address
        assert client.post(address, {"once": "f" * 32}).status_code == 404, address


def test_nobody_who_is_not_signed_in(family: Family, page: Any) -> None:
    for address in addresses(family):
        answer = page.get(address)
        assert answer.status_code == 302 and answer.url.startswith("/sign-in/"), address


def test_the_lead_sees_what_can_be_done(family: Family, client_of: Callable[..., Any]) -> None:
    text = client_of(family, "lead").get(f"/groups/{family.group}/members/").content.decode()
    assert "Tariq Shah" in text and "Add a member" in text and "Appoint another" in text
    assert "Not invited yet" in text


@pytest.mark.parametrize("name", ["teacher", "mother", "chair"])
def test_others_see_no_such_thing(family: Family, client_of: Callable[..., Any], name: str) -> None:
    client = client_of(family, name)
    text = client.get(f"/groups/{family.group}/members/").content.decode()
    assert "Lena Marsh" in text and "Add a member" not in text and "End membership" not in text
    assert client.get(f"/groups/{family.group}/members/add/").status_code == 403


@pytest.mark.requirement("R1", "R42")
def test_the_contact_sheet(family: Family, client_of: Callable[..., Any]) -> None:
    school = agency(family.authority, "Oak Lane School", "education")
    school.named_professional, school.named_professional_contact = "Ola Finch", "01632 960300"
    school.save()
    address = f"/groups/{family.group}/contacts/"
    seen = client_of(family, "health_visitor").get(address).content.decode()
    for word in ("Ola Finch", "01632 960300", family.people["teacher"].email, "07700 900111"):
        assert word in seen
    theirs = client_of(family, "mother").get(address).content.decode()
    assert "Tariq Shah" in theirs and "Oak Lane School" in theirs
    for word in ("Ola Finch", family.people["teacher"].email, "07700 900111"):
        assert word not in theirs
    joining_work.share_contacts(group=family.group, phone="07700 900111", by=family.lead)
    assert "07700 900111" in client_of(family, "mother").get(address).content.decode()


def test_a_father_who_must_not_learn_the_school(family: Family, client_of: Callable[..., Any]) -> None:
    joining_work.share_contacts(group=family.group, phone="01632 960444", by=family.teacher)
    for where in ("contacts", "members"):
        text = client_of(family, "father").get(f"/groups/{family.group}/{where}/").content.decode()
        assert "Tariq Shah" in text and "Education" in text
        assert "Oak Lane School" not in text and "01632 960444" not in text


def test_half_siblings_parents_do_not_see_each_other(family: Family, client_of: Callable[..., Any]) -> None:
    ben, amy = family.children
    work.add_member(
        group=family.group, person=family.people["police"].id, role="Only about one.",
        only_children=[ben.id], by=family.lead,
    )  # fmt: skip
    theirs = client_of(family, "gil").get(f"/groups/{family.group}/members/").content.decode()
    assert "Gil Stone" in theirs and "Mary Rowe" in theirs
    for hidden in ("Frank Dale", "Ben", "Petra Lund"):
        assert hidden not in theirs
    assert "Ben" in client_of(family, "father").get(f"/groups/{family.group}/members/").content.decode()


@pytest.mark.requirement("R2", "R48")
def test_adding_and_inviting(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "lead")
    police = family.people["police"]
    assert client.get(f"/groups/{family.group}/members/add/").status_code == 200
    told = {"person": str(police.id), "role": "Keeps you safe.", "once": "b" * 32}
    answer = client.post(f"/groups/{family.group}/members/add/", told)
    row = membership(family, "police")
    invite = f"/groups/{family.group}/members/{row.id}/invite/"
    assert answer.url == invite
    assert police.email in client.get(invite).content.decode()
    shown = client.post(invite, {"send_to": police.email, "once": "c" * 32}, follow=True)
    text = shown.content.decode()
    link = re.search(r'value="(http[^"]+/join/[^"]+/)"', text)
    assert link and shown.headers["Referrer-Policy"] == "same-origin"
    assert m.Invitation.objects.get(membership=row).sent_at is not None
    assert link[1] in mail.outbox[0].body
    assert "has not joined yet" in client.get(f"/groups/{family.group}/members/").content.decode()
    client.post(shown.request["PATH_INFO"])
    assert client.get(shown.request["PATH_INFO"]).status_code == 302


def test_no_mail_names_the_family(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "lead")
    for name in ("teacher", "mother"):
        row = membership(family, name)
        told = {"send_to": "someone@example.org", "once": uuid4().hex}
        client.post(f"/groups/{family.group}/members/{row.id}/invite/", told)
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        for name in (*FAMILY_NAMES, "Tariq", "Lena", "Ashcombe"):
            assert name not in letter.subject + letter.body


def test_mail_that_does_not_leave_is_said(
    family: Family, client_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_options: Any) -> int:
        raise OSError("no such host")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    row = membership(family, "teacher")
    told = {"send_to": "t@example.org", "once": "d" * 32}
    shown = client_of(family, "lead").post(
        f"/groups/{family.group}/members/{row.id}/invite/", told, follow=True
    )
    text = shown.content.decode()
    assert "could not be sent" in text and "/join/" in text
    assert m.Invitation.objects.get(membership=row).sent_at is None


def test_adding_somebody_new(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "lead")
    address = f"/groups/{family.group}/members/add/new/"
    school = agency(family.authority, "Oak Lane School", "education")
    faulty = client.post(address, {"given_name": "Greta", "once": "e" * 32})
    assert "There is a problem" in faulty.content.decode()
    told = {"given_name": "Greta", "family_name": "Ives", "agency": str(school.id), "role": "Dinners.",
            "once": "e" * 32}  # fmt: skip
    assert client.post(address, told).status_code == 302
    assert m.Membership.objects.filter(person__family_name="Ives", group=family.group).exists()


def test_adding_an_adult_of_the_family(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "lead")
    address = f"/groups/{family.group}/members/add/family/"
    assert "here already" in client.get(address).content.decode()
    m.Membership.objects.filter(person=family.people["gil"]).delete()
    assert "Gil Stone (Father of Amy)" in client.get(address).content.decode()
    adult = m.Adult.objects.get(person=family.people["gil"])
    assert client.post(address, {"adult": str(adult.id), "once": "1" * 32}).status_code == 302
    assert membership(family, "gil").part == "family"


def test_ending_a_membership(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "lead")
    row = membership(family, "teacher")
    address = f"/groups/{family.group}/members/{row.id}/end/"
    assert "access ends at once" in client.get(address).content.decode()
    assert client.post(address, {"reason": "", "once": "2" * 32}).status_code == 200
    done = client.post(address, {"reason": "Left the school.", "once": "2" * 32}, follow=True)
    assert "has left" in done.content.decode()
    assert client_of(family, "teacher").get(f"/groups/{family.group}/members/").status_code == 404


@pytest.mark.requirement("R4")
def test_appointing_another_lead(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "manager")
    address = f"/groups/{family.group}/children/{family.child.id}/lead/"
    assert "Oscar Bell" in client.get(address).content.decode()
    told = {"person": str(family.people["other_worker"].id), "on-day": "18", "on-month": "3",
            "on-year": "2026", "reason": "Sick leave.", "once": "3" * 32}  # fmt: skip
    done = client.post(address, told, follow=True)
    assert "Ben Rowe: Oscar Bell" in " ".join(done.content.decode().split())


@pytest.mark.requirement("R2", "R40", "R42", "R45", "R46", "R47")
def test_the_joining_page(family: Family, client_of: Callable[..., Any]) -> None:
    client = client_of(family, "health_visitor")
    address = f"/groups/{family.group}/joining/"
    text = client.get(address).content.decode()
    assert "Ben Rowe, Amy Rowe" in text and "27 May 2026" in text and "Why this date" in text
    assert "Nell Firth" in text and text.count("Tick this off") == 3
    for code in ("told_manager", "read_outline", "noted_review"):
        client.post(f"{address}{code}/", {"once": uuid4().hex})
    client.post(f"{address}guide/", {"once": uuid4().hex})
    shared = client.post(f"{address}contacts/", {"phone": "01632 960111", "once": uuid4().hex}, follow=True)
    text = shared.content.decode()
    assert "You have done everything" in text and "Tick this off" not in text and "You read this" in text
    assert client.get(f"{address}guide/").status_code == 405


def test_pages_ask_no_more_for_many_members(
    family: Family, client_of: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    client = client_of(family, "lead")
    few = _queries(client, family, django_assert_max_num_queries)
    office = agency(family.authority, "Community health", "health")
    for number in range(30):
        person = professional(family.authority, f"Pat{number} Lowe", office)
        m.Membership.objects.create(
            authority=family.authority, group_id=family.group, person=person, part="member", role="x",
            since=family.group and m.CoreGroup.objects.get(id=family.group).opened_on,
        )  # fmt: skip
    assert _queries(client, family, django_assert_max_num_queries) == few


def _queries(client: Any, family: Family, limit: Any) -> list[int]:
    counts = []
    for where in ("members", "contacts", "joining"):
        with limit(12) as found:
            assert client.get(f"/groups/{family.group}/{where}/").status_code == 200
        counts.append(len(found))
    return counts
