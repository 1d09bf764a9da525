"""The docs are true to the tree: links lead somewhere, pictures are used, generated pages are fresh."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from coregroup.rules import book
from tests.house import tree

DOCS = tree.ROOT / "docs"
REFERENCE = DOCS / "reference" / "procedures"
MAKERS = ["make_reference", "make_tables"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")


def pages() -> list[Path]:
    """Give every page of documentation, those at the top of the project too."""
    found = [path for path in tree.files() if path.suffix == ".md"]
    return [path for path in found if path.parent == tree.ROOT or path.is_relative_to(DOCS)]


def links(page: Path) -> list[str]:
    """Give a page's links to other files, without their anchors."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = (target.split("#")[0] for target in LINK.findall(text))
    return [target for target in found if target and ":" not in target]


def test_every_link_leads_somewhere() -> None:
    lost = [
        f"{tree.where(page)}: {to}"
        for page in pages()
        for to in links(page)
        if not (page.parent / to).exists()
    ]
    assert not lost, "\n".join(lost)


def test_every_picture_is_used() -> None:
    used = {(page.parent / to).resolve() for page in pages() for to in links(page)}
    pictures = [
        path for path in tree.files()
        if path.is_relative_to(DOCS) and path.suffix in (".png", ".jpg", ".svg", ".webp")
    ]  # fmt: skip
    unused = [tree.where(path) for path in pictures if path.resolve() not in used]
    assert not unused, f"no page shows {unused}"


def test_every_page_begins_with_its_title() -> None:
    untitled = [tree.where(page) for page in pages() if not page.read_text(encoding="utf-8").startswith("# ")]
    assert not untitled, untitled


def test_the_first_papers_are_there() -> None:
    wanted = ["README.md", "GLOSSARY.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"]
    assert [name for name in wanted if not (tree.ROOT / name).exists()] == []


def tool(name: str) -> ModuleType:
    """Give one of the tools that write the reference; they lie in no package."""
    spec = importlib.util.spec_from_file_location(name, tree.ROOT / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", MAKERS)
def test_the_generated_reference_is_fresh(name: str) -> None:
    made = tool(name).pages()
    assert made
    stale = [
        tree.where(path) for path, text in made.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]  # fmt: skip
    assert not stale, f"run `make reference` and commit what it writes: {stale}"


def test_every_procedure_has_its_page_and_no_page_is_left_over() -> None:
    assert {path.stem for path in REFERENCE.glob("*.md")} == {*book.identifiers(), "README"}
