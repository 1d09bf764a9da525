"""The start page: each person's own, in their cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import Family


@pytest.mark.parametrize("name", ["lead", "health_visitor", "chair", "manager", "mother", "gil", "stranger"])
def test_everybody_has_a_start_page(family: Family, client_of: Callable[..., Any], name: str) -> None:
    page = client_of(family, name).get("/")
    assert page.status_code == 200


@pytest.mark.parametrize("name", ["lead", "health_visitor", "chair", "manager", "mother", "gil", "father"])
def test_everybody_of_the_group_opens_its_page(family: Family, client_of: Callable[..., Any], name: str) -> None:
    page = client_of(family, name).get(f"/groups/{family.group}/")
    assert page.status_code == 200
