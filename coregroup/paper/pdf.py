"""A document as tagged PDF (PDF/UA-1 and PDF/A-2a in one file), the same bytes for the same document."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from coregroup.paper.blocks import Document

_TEMPLATE = Path(__file__).parent / "typst" / "document.typ"
_STANDARDS: list[Any] = ["ua-1", "a-2a"]  # the typesetter names them by literals


@dataclass(frozen=True)
class Rendered:
    """A made document: its bytes and their SHA-256, which proves later what was handed out."""

    content: bytes
    digest: str


class CannotSet(Exception):
    """The typesetter would not set a document (a letter missing from every font, for one)."""


@cache
def _compiler() -> typst.Compiler:
    # Kept for the life of the process: a warm compiler takes ten milliseconds, a new one a hundred.
    fonts = typst.Fonts(include_system_fonts=True, font_paths=[str(settings.BUILD / "fonts")])
    return typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts)


def to_pdf(document: Document) -> Rendered:
    """Sets a document. Raises CannotSet when the typesetter refuses."""
    data = json.dumps(document.as_data(), ensure_ascii=False)
    try:
        content = _set(data)
    except (typst.TypstError, RuntimeError):
        # A sign that no font has (a picture letter, for one) is named in words rather than dropped.
        try:
            content = _set("".join(map(_in_words, data)))
        except (typst.TypstError, RuntimeError) as fault:
            raise CannotSet(str(fault).splitlines()[0]) from fault
    return Rendered(content, hashlib.sha256(content).hexdigest())


def _set(data: str) -> bytes:
    content = _compiler().compile(
        format="pdf", sys_inputs={"data": data}, pdf_standards=_STANDARDS, timestamp=0
    )
    assert isinstance(content, bytes)
    return content


def _in_words(sign: str) -> str:
    if sign < "\u0250" or sign in "–—‘’“”•…€ẀẁẂẃẄẅỲỳ" or unicodedata.category(sign)[0] == "M":
        return sign
    if unicodedata.category(sign)[0] in "CZ":
        return " "
    return f"[{unicodedata.name(sign, 'sign').lower()}]"
