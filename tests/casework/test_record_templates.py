"""The authority's own layout for records: what is taken, what is refused, who may (R14)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.urls import reverse
from PIL import Image

from coregroup.casefile.record_templates import layout_for, template_page
from coregroup.casework.record_templates import Upload, set_template
from coregroup.records import models as m
from coregroup.rules.errors import Closed, Problems
from tests.builders import TODAY, Family


def picture(size: tuple[int, int] = (2000, 400)) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "navy").save(made, format="JPEG", exif=b"Exif\x00\x00secret")
    return made.getvalue()


def word() -> bytes:
    made = BytesIO()
    docx.Document().save(made)
    return made.getvalue()


@pytest.mark.requirement("R14")
def test_a_template_is_set_kept_and_taken_away(family: Family, client_of: Any) -> None:
    assert layout_for(group=family.group, by=family.lead).heading == ""
    given = {"heading": "Ashcombe", "badge": Upload("b.jpg", picture()), "word": Upload("w.docx", word())}
    assert set_template(in_force_on=TODAY, by=family.administrator, **given) == 1  # type: ignore[arg-type]
    layout = layout_for(group=family.group, by=family.lead)
    with Image.open(BytesIO(layout.badge)) as badge:
        assert badge.format == "PNG" and badge.width <= 900
    assert layout.word and b"secret" not in layout.badge
    assert (
        set_template(heading="New", without=frozenset({"word"}), in_force_on=TODAY, by=family.administrator)
        == 2
    )
    layout = layout_for(group=family.group, by=family.lead)
    assert (layout.heading, bool(layout.badge), layout.word) == ("New", True, b"")
    assert template_page(by=family.administrator).number == 2
    for who in ("lead", "mother"):
        with pytest.raises(Closed):
            set_template(in_force_on=TODAY, by=family.actor(who))
    client = client_of(family, "administrator")
    shown = client.get(reverse("record_template")).content.decode()
    assert (
        "Template 2 is set" in shown
        and reverse("record_template") in client.get(reverse("setup")).content.decode()
    )
    told = {"once": shown.split('name="once" value="')[1].split('"')[0], "heading": "Third", "footer": "F"}
    told |= {"in_force_on-day": "18", "in_force_on-month": "3", "in_force_on-year": "2026"}
    assert client.post(reverse("record_template"), told).status_code == 302
    assert m.RecordTemplate.objects.count() == 3
    assert client_of(family, "lead").get(reverse("record_template")).status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"badge": Upload("b.png", b"%PDF-1.7 no picture")}, "badge"),
        ({"badge": Upload("b.png", b"\x89PNG\r\n\x1a\nbroken")}, "badge"),
        ({"word": Upload("w.docx", b"MZ\x90 a program")}, "word"),
        ({"word": Upload("w.docx", picture())}, "word"),
        ({"heading": "x" * 201}, "heading"),
        ({"footer": "x" * 301}, "footer"),
    ],
)
def test_what_is_no_template_is_refused_at_its_field(db: None, given: dict[str, Any], field: str) -> None:
    from tests.builders import actor, authority, the_staff

    administrator = actor(the_staff(authority())["administrator"])
    with pytest.raises(Problems) as fault:
        set_template(in_force_on=date(2026, 3, 18), by=administrator, **given)
    assert [name for name, _sentence in fault.value.faults] == [field]
