"""Core group meetings: when, where, and whether held."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.fields import SealedTextField
from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.ledger import LedgerEntry


class Meeting(GroupRow):
    """A core group meeting, planned or held."""

    planned_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    venue_address = SealedTextField(blank=True)
    venue_access = models.JSONField(default=list, blank=True)  # codes: step_free, hearing_loop ... (R44)
    venue_private = models.BooleanField(null=True)
    venue_notes = models.TextField(blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["planned_on", "starts_at", "id"]


class AgendaItem(GroupRow):
    """What a happening puts on the next agenda. Codes and values; the sentence is made when it is read."""

    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    because = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )

    class Meta:
        constraints = [models.CheckConstraint(name="agenda_item_has_code", condition=~Q(code=""))]
