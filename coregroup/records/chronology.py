"""The chronology: the professional account, written when things happen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.fields import SealedTextField
from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.ledger import LedgerEntry
from coregroup.records.meetings import Meeting
from coregroup.records.people import Agency, Person


class ChronologyEntry(GroupRow):
    """One entry: written by a person (`text`), or following from a happening (`code` and `data`)."""

    on = models.DateField()
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict)
    text = SealedTextField(blank=True)
    impact = SealedTextField(blank=True)  # what it meant for the child (R118)
    done = SealedTextField(blank=True)  # what was done about it
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="chronology"
    )  # the meeting in which it was written
    source = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    source_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.ForeignKey(LedgerEntry, null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "made_at", "id"]
        constraints = [
            models.CheckConstraint(name="entry_says_something", condition=~Q(text="") | ~Q(code=""))
        ]
