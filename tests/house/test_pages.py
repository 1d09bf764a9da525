"""Every address declares the capability that opens it, or stands on the short list of public ones."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from coregroup.rules.access import Capability
from tests.house.public_urls import PUBLIC


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Give every route as written, with its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield route, entry


def is_public(pattern: URLPattern) -> bool:
    return pattern.name in PUBLIC


def test_there_are_pages() -> None:
    assert [route for route, _ in addresses()]


def test_every_address_declares_its_capability_or_is_on_the_public_list() -> None:
    undeclared = [
        f"{route} ({pattern.name})"
        for route, pattern in addresses()
        if not isinstance(getattr(pattern.callback, "capability", None), Capability)
        and pattern.name not in PUBLIC
    ]
    assert not undeclared, f"neither a capability nor a place on tests/house/public_urls.py: {undeclared}"


def test_nothing_is_both_public_and_behind_a_capability() -> None:
    both = [
        route
        for route, pattern in addresses()
        if is_public(pattern) and isinstance(getattr(pattern.callback, "capability", None), Capability)
    ]
    assert not both


def test_every_address_has_a_name_of_its_own() -> None:
    names = [pattern.name or "" for _, pattern in addresses()]
    assert "" not in names, [route for route, pattern in addresses() if not pattern.name]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


def test_the_public_list_is_true_both_ways() -> None:
    made_public = {pattern.name for _, pattern in addresses() if getattr(pattern.callback, "public", False)}
    assert made_public - set(PUBLIC) == set(), "public, and not on tests/house/public_urls.py"
    assert set(PUBLIC) - made_public == set(), "on tests/house/public_urls.py, and not there or not public"


def test_every_public_address_has_its_reason() -> None:
    assert [name for name, reason in PUBLIC.items() if not reason] == []
