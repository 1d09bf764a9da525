"""Every dependency is pinned, hashed, and has its reason; what is not a reason is not a dependency."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT

LOCKS = ["requirements.txt", "requirements-dev.txt"]


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pinned = [line for line in text.splitlines() if re.match(r'\s+"[\w\[\],-]+==', line)]
    assert pinned
    assert [line for line in pinned if not re.search(r"#\s*\S+ \S+", line)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_place_and_hashes_everything(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", text.strip())
    packages = [block for block in blocks if re.match(r"[\w.\-]+(\[[\w,]+\])?==", block)]
    assert packages
    assert [block.split()[0] for block in packages if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(("extra", "name"), [(None, LOCKS[0]), ("dev", LOCKS[1])])
def test_what_the_project_asks_for_is_what_is_locked(extra: str | None, name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(project["optional-dependencies"][extra] if extra else [])]
    locked = set(
        re.findall(r"^([\w.\-]+)==([\w.]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    )
    plain = {tuple(re.sub(r"\[[\w,]+\]", "", line).lower().replace("_", "-").split("==")) for line in asked}
    assert {pin for pin in plain if pin not in locked} == set()


def test_the_developers_lock_holds_the_whole_of_the_other() -> None:
    pins = [
        set(re.findall(r"^[\w.\-]+==[\w.]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in LOCKS
    ]
    assert pins[0] <= pins[1]
