"""Two and four people saving one plan item at once: every acknowledged save is there, and there once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.plugin_figures import Figures
from tests.prove.ground import AWAKE, ROOT, run

SETUP = (
    AWAKE
    + """
from tests.plugin_migrated import migrate
migrate()
from datetime import date, timedelta
from django.utils import timezone
from tests.builders import open_family
from tests.casework.plan_steps import save
held = timezone.localdate() - timedelta(days=3)
family = open_family(held_on=held)
made = save(family, "concern")
people = [str(family.people[name].id) for name in ("lead", "health_visitor", "teacher", "lead")]
print(json.dumps([str(family.group), str(family.child.id), str(made.item), people]))
"""
)
LOOK = (
    AWAKE
    + """
from coregroup.records.models import PlanRevision
rows = PlanRevision.objects.filter(item=sys.argv[1]).order_by("number")
print(json.dumps([[row.number, row.content["worry"]] for row in rows]))
"""
)


def prove(env: dict[str, str], writers: int, rounds: int) -> dict[str, Any]:
    group, child, item, people = json.loads(run(env, "-c", SETUP))
    script = str(ROOT / "tests" / "prove" / "writer.py")
    began = time.monotonic()
    running = [
        subprocess.Popen(
            [sys.executable, script, group, child, item, people[number], f"writer {number}", str(rounds)],
            env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(writers)
    ]  # fmt: skip
    told = []
    for process in running:
        out, err = process.communicate(timeout=900)
        assert process.returncode == 0, err[-3000:]
        told += [json.loads(line) for line in out.splitlines()]
    seconds = time.monotonic() - began
    rows = json.loads(run(env, "-c", LOOK, item))
    saved = [one for one in told if "saved" in one]
    texts = [text for _number, text in rows]
    assert [number for number, _text in rows] == list(range(1, len(rows) + 1))
    assert len(saved) == writers * rounds == len(rows) - 1
    assert all(rows[one["revision"] - 1][1] == one["saved"] for one in saved)
    assert len(set(texts)) == len(texts)
    assert len([one for one in told if "again" in one]) == len(saved)
    clashes = [one for one in told if "clash" in one]
    assert all(one["theirs"] == rows[one["clash"] - 1][1] for one in clashes)
    return {"saves": len(saved), "clashes_shown": len(clashes), "seconds": f"{seconds:.1f}"}


@pytest.mark.requirement("R10", "R28", "R29")
def test_two_people_at_once_lose_nothing(own_database: dict[str, str]) -> None:
    assert prove(own_database, writers=2, rounds=5)["saves"] == 10


@pytest.mark.prove
@pytest.mark.requirement("R10", "R28", "R29")
def test_four_people_at_once_lose_nothing(own_database: dict[str, str], figures: Figures) -> None:
    figures("Four people saving one plan item", writers=4, **prove(own_database, writers=4, rounds=150))
