"""How long one autosave in a meeting takes: against a floor in every run, in milliseconds by the proof.

The requirement is under 50 ms at the median on two cores. A test that measures time can fail for no fault of
ours, so the everyday test holds each kind of entry against what the same server takes for keeping a draft.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

import pytest

from tests.builders import Family
from tests.journeys.serving import HOST, Service
from tests.plugin_figures import Figures
from tests.prove.ground import run
from tests.prove.timed import SCRIPT, begun, measure, said
from tests.prove.typists import SETUP, typists

LIMIT = 50  # milliseconds at the median
MOST = 8  # times the floor


@pytest.mark.requirement("R29")
def test_an_autosave_costs_little_more_than_a_draft(family: Family) -> None:
    found = measure(*begun(family), rounds=7)
    floor = found.pop("floor")
    assert max(found.values()) < MOST * floor, f"floor {floor:.1f} ms: {said(found)}"


@pytest.mark.prove
@pytest.mark.requirement("R29")
def test_any_autosave_takes_less_than_fifty_milliseconds(
    own_database: dict[str, str], figures: Figures
) -> None:
    found = json.loads(run(own_database, "-c", SCRIPT, "60"))
    floor = found.pop("floor")
    each = {f"{kind} median milliseconds": f"{ms:.1f}" for kind, ms in found.items()}
    four = four_at_once(own_database, 20)
    figures(
        "Autosave in a meeting",
        **{"limit milliseconds": LIMIT, "floor: a draft kept by the same server": f"{floor:.1f}"},
        **each,
        **{"slowest kind": f"{max(found.values()):.1f}", **four},
    )
    assert max(found.values()) < LIMIT, said(found)


def four_at_once(env: dict[str, str], seconds: float) -> dict[str, str]:
    """What four people without a pause between two savings wait for at a real server, there and back."""
    ground = json.loads(run(env, "-c", SETUP.replace("open_family(", "open_family(name='Fourfold', ")))
    more = {"DATABASE_URL": env["DATABASE_URL"]} if "DATABASE_URL" in env else {}
    service = Service(Path(env["COREGROUP_DATA"]), demo=False, **more)
    service.start()
    people = typists((HOST, service.port), ground)
    try:
        for one in people:
            one.start()
        time.sleep(seconds)
        for one in people:
            one.stopped.set()
        for one in people:
            one.join(60)
    finally:
        service.stop()
    assert [one.fault for one in people if one.fault] == []
    waits = [told.seconds * 1000 for one in people for told in one.kept]
    return {
        "four at once: savings a second": f"{len(waits) / seconds:.0f}",
        "four at once: median milliseconds there and back": f"{statistics.median(waits):.0f}",
    }
