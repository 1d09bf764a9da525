"""The ledger: every happening, who, when. Append-only; what follows from it points here with `because`."""

from __future__ import annotations

import uuid

from django.db import models

from coregroup.records.groups import Audience, Child, CoreGroup
from coregroup.records.people import Person


class LedgerEntry(models.Model):
    """One happening, as codes and values. Triggers in the database refuse any change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("records.Authority", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    happening = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    group = models.ForeignKey(CoreGroup, null=True, on_delete=models.PROTECT, related_name="ledger")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    # Of the text the happening comes from: whoever may not see that is not told of the happening either.
    audience = models.ForeignKey(Audience, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["group", "at"], name="ledger_of_a_group")]
