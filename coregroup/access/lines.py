"""Writes audit lines. A line is committed before the answer leaves, and before a verb begins its work."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from coregroup.records.models import AuditLine
from coregroup.rules.access import Actor, Capability


def line_digest(values: dict[str, Any]) -> str:
    """The keyed digest of a line: nobody without the service's key can make one that fits."""
    key = hashlib.sha256(b"audit:" + settings.SECRET_KEY.encode()).digest()
    text = json.dumps({name: str(value) for name, value in values.items()}, sort_keys=True)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def write_line(
    actor: Actor, capability: Capability, *, group: UUID | None, allowed: bool, what: str = ""
) -> None:
    """One line: who, what capability, which group, allowed or refused. Holds no text of the case."""
    values = {
        "at": timezone.now(),
        "authority": actor.authority,
        "account": actor.account,
        "person": actor.person,
        "name": actor.name[:200],
        "group": group,
        "capability": str(capability),
        "what": what[:200],
        "allowed": allowed,
    }
    AuditLine.objects.create(**values, digest=line_digest(values))


ONE_LINE_FOR = timedelta(minutes=10)


def seen_lately(actor: Actor, capability: Capability, *, group: UUID, what: str) -> bool:
    """Does a line of the last ten minutes already say that this person did just this?"""
    since = timezone.now() - ONE_LINE_FOR
    rows = AuditLine.objects.filter(person=actor.person, group=group, at__gte=since, allowed=True)
    return rows.filter(capability=str(capability), what=what[:200], account=actor.account).exists()
