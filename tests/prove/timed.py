"""Measures how long the server takes to keep what is typed in a meeting, kind of entry by kind of entry.

Not a test: `test_autosave_speed.py` calls it, and runs it as a program on a database on a disk.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import Any
from uuid import uuid4

from tests.prove.ground import AWAKE

SAID = "Amy was seen at home; her mother was there, and the house was warm. " * 20
SCRIPT = (
    AWAKE
    + """
from datetime import timedelta
from django.utils import timezone
from tests.plugin_migrated import migrate
migrate()
from tests.builders import open_family
from tests.prove.timed import begun, measure
family = open_family(held_on=timezone.localdate() - timedelta(days=7))
print(json.dumps(measure(*begun(family), rounds=int(sys.argv[1]))))
"""
)


def begun(family: Any) -> tuple[Any, str, list[dict[str, Any]]]:
    """A meeting in session: a browser of the minute taker's, where it saves, and one saving of each kind."""
    from django.test import Client
    from django.urls import reverse

    from coregroup.casework.sessions import begin_meeting
    from coregroup.records.models import Meeting
    from tests.builders import account_for
    from tests.casework.plan_steps import save

    meeting = Meeting.objects.get(group=family.group)
    concern = save(family, "concern").item
    begin_meeting(
        group=family.group, meeting=meeting.id, chair=family.people["teacher"].id,
        minute_taker=family.people["lead"].id, by=family.lead,
    )  # fmt: skip
    client = Client(raise_request_exception=False)
    client.force_login(account_for(family.people["lead"]))
    return client, reverse("meeting_keep", args=[family.group, meeting.id]), savings(family, concern)


def savings(family: Any, concern: Any) -> list[dict[str, Any]]:
    """One saving of every kind of entry that is typed or ticked in the room, texts at their longest."""
    child, mother = str(family.child.id), str(family.people["mother"].id)
    school = str(family.people["teacher"].agency_id)
    told: list[tuple[str, dict[str, str], dict[str, str]]] = [
        ("note", {"code": "welcome"}, {"text": SAID}),
        ("asked", {"about": mother}, {"wants": SAID, "how": "conversation"}),
        ("child_attends", {"child": child}, {"decision": "no", "why": SAID}),
        ("attendance", {"about": mother}, {"how": "attended", "note": SAID}),
        ("family_said", {"about": mother}, {"text": SAID}),
        ("voice", {"about": str(family.child.person_id)}, {"words": SAID, "sought": "direct"}),
        ("agency", {"about": school}, {"nothing_new": "yes", "said_by": "Tariq Shah"}),
        ("risk", {"about": str(concern), "child": child}, {"direction": "decreased", "why": SAID}),
        ("contingency", {"child": child}, {"fit": "yes", "note": SAID}),
        ("question", {"code": "safe"}, {"answer": "yes", "note": SAID}),
        ("legal", {"child": child}, {"considered": SAID, "why": SAID}),
        ("decision", {"about": str(uuid4())}, {"what": SAID, "why": SAID}),
        ("read_back", {"about": str(family.people["teacher"].id)}, {"confirmed": "yes", "note": SAID}),
        ("recipients", {}, {"settled": "yes", "note": SAID}),
        ("left_out", {"about": mother}, {"out": "yes", "why": SAID}),
    ]  # fmt: skip
    return [{"kind": kind, "content": content, **thing} for kind, thing, content in told]


def measure(client: Any, address: str, savings: list[dict[str, Any]], rounds: int) -> dict[str, float]:
    """The median milliseconds of each kind and, as `floor`, of a form's draft kept by the same server.

    A draft passes the same session, account and transaction, and writes one row; no case is opened for it.
    """
    took: dict[str, list[float]] = {"floor": []}
    floor = json.dumps({"key": "/a/form/", "data": {"text": [SAID]}})
    bases = dict.fromkeys(range(len(savings)), 0)
    for number in range(rounds):
        for place, saving in enumerate(savings):
            changed = {
                name: f"{text} {number}" if len(text) > 20 else text
                for name, text in saving["content"].items()
            }
            if number % 2 and saving["kind"] == "agency":
                changed["said_by"] = "Somebody else"
            body = {**saving, "content": changed, "base": bases[place], "token": uuid4().hex}
            told, seconds = _timed(client, address, json.dumps(body))
            bases[place] = told["kept"]
            took.setdefault(saving["kind"], []).append(seconds)
        took["floor"].append(_timed(client, "/drafts/", floor.replace("Amy", f"Amy {number}"))[1])
    return {kind: statistics.median(each[1:]) * 1000 for kind, each in took.items()}


def _timed(client: Any, address: str, body: str) -> tuple[Any, float]:
    began = time.perf_counter()
    answer = client.post(address, body, content_type="application/json")
    seconds = time.perf_counter() - began
    assert answer.status_code == 200, f"{answer.status_code} {answer.content[:300]!r} for {body[:200]}"
    return answer.json(), seconds


def said(found: dict[str, float]) -> str:
    """The figures in a line, slowest first."""
    return ", ".join(f"{kind} {ms:.1f} ms" for kind, ms in sorted(found.items(), key=lambda one: -one[1]))


if __name__ == "__main__":
    sys.exit("run by test_autosave_speed.py")
