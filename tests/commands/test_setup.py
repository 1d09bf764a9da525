"""`coregroup setup`: an authority from nothing, again and again, with faults that name the row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coregroup.casework import people
from coregroup.commands import setup
from coregroup.records import models as m
from coregroup.rules.access import VISITOR
from coregroup.rules.links import digest_of

PEOPLE = (
    "Given name,Family name,E-mail,Agency,Manager e-mail,Duties\n"
    "Ida,Vane,ida@x.example,Children's social care,olu@x.example,lead worker\n"
    "Olu,Bright,olu@x.example,Harbour School,,manager\n"
)
AGENCIES = "Name,Kind,Named professional\nHarbour School,School,Ola Finch\n"
DAYS = "Date,Reason\n24/12/2026,Christmas closure\n"


@pytest.fixture
def words(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments of a whole set-up, its lists beside them."""
    monkeypatch.setenv("COREGROUP_DATA", str(tmp_path))
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    for name, text in (("people", PEOPLE), ("agencies", AGENCIES), ("days", DAYS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return [
        "--authority", "Ashcombe", "--procedure", "wales", "--administrator", "Ada Quill",
        "--email", "ada@x.example", "--agencies", str(tmp_path / "agencies.csv"),
        "--people", str(tmp_path / "people.csv"), "--closure-days", str(tmp_path / "days.csv"),
    ]  # fmt: skip


def test_an_authority_from_nothing(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.run(words) == 0
    said = capsys.readouterr().out
    assert "People: 2 new" in said and "Agencies: 1 new" in said and "Closure days: 1 new" in said
    link = re.search(r"/set-password/([^/]+)/", said)
    assert link
    email = people.use_sign_in_link(digest=digest_of(link[1]), password="three random words", by=VISITOR)
    assert email == "ada@x.example"
    ida = m.Person.objects.get(given_name="Ida")
    assert ida.manager is not None and ida.manager.given_name == "Olu"
    assert "administrator" in m.Person.objects.get(given_name="Ada").duties


def test_run_again_it_changes_nothing(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    setup.run(words)
    capsys.readouterr()
    assert setup.run(words) == 0
    assert "People: 0 new, 0 changed, 2 as before" in capsys.readouterr().out
    assert m.Person.objects.count() == 3


def test_a_faulty_list_names_its_row(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(words[words.index("--people") + 1])
    file.write_text(PEOPLE.replace("Harbour School", "Nowhere"), encoding="utf-8")
    assert setup.run(words) == 1
    said = capsys.readouterr().err
    assert "Row 3: there is no agency “Nowhere”." in said and "Nothing of this was taken." in said
    assert [row.given_name for row in m.Person.objects.all()] == ["Ada"]


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [("--procedure", "atlantis", "There is no procedure"), ("--email", "ada", "is not an e-mail address"),
     ("--people", "/nowhere.csv", "There is no file")],
)  # fmt: skip
def test_what_is_wrong_is_said(
    words: list[str], capsys: pytest.CaptureFixture[str], option: str, value: str, sentence: str
) -> None:
    words[words.index(option) + 1] = value
    assert setup.run(words) == 1
    assert sentence in capsys.readouterr().err


def test_what_is_missing_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.run(words[2:]) == 1
    assert "--authority is needed" in capsys.readouterr().err
