"""Checks that every page which a test opens is well made.

`check_page(html, path=...)` reads one page as strictly as a browser's specification allows and raises
AssertionError with the list of everything that is wrong with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
NEEDS_NO_LABEL = ("hidden", "submit", "button", "image", "reset")
Element = Any


def check_page(html: str, *, path: str) -> None:
    """Raises AssertionError naming the page and everything wrong with it; a fragment without <html> passes.

    Looked at: valid HTML, language, title, one h1, no skipped heading, unique ids, references that resolve,
    labels, alternative texts, tables' captions and scopes, one main, nothing inline (style, script, on...).
    """
    if "<html" not in html[:400]:
        return
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    page = parser.parse(html)
    faults = [f"not valid HTML, line {at[0]}: {code} {given or ''}" for at, code, given in parser.errors]
    for check in (_frame, _headings, _ids, _labels, _pictures, _tables, _inline, _links, _lists):
        faults += check(page)
    if faults:
        raise AssertionError(f"{path} has {len(faults)} fault(s):\n  " + "\n  ".join(faults))


def _all(page: Element, *tags: str) -> Iterator[Element]:
    for element in page.iter():
        if isinstance(element.tag, str) and element.tag in tags:
            yield element


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _about(element: Element) -> str:
    told = " ".join(f'{name}="{element.get(name)}"' for name in ("id", "name", "href") if element.get(name))
    return f"<{element.tag} {told}>".replace(" >", ">")


def _frame(page: Element) -> list[str]:
    faults = []
    if not re.fullmatch(r"[a-z]{2}(-[A-Za-z]+)?", page.get("lang", "")):
        faults.append("the page does not say its language")
    titles = [_text(title) for title in _all(page.find("head"), "title")]
    if len(titles) != 1 or not re.fullmatch(r".+ – .+", titles[0] if titles else ""):
        faults.append(f"the title does not say where one is: {titles}")
    if len(list(_all(page, "main"))) != 1:
        faults.append("there is not exactly one main part")
    return faults


def _headings(page: Element) -> list[str]:
    faults = []
    levels = [(int(element.tag[1]), _text(element)) for element in _all(page, *HEADINGS)]
    if [level for level, _words in levels].count(1) != 1:
        faults.append(f"there must be one h1, not {[words for level, words in levels if level == 1]}")
    # A message or an error summary may stand above the h1 with headings of its own.
    first = next((number for number, (level, _words) in enumerate(levels) if level == 1), 0)
    for (before, _words), (level, words) in zip(levels[first:], levels[first + 1 :], strict=False):
        if level > before + 1:
            faults.append(f"heading “{words}” jumps from h{before} to h{level}")
    faults += [f"an empty h{level}" for level, words in levels if not words]
    return faults


def _ids(page: Element) -> list[str]:
    ids = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    faults = [f"the id “{name}” stands {count} times" for name, count in ids.items() if count > 1]
    faults += [f"the id “{name}” holds a space or nothing" for name in ids if not re.fullmatch(r"\S+", name)]
    for element in page.iter():
        for name in REFERENCES:
            for target in element.get(name, "").split():
                if target not in ids:
                    faults.append(f"{_about(element)} {name} leads to “{target}”, which is not there")
    return faults


def _labels(page: Element) -> list[str]:
    named = {label.get("for") for label in _all(page, "label") if _text(label)}
    within = {field for label in _all(page, "label") for field in _all(label, "input", "select", "textarea")}
    faults = []
    for field in _all(page, "input", "select", "textarea"):
        if field.get("type") in NEEDS_NO_LABEL or field in within or field.get("aria-label"):
            continue
        if field.get("id") not in named and not field.get("aria-labelledby"):
            faults.append(f"{_about(field)} has no label")
    for button in _all(page, "button"):
        if not (_text(button) or button.get("aria-label")):
            faults.append(f"{_about(button)} says nothing")
    for group in _all(page, "fieldset"):
        if not any(_text(legend) for legend in _all(group, "legend")):
            faults.append("a fieldset has no legend")
    return faults


def _pictures(page: Element) -> list[str]:
    faults = [f"{_about(image)} has no alt" for image in _all(page, "img") if image.get("alt") is None]
    for drawing in page.iter():
        if not str(drawing.tag).endswith("svg") or drawing.get("aria-hidden") == "true":
            continue
        if drawing.get("role") != "img" or not (drawing.get("aria-labelledby") or drawing.get("aria-label")):
            faults.append("an svg is neither hidden nor named")
    return faults


def _tables(page: Element) -> list[str]:
    faults = []
    for table in _all(page, "table"):
        captions = [_text(caption) for caption in _all(table, "caption")]
        if not any(captions) and not table.get("aria-label") and not table.get("aria-labelledby"):
            faults.append(f"{_about(table)} has no caption")
        for heading in _all(table, "th"):
            if heading.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                faults.append(f"the table heading “{_text(heading)}” has no scope")
        if not list(_all(table, "th")):
            faults.append(f"{_about(table)} has no headings")
    return faults


def _inline(page: Element) -> list[str]:
    faults = ["a style element stands in the page" for _style in _all(page, "style")]
    for script in _all(page, "script"):
        if not script.get("src"):
            faults.append("a script stands in the page itself")
    for element in page.iter():
        for name in element.keys() if isinstance(element.tag, str) else ():
            if name == "style" or re.fullmatch(r"on[a-z]+", str(name)):
                faults.append(f"{_about(element)} has {name}=…, which the content policy forbids")
    return faults


def _links(page: Element) -> list[str]:
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    faults = []
    for link in _all(page, "a"):
        address = link.get("href")
        if not (_text(link) or link.get("aria-label")):
            faults.append(f"{_about(link)} says nothing")
        if address is None or address.startswith(("javascript:", "http://")):
            faults.append(f"{_about(link)} leads nowhere good")
        elif len(address) > 1 and address.startswith("#") and address[1:] not in ids:
            faults.append(f"{_about(link)} leads to “{address[1:]}”, which is not on the page")
    return faults


def _lists(page: Element) -> list[str]:
    faults = []
    for element in _all(page, "ul", "ol"):
        if any(child.tag != "li" for child in element if isinstance(child.tag, str)):
            faults.append(f"{_about(element)} holds something other than list items")
    return faults
