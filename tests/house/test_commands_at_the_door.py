"""The commands' doorways: readable by an old Python, and every failure one sentence."""

import ast
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT

TOOLS = ROOT / "tools"
DOORWAYS = ["python_version.py", "run.py", "test.py", "check.py", "prove.py", "ready.py"]


@pytest.fixture(autouse=True)
def steps_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))


@pytest.mark.parametrize("name", DOORWAYS)
def test_an_old_python_can_read_the_doorway(name: str) -> None:
    text = (TOOLS / name).read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Match)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]
    text.encode("ascii")


def test_an_old_python_is_told_in_one_sentence() -> None:
    pretend = (
        "import sys; sys.version_info = (3, 9, 2, 'final', 0); sys.path.insert(0, 'tools');"
        "import runpy; runpy.run_path('tools/run.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert (
        done.stderr.count("\n") == 1 and "needs Python 3.11 or newer" in done.stderr and "3.9" in done.stderr
    )


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port on which something listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        yield listening.getsockname()[1]


def run(**env: str) -> subprocess.CompletedProcess[str]:
    """Start `make run`'s doorway with some environment."""
    return subprocess.run(
        [sys.executable, str(TOOLS / "run.py")],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
    )


def test_a_port_in_use_is_told_before_anything_is_made(taken: int, tmp_path: Path) -> None:
    done = run(PORT=str(taken), COREGROUP_DATA=str(tmp_path))
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and f"Port {taken} is already in use" in done.stderr


def test_a_port_that_is_none_is_told(tmp_path: Path) -> None:
    done = run(PORT="eight", COREGROUP_DATA=str(tmp_path))
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "whole number" in done.stderr


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(COREGROUP_DATA=str(tmp_path / "file" / "data"))
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "cannot be written" in done.stderr


def test_missing_packages_are_named_to_whoever_may_not_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from steps import debian, say

    monkeypatch.setattr(debian, "_installed", lambda name: name != "espeak-ng")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(say.Trouble, match="apt-get install --no-install-recommends espeak-ng`"):
        debian.ready()


def test_the_sum_is_alone_on_the_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    from steps import testing

    one = testing.Part("one", [], passed=3, failed=1, faults=["x"], skipped=["y: because"])
    two = testing.Part("two", [], passed=4)
    assert testing._sum_up([one, two]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "7 passed, 1 failed"
    assert any("y: because" in line for line in said)
    assert testing._sum_up([two]) == 0
    assert testing._sum_up([]) == 1


def test_a_run_without_a_test_is_a_failure(tmp_path: Path) -> None:
    from steps import testing

    part = testing.Part("none", [])
    testing._read(part, tmp_path / "none.xml", 5)
    assert (part.failed, part.faults) == (1, ["no test was found"])


def test_the_clusters_port_lies_below_those_the_system_gives_out() -> None:
    from steps import postgres

    assert 1024 < postgres.free_port() < 32768


def test_every_target_of_make_is_explained() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test", "check", "requirements", "prove", "reference", "messages", "clean", "help"):
        assert any(line.startswith(f"{target}:") and "## " in line for line in text.splitlines()), target


def test_the_gate_runs_both() -> None:
    gate = ROOT / ".ci" / "run"
    text = gate.read_text(encoding="utf-8")
    assert "make check" in text and "make test" in text and os.access(gate, os.X_OK)
