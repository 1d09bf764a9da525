"""The chain over the audit lines: laid in small batches by the clock, and checked by whoever investigates.

Each line carries a keyed digest of itself from the moment it is written. The chain joins them: each link's
digest is keyed over the link before and its line, so that no line can be changed, taken out or put in between
without every later link showing it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from coregroup.access.lines import line_digest
from coregroup.records.models import AuditLine, AuditLink

BATCH = 200
START = "0" * 64
_LOCK = 20_260_401  # any number: the same for everybody who lays links
FIELDS = ("at", "authority", "account", "person", "name", "group", "capability", "what", "allowed")


@dataclass(frozen=True)
class Fault:
    """Where the audit does not hold: the link's number (0: not in the chain), its line, and what is wrong."""

    number: int
    line: UUID
    what: str


def lay(batch: int = BATCH) -> int:
    """Lays links over the next lines that have none; gives how many. Two who lay at once take turns."""
    with transaction.atomic():
        _wait_for_turn()
        last = AuditLink.objects.order_by("-number").values_list("digest", flat=True).first() or START
        lines = AuditLine.objects.filter(link__isnull=True).order_by("at", "id").values_list("id", "digest")
        laid = 0
        for line, digest in lines[:batch]:
            last = link_digest(last, digest)
            AuditLink.objects.create(line_id=line, digest=last)
            laid += 1
    return laid


def link_digest(before: str, line: str) -> str:
    """The digest of a link: keyed over the link before and the line."""
    key = hashlib.sha256(b"audit-chain:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{before}:{line}".encode(), hashlib.sha256).hexdigest()


def verify() -> Iterator[Fault]:
    """Walks the whole chain and gives every place where it does not hold; nothing where all is well."""
    last = START
    for link in AuditLink.objects.select_related("line").order_by("number").iterator(chunk_size=1000):
        line = link.line
        if line.digest != line_digest({name: getattr(line, name) for name in FIELDS}):
            yield Fault(link.number, line.id, "the line was changed")
        wanted = link_digest(last, line.digest)
        if link.digest != wanted:
            yield Fault(link.number, line.id, "the chain is broken before this line")
        last = link.digest
    for line in AuditLine.objects.filter(link__isnull=True).iterator(chunk_size=1000):
        if line.digest != line_digest({name: getattr(line, name) for name in FIELDS}):
            yield Fault(0, line.id, "the line was changed")


def _wait_for_turn() -> None:
    """One layer at a time: SQLite's write lock does it by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
