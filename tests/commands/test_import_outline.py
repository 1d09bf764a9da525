"""`coregroup import outline`: shows what it understood, saves everything or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coregroup.commands import ground, imports
from coregroup.records import models as m
from tests.builders import Family, account_for

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def call(family: Family, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setattr(ground, "wake_django", lambda: None)
    emails = {name: account_for(family.people[name]).email for name in ("lead", "teacher", "stranger")}

    def called(file: Path, *more: str, who: str = "lead") -> tuple[int, str, str]:
        code = imports.run(["outline", str(file), "--group", str(family.group), "--as", emails[who], *more])
        told = capsys.readouterr()
        return code, told.out, told.err

    return called


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("outline-plan*")))
def test_an_example_is_checked_then_saved(call: Any, name: str) -> None:
    code, out, _err = call(EXAMPLES / name, "--check")
    assert code == 0 and "5 rows" in out and "2026-04-02" in out and "ongoing" in out
    assert not m.OutlineItem.objects.exists()
    code, out, _err = call(EXAMPLES / name, "--format", "json")
    told = json.loads(out)
    assert code == 0 and told["saved"] == 7 == m.OutlineItem.objects.count() and told["faults"] == []
    assert [row["children"] for row in told["rows"]][3:] == [["Ben Rowe", "Amy Rowe"]] * 2
    assert m.StoredFile.objects.get().name == name
    code, _out, err = call(EXAMPLES / name)
    assert code == 1 and "already" in err and m.OutlineItem.objects.count() == 7


def test_every_fault_names_its_row_and_nothing_is_saved(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(
        "Child,Concern,Action,By when\nBen,a,b,31/02/2026\nSam,c,d,ongoing\n,e,f,2/4/2026\nAmy,g,h,2/4/2026\n"
    )
    code, out, err = call(file, "--format", "json")
    assert code == 1 and [fault["row"] for fault in json.loads(out)["faults"]] == [2, 3, 4]
    assert "Row 2: “31/02/2026” is not a date" in err and "Row 3: “Sam”" in err and "Row 4: no child" in err
    assert not m.OutlineItem.objects.exists() and not m.StoredFile.objects.exists()


def test_a_fault_of_the_record_names_the_files_row(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Concern,Action,By when\n\na,b,2/4/2026\n\na,b,2 April 2026\n")
    code, _out, err = call(file, "--child", "all", "--check")
    assert code == 1 and "Row 5: it says the same as row 3." in err


def test_child_says_whom_rows_are_about_that_name_none(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Concern,Action,Child\na,b,Ben\nc,d,\n")
    assert call(file, "--child", "Amy")[0] == 0
    rows = m.OutlineItem.objects.values_list("content__concern", "child__person__given_name")
    assert sorted(rows) == [("a", "Ben"), ("c", "Amy")]
    code, _out, err = call(file, "--child", "Sam")
    assert code == 1 and "Ben Rowe, Amy Rowe" in err


def test_who_may_not_and_what_cannot_be_read(call: Any, tmp_path: Path) -> None:
    example = EXAMPLES / "outline-plan.csv"
    code, out, err = call(example, who="stranger")
    assert code == 1 and "There is no core group" in err and out == ""
    assert call(example, who="teacher")[0] == 1
    code, _out, err = call(tmp_path / "nothing.csv")
    assert code == 1 and "No such file" in err
    empty = tmp_path / "empty.docx"
    empty.write_bytes(b"")
    code, out, err = call(empty)
    assert (code, out, err) == (1, "", "The file is empty.\n")
    assert not m.OutlineItem.objects.exists()
