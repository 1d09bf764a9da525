"""The server is killed in the middle of a meeting, again and again: what was acknowledged is there, once.

Four people type without a pause. Every process of a real `coregroup serve` ends at once by signal 9 and is
started again; each of the four sends again, with the same token, what was not answered. Afterwards the rows
are held against what each of them was told.
"""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.serving import HOST, Service
from tests.plugin_figures import Figures
from tests.prove.ground import run
from tests.prove.typists import LOOK, SETUP, Typist, typists


def prove(env: dict[str, str], kills: int, longest: float) -> dict[str, Any]:
    """Kills the server so many times, after up to `longest` seconds of typing each."""
    ground = json.loads(run(env, "-c", SETUP))
    more = {"DATABASE_URL": env["DATABASE_URL"]} if "DATABASE_URL" in env else {}
    service = Service(Path(env["COREGROUP_DATA"]), demo=False, **more)
    service.start()
    people = typists((HOST, service.port), ground)
    began = time.monotonic()
    chance = random.Random(8)
    try:
        for one in people:
            one.start()
        for _time in range(kills):
            _wait_until_all_were_answered(people)
            time.sleep(chance.uniform(0.05, longest))
            service.kill()
            service.start()
        _wait_until_all_were_answered(people)
        for one in people:
            one.stopped.set()
        for one in people:
            one.join(90)
    finally:
        service.stop()
    seconds = time.monotonic() - began
    assert [one.fault for one in people if one.fault] == []
    told = _held_against_the_rows(people, json.loads(run(env, "-c", LOOK, ground["meeting"])))
    return {"kills": kills, "people_typing": len(people), **told, "seconds": f"{seconds:.0f}"}


def _wait_until_all_were_answered(people: list[Typist]) -> None:
    """Everybody has been answered twice since now: the server is up, and they are in the middle of it."""
    before = {one: len(one.kept) for one in people}
    until = time.monotonic() + 90
    while any(len(one.kept) < before[one] + 2 for one in people):
        assert time.monotonic() < until and not any(one.fault for one in people), [
            one.fault or f"{one.who}: {len(one.kept)} kept" for one in people
        ]
        time.sleep(0.02)


def _held_against_the_rows(people: list[Typist], rows: list[Any]) -> dict[str, Any]:
    kept = [told for one in people for told in one.kept]
    by_token = {token: (thing, number, content) for thing, number, token, content in rows}
    assert len(by_token) == len(rows), "a saving stands twice"
    # Every acknowledged saving is there, under its number, whole; nothing else is.
    for told in kept:
        thing, number, content = by_token[told.token]
        assert (thing, number, content[told.place.field]) == (told.place.thing, told.number, told.text)
    assert set(by_token) == {told.token for told in kept}
    assert not set(by_token) & {token for one in people for token in one.clashed}
    # The savings of each thing are numbered without a gap, and no later one lost what another had written.
    numbers: dict[str, list[int]] = {}
    last: dict[str, Any] = {}
    for thing, number, _token, content in rows:
        numbers.setdefault(thing, []).append(number)
        last[thing] = content
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    newest = {(told.place.thing, told.place.field): told for told in sorted(kept, key=lambda k: k.number)}
    assert all(last[thing][field] == told.text for (thing, field), told in newest.items())
    return {
        "acknowledged_and_there_once": len(kept),
        "acknowledged_and_lost": len(kept) - sum(told.token in by_token for told in kept),
        "there_twice": len(rows) - len(by_token),
        "sent_again_with_the_same_token": sum(one.sent_again for one in people),
        "texts_of_two_shown_to_decide": sum(len(one.clashed) for one in people),
    }


@pytest.mark.requirement("R29")
def test_five_kills_lose_nothing(own_database: dict[str, str]) -> None:
    told = prove(own_database, kills=5, longest=0.4)
    assert told["acknowledged_and_there_once"] > 40


@pytest.mark.prove
@pytest.mark.requirement("R29")
def test_fifty_kills_lose_nothing(own_database: dict[str, str], figures: Figures) -> None:
    figures("Killed in the middle of a meeting", **prove(own_database, kills=50, longest=2.0))
