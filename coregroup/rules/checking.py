"""Turns the tables of a procedure file into frozen values, and refuses whatever is not right.

Every complaint names the file and the place, in a sentence that whoever writes a procedure can act upon.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from coregroup.rules.dates import NATIONS, BadSpan, Span
from coregroup.rules.procedure import Edition, Example, Item, Role, Rule, Source, Text, nearest
from coregroup.rules.vocabulary import (
    ANCHORS,
    CODES,
    EDITION_KEYS,
    EVENTS,
    EXAMPLE_KEYS,
    ITEM_KEYS,
    RECORD_MODES,
    REGISTRATIONS,
    ROLE_KEYS,
    RULE_KEYS,
    SOURCE_KEYS,
    STRICTNESS,
    TOP,
)


class BadProcedure(ValueError):
    """A procedure file says something that cannot be taken as it is; the sentence names file and place."""


class Place:
    """Where in a file we are, so that a complaint can say so."""

    def __init__(self, *parts: str) -> None:
        self.parts = parts

    def at(self, *more: object) -> Place:
        """A place within this one."""
        return Place(*self.parts, *map(str, more))

    def refuse(self, sentence: str) -> BadProcedure:
        """The complaint, to be raised."""
        return BadProcedure(f"{self.parts[0]}: {'.'.join(self.parts[1:]) or 'the file'}: {sentence}")


def known(table: object, keys: tuple[str, ...], place: Place) -> Mapping[str, Any]:
    """The table itself, if it is one and has no key that we do not know."""
    if not isinstance(table, Mapping):
        raise place.refuse("must be a table")
    for key in table:
        if key not in keys:
            near = nearest(key, keys)
            hint = f'; did you mean "{near[0]}"?' if near else f"; known are {', '.join(keys)}"
            raise place.refuse(f'unknown key "{key}"{hint}')
    return table


def one_of(value: object, allowed: tuple[str, ...], place: Place) -> str:
    """The value, if it is one of those allowed."""
    if not isinstance(value, str) or value not in allowed:
        near = nearest(str(value), allowed)
        hint = f'did you mean "{near[0]}"?' if near else f"it must be one of {', '.join(allowed)}"
        raise place.refuse(f'"{value}" is not known here; {hint}')
    return value


def text(value: object, place: Place) -> Text:
    """A text in English and, where it is given, Welsh."""
    table = known(value, ("en", "cy"), place)
    if not isinstance(table.get("en"), str) or not table["en"].strip():
        raise place.refuse("needs its words in English (en)")
    if not isinstance(table.get("cy", ""), str):
        raise place.refuse("the Welsh (cy) must be words")
    return dict(table)


def maybe_text(table: Mapping[str, Any], key: str, place: Place) -> Text | None:
    """A text that may be left out."""
    return text(table[key], place.at(key)) if key in table else None


def span(value: object, place: Place) -> Span:
    """A span such as "10 working days"."""
    try:
        return Span.parse(value)  # type: ignore[arg-type]
    except BadSpan as fault:
        raise place.refuse(str(fault)) from None


def maybe_span(table: Mapping[str, Any], key: str, place: Place) -> Span | None:
    """A span that may be left out."""
    return span(table[key], place.at(key)) if key in table else None


def source(table: Mapping[str, Any], sources: Mapping[str, Source], place: Place) -> Source:
    """The source that a table names; one that is not listed, or none at all, is refused."""
    code = table.get("source")
    if not code:
        raise place.refuse("names no source: every rule says which document it comes from")
    if code not in sources:
        near = nearest(str(code), sources)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise place.refuse(f'the source "{code}" is not among the sources{hint}')
    return sources[code]


def day(value: object, place: Place) -> date:
    """A date, written as TOML writes dates."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise place.refuse(f'"{value}" is not a date such as 2026-04-02, without quotation marks')
    return value


def read_sources(tables: object, place: Place) -> dict[str, Source]:
    """The documents that a file names."""
    if not isinstance(tables, Mapping):
        raise place.refuse("must be a table")
    found = {}
    for code, table in tables.items():
        here = place.at(code)
        known(table, SOURCE_KEYS, here)
        for key in ("title", "publisher"):
            if key not in table:
                raise here.refuse(f"needs a {key}")
        found[code] = Source(
            code, text(table["title"], here.at("title")), text(table["publisher"], here.at("publisher")),
            str(table.get("dated", "")),
        )  # fmt: skip
    return found


