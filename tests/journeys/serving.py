"""Starts and stops a real `coregroup serve` for the journeys."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


def command(*arguments: str) -> list[str]:
    """The `coregroup` command of the environment that runs the tests."""
    return [sys.executable, "-m", "coregroup.commands.main", *arguments]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a command finds in its environment: this data folder, and nothing of ours."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("COREGROUP_", "DJANGO_"))
    }
    kept.pop("DATABASE_URL", None)
    return {**kept, "COREGROUP_DATA": str(folder), "PYTHONUNBUFFERED": "1", **more}


def free_port() -> int:
    """A port that nobody listens on, below those that the system hands out by itself."""
    while True:
        port = random.randrange(21_000, 32_000)
        with socket.socket() as trial:
            try:
                trial.bind((HOST, port))
            except OSError:
                continue
            return port


class Service:
    """One running service: its address, its data folder, what it said."""

    def __init__(self, folder: Path, *, demo: bool = True, **more: str) -> None:
        self.folder = folder
        self.demo = demo
        self.more = more  # of the environment
        self.port = free_port()
        self.address = f"http://{HOST}:{self.port}"
        self.log = folder.with_name(f"{folder.name}.log")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, wait: float = 60) -> None:
        """Start and wait until the sign-in page answers; AssertionError with what it said if it does not."""
        asked = command("serve", "--port", str(self.port), *([] if self.demo else ["--without-demo"]))
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                asked, env=environment(self.folder, **self.more), cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + wait
        while not self._answers():
            assert self._process.poll() is None, f"the service ended:\n{self.said()}"
            assert time.monotonic() < until, f"the service does not answer:\n{self.said()}"
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop it, whatever it is doing."""
        running, self._process = self._process, None
        if running is None:
            return
        running.send_signal(signal.SIGQUIT)  # at once: browsers keep their connections open for a while
        try:
            running.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(5)

    def kill(self) -> None:
        """End it as a broken machine would: every process of it at once, by signal 9."""
        running, self._process = self._process, None
        assert running is not None and running.poll() is None, f"it had ended by itself:\n{self.said()}"
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(5)

    def run(self, *arguments: str) -> str:
        """Run another `coregroup` command on the same data folder; gives what it printed."""
        done = subprocess.run(
            command(*arguments), env=environment(self.folder, COREGROUP_ADDRESS=self.address), cwd=ROOT,
            capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, f"coregroup {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def said(self) -> str:
        """What the service has printed so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/sign-in/", timeout=10) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


@contextmanager
def served(prepared: Path | None, folder: Path) -> Iterator[Service]:
    """A service on a copy of a prepared folder (or on nothing), stopped whatever happens.

    AssertionError if anything went wrong inside it, whether or not the journey met it.
    """
    if prepared:
        shutil.copytree(prepared, folder)
    service = Service(folder, demo=prepared is not None)
    try:
        service.start(wait=60 if prepared else 120)
        yield service
    finally:
        service.stop()
    assert "Traceback" not in service.said(), service.said()[service.said().index("Traceback") - 200 :][:4000]
