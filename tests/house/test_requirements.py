"""The list of requirements is whole, and every number that a test bears is on it."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.tree import ROOT

NOT_YET = ROOT / "tests" / "house" / "not_yet.txt"


@pytest.fixture(scope="module")
def report() -> ModuleType:
    """Give the report's module, which lies among the tools and not in a package."""
    spec = importlib.util.spec_from_file_location("report", ROOT / "tools" / "requirements_report.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["report"] = module
    spec.loader.exec_module(module)
    return module


def test_the_numbers_run_without_a_gap(report: ModuleType) -> None:
    assert list(report.requirements()) == [f"R{number}" for number in range(1, 128)]


def test_each_says_what_it_is_and_where_it_comes_from(report: ModuleType) -> None:
    known = {path.stem for path in (ROOT / "coregroup" / "procedures").glob("*.toml")} | {"published-forms"}
    for number, about in report.requirements().items():
        assert len(about["feature"]) > 15, number
        assert about["sources"] and set(about["sources"]) <= known, number


def test_no_test_bears_an_unknown_number(report: ModuleType) -> None:
    listed = report.requirements()
    unknown = [f"{mark.test}: {mark.number}" for mark in report.marks() if mark.number not in listed]
    assert not unknown, unknown


def test_each_is_carried_by_a_test_or_listed_as_not_yet_built(report: ModuleType) -> None:
    not_yet = {line for line in NOT_YET.read_text(encoding="utf-8").split() if line}
    carried = set(report.tests_by_number())
    missing = [number for number in report.requirements() if number not in carried | not_yet]
    assert not missing, f"no test bears {missing}, and tests/house/not_yet.txt does not name them"
    built = sorted(not_yet & carried)
    assert not built, f"tests bear {built} now: take them off tests/house/not_yet.txt"


def test_the_report_has_a_line_for_each() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "requirements_report.py")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    numbers = re.findall(r"^(R\d+)  .+: (?:not yet|tests/)", done.stdout, flags=re.MULTILINE)
    assert numbers == [f"R{number}" for number in range(1, 128)]


def test_marks_are_read_wherever_they_stand(report: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_it.py").write_text(
        'import pytest\npytestmark = [pytest.mark.requirement("R1")]\n\n\n'
        '@pytest.mark.requirement("R2", "R3")\ndef test_a(): ...\n\n\n'
        '@pytest.mark.requirement("R4")\nclass TestB:\n    @pytest.mark.requirement("R5")\n'
        "    def test_c(self): ...\n"
    )
    assert [mark.number for mark in report.marks(folder)] == ["R1", "R2", "R3", "R4", "R5"]
