"""A father who must not learn where the mother lives signs in and reads everything that he can reach."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.deeds import Look, Person
from tests.journeys.serving import Service

# As the fictional Whitcombe family's story tells them.
KEPT = ("Heron Close", "Larkspur", "07700 900622", "mary.whitcombe@home.example")
MOST = 150  # pages: more would be a journey through the whole service


def text_of(body: bytes, kind: str, folder: Path) -> str:
    if "pdf" not in kind:
        return body.decode("utf-8", "replace")
    paper = folder / "copy.pdf"
    paper.write_bytes(body)
    return subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True).stdout


def read_all(page: Page, folder: Path) -> dict[str, str]:
    """Every page and paper to which links lead, by its address."""
    waiting, read = ["/", page.url], dict[str, str]()
    while waiting and len(read) < MOST:
        address = urljoin(page.url, waiting.pop(0)).partition("#")[0]
        if address in read or urlsplit(address).netloc != urlsplit(page.url).netloc:
            continue
        answer = page.context.request.get(address)
        assert answer.status == 200, f"{address} answers {answer.status}, and a link leads there"
        read[address] = text_of(answer.body(), answer.headers["content-type"], folder)
        if "html" in answer.headers["content-type"]:
            found: list[str] = page.evaluate(
                """html => Array.from(
                    new DOMParser().parseFromString(html, 'text/html').querySelectorAll('a[href]'),
                    a => a.getAttribute('href'))""",
                read[address],
            )
            waiting += [
                one for one in found if not one.startswith(("#", "mailto:", "tel:")) and "language" not in one
            ]
    assert not waiting or len(read) < MOST, "there is no end of pages"
    return read


@pytest.mark.requirement("R42", "R57", "R116")
def test_neither_address_nor_school_nor_telephone_is_on_anything_he_reaches(
    service: Service,
    person: Callable[[str], Person],
    sign_in: Callable[..., Page],
    look: Look,
    tmp_path: Path,
) -> None:
    page = sign_in(service, person("Frank Dale"))
    look(page, "home-father")
    read = read_all(page, tmp_path)
    assert any("Ben" in text for text in read.values()), "he sees his own child"
    assert any("/plan/" in address for address in read)
    for address, text in read.items():
        for kept in (*KEPT, "Amy"):
            # As a word of its own: the token of a form is chance, and can hold any three letters.
            assert not re.search(rf"\b{re.escape(kept)}\b", text), f"{kept} stands on {address}"
    for number, address in enumerate(sorted(read)[:6]):
        page.goto(address)
        look(page, f"father-{number}")

    # The mother finds all of it: what is kept from him is there.
    mother = sign_in(service, person("Mary Whitcombe"))
    hers = "\n".join(read_all(mother, tmp_path).values())
    assert "Amy" in hers and "Heron Close" in hers
