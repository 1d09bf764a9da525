"""Links that may lead to a page of another subject: an address by name, or nothing where there is none."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def address(name: str, **parts: Any) -> str:
    """The address of a page by its route's name; "" where there is no such page, or a part is missing."""
    try:
        return reverse(name, kwargs={key: value for key, value in parts.items() if value is not None})
    except NoReverseMatch:
        return ""
