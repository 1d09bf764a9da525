"""The promise of `make run`, from a fresh clone: how long the first start takes, and the second."""

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.tree import ROOT

SECOND_START_SECONDS = 5
FIRST_START_MINUTES = 10


def started(clone: Path, home: Path, port: int, patience: float) -> tuple[float, list[str]]:
    """Start `make run`, wait until a page answers, stop it; give the seconds and what it said."""
    log = home / f"{port}.txt"
    left_out = ("DATABASE_URL", "COREGROUP", "VIRTUAL_ENV", "MAKE", "PYTEST")
    env = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    began = time.monotonic()
    with log.open("w") as out:
        running = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env={**env, "HOME": str(home), "PORT": str(port)},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while not answers(port):
                assert running.poll() is None, log.read_text()
                assert time.monotonic() - began < patience, log.read_text()
                time.sleep(0.1)
            seconds = time.monotonic() - began
        finally:
            os.killpg(running.pid, signal.SIGINT)
            running.wait(30)
    return seconds, log.read_text().splitlines()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False


@pytest.mark.prove
def test_a_fresh_clone_serves_and_starts_again_quickly(
    tmp_path: Path, figures: Callable[..., None], request: pytest.FixtureRequest
) -> None:
    if os.environ.get("COREGROUP_PROVE") == "PostgreSQL":
        return  # the first start is about the embedded database alone
    clone, home = tmp_path / "clone", tmp_path / "home"
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    first, said = started(clone, home, 18131, FIRST_START_MINUTES * 60)
    again = [started(clone, home, 18132 + turn, 60)[0] for turn in range(3)]
    figures(
        "From a fresh clone to a page",
        first_start=f"{first:.0f} s (packages from the nearest index)",
        later_starts=", ".join(f"{seconds:.1f} s" for seconds in again),
        lines_said_on_the_first_start=len(said),
    )
    assert any("who can sign in" in line for line in said), "\n".join(said)
    assert max(again) < SECOND_START_SECONDS
