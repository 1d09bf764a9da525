"""`make test`: sets up all that tests need, then runs every part and sums up.

Parts: everything but the journeys, on SQLite; the journeys, in a real browser; and every test that touches
the database again, on a PostgreSQL cluster started for it. Nothing is skipped in silence: what a test skips
is listed at the end with its reason, and a part without tests is a failure.
"""

import argparse
import os
import shutil
import signal
import subprocess
import time
import xml.etree.ElementTree as XML
from dataclasses import dataclass, field
from pathlib import Path

from steps import debian, environment, places, postgres, products
from steps.places import BUILD, PYTHON, ROOT
from steps.say import line

REPORTS = BUILD / "test-reports"
JOURNEYS = "tests/journeys"
LIMIT_MINUTES = 15  # what two cores may take for all of it


@dataclass
class Part:
    """One run of pytest, and what came of it."""

    name: str
    arguments: list[str]
    passed: int = 0
    failed: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    """Set up, run the parts asked for (all by default), and give 0 only when every one of them passed."""
    wanted, more = _options(arguments)
    places.check_writable(places.ROOT)
    with places.one_at_a_time():
        debian.ready()
        environment.prepare(environment.DEVELOP)
        products.everything()
    shutil.rmtree(BUILD / "visits", ignore_errors=True)
    done: list[Part] = []
    if "sqlite" in wanted:
        done.append(_run(Part("everything but journeys, SQLite", ["--ignore", JOURNEYS, *_two(), *more])))
    if "journeys" in wanted:
        done.append(_run(Part("journeys in a browser, SQLite", [JOURNEYS, *_two(), *more])))
    if {"sqlite", "journeys"} <= set(wanted) and not more:
        done.append(_visits())
    if "postgres" in wanted:
        part = Part("every test of the database, PostgreSQL", ["--only-database", *_two(), *more])
        part.arguments += ["--ignore", JOURNEYS]
        with postgres.throwaway() as url:
            done.append(_run(part, DATABASE_URL=url))
    return _sum_up(done)


def _options(arguments: list[str]) -> tuple[list[str], list[str]]:
    parser = argparse.ArgumentParser(prog="make test", description="Run the tests.")
    parser.add_argument("--part", action="append", choices=["sqlite", "journeys", "postgres"])
    options, more = parser.parse_known_args(arguments)
    return options.part or ["sqlite", "journeys", "postgres"], more


def _two() -> list[str]:
    """Return the options that spread a run over the cores, a file's tests staying together."""
    # In the order of collection: else the files of few but long tests come last, and one core waits.
    spread = ["--dist", "loadfile", "--no-loadscope-reorder"]
    return ["-n", str(min(4, os.cpu_count() or 1)), *spread]


def _run(part: Part, **extra: str) -> Part:
    """Run one part with its output on the terminal, and read its report."""
    line(f"{part.name} ...")
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{part.name.replace(' ', '-').replace(',', '')}.xml"
    report.unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"PYTHONUNBUFFERED": "1", "COREGROUP_VISITS": report.stem, **extra}
    began = time.monotonic()
    command = [str(PYTHON), "-m", "pytest", "-q", "-ra", "--tb=short", f"--junitxml={report}"]
    running = subprocess.Popen([*command, *part.arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    try:
        code = running.wait()
    except KeyboardInterrupt:
        running.send_signal(signal.SIGINT)
        running.wait()
        raise
    part.seconds = time.monotonic() - began
    _read(part, report, code)
    return part


def _visits() -> Part:
    """Hold the addresses that the tests opened against all that there are."""
    part = Part("every address opened by a test", [])
    began = time.monotonic()
    command = [str(PYTHON), str(ROOT / "tests" / "plugin_visits.py")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    part.faults = said.stdout.splitlines() or ([said.stderr[-300:]] if said.returncode else [])
    part.failed, part.passed = (len(part.faults), 0) if said.returncode else (0, 1)
    part.seconds = time.monotonic() - began
    return part


def _read(part: Part, report: Path, code: int) -> None:
    """Take the counts from a report; a run that broke without one, or found no test, counts as a failure."""
    if report.exists():
        for case in XML.parse(report).getroot().iter("testcase"):
            name = f"{case.get('classname')}.{case.get('name')}"
            skipped = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                part.failed += 1
                part.faults.append(name)
            elif skipped is not None and skipped.get("type") != "pytest.xfail":
                part.skipped.append(f"{name}: {skipped.get('message')}")
            else:
                part.passed += 1
    if code and not part.failed:
        part.failed += 1
        part.faults.append("no test was found" if code == 5 else f"pytest ended with code {code}")


def _sum_up(parts: list[Part]) -> int:
    """Print each part's counts, every skipped test with its reason, and the sum alone on the last line."""
    print()
    for part in parts:
        counts = f"{part.passed} passed, {part.failed} failed"
        counts += f", {len(part.skipped)} skipped" if part.skipped else ""
        line(f"{part.name}: {counts} in {part.seconds:.0f} s")
        for reason in part.skipped:
            print(f"          skipped  {reason}")
        for fault in part.faults:
            print(f"          FAILED   {fault}")
    took = sum(part.seconds for part in parts)
    line(f"{took / 60:.0f} minutes of {LIMIT_MINUTES}" + (": too long" if took > LIMIT_MINUTES * 60 else ""))
    passed, failed = sum(part.passed for part in parts), sum(part.failed for part in parts)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0
