"""The check for plain words at a field: asked while somebody types, shown as advice, never in the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from tests.builders import Family
from tests.casework.plan_steps import CONTENT

pytestmark = pytest.mark.requirement("R79")


def test_a_page_asks_while_somebody_types(family: Family, client_of: Any) -> None:
    client, place = client_of(family, "teacher"), reverse("plain_words")

    def asked(data: Any) -> Any:
        return client.post(place, json.dumps(data), content_type="application/json")

    found = asked({"text": "We liaise, and liaise again, at the QZX."}).json()["findings"]
    assert [(one["word"], one["instead"]) for one in found] == [("liaise", "talk"), ("QZX", "")]
    assert asked({"text": "Plain words."}).json() == {"findings": []}
    for faulty in ({}, {"text": 1}, {"text": "a" * 20_001}, []):
        assert asked(faulty).status_code == 400
    assert client.get(place).status_code == 405


def test_the_family_page_is_worth_a_second_look_and_then_saved_as_it_is(
    family: Family, client_of: Any
) -> None:
    client = client_of(family, "lead")
    place = reverse("plan_new", args=[family.group, family.child.id, "family_page"])
    told = CONTENT["family_page"] | {"why": "Ben is at risk of significant harm.", "audience_base": "group"}
    page = client.post(place, told).content.decode()
    assert "Worth a second look" in page and "serious harm" in page and "data-plainer" in page
    seen = page.split('name="smart_seen" value="')[1].split('"')[0]
    assert client.post(place, told | {"smart_seen": seen}).status_code == 302
    # What somebody said is nobody's to tidy.
    view = client.get(reverse("plan_new", args=[family.group, family.child.id, "view"])).content.decode()
    assert "data-plainer" not in view
