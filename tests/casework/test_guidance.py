"""The authority's guidance: versions, and the pages where it is linked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from coregroup.casefile.guidance import for_page, guidance, library
from coregroup.casework.guidance import publish
from coregroup.records import models as m
from coregroup.rules.errors import AlreadyDone, Closed, Problems
from tests.builders import Family, actor, agency, authority, professional


def a_text(by: Any, **more: Any) -> str:
    values: dict[str, Any] = {"title": "Protocol", "text": "Words", "in_force_on": date(2026, 3, 1)}
    return publish(by=by, **(values | more))


@pytest.mark.requirement("R60")
def test_a_version_to_come_waits_for_its_day(family: Family) -> None:
    slug = a_text(family.administrator, applies_to={"plan"})
    a_text(
        family.administrator,
        slug=slug,
        text="New words",
        in_force_on=date(2026, 4, 1),
        applies_to={"outline"},
    )
    now = guidance(slug=slug, by=family.teacher)
    assert (now.number, now.text, now.in_force) == (1, "Words", True)
    later = guidance(slug=slug, number=2, by=family.teacher)
    assert (later.text, later.in_force) == ("New words", False)
    assert [line.slug for line in for_page(code="plan", by=family.teacher)] == [slug]
    assert for_page(code="outline", by=family.teacher) == ()
    m.Guidance.objects.filter(number=2).update(in_force_on=date(2026, 3, 2))
    assert guidance(slug=slug, by=family.teacher).text == "New words"
    assert guidance(slug=slug, number=1, by=family.teacher).replaced_on == date(2026, 3, 2)
    assert for_page(code="plan", by=family.teacher) == ()
    assert [line.number for line in for_page(code="outline", by=family.teacher)] == [2]


@pytest.mark.requirement("R60")
def test_each_authority_has_its_own(family: Family) -> None:
    other = authority("Brackwell", "wales")
    admin = professional(other, "Bea Voss", agency(other, "Office", "social_care"), duties=["administrator"])
    assert a_text(family.administrator) == "protocol"
    assert a_text(family.administrator) == "protocol-2"
    assert a_text(actor(admin)) == "protocol"
    assert [line.slug for line in library(by=actor(admin)).lines] == ["protocol"]
    assert len(library(by=family.teacher).lines) == 2
    with pytest.raises(Closed):
        guidance(slug="protocol-2", by=actor(admin))
    with pytest.raises(Closed):
        a_text(actor(admin), slug="protocol-2")


def test_faults_and_refusals(family: Family) -> None:
    with pytest.raises(Problems) as told:
        a_text(family.administrator, title=" ", text="", link="ftp://x", applies_to={"nowhere"})
    assert [field for field, _sentence in told.value.faults] == ["title", "link", "applies_to"]
    slug = a_text(family.administrator, once="c" * 32)
    with pytest.raises(AlreadyDone, match="already"):
        a_text(family.administrator, once="c" * 32)
    with pytest.raises(Problems, match="earlier"):
        a_text(family.administrator, slug=slug, in_force_on=date(2026, 2, 1))
    for name in ("teacher", "mother", "lead"):
        with pytest.raises(Closed):
            a_text(family.actor(name))
    with pytest.raises(Closed):
        library(by=family.mother)
    assert for_page(code="plan", by=family.mother) == ()
    assert m.Guidance.objects.count() == 1
