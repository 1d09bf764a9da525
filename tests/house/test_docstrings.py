"""What other rooms may call says what it is for."""

import ast

import pytest

from tests.house import tree

ROOMS = ["rules", "access", "casework", "casefile", "post", "intake", "paper", "jobs", "commands"]


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_says_what_it_is(room: str) -> None:
    silent = [
        tree.where(path)
        for path in tree.modules(room)
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree.tree(path))
    ]
    assert not silent, silent


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_function_says_what_it_is_for(room: str) -> None:
    silent = [
        f"{tree.where(path, node)} {node.name}"
        for path in tree.modules(room)
        for node in tree.public_functions(path)
        if not ast.get_docstring(node)
    ]
    assert not silent, "\n".join(silent)
