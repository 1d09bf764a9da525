"""Every verb and every reading that takes a case is refused to somebody with no relation to it."""

import importlib
import inspect
import types
import typing
import uuid
from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any
from unittest.mock import MagicMock

import pytest

from coregroup.rules.errors import Closed
from tests.house import tree

ROOMS = ["casework", "casefile"]
PLAIN: dict[Any, Any] = {
    uuid.UUID: uuid.uuid4(), str: "x", int: 1, bool: False, bytes: b"x",
    date: date(2026, 3, 20), time: time(10, 0),
}  # fmt: skip


def offered() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give every public function of the two rooms that takes a group and an actor."""
    for room in ROOMS:
        for path in tree.modules(room):
            module = importlib.import_module(f"coregroup.{room}.{path.stem}".removesuffix(".__init__"))
            for node in tree.public_functions(path):
                function = getattr(module, node.name)
                takes = inspect.signature(function).parameters
                if "by" in takes and ("group" in takes or "group_id" in takes):
                    yield f"{room}.{path.stem}.{node.name}", function


def anything(annotation: Any) -> Any:
    """Give some value of a parameter's type; the door is asked before any of them is looked at."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return None if type(None) in parts else anything(parts[0])
    if annotation in PLAIN:
        return PLAIN[annotation]
    if origin is not None or annotation in (list, tuple, dict, set, frozenset):
        kind = origin or annotation
        return {} if kind is dict or "Mapping" in str(kind) else ()
    return MagicMock()


def tried(function: Callable[..., Any], group: uuid.UUID, by: Any) -> str:
    """Call a function as an actor would, and say how it was answered."""
    hints = typing.get_type_hints(function)
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if name in ("group", "group_id"):
            given[name] = group
        elif name == "by":
            given[name] = by
        elif parameter.default is inspect.Parameter.empty:
            given[name] = anything(hints.get(name))
    try:
        answer = function(**given)
        if hasattr(answer, "__enter__"):
            with answer:
                pass
        elif inspect.isgenerator(answer):
            next(answer, None)
    except Closed:
        return "closed"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "let in"


def test_there_are_verbs_and_readings() -> None:
    names = [name for name, _ in offered()]
    assert [name for name in names if name.startswith("casework.")]
    assert [name for name in names if name.startswith("casefile.")]


@pytest.mark.requirement("R57")
@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_a_stranger_is_told_that_there_is_no_such_case(who: str, family: Any) -> None:
    answers = {name: tried(function, family.group, family.actor(who)) for name, function in offered()}
    faults = {name: answer for name, answer in answers.items() if answer != "closed"}
    assert not faults, "\n".join(f"{name}: {answer}" for name, answer in faults.items())
