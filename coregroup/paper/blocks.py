"""What a document is made of, before it is a PDF or anything else: plain frozen blocks in reading order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the document's own title, so sections begin at 2."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, and whose they are."""

    words: str
    whose: str


@dataclass(frozen=True)
class Facts:
    """Labels with their values, as a two-column table with a caption for those who cannot see it."""

    caption: str
    rows: tuple[tuple[str, str], ...]
    header: tuple[str, str]


@dataclass(frozen=True)
class Table:
    """A table with a header row. `widths` are shares of the line."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bullets:
    points: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """Points whose order matters."""

    points: tuple[str, ...]


Block = Heading | Paragraph | Quote | Facts | Table | Bullets | Numbered


@dataclass(frozen=True)
class Document:
    """A document in one language, with what stands at its head and at the foot of every page.

    `head` is the authority's own heading; `picture` its badge as PNG.
    """

    title: str
    language: str
    subtitle: str
    foot: str
    page_of: str  # "Page {} of {}"
    blocks: tuple[Block, ...]
    head: str = ""
    picture: bytes = b""

    def as_data(self) -> dict[str, Any]:
        """As JSON for the typesetter: each block with its kind."""
        return {
            "title": self.title,
            "language": self.language,
            "subtitle": self.subtitle,
            "foot": self.foot,
            "page_of": self.page_of,
            "head": self.head,
            "picture": list(self.picture),
            "blocks": [{"kind": type(block).__name__, **asdict(block)} for block in self.blocks],
        }
