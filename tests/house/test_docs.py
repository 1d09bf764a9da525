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


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Give the module that writes the reference, which lies among the tools and not in a package."""
    spec = importlib.util.spec_from_file_location("make_reference", tree.ROOT / "tools" / "make_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("identifier", book.identifiers())
def test_the_reference_of_a_procedure_is_fresh(identifier: str, maker: ModuleType) -> None:
    written = (REFERENCE / f"{identifier}.md").read_text(encoding="utf-8")
    assert written == maker.render(book.load(identifier)), "run `make reference` and commit what it writes"


def test_no_reference_of_a_procedure_is_left_over() -> None:
    known = {*book.identifiers(), "README", "index"}
    assert [path.name for path in REFERENCE.glob("*.md") if path.stem not in known] == []
