"""Notices: what waits for a person, and because of what."""

from __future__ import annotations

from django.db import models

from coregroup.records.fields import Row
from coregroup.records.groups import Child, CoreGroup
from coregroup.records.ledger import LedgerEntry
from coregroup.records.people import Person


class Notice(Row):
    """Something for one person. Codes and values; the sentence is made when it is read."""

    group = models.ForeignKey(CoreGroup, null=True, on_delete=models.PROTECT, related_name="notices")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    code = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    urgent = models.BooleanField(default=False)
    because = models.ForeignKey(LedgerEntry, null=True, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=200, blank=True)  # a clock's notice is given once for each key
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["to", "done_at"], name="notices_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["to", "key"], condition=~models.Q(key=""), name="one_notice_a_key"
            )
        ]
