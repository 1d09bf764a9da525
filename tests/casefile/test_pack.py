"""The meeting pack: each reader's cut, what stands in it, its queries, its page and its PDF."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import page
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coregroup.casefile.pack import pack
from coregroup.casefile.pack_shapes import Pack
from coregroup.casework.action_states import set_action_state
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.chronology import write_entry
from coregroup.casework.family_first import decide_attendance, say_beforehand
from coregroup.casework.pack_hand_outs import record_pack_given
from coregroup.paper.pack import pack_pdf
from coregroup.records import models as m
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed, Problems
from tests.builders import TODAY, Family
from tests.casework.plan_steps import save, whole_plan

MOTHERS, AMYS, WHOLE, KEPT = "He followed me", "Amy has a rash", "All of them were late", "A police matter"


@pytest.fixture
def told(family: Family) -> Family:
    """A family with a plan, chronology, words of the mother, a decision of the last meeting."""
    group, made = family.group, whole_plan(family)
    held = m.Meeting.objects.get(group=group)
    m.Meeting.objects.filter(id=held.id).update(state="held", held_on=held.planned_on)
    ahead = m.Meeting.objects.create(
        authority=family.authority, group_id=group, planned_on=TODAY + timedelta(days=7), venue="Town hall",
        audience=held.audience, chair=family.people["lead"],
    )  # fmt: skip
    m.MeetingEntry.objects.create(
        authority=family.authority, group_id=group, meeting=held, kind="decision", about=held.id, number=1,
        child=family.child, thing="decision:1", content={"what": "Ben sees the dentist"},
        by=family.people["lead"], audience=held.audience,
    )  # fmt: skip
    amy = family.children[1].id
    hide = AudienceChoice(base="professionals", reason="Not yet.")
    write_entry(group=group, on=TODAY, text=AMYS, impact="It itches.", child=amy, by=family.health_visitor)
    write_entry(group=group, on=TODAY, text=WHOLE, by=family.teacher)
    write_entry(group=group, on=TODAY, text=KEPT, audience=hide, by=family.lead)
    say_beforehand(
        group=group, meeting=ahead.id, about=family.mother.who, content={"wants": MOTHERS}, by=family.mother
    )
    decided = {"decision": "no", "why": "Ben wants to draw.", "way": "drawing", "who_asks": "Tariq Shah"}
    decide_attendance(group=group, meeting=ahead.id, child=family.child.id, content=decided, by=family.lead)
    owner = family.health_visitor
    set_action_state(
        group=group, item=made["action"].item, state="cannot_yet", because="The list is lost.", by=owner
    )
    return family


def ahead(family: Family) -> UUID:
    return m.Meeting.objects.get(group=family.group, state="planned").id


def read(family: Family, by: Actor, reader: str = "") -> Pack:
    person = family.people[reader].id if reader else None
    return pack(group=family.group, meeting=ahead(family), reader=person, by=by)


@pytest.mark.requirement("R14", "R30", "R57", "R66", "R86")
def test_a_pack_holds_what_its_reader_may_see_and_nothing_else(told: Family) -> None:
    lead = read(told, told.lead)
    whole = repr(lead)
    for words in (
        MOTHERS,
        AMYS,
        WHOLE,
        KEPT,
        "Ben sees the dentist",
        "The list is lost.",
        "Ben wants to draw.",
    ):
        assert words in whole, words
    assert [point.title for point in lead.agenda][1].startswith("How things have been")
    assert lead.plans[0].concerns and lead.chair == "Lena Marsh" and lead.dates and not lead.withheld
    assert [line.state for line in lead.open_actions(lead.plans[0])] == ["cannot_yet"]
    mother, father, gil = (repr(read(told, told.actor(who))) for who in ("mother", "father", "gil"))
    assert MOTHERS in mother and AMYS in mother and KEPT not in mother
    for words in (MOTHERS, AMYS, WHOLE, KEPT, "Amy"):
        assert words not in father, words
    for words in (MOTHERS, WHOLE, KEPT, "Ben", "dentist"):
        assert words not in gil, words
    assert AMYS in gil


@pytest.mark.requirement("R12", "R57")
def test_a_preview_is_the_readers_cut_and_says_that_something_is_kept_back(told: Family) -> None:
    preview = read(told, told.lead, "father")
    own = read(told, told.father)
    assert (preview.entries, preview.people, preview.decisions) == (own.entries, own.people, own.decisions)
    assert preview.withheld and preview.preview and MOTHERS not in repr(preview)
    assert not read(told, told.teacher, "lead").withheld
    m.Person.objects.filter(id=told.father.who).update(language="cy")
    given = {"group": told.group, "meeting": ahead(told), "reader": told.father.who, "by": told.lead}
    assert pack(**given).agenda[0].title.startswith("Welcome")  # type: ignore[arg-type]
    theirs = pack(own_language=True, **given)  # type: ignore[arg-type]
    assert theirs.agenda[0].title.startswith("Croeso") and theirs.language == "cy"
    with pytest.raises(Closed):
        read(told, told.mother, "father")
    with pytest.raises(Closed):
        read(told, told.lead, "stranger")
    m.Membership.objects.filter(person=told.people["teacher"]).update(limited_to=[str(told.child.id)])
    limited = read(told, told.teacher)
    assert WHOLE in repr(limited)  # their own words
    assert "Amy" not in repr(limited) and MOTHERS not in repr(limited)
    with pytest.raises(Closed):
        read(told, told.teacher, "lead")


def test_its_queries_do_not_grow_with_what_it_holds(told: Family) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as caught:
            read(told, told.lead)
        return len(caught)

    first = counted()
    save(told, "concern", child=told.children[1].id)
    for _ in range(3):
        write_entry(group=told.group, on=TODAY, text="More", by=told.lead)
        save(told, "contingency")
    assert counted() == first <= 24


@pytest.mark.requirement("R14", "R57")
def test_the_page_and_the_pdf(told: Family, client_of: Any, tmp_path: Path) -> None:
    lead, meeting = client_of(told, "lead"), ahead(told)
    place = reverse("pack", args=[told.group, meeting])
    shown = lead.get(place).content.decode()
    for words in (MOTHERS, "Cannot be done yet: The list is lost.", "Ben sees the dentist", "Town hall"):
        assert words in shown, words
    father = str(told.people["father"].id)
    of_father = reverse("pack_as", args=[told.group, meeting, father])
    preview = lead.get(of_father).content.decode()
    assert "Something that you see is kept back" in preview and MOTHERS not in preview
    assert client_of(told, "father").get(place).status_code == 200
    assert client_of(told, "mother").get(of_father).status_code == 404
    made = lead.get(reverse("pack_pdf_as", args=[told.group, meeting, father]))
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.headers["Content-Disposition"] == 'attachment; filename="pack-frank-dale-2026-03-25.pdf"'
    own = lead.get(reverse("pack_pdf", args=[told.group, meeting]))
    assert own.content == pack_pdf(read(told, told.lead)).content  # the same bytes
    texts = []
    for number, content in enumerate((own.content, made.content)):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(content)
        ran = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True)
        texts.append(" ".join(ran.stdout.split()))
    assert MOTHERS in texts[0] and "Copy for Lena Marsh" in texts[0] and MOTHERS not in texts[1]
    assert page.validate_pdf(str(tmp_path / "0.pdf"), profile=page.ValidationProfile.PDF_UA_1).is_compliant


@pytest.mark.requirement("R17", "R57")
def test_that_it_was_given_and_opened_is_kept_as_proof(told: Family, client_of: Any) -> None:
    lead, place = client_of(told, "lead"), reverse("pack", args=[told.group, ahead(told)])
    give = reverse("pack_give", args=[told.group, ahead(told), told.people["mother"].id])
    form = {"how": "own_page", "on-day": "18", "on-month": "3", "on-year": "2026"}
    assert lead.post(give, form | {"how": "not_given"}).status_code == 200  # it wants a reason
    assert lead.post(give, form).status_code == 302
    kept = m.HandOut.objects.get(document="pack")
    assert kept.digest == pack_pdf(read(told, told.lead, "mother")).digest
    assert "not opened yet" in lead.get(place).content.decode()
    assert client_of(told, "mother").get(place).status_code == 200
    assert "opened on 18 March 2026" in lead.get(place).content.decode()
    assert client_of(told, "mother").get(place).status_code == 200
    assert m.HandOutOpened.objects.count() == 1
    assert client_of(told, "teacher").get(give).status_code == 403
    assert client_of(told, "mother").get(give).status_code == 404
    assert m.Notice.objects.filter(code="pack_handed_to_you", to=told.people["mother"]).exists()
    given = {"group": told.group, "meeting": ahead(told), "on": TODAY, "digest": "x", "by": told.lead}
    for who, how, error in (("mother", "filed", Problems), ("stranger", "post", Closed)):
        with pytest.raises(error):
            record_pack_given(recipient=told.people[who].id, how=how, **given)  # type: ignore[arg-type]


@pytest.mark.requirement("R54", "R57")
def test_who_comes_in_a_members_place_reads_the_pack_of_what_that_member_knows(told: Family) -> None:
    m.Membership.objects.filter(person=told.people["teacher"]).update(limited_to=[str(told.child.id)])
    row = m.Meeting.objects.get(id=ahead(told))
    m.MeetingGuest.objects.create(
        authority=told.authority, group_id=told.group, meeting=row, person=told.people["stranger"],
        name="Sven Alder", part="representative", beside=told.people["teacher"],
        named_by=told.people["teacher"], audience=row.audience,
    )  # fmt: skip
    found = read(told, told.stranger)
    assert "Ben sees the dentist" in repr(found) and not found.copies
    for words in (MOTHERS, AMYS, WHOLE, "Amy"):
        assert words not in repr(found), words
    with pytest.raises(Closed):
        read(told, told.stranger, "lead")
    m.Meeting.objects.filter(id=row.id).update(state="closed", held_on=TODAY)
    with pytest.raises(Closed):
        pack(group=told.group, meeting=row.id, by=told.stranger)
