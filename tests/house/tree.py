"""How the house tests look at the code: its files as git knows them, and their syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "coregroup"


@cache
def files() -> tuple[Path, ...]:
    """Give every file that is or would be committed: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else _walked()
    return tuple(ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file())


def _walked() -> list[str]:
    """Give the files of an unpacked archive, which has no git: all but what is built."""
    left_out = {".venv", "build", "data", "node_modules", "__pycache__", ".git"}
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return [str(path) for path in found if not left_out & set(path.parts)]


def modules(*rooms: str) -> list[Path]:
    """Give the Python files of some rooms of the package, migrations left out; every room has to exist."""
    found: list[Path] = []
    for room in rooms or ("",):
        folder = PACKAGE / room
        assert folder.exists(), f"coregroup/{room} is gone: change the house test that looks there"
        found += [path for path in files() if path.is_relative_to(folder) and path.suffix == ".py"]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    """Give every template of the pages."""
    found = [path for path in files() if path.is_relative_to(PACKAGE / "web") and path.suffix == ".html"]
    assert found
    return found


@cache
def tree(path: Path) -> ast.Module:
    """Give a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def where(path: Path, node: ast.AST | None = None) -> str:
    """Say where something stands, as an editor opens it."""
    shown = path.relative_to(ROOT).as_posix()
    return f"{shown}:{node.lineno}" if node is not None and hasattr(node, "lineno") else shown


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    """Give every function of a file, methods and inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def public_functions(path: Path) -> Iterator[Function]:
    """Give the functions that a file offers to others: at its top, without a leading underscore."""
    for node in tree(path).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node
