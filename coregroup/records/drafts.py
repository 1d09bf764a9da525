"""What is typed but not yet said: drafts, paused journeys, and forms already taken."""

from __future__ import annotations

import uuid

from django.db import models

from coregroup.records.fields import Row, SealedJSONField
from coregroup.records.people import Person


class Draft(models.Model):
    """What a person has typed into one form. Its key holds the form's own address: it shows nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=300)
    data = SealedJSONField(default=dict)
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_draft_a_form")]


class Journey(Row):
    """A journey of several steps that can be paused: what each step has been told so far."""

    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="journeys")
    group = models.UUIDField(null=True, blank=True)
    steps = SealedJSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=100, blank=True)


class Once(models.Model):
    """A form already taken: its token, and what came of it. The same form sent twice is saved once."""

    token = models.CharField(primary_key=True, max_length=64)
    person = models.UUIDField(null=True)
    outcome = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)


class Visit(models.Model):
    """When a person was last on their start page, and when the time before, so that news can be told."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="visit")
    latest_at = models.DateTimeField()
    previous_at = models.DateTimeField(null=True, blank=True)
