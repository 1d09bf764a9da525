"""Where the pages of decisions lie."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse


def at(name: str, group: UUID, meeting: UUID, **more: Any) -> str:
    """The address of one of these pages."""
    return reverse(name, kwargs={"group": group, "meeting": meeting, **more})
