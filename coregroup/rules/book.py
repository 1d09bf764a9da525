"""The book of procedures: reads a file, lays it over its parent, checks it, and gives a frozen Procedure.

The shipped files lie in `coregroup/procedures`. An authority adds its own in a folder named by the
environment variable COREGROUP_PROCEDURES (or by the argument `folder`); its parent may be a shipped one.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from coregroup import procedures
from coregroup.rules import checking, vocabulary
from coregroup.rules.checking import BadProcedure, Place
from coregroup.rules.procedure import Item, Procedure, Rule, Source, Unknown

SHIPPED = Path(procedures.__file__).parent
# Sections whose items are laid over the parent's one by one, by code. Others are replaced as a whole, because
# their order and their completeness are the document's own.
MERGED = ("guards", "closing", "guides", "joining", "prompts", "duties", "traits")


def extra_folder() -> Path | None:
    """The authority's own folder of procedures, if the environment names one."""
    named = os.environ.get("COREGROUP_PROCEDURES", "")
    return Path(named) if named else None


def identifiers(folder: Path | None = None) -> tuple[str, ...]:
    """Every procedure that a core group may follow, in alphabetical order."""
    return tuple(
        sorted(name for name, path in _files(folder or extra_folder()).items() if not _abstract(path))
    )


def load(identifier: str, folder: Path | None = None) -> Procedure:
    """The procedure of that identifier, merged with its parents and checked.

    Raises Unknown, with the nearest names, where there is none; BadProcedure where a file is not right.
    """
    return _load(identifier, folder or extra_folder())


@cache
def _load(identifier: str, folder: Path | None) -> Procedure:
    files = _files(folder)
    if identifier not in files or _abstract(files[identifier]):
        raise Unknown("procedure", identifier, identifiers(folder))
    chain = _chain(identifier, files)
    layers = [_Layer(name, _read(files[name])) for name in reversed(chain)]
    return _merge(identifier, layers)


def check(path: Path) -> Procedure:
    """Check one file that is not yet in the book, together with the files beside it."""
    return _load.__wrapped__(path.stem, path.parent)


def _files(folder: Path | None) -> dict[str, Path]:
    found = {path.stem: path for path in SHIPPED.glob("*.toml")}
    if folder is not None:
        if not folder.is_dir():
            raise BadProcedure(f"the folder of procedures {folder} is not there")
        found |= {path.stem: path for path in folder.glob("*.toml")}
    return found


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _abstract(path: Path) -> bool:
    """Whether a file is only there to be built upon. Read from its head, so that listing stays quick."""
    return any(line.strip() == "abstract = true" for line in _text(path).splitlines()[:12])


@cache
def _read(path: Path) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as fault:
        raise BadProcedure(f"{path.name}: this is not well-formed TOML: {fault}") from None
    checking.check_head(table, Place(path.name))
    return table


def _chain(identifier: str, files: Mapping[str, Path]) -> list[str]:
    """The procedure, its parent, its parent's parent: refused where they go round in a circle."""
    chain = [identifier]
    while parent := _read(files[chain[-1]]).get("parent"):
        place = Place(files[chain[-1]].name, "parent")
        if parent in chain:
            raise place.refuse(f"the parents go round in a circle: {' -> '.join([*chain, parent])}")
        if parent not in files:
            raise place.refuse(str(Unknown("procedure", parent, files)))
        chain.append(parent)
    return chain


class _Layer:
    """One file with its name, on its way to being merged."""

    def __init__(self, name: str, table: Mapping[str, Any]) -> None:
        self.table = table
        self.place = Place(f"{name}.toml")

    def get(self, key: str, default: Any = None) -> Any:
        return self.table.get(key, default)


def _merge(identifier: str, layers: list[_Layer]) -> Procedure:
    """Lay the files over one another, the oldest ancestor first."""
    last = layers[-1]
    values: dict[str, Any] = {}
    for layer in layers:
        values |= {k: layer.get(k) for k in ("nation", "record_mode", "registration") if layer.get(k)}
    for key in ("nation", "record_mode", "registration"):
        if key not in values:
            raise last.place.refuse(f'needs "{key}", here or in a parent')
    sources = _merge_sources(layers)
    return Procedure(
        identifier=identifier,
        names=last.get("title"),
        parent=last.get("parent"),
        sources=sources,
        words=_merge_words(layers),
        rules=_merge_rules(layers, sources),
        roles={
            code: checking.read_role(code, raw, sources, layer.place.at("roles", code))
            for layer in layers
            for code, raw in layer.get("roles", {}).items()
        },
        sections={name: _merge_section(name, layers, sources) for name in vocabulary.SECTIONS},
        note=last.get("note"),
        **values,
    )


def _merge_sources(layers: list[_Layer]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for layer in layers:
        found |= checking.read_sources(layer.get("sources", {}), layer.place.at("sources"))
    return found


def _merge_words(layers: list[_Layer]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.get("words", {}).items():
            place = layer.place.at("words", key)
            if found and key not in found and layer is not layers[0]:
                raise place.refuse(str(Unknown("word", key, found)))
            found[key] = checking.text(value, place)
    return found


def _merge_rules(layers: list[_Layer], sources: Mapping[str, Source]) -> dict[str, Rule]:
    """Lay rules over the parent's of the same name: what the child leaves out, it takes from the parent."""
    raw: dict[str, dict[str, Any]] = {}
    rules: dict[str, Rule] = {}
    for layer in layers:
        for name, table in layer.get("rules", {}).items():
            place = layer.place.at("rules", name)
            checking.known(table, vocabulary.RULE_KEYS, place)
            raw[name] = {**{k: v for k, v in raw.get(name, {}).items() if k != "until"}, **table}
            rule = checking.read_rule(name, raw[name], sources, place)
            rules[name] = _ending(rule, rules.get(name), place)
    return dict(sorted(rules.items()))


def _ending(rule: Rule, parent: Rule | None, place: Place) -> Rule:
    """A local rule that ends at an event hands over to the parent's rule, so there must be one."""
    if rule.until is None:
        return rule
    if parent is None:
        raise place.refuse(
            f'ends at the first {rule.until}, but no parent has a rule "{rule.name}" to follow it'
        )
    return Rule(**{name: getattr(rule, name) for name in Rule.__slots__} | {"then": parent})


def _merge_section(name: str, layers: list[_Layer], sources: Mapping[str, Source]) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for layer in layers:
        tables = layer.get(name)
        if tables is None:
            continue
        place = layer.place.at(name)
        if not isinstance(tables, list):
            raise place.refuse(f"must be a list: write [[{name}]] above each item")
        items = [checking.read_item(raw, name, sources, place.at(i + 1)) for i, raw in enumerate(tables)]
        codes = [item.code for item in items]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise place.refuse(f"has {', '.join(sorted(twice))} more than once")
        new = {item.code: item for item in items}
        found = {**found, **new} if name in MERGED else new
    return tuple(found.values())
