"""Members: added, invited, ended; each child's lead. Every verb beside somebody who may not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coregroup.casefile import members as members_file
from coregroup.casework import members as work
from coregroup.casework.members import NewProfessional
from coregroup.records import models as m
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Problems, Refused
from coregroup.rules.links import digest_of
from tests.builders import Family, agency, authority, professional


def membership(family: Family, name: str) -> m.Membership:
    return m.Membership.objects.get(group=family.group, person=family.people[name], until__isnull=True)


@pytest.mark.requirement("R48", "R93")
def test_a_lead_adds_somebody_of_the_lists(family: Family) -> None:
    police = family.people["police"]
    made = work.add_member(group=family.group, person=police.id, role="Keeps you safe.", by=family.lead)
    row = m.Membership.objects.get(id=made)
    assert (row.person, row.role, row.part) == (police, "Keeps you safe.", "member")
    assert m.Notice.objects.filter(to=police, code="you_are_a_member").exists()
    assert m.LedgerEntry.objects.filter(happening="MemberAdded", data__person=str(police.id)).exists()


@pytest.mark.parametrize("name", ["stranger", "administrator", "other_worker"])
def test_a_stranger_adds_nobody(family: Family, name: str) -> None:
    with pytest.raises(Closed):
        work.add_member(
            group=family.group, person=family.people["police"].id, role="x", by=family.actor(name)
        )


@pytest.mark.parametrize("name", ["mother", "teacher", "chair", "manager"])
def test_who_does_not_lead_adds_nobody(family: Family, name: str) -> None:
    before = m.Membership.objects.count()
    with pytest.raises(Refused):
        work.add_member(
            group=family.group, person=family.people["police"].id, role="x", by=family.actor(name)
        )
    assert m.Membership.objects.count() == before


def test_a_role_is_needed_and_nobody_is_added_twice(family: Family) -> None:
    with pytest.raises(Problem) as fault:
        work.add_member(group=family.group, person=family.people["police"].id, role="  ", by=family.lead)
    assert fault.value.field == "role"
    with pytest.raises(Problem) as fault:
        work.add_member(group=family.group, person=family.people["teacher"].id, role="x", by=family.lead)
    assert fault.value.field == "person"


def test_the_same_form_twice_adds_one(family: Family) -> None:
    police = family.people["police"].id
    made = work.add_member(group=family.group, person=police, role="x", by=family.lead, once="a" * 32)
    with pytest.raises(AlreadyDone) as earlier:
        work.add_member(group=family.group, person=police, role="x", by=family.lead, once="a" * 32)
    assert earlier.value.outcome == str(made)


def test_nobody_of_an_agency_that_serves_another_authority(family: Family) -> None:
    elsewhere = authority("Brackwater")
    other = professional(elsewhere, "Una Kerr", agency(elsewhere, "Other health", "health"))
    with pytest.raises(Closed):
        work.add_member(group=family.group, person=other.id, role="x", by=family.lead)
    with pytest.raises(Closed):
        work.add_member(group=family.group, person=family.people["mother"].id, role="x", by=family.lead)


def test_an_agency_may_serve_several_authorities(family: Family) -> None:
    elsewhere = authority("Brackwater")
    office = agency(elsewhere, "Ambulance trust", "health")
    office.serves.add(family.authority)
    other = professional(elsewhere, "Una Kerr", office)
    assert work.add_member(group=family.group, person=other.id, role="x", by=family.lead)


def test_a_new_person_without_an_account(family: Family) -> None:
    school = agency(family.authority, "Oak Lane School", "education")
    new = NewProfessional("Greta", "Ives", school.id, "Dinner supervisor")
    made = work.add_member(group=family.group, person=new, role="Sees Ben at lunch.", by=family.lead)
    row = m.Membership.objects.select_related("person").get(id=made)
    assert row.person.name == "Greta Ives" and row.person.email == ""


def test_a_new_person_is_checked_at_every_field(family: Family) -> None:
    new = NewProfessional("", "Ives", uuid4(), email="greta at school")
    people = m.Person.objects.count()
    with pytest.raises(Problems) as faults:
        work.add_member(group=family.group, person=new, role="x", by=family.lead)
    assert {field for field, _said in faults.value.faults} == {"given_name", "agency", "email"}
    assert m.Person.objects.count() == people


def test_a_new_person_is_not_made_twice(family: Family) -> None:
    school = agency(family.authority, "Oak Lane School", "education")
    known = family.people["teacher"].email.upper()
    new = NewProfessional("Tariq", "Shah", school.id, email=known)
    with pytest.raises(Problems) as faults:
        work.add_member(group=family.group, person=new, role="x", by=family.lead)
    assert [field for field, _said in faults.value.faults] == ["email"]


@pytest.mark.requirement("R93")
def test_a_membership_limited_to_one_child(family: Family) -> None:
    ben, amy = family.children
    police = family.people["police"]
    work.add_member(group=family.group, person=police.id, role="x", only_children=[ben.id], by=family.lead)
    sheet = members_file.members(group=family.group, by=family.police)
    assert [child.given_name for child in sheet.children] == ["Ben"]
    with pytest.raises(Closed):
        work.add_member(
            group=family.group, person=family.people["other_worker"].id, role="x",
            only_children=[uuid4()], by=family.lead,
        )  # fmt: skip


@pytest.mark.requirement("R3")
def test_an_adult_of_the_family_becomes_a_member(family: Family) -> None:
    m.Membership.objects.filter(person=family.people["gil"]).delete()
    gil = m.Adult.objects.get(person=family.people["gil"])
    with pytest.raises(Refused):
        work.add_family_member(group=family.group, adult=gil.id, by=family.teacher)
    with pytest.raises(Closed):
        work.add_family_member(group=family.group, adult=gil.id, by=family.stranger)
    made = work.add_family_member(group=family.group, adult=gil.id, by=family.lead)
    assert m.Membership.objects.get(id=made).part == "family"
    assert [one.given_name for one in members_file.members(group=family.group, by=family.gil).children] == [
        "Amy"
    ]


def test_an_adult_who_does_not_attend_is_not_added(family: Family) -> None:
    m.Membership.objects.filter(person=family.people["gil"]).delete()
    gil = m.Adult.objects.get(person=family.people["gil"])
    gil.attends, gil.attends_reason = "no", "A court order."
    gil.save()
    with pytest.raises(Problem):
        work.add_family_member(group=family.group, adult=gil.id, by=family.lead)
    with pytest.raises(Closed):
        work.add_family_member(group=family.group, adult=uuid4(), by=family.lead)


@pytest.mark.requirement("R2")
def test_an_invitation_keeps_only_the_digest(family: Family) -> None:
    row = membership(family, "teacher")
    made = work.invite_member(group=family.group, membership=row.id, by=family.lead)
    kept = m.Invitation.objects.get(id=made.id)
    assert kept.digest == digest_of(made.token) != made.token
    assert made.send_to == family.people["teacher"].email
    assert kept.expires_at > timezone.now() + timedelta(days=13)


def test_a_second_invitation_ends_the_first(family: Family) -> None:
    row = membership(family, "teacher")
    first = work.invite_member(group=family.group, membership=row.id, by=family.lead)
    work.invite_member(group=family.group, membership=row.id, by=family.lead)
    assert m.Invitation.objects.get(id=first.id).expires_at <= timezone.now()


def test_who_may_not_invite(family: Family) -> None:
    row = membership(family, "teacher")
    with pytest.raises(Closed):
        work.invite_member(group=family.group, membership=row.id, by=family.stranger)
    with pytest.raises(Refused):
        work.invite_member(group=family.group, membership=row.id, by=family.mother)
    with pytest.raises(Closed):
        work.invite_member(group=family.group, membership=uuid4(), by=family.lead)
    with pytest.raises(Problem) as fault:
        work.invite_member(group=family.group, membership=row.id, send_to="nowhere", by=family.lead)
    assert fault.value.field == "send_to"


def test_a_sent_invitation_is_noted(family: Family) -> None:
    row = membership(family, "teacher")
    made = work.invite_member(group=family.group, membership=row.id, by=family.lead)
    with pytest.raises(Closed):
        work.note_sent(group=family.group, invitation=made.id, by=family.stranger)
    work.note_sent(group=family.group, invitation=made.id, by=family.lead)
    assert m.Invitation.objects.get(id=made.id).sent_at is not None


def test_access_ends_with_the_membership(family: Family) -> None:
    row = membership(family, "teacher")
    made = work.invite_member(group=family.group, membership=row.id, by=family.lead)
    assert members_file.members(group=family.group, by=family.teacher)
    work.end_membership(group=family.group, membership=row.id, reason="Left the school.", by=family.lead)
    with pytest.raises(Closed):
        members_file.members(group=family.group, by=family.teacher)
    assert m.Invitation.objects.get(id=made.id).expires_at <= timezone.now()


def test_who_may_not_end_a_membership(family: Family) -> None:
    row = membership(family, "teacher")
    with pytest.raises(Closed):
        work.end_membership(group=family.group, membership=row.id, reason="x", by=family.stranger)
    with pytest.raises(Refused):
        work.end_membership(group=family.group, membership=row.id, reason="x", by=family.health_visitor)
    with pytest.raises(Problem) as fault:
        work.end_membership(group=family.group, membership=row.id, reason=" ", by=family.lead)
    assert fault.value.field == "reason"
    row.refresh_from_db()
    assert row.until is None


@pytest.mark.requirement("R4")
def test_a_lead_does_not_leave_before_another_is_appointed(family: Family) -> None:
    row = membership(family, "lead")
    with pytest.raises(Problem) as fault:
        work.end_membership(group=family.group, membership=row.id, reason="x", by=family.lead)
    assert "Ben" in fault.value.sentence


def an_action(family: Family, owner: str, text: str, *, withdrawn: str = "") -> m.PlanItem:
    """An action with an owner, as the plan keeps it: a concern, an outcome, the action."""
    child = family.child
    plan = m.Plan.objects.get(child=child)
    audience = m.Audience.objects.filter(group=family.group, base="group").first()
    shared = {"authority": family.authority, "group_id": family.group}
    above = None
    for kind in ("concern", "outcome", "action"):
        item = m.PlanItem.objects.create(**shared, plan=plan, kind=kind, under=above)
        is_action = kind == "action"
        m.PlanRevision.objects.create(
            **shared, item=item, number=1, kind=kind, content={"what": text}, new_because="Seen since.",
            owner=family.people[owner] if is_action else None, audience=audience,
            by_when=timezone.localdate() if is_action else None, by=family.people["lead"],
            withdrawn_because=withdrawn if is_action else "",
        )  # fmt: skip
        above = item
    return item


def test_a_leavers_open_actions_fall_to_the_lead(family: Family) -> None:
    kept = an_action(family, "teacher", "Ring each morning.")
    an_action(family, "teacher", "No longer wanted.", withdrawn="Done by the club.")
    an_action(family, "health_visitor", "Visit weekly.")
    row = membership(family, "teacher")
    left = work.end_membership(
        group=family.group, membership=row.id, reason="Left the school.", by=family.lead
    )
    assert left == (kept.id,)
    notice = m.Notice.objects.get(code="actions_to_reassign", to=family.people["lead"])
    assert notice.urgent and notice.data["open_actions"] == 1
    assert m.AgendaItem.objects.filter(group=family.group, code="actions_to_reassign").count() == 1
    sheet = members_file.members(group=family.group, by=family.lead)
    assert [one.what for one in sheet.left_actions] == ["Ring each morning."]
    assert sheet.left[0].because == "Left the school."


def test_no_open_actions_no_alarm(family: Family) -> None:
    row = membership(family, "teacher")
    work.end_membership(group=family.group, membership=row.id, reason="Left.", by=family.lead)
    assert not m.Notice.objects.filter(code="actions_to_reassign").exists()


@pytest.mark.requirement("R4")
def test_another_lead_is_appointed(family: Family) -> None:
    today = timezone.localdate()
    worker = family.people["other_worker"]
    work.change_lead(
        group=family.group, child=family.child.id, person=worker.id, on=today, reason="Maternity leave.",
        by=family.lead,
    )  # fmt: skip
    rows = m.LeadAppointment.objects.filter(child=family.child)
    assert [row.person for row in rows.filter(until__isnull=True)] == [worker]
    assert rows.get(person=family.people["lead"]).until == today
    assert m.Membership.objects.filter(group=family.group, person=worker, until__isnull=True).exists()
    assert m.Notice.objects.filter(to=worker, code="you_are_lead").exists()
    amy = family.children[1]
    assert m.LeadAppointment.objects.get(child=amy, until__isnull=True).person == family.people["lead"]


@pytest.mark.parametrize("name", ["manager", "chair"])
def test_the_leads_manager_and_the_chair_may_appoint(family: Family, name: str) -> None:
    work.change_lead(
        group=family.group, child=family.child.id, person=family.people["other_worker"].id,
        on=timezone.localdate(), reason="Sick leave.", by=family.actor(name),
    )  # fmt: skip
    standing = m.LeadAppointment.objects.get(child=family.child, until__isnull=True)
    assert standing.person == family.people["other_worker"]


@pytest.mark.parametrize(
    ("name", "answer"),
    [("nurse_manager", Refused), ("teacher", Refused), ("mother", Refused), ("stranger", Closed)],
)
def test_who_may_not_appoint(family: Family, name: str, answer: type[Exception]) -> None:
    with pytest.raises(answer):
        work.change_lead(
            group=family.group, child=family.child.id, person=family.people["other_worker"].id,
            on=timezone.localdate(), reason="x", by=family.actor(name),
        )  # fmt: skip
    assert m.LeadAppointment.objects.filter(person=family.people["lead"], until__isnull=True).count() == 2


def test_what_a_new_lead_needs(family: Family) -> None:
    with pytest.raises(Problems) as faults:
        work.change_lead(
            group=family.group, child=family.child.id, person=family.people["teacher"].id,
            on=timezone.localdate() + timedelta(days=1), reason=" ", by=family.lead,
        )  # fmt: skip
    assert {field for field, _said in faults.value.faults} == {"person", "on", "reason"}
    with pytest.raises(Problems) as faults:
        work.change_lead(
            group=family.group, child=family.child.id, person=family.people["lead"].id,
            on=timezone.localdate(), reason="x", by=family.lead,
        )  # fmt: skip
    assert [field for field, _said in faults.value.faults] == ["person"]
