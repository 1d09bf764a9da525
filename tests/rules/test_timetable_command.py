"""`coregroup timetable` as a person types it: shapes, errors, exit codes, and nothing heavy imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest

from coregroup.commands import main as commands
from coregroup.commands.timetable import run

KEYS = ["rule", "title", "anchor", "expected", "latest", "meet_by", "assumed", "status", "source", "why"]
CONFERENCE = ["--event", "initial_conference=2026-04-02"]


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    """The JSON answer to a command that succeeds."""
    assert run([*words, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, list)
    return found


@pytest.mark.requirement("R7")
def test_json_has_the_promised_shape_and_order(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "warwickshire", *CONFERENCE)
    assert all(list(row) == KEYS for row in found)
    first = found[0]
    assert first["rule"] == "first_core_group"
    assert first["anchor"] == {"event": "initial_conference", "date": "2026-04-02"}
    assert (first["expected"], first["latest"], first["meet_by"]) == ("2026-04-20",) * 3
    assert (first["assumed"], first["status"], first["title"]) == (False, None, "First core group")
    assert first["source"] == "A Guide for Core Group Members, Warwickshire Safeguarding Children Board"
    assert "10 working days from Thursday 2 April 2026; Good Friday and Easter Monday do not count" in str(
        first["why"]
    )
    days = [str(row["latest"] or "waiting") for row in found]
    assert days == sorted(days)
    assert days[-1] == "waiting"


def test_as_of_adds_statuses_and_closed_days_count(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "warwickshire", *CONFERENCE, "--as-of", "2026-04-21", "--closed", "2026-04-07")
    assert (found[0]["latest"], found[0]["status"]) == ("2026-04-21", "due_soon")


def test_welsh_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "denbighshire", *CONFERENCE, "--lang", "cy")
    assert "Cyfarfod cyntaf y grŵp craidd" in [row["title"] for row in found]


def test_text_is_a_table_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["wales", *CONFERENCE, "--as-of", "2026-04-10"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Wales Safeguarding Procedures\n\nLatest      Meet by     Expected    Status")
    assert "2026-04-20  2026-04-20  2026-04-20  due" in out
    assert max(map(len, out.splitlines())) <= 100


def test_ics_holds_the_dated_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["england", *CONFERENCE, "--format", "ics"]) == 0
    events = icalendar.Calendar.from_ical(capsys.readouterr().out).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["First core group", "First review conference"]


def test_core_groups_and_reviews_may_repeat(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "--event",
        "core_group=2026-01-20",
        "--event",
        "core_group=2026-02-17",
        "--event",
        "core_group=2026-01-20",
    ]
    found = answer(capsys, "scottish-council", *words)
    assert [row["latest"] for row in found if row["rule"] == "next_core_group"] == [
        "2026-02-17",
        "2026-03-17",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["warwickshir"], "There is no procedure 'warwickshir'; the nearest is warwickshire"),
        (["common"], "There is no procedure 'common'"),
        (["../england"], "There is no procedure '../england'; the nearest is england"),
        (["wales", "--event", "core_grup=2026-01-01"], "no event 'core_grup'; the nearest is core_group"),
        (["wales", "--event", "zzz=2026-01-01"], "no event 'zzz'; there are afterwards_meeting, assess"),
        (["wales", "--event", "core_group=2026-02-30"], "a date for core_group; the nearest is 2026-02-28"),
        (["wales", "--event", "core_group=2/4/2026"], "a date for core_group; the nearest is 2026-04-02"),
        (["wales", "--event", "core_group=tomorrow"], "write it as YYYY-MM-DD, such as 2026-04-02"),
        (["wales", "--event", "core_group=20260402"], "is not a date"),
        (["wales", "--event", "core_group"], '"core_group" is not an event: write it as NAME=DATE'),
        (["wales", "--as-of", "2026-13-01"], '"2026-13-01" is not a date for --as-of'),
        (["wales", "--closed", "Easter"], '"Easter" is not a date for --closed'),
        (["wales", "--format", "xml"], "invalid choice: 'xml'"),
        (["wales", "--lang", "fr"], "invalid choice: 'fr'"),
        ([], "The following arguments are required: PROCEDURE"),
        (["wales", "--event", "initial_conference=2099-01-01"], "Bank holidays are known from 2000"),
        (["wales", "--event", "core_group=9999-12-31"], "Bank holidays are known"),
        (
            ["wales", *CONFERENCE, "--event", "initial_conference=2026-04-03"],
            "Initial_conference can be given only once, and is here on 2026-04-02 and on 2026-04-03",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_and_exit_two(
    capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert run(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from coregroup.commands.main import main; main(sys.argv[1:]);"
        "heavy = {'django', 'holidays', 'icalendar', 'jinja2'} & set(sys.modules); sys.exit(bool(heavy) * 9)"
    )
    words = [sys.executable, "-c", code, "timetable", "denbighshire", *CONFERENCE, "--format", "ics"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("BEGIN:VCALENDAR")


def test_the_command_lists_only_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["--help"]) == 0
    out = capsys.readouterr().out
    for name, (module, _) in commands.COMMANDS.items():
        there = (Path(commands.__file__).parent / f"{module.rsplit('.', 1)[1]}.py").exists()
        assert (f"\n  {name} " in out) == there, name


def test_an_unknown_command_is_one_sentence_and_exit_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["timetabel"]) == 2
    assert capsys.readouterr().err == "There is no command 'timetabel'; the nearest is timetable.\n"


def test_a_folder_of_ones_own_procedures(tmp_path: Path) -> None:
    own = tmp_path / "rutland.toml"
    own.write_text('parent = "england"\ntitle = { en = "An authority of our own" }\n', encoding="utf-8")
    words = [sys.executable, "-m", "coregroup.commands.main", "timetable", "rutland", *CONFERENCE]
    env = {**os.environ, "COREGROUP_PROCEDURES": str(tmp_path)}
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("An authority of our own")


def test_worked_examples_can_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["wales", "--check"]) == 0
    assert "16 of 16 worked examples agree with the rules of wales." in capsys.readouterr().out
