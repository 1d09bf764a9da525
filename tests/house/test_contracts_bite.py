"""The contracts of .importlinter hold, and each of them fails when it is broken on purpose."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT

LINTER = Path(sys.executable).with_name("lint-imports")

# Each break: the contract that must catch it, and the files written into a copy of the package.
BREAKS: list[tuple[str, dict[str, str]]] = [
    ("floors", {"rules/broken.py": "import coregroup.casework"}),
    ("floors", {"casefile/broken.py": "import coregroup.casework.verbs"}),
    ("floors", {"casework/broken.py": "import coregroup.web.kit"}),
    ("floors", {"procedures/broken.py": "import coregroup.rules.dates"}),
    ("floors", {"new_room/__init__.py": ""}),
    ("acyclic", {"rules/dates.py": "import coregroup.rules.x", "rules/x.py": "import coregroup.rules.dates"}),
    ("acyclic", {"post/one.py": "import coregroup.post.two", "post/two.py": "import coregroup.post.one"}),
    ("rules-pure", {"rules/broken.py": "import logging"}),
    ("rules-pure", {"rules/broken.py": "from django.utils import timezone"}),
    ("rules-pure", {"rules/broken.py": "from time import time"}),
    ("rules-pure", {"rules/broken.py": "import urllib.request"}),
    ("records-guarded", {"web/kit/broken.py": "from coregroup.records import models"}),
    ("records-guarded", {"jobs/broken.py": "import coregroup.records.models"}),
    ("records-guarded", {"commands/broken.py": "import coregroup.records.models"}),
    ("one-door", {"web/kit/broken.py": "from coregroup.access import doors"}),
    ("one-door", {"config/broken.py": "from coregroup.access import doors"}),
    ("pages-apart", {"web/groups/__init__.py": "", "web/plans/__init__.py": "import coregroup.web.groups"}),
    ("pages-apart", {"web/plans/__init__.py": "", "web/kit/broken.py": "import coregroup.web.plans"}),
    ("pages-apart", {"web/new_subject/__init__.py": ""}),
    ("post-blind", {"post/broken.py": "import coregroup.casefile"}),
    ("post-blind", {"intake/broken.py": "from coregroup.records import models"}),
]  # fmt: skip


def lint(place: Path) -> str:
    """Run the contracts over the package in a folder, and give what they say."""
    done = subprocess.run(
        [str(LINTER), "--no-cache", "--config", str(ROOT / ".importlinter")],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a folder with a copy of the package's Python files."""
    shutil.copytree(
        PACKAGE,
        tmp_path / "coregroup",
        ignore=lambda folder, names: [
            name for name in names if not (name.endswith(".py") or (Path(folder) / name).is_dir())
        ],
    )
    return tmp_path


def test_the_contracts_hold() -> None:
    said = lint(ROOT)
    assert "0 broken" in said, said


@pytest.mark.parametrize(
    ("contract", "planted"), BREAKS, ids=[f"{name}-{at}" for at, (name, _) in enumerate(BREAKS)]
)
def test_a_broken_contract_is_caught(contract: str, planted: dict[str, str], copy: Path) -> None:
    for name, line in planted.items():
        file = copy / "coregroup" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(f"{before}\n{line}\n", encoding="utf-8")
    said = lint(copy)
    assert f"{contract} BROKEN" in said, f"{planted} was not caught by {contract}:\n{said}"


def test_every_contract_is_broken_once() -> None:
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    named = {line.removeprefix("name = ") for line in text.splitlines() if line.startswith("name = ")}
    assert named == {name for name, _ in BREAKS}
