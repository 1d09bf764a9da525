"""The audit: who opened and who changed what, and who was refused. For investigation, never for features."""

from __future__ import annotations

import uuid

from django.db import models


class AuditLine(models.Model):
    """One line. No foreign keys: a line outlives whatever it speaks of. Carries a keyed digest at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    authority = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    group = models.UUIDField(null=True)
    capability = models.CharField(max_length=40)
    what = models.CharField(max_length=200, blank=True)
    allowed = models.BooleanField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["group", "at"], name="audit_of_a_group")]


class AuditLink(models.Model):
    """The chain over the lines, laid in order by the clock in small batches, so that readers do not queue."""

    number = models.BigAutoField(primary_key=True)
    line = models.OneToOneField(AuditLine, on_delete=models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)
