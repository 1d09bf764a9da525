"""One-time links: what stands in the address, and what is kept of it."""

from __future__ import annotations

import hashlib
import re

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")


def digest_of(token: str) -> str:
    """All that is stored of a token. A text that cannot be a token gives "", which fits no link."""
    return hashlib.sha256(b"link:" + token.encode()).hexdigest() if _TOKEN.fullmatch(token) else ""
