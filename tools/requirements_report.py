"""`make requirements`: every requirement on a line that begins with its number, with its tests or "not yet".

The marks are read from the tests' source, so that the answer needs neither a database nor a browser.
"""

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs" / "requirements.toml"
TESTS = ROOT / "tests"
NOT_YET = "not yet"


@dataclass(frozen=True)
class Mark:
    """One requirement's number as one test bears it."""

    number: str
    test: str


def requirements() -> dict[str, dict[str, object]]:
    """Give the requirements by number, in their order."""
    return tomllib.loads(LIST.read_text(encoding="utf-8"))


def marks(tests: Path = TESTS) -> Iterator[Mark]:
    """Give each number that a test function, a test class or a whole test file bears."""
    for path in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        named = path.relative_to(tests.parent).as_posix()
        for node in tree.body:
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
            ):
                listed = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
                yield from (Mark(number, named) for one in listed for number in _numbers(one))
        for part in ast.walk(tree):
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for decorator in part.decorator_list:
                    yield from (Mark(number, f"{named}::{part.name}") for number in _numbers(decorator))


def _numbers(node: ast.expr) -> list[str]:
    """Give the numbers in `pytest.mark.requirement("R20", …)`; anything else bears none."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return []
    if node.func.attr != "requirement":
        return []
    return [str(item.value) if isinstance(item, ast.Constant) else ast.unparse(item) for item in node.args]


def tests_by_number() -> dict[str, list[str]]:
    """Give the tests that bear each number, without repetition."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for mark in marks():
        found[mark.number][mark.test] = None
    return {number: list(tests) for number, tests in found.items()}


def main() -> int:
    """Print the report; give 1 when a test bears a number that does not exist."""
    listed, carried = requirements(), tests_by_number()
    for number, about in listed.items():
        tests = carried.get(number, [])
        print(f"{number}  {about['feature']}: {', '.join(tests) if tests else NOT_YET}")
    unknown = sorted(set(carried) - set(listed))
    for number in unknown:
        print(f"{carried[number][0]} bears {number}, which is no requirement.", file=sys.stderr)
    built = sum(1 for number in listed if number in carried)
    print(f"{built} of {len(listed)} requirements are carried by tests.")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
