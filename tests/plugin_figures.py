"""Keeps the figures that proofs measure: `make prove` writes them to docs/proofs, other runs forget them.

A proof asks for the fixture `figures` and says what it measured:

    figures("Siblings in one import", rows=10_000, seconds=4.2)
"""

import datetime
import os
import platform
import re
import sqlite3
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
import time_machine

PROOFS = Path(__file__).resolve().parents[1] / "docs" / "proofs"
Figures = Callable[..., None]


def machine() -> list[str]:
    """Say in a few lines on what the figures were measured, without naming anybody's machine."""
    cores = os.cpu_count() or 1
    kib = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1))  # type: ignore[union-attr]
    return [
        f"{cores} cores ({platform.machine()}), {kib / 2**20:.0f} GiB of memory",
        f"{platform.freedesktop_os_release().get('PRETTY_NAME', platform.system())}, "
        f"Python {platform.python_version()}, Django {version('django')}",
        f"SQLite {sqlite3.sqlite_version}, psycopg {version('psycopg')}",
    ]


def _really_today() -> datetime.date:
    """The real day, also where a test holds the clock still."""
    if time_machine.escape_hatch.is_travelling():
        return time_machine.escape_hatch.datetime.datetime.now().date()
    return datetime.date.today()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Give a function that keeps one proof's figures: a title, and each measure by name."""

    def keep(title: str, **measures: object) -> None:
        engine = os.environ.get("COREGROUP_PROVE")
        if not engine:
            return
        PROOFS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", f"{title} {engine}".lower()).strip("-")
        rows = [f"| {measure.replace('_', ' ')} | {value} |" for measure, value in measures.items()]
        lines = [
            f"# {title}, on {engine}",
            "",
            f"Measured on {_really_today():%-d %B %Y} by `make prove` "
            f"(`{request.node.nodeid.split('::')[-1]}`).",
            "",
            "| Measure | Value |",
            "|-|-|",
            *rows,
            "",
            *[f"- {said}" for said in machine()],
            "",
        ]
        (PROOFS / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")

    return keep
