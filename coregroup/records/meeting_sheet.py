"""What is written in a meeting, as it is typed: entries that are added and never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.fields import SealedJSONField, SealedTextField
from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.meetings import Meeting
from coregroup.records.people import Agency, Person


class MeetingEntry(GroupRow):
    """One saving of one thing that a meeting establishes (`rules.meeting_entries`): a note, an attendance,
    what somebody said, the direction of a risk, the answer to a question.

    The thing is named by kind, about (a person, an item, an agency), child and code; its savings are
    numbered, the last one stands. `token` is the page's own name for a saving: sent twice, it is kept once.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20)
    about = models.UUIDField(null=True, blank=True)
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60, blank=True)
    thing = models.CharField(max_length=160)  # kind, about, child and code in one: what is numbered
    number = models.PositiveIntegerField()
    content = SealedJSONField(default=dict)
    correction_because = SealedTextField(blank=True)  # corrected after closing, before it was confirmed
    token = models.CharField(max_length=64, null=True, blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["thing", "number"]
        indexes = [models.Index(fields=["meeting", "made_at"], name="entries_since")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "thing", "number"], name="one_entry_a_number"),
            models.UniqueConstraint(fields=["meeting", "token"], name="one_entry_a_token"),
        ]


class RestrictedPart(GroupRow):
    """A part of a meeting for which somebody was asked to leave: who, why, from when to when (R57, R125).

    `told` is what they were told, for the whole group to read; `why` is for those who stayed. What is noted
    in it are entries of kind `restricted`, with the part's own audience.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="restricted_parts")
    asked_to_leave = models.JSONField(default=list)  # ids of persons
    told = models.TextField()
    told_audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    why = SealedTextField()
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["began_at", "id"]
        constraints = [
            models.CheckConstraint(name="restricted_part_says_why", condition=~Q(why="") & ~Q(told="")),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(ended_at__isnull=True), name="one_restricted_part_at_a_time"
            ),
        ]


class Recommendation(GroupRow):
    """What one member recommends about one child's plan or registration, with the reason (R64, R105).

    Sealed until the meeting's `recommendations_opened_at`: before that nobody reads it but who gave it. Given
    again, the last one counts.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="recommendations")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    opinion = models.CharField(max_length=20)
    reason = SealedTextField()
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["child", "person", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "child", "person", "number"], name="one_recommendation_a_number"
            ),
            models.CheckConstraint(name="recommendation_has_reason", condition=~Q(reason="")),
        ]


class RecordCorrection(GroupRow):
    """A correction that stands beside a record, never in its place (R29)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    section = models.CharField(max_length=40)
    text = SealedTextField()
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(name="correction_says_something", condition=~Q(text=""))]
