"""People who type in a meeting, as the page does: save, wait for the answer, send again if none came.

Not a test: `test_killed.py` and `test_autosave_speed.py` let them type.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import uuid4

from tests.prove.ground import AWAKE

PATIENCE = 60  # seconds until a typist who gets no answer gives up
CSRF = "c" * 32
# A core group in session, with four people signed in who type in it.
SETUP = (
    AWAKE
    + """
from tests.plugin_migrated import migrate
migrate()
from datetime import timedelta
from django.test import Client
from django.utils import timezone
from coregroup.casework.sessions import begin_meeting
from coregroup.records.models import Meeting
from tests.builders import account_for, open_family
from tests.casework.plan_steps import save
family = open_family(held_on=timezone.localdate() - timedelta(days=7))
concern = save(family, "concern").item
meeting = Meeting.objects.get(group=family.group)
begin_meeting(group=family.group, meeting=meeting.id, chair=family.people["teacher"].id,
              minute_taker=family.people["lead"].id, by=family.lead)
sessions = {}
for name in ("lead", "health_visitor", "teacher", "police"):
    if name == "police":
        from coregroup.casework.members import add_member
        add_member(group=family.group, person=family.people[name].id, role="Police", by=family.lead)
    client = Client()
    client.force_login(account_for(family.people[name]))
    sessions[name] = client.cookies["sessionid"].value
print(json.dumps({
    "path": f"/groups/{family.group}/meetings/{meeting.id}/keep/", "meeting": str(meeting.id),
    "group": str(family.group), "sessions": sessions, "child": str(family.child.id),
    "mother": str(family.people["mother"].id), "concern": str(concern),
    "agency": str(family.people["teacher"].agency_id),
}))
"""
)
LOOK = (
    AWAKE
    + """
from coregroup.records.models import MeetingEntry
rows = MeetingEntry.objects.filter(meeting=sys.argv[1]).order_by("thing", "number")
print(json.dumps([[row.thing, row.number, row.token, row.content] for row in rows]))
"""
)


@dataclass(frozen=True)
class Place:
    """One field of one thing of the meeting: where somebody types."""

    kind: str
    field: str
    about: str = ""
    child: str = ""
    code: str = ""

    @property
    def thing(self) -> str:
        return ":".join((self.kind, self.about, self.child, self.code))


@dataclass(frozen=True)
class Acknowledged:
    """A saving that was answered as kept."""

    token: str
    place: Place
    text: str
    number: int
    seconds: float


@dataclass
class Typist(threading.Thread):
    """Saves at one place after the other, without a pause, until told to stop.

    Whatever was not answered is sent again with its own token until it is, as the page does.
    """

    at: tuple[str, int]
    path: str
    who: str
    session: str
    places: list[Place]
    stopped: threading.Event = field(default_factory=threading.Event)
    kept: list[Acknowledged] = field(default_factory=list)
    clashed: set[str] = field(default_factory=set)
    sent_again: int = 0
    fault: str = ""

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.bases: dict[str, int] = {}
        self.connection: HTTPConnection | None = None

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        number = 0
        try:
            while not self.stopped.is_set():
                number += 1
                self.save(self.places[number % len(self.places)], self.words(number))
        except Exception as fault:  # told by the test, which alone can fail
            self.fault = f"{self.who}: {fault!r}"

    def words(self, number: int) -> str:
        """A text that nobody else writes, long enough to be cut in two, with its own seal."""
        begins = f"{self.who} {number} " + "Amy was seen at home; her mother was there. " * (number % 40)
        return begins + hashlib.sha256(begins.encode()).hexdigest()

    def save(self, place: Place, text: str) -> None:
        while True:
            token = uuid4().hex
            body = {
                "kind": place.kind, "about": place.about, "child": place.child, "code": place.code,
                "content": {place.field: text}, "base": self.bases.get(place.thing, 0), "token": token,
            }  # fmt: skip
            began = time.perf_counter()
            status, told = self.until_answered(body)
            if status == 409:  # nothing was kept: decided now, with what the other wrote before the eyes
                self.clashed.add(token)
                self.bases[place.thing] = told["kept"]
                continue
            assert status == 200, f"{status} {told} for {body['kind']}"
            assert told["content"][place.field] == text, "what was answered as kept is another text"
            self.bases[place.thing] = told["kept"]
            seconds = time.perf_counter() - began
            self.kept.append(Acknowledged(token, place, text, told["kept"], seconds))
            return

    def until_answered(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, told = self.send(body)
            except (OSError, HTTPException, ValueError):
                self.connection = None
                self.sent_again += 1
                time.sleep(0.05)
                continue
            if status < 500:
                return status, told
            self.sent_again += 1
        raise AssertionError("no answer came any more")

    def send(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Sends one saving; gives the status and what was answered."""
        if self.connection is None:
            self.connection = HTTPConnection(*self.at, timeout=30)
        headers = {
            "Content-Type": "application/json", "X-CSRFToken": CSRF, "Host": f"{self.at[0]}:{self.at[1]}",
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
        }  # fmt: skip
        self.connection.request("POST", self.path, json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if answer.status < 500 else {}


def places_of(who: str, ground: dict[str, Any]) -> list[Place]:
    """Where one of the four types: at a place of their own, in a form with others, and in one shared text."""
    field = {"lead": "in_force", "health_visitor": "considered", "teacher": "why", "police": "why"}[who]
    legal_of = "note" if who == "police" else field
    shared = (
        Place("legal", field, child=ground["child"])
        if who != "police"
        else Place("contingency", legal_of, child=ground["child"])
    )
    return [
        Place("note", "text", code=f"own_{who}"),
        shared,
        Place("family_said", "text", about=ground["mother"]),
        Place("note", "text", code=f"own_{who}", child=ground["child"]),
    ]


def typists(at: tuple[str, int], ground: dict[str, Any]) -> list[Typist]:
    """The four people of the ground, ready to begin."""
    return [
        Typist(at, ground["path"], who, session, places_of(who, ground))
        for who, session in ground["sessions"].items()
    ]