def read_rule(name: str, table: Mapping[str, Any], sources: Mapping[str, Source], place: Place) -> Rule:
    """One timescale with its editions."""
    known(table, RULE_KEYS, place)
    for key in ("title", "anchor", "met_by", "editions"):
        if not table.get(key):
            raise place.refuse(f'needs "{key}"')
    editions = tuple(
        read_edition(raw, sources, place.at("editions", i + 1)) for i, raw in enumerate(table["editions"])
    )
    firsts = [e.first_day for e in editions]
    if None in firsts[1:] or any(a and b and a >= b for a, b in zip(firsts, firsts[1:], strict=False)):
        raise place.refuse("its editions overlap: each must begin after the one before it, with a first day")
    return Rule(
        name=name,
        title=text(table["title"], place.at("title")),
        anchor=one_of(table["anchor"], ANCHORS, place.at("anchor")),
        met_by=tuple(one_of(event, EVENTS, place.at("met_by")) for event in table["met_by"]),
        editions=editions,
        before=one_of(table.get("direction", "after"), ("after", "before"), place.at("direction"))
        == "before",
        same_day=bool(table.get("same_day", True)),
        besides=table.get("besides"),
        after_reviews=int(table.get("after_reviews", 0)),
        until=one_of(table["until"], EVENTS, place.at("until")) if "until" in table else None,
        window=maybe_span(table, "window", place),
        gap_at_least=maybe_span(table, "gap_at_least", place),
        warn=maybe_span(table, "warn", place),
    )


def read_edition(raw: object, sources: Mapping[str, Source], place: Place) -> Edition:
    """One edition of a rule."""
    table = known(raw, EDITION_KEYS, place)
    if "latest" not in table:
        raise place.refuse('needs "latest", the limit')
    latest = span(table["latest"], place.at("latest"))
    return Edition(
        first_day=day(table["from"], place.at("from")) if "from" in table else None,
        expected=span(table["expected"], place.at("expected")) if "expected" in table else latest,
        latest=latest,
        source=source(table, sources, place),
        quote=str(table.get("quote", "")),
        strictness=one_of(table.get("strictness", "must"), STRICTNESS, place.at("strictness")),
        assumed=maybe_text(table, "assumed", place),
        note=maybe_text(table, "note", place),
        examples=tuple(
            read_example(example, place.at("examples", i + 1))
            for i, example in enumerate(table.get("examples", ()))
        ),
    )


def read_example(raw: object, place: Place) -> Example:
    """One worked example."""
    table = known(raw, EXAMPLE_KEYS, place)
    events = []
    for name, days in known(table.get("events"), EVENTS, place.at("events")).items():
        for one in days if isinstance(days, list) else [days]:
            events.append((name, day(one, place.at("events", name))))
    when = {
        key: day(table[key], place.at(key)) if key in table else None
        for key in ("expected", "latest", "meet_by", "as_of")
    }
    return Example(
        events=tuple(events),
        occurrence=int(table.get("occurrence", 1)),
        status=table.get("status"),
        note=maybe_text(table, "note", place),
        **when,
    )


def read_role(code: str, raw: object, sources: Mapping[str, Source], place: Place) -> Role:
    """One job in the meeting."""
    table = known(raw, ROLE_KEYS, place)
    if "who" not in table or "text" not in table:
        raise place.refuse('needs "who" and "text"')
    return Role(
        code=code,
        who=str(table["who"]),
        text=text(table["text"], place.at("text")),
        source=source(table, sources, place),
        quote=str(table.get("quote", "")),
        not_chair=bool(table.get("not_chair", False)),
        strictness=one_of(table.get("strictness", "should"), STRICTNESS, place.at("strictness")),
    )


def read_item(raw: object, section: str, sources: Mapping[str, Source], place: Place) -> Item:
    """One item of a section; guards and the like must use the codes that the software knows."""
    table = known(raw, ITEM_KEYS, place)
    for key in ("code", "title"):
        if key not in table:
            raise place.refuse(f'needs "{key}"')
    code = str(table["code"])
    if section in CODES:
        one_of(code, CODES[section], place.at("code"))
    strictness = table.get("strictness", "")
    if section in ("guards", "closing") or strictness:
        one_of(strictness, STRICTNESS, place.at("strictness"))
    return Item(
        code=code,
        title=text(table["title"], place.at("title")),
        text=maybe_text(table, "text", place),
        source=source(table, sources, place),
        quote=str(table.get("quote", "")),
        strictness=strictness,
        who=str(table.get("who", "")),
        requirements=tuple(table.get("requirements", ())),
        points=tuple(text(p, place.at("points", i + 1)) for i, p in enumerate(table.get("points", ()))),
    )


def check_head(table: Mapping[str, Any], place: Place) -> None:
    """The head of a file: its title and nation, and nothing unknown."""
    known(table, TOP, place)
    if "title" not in table:
        raise place.refuse('needs "title"')
    text(table["title"], place.at("title"))
    if not table.get("abstract") and not table.get("parent"):
        raise place.refuse('needs "parent": a nation stands on "common", an authority on its nation')
    if "nation" in table:
        one_of(table["nation"], NATIONS, place.at("nation"))
    if "record_mode" in table:
        one_of(table["record_mode"], RECORD_MODES, place.at("record_mode"))
    if "registration" in table:
        one_of(table["registration"], REGISTRATIONS, place.at("registration"))
