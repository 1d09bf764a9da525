"""Where the content of stored files lies: outside the web root, under its digest, readable by us alone."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Damaged(Exception):
    """The stored content is gone, or is not what was stored."""


def place_of(digest: str) -> Path:
    """Where the content of this digest lies: two folders deep, so that none grows too long."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a digest")
    return Path(settings.FILES) / digest[:2] / digest[2:4] / digest


def store(content: bytes) -> str:
    """Stores content and gives its digest. It is whole on the disk, or not there at all."""
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(digest)
    if place.exists() and _is_whole(place, digest):
        return digest
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    passing = place.with_name(f".{digest[:8]}-{secrets.token_hex(8)}")
    handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(place)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
    for folder in (place.parent, place.parent.parent, Path(settings.FILES)):
        _sync_folder(folder)
    return digest


def fetch(digest: str) -> bytes:
    """The content of this digest. Raises Damaged if it is gone or has been changed."""
    try:
        content = place_of(digest).read_bytes()
    except OSError:
        raise Damaged(digest) from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise Damaged(digest)
    return content


def _is_whole(place: Path, digest: str) -> bool:
    return hashlib.sha256(place.read_bytes()).hexdigest() == digest


def _sync_folder(folder: Path) -> None:
    """A new name in a folder is on the disk only once the folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
