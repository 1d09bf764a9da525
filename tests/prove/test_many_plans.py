"""Pages that show many plans: the queries of a few are those of five hundred, and how long they take."""

from __future__ import annotations

import gzip
import statistics
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.casework.opening import open_core_group
from tests.builders import Family, account_for, actor, an_opening, authority, the_staff
from tests.conftest import CheckedClient
from tests.plugin_figures import Figures

PAGES = {"chair": "/plans/", "manager": "/staff/", "lead": "/", "health_visitor": "/groups/"}
HELD_ON = date(2026, 3, 4)


def many(count: int) -> Family:
    """So many core groups of two children each, with the same people around them."""
    home = authority()
    staff = the_staff(home)
    for number in range(count):
        held = HELD_ON - timedelta(days=number % 60)
        opening = an_opening(staff, held, family_label=f"Rowe {number}")
        group = open_core_group(opening=opening, by=actor(staff["lead"]))
    return Family(home, group, staff, [])


def look(family: Family) -> dict[str, tuple[int, float, int]]:
    """For each page its queries, the median of its seconds, and its size as sent."""
    found = {}
    for who, address in PAGES.items():
        client = CheckedClient()
        client.force_login(account_for(family.people[who]))
        client.get(address)  # the very first visit is counted as such and costs one more
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        asked = len(queries)  # before the next request, which empties the log
        assert answer.status_code == 200 and asked
        took = []
        for _time in range(5):
            began = time.perf_counter()
            client.get(address)
            took.append(time.perf_counter() - began)
        size = len(gzip.compress(answer.content, 6))
        found[address] = (asked, statistics.median(took), size)
    return found


@pytest.mark.requirement("R92")
def test_a_few_plans_cost_the_queries_of_one(db: None, today: Any) -> None:
    family = many(1)
    one = {address: told[0] for address, told in look(family).items()}
    opening = an_opening(family.people, HELD_ON, family_label="Another")
    for _time in range(4):
        open_core_group(opening=opening, by=actor(family.people["lead"]))
    five = {address: told[0] for address, told in look(family).items()}
    assert one == five
    assert max(five.values()) <= 12


@pytest.mark.prove
@pytest.mark.requirement("R92")
def test_five_hundred_plans(db: None, today: Any, figures: Figures) -> None:
    told = look(many(250))
    measures: dict[str, Any] = {}
    for address, (queries, seconds, size) in told.items():
        measures[f"{address} queries"] = queries
        measures[f"{address} median milliseconds"] = round(seconds * 1000)
        measures[f"{address} kilobytes sent"] = round(size / 1024, 1)
    figures("Pages over five hundred plans", core_groups=250, plans=500, **measures)
    assert max(queries for queries, _seconds, _size in told.values()) <= 12
