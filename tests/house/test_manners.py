"""Manners that imports cannot show: no back way to the database, no wall clock in rules, `by` everywhere."""

import ast
from pathlib import Path

import pytest

from tests.house import tree

# Functions of casework and casefile that other rooms call without naming anybody, each with its reason.
WITHOUT_BY: dict[str, str] = {}
CALLERS = ("web", "api", "jobs", "commands", "paper", "config")
CLOCKS = {"today", "now", "utcnow", "localtime", "time", "monotonic", "time_ns", "perf_counter"}


@pytest.mark.parametrize("room", ["web", "api"])
def test_pages_have_no_back_way_to_the_database(room: str) -> None:
    found = []
    for path in tree.modules(room):
        for node in ast.walk(tree.tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in (
                "objects",
                "_default_manager",
                "_base_manager",
            ):
                found.append(f"{tree.where(path, node)} .{node.attr}")
            elif isinstance(node, ast.Attribute) and node.attr == "user" and _is_request(node.value):
                found.append(f"{tree.where(path, node)} request.user")
            elif _names(node) & {"get_model", "get_user_model", "connection", "RawSQL"}:
                found.append(f"{tree.where(path, node)} {_names(node)}")
    assert not found, "\n".join(found)


def _is_request(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "request") or (
        isinstance(node, ast.Attribute) and node.attr == "request"
    )


def _names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.Attribute):
        return {node.attr}
    return {node.id} if isinstance(node, ast.Name) else set()


def test_templates_know_no_signed_in_user_but_the_actor() -> None:
    found = [
        f"{tree.where(path)}: {word}"
        for path in tree.templates()
        for word in ("request.user", ".objects", "user.is_authenticated")
        if word in path.read_text(encoding="utf-8")
    ]
    assert not found, "\n".join(found)


def wall_clocks(path: Path) -> list[str]:
    """Give where a file asks what day or time it is."""
    return [
        tree.where(path, node)
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]


def test_the_rules_never_ask_what_day_it_is() -> None:
    found = [place for path in tree.modules("rules") for place in wall_clocks(path)]
    assert not found, f"the day is given to the rules, never asked for: {found}"


def test_a_wall_clock_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    planted = tmp_path / "planted.py"
    planted.write_text("import datetime\n\n\ndef f():\n    return datetime.date.today()\n")
    assert wall_clocks(planted) == ["planted.py:5"]


def imported_from(path: Path, *rooms: str) -> set[str]:
    """Give the names that a file imports from some rooms, or from Django's database."""
    wanted = tuple(f"coregroup.{room}" for room in rooms) + ("django.db",)
    return {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(wanted)
        for alias in node.names
    }


def reaches_a_record(node: tree.Function, path: Path) -> bool:
    """Answer whether a function, or one of its file that it names, uses the records or the door."""
    beyond = imported_from(path, "records", "access")
    own = {other.name: other for other in tree.tree(path).body if isinstance(other, tree.Function)}
    ahead, known = [node.name], set()
    while ahead:
        name = ahead.pop()
        if name in known or name not in own:
            continue
        known.add(name)
        parts = [part for line in own[name].body for part in ast.walk(line)]
        used = {part.id for part in parts if isinstance(part, ast.Name)}
        if used & beyond or any(isinstance(part, ast.Attribute) and part.attr == "objects" for part in parts):
            return True
        ahead += used
    return False


def without_by(room: str) -> dict[str, str]:
    """Give what a room offers that reaches a record without a keyword-only `by`, and where it stands."""
    found = {}
    for path in tree.modules(room):
        for node in tree.public_functions(path):
            if "by" not in {argument.arg for argument in node.args.kwonlyargs} and reaches_a_record(
                node, path
            ):
                found[f"coregroup.{room}.{path.stem}.{node.name}"] = tree.where(path, node)
    return found


def called(path: Path, room: str) -> set[str]:
    """Give the functions of a room that a file outside it names, by their full names."""
    aliases: dict[str, str] = {}
    names: set[str] = set()
    for node in ast.walk(tree.tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                aliases[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                aliases[alias.asname or alias.name] = alias.name
    names |= {full for full in aliases.values() if full.startswith(f"coregroup.{room}.")}
    for node in ast.walk(tree.tree(path)):
        if isinstance(node, ast.Attribute):
            head, _, rest = ast.unparse(node).partition(".")
            full = f"{aliases.get(head, head)}.{rest}"
            if full.startswith(f"coregroup.{room}."):
                names.add(full)
    return names


@pytest.mark.parametrize("room", ["casework", "casefile"])
def test_whoever_acts_or_asks_is_named(room: str) -> None:
    nameless = without_by(room)
    outside = tree.modules(*CALLERS)
    assert nameless and outside
    faults = [
        f"{nameless[name]} {name}, called from {tree.where(path)}"
        for path in outside
        for name in sorted(called(path, room) & set(nameless))
        if name not in WITHOUT_BY
    ]
    assert not faults, "these take no keyword `by`:\n" + "\n".join(faults)


def test_a_call_without_a_name_would_be_seen(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(
        "from coregroup.casefile import home\nfrom coregroup.casework.plans import save\nhome.start_page()\n"
    )
    assert "coregroup.casefile.home.start_page" in called(planted, "casefile")
    assert called(planted, "casework") == {"coregroup.casework.plans.save"}


def test_every_exception_to_by_still_exists() -> None:
    offered = without_by("casework") | without_by("casefile")
    assert [name for name in WITHOUT_BY if name not in offered] == []
