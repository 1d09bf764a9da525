"""What a member brings to a meeting: their update, and how they rate each outcome."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.fields import SealedJSONField, SealedTextField
from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.meetings import Meeting
from coregroup.records.people import Person
from coregroup.records.plans import PlanItem


class MemberUpdate(GroupRow):
    """A member's update for one meeting. Its moves are in `rules.moves.UPDATE`; its text is in its parts."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="updates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="draft")
    given_at = models.DateTimeField(null=True, blank=True)
    checker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checker_said = SealedTextField(blank=True)
    shared_on = models.DateField(null=True, blank=True)  # with the family (R17)
    shared_how = models.CharField(max_length=200, blank=True)
    not_shared_because = models.TextField(blank=True)
    family_said = SealedTextField(blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_update_a_member"),
            models.CheckConstraint(
                name="update_state_is_known",
                condition=Q(state__in=["draft", "with_manager", "returned", "given"]),
            ),
        ]


class UpdatePart(GroupRow):
    """One saved text of an update: about all (`child` null) or one child. The next one takes its place."""

    update = models.ForeignKey(MemberUpdate, on_delete=models.PROTECT, related_name="parts")
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=40)  # `all`, or the child's id: what is numbered
    number = models.PositiveIntegerField()
    content = SealedJSONField(default=dict)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["update", "about", "number"]
        constraints = [
            models.UniqueConstraint(fields=["update", "about", "number"], name="one_update_part_a_number")
        ]


class OutcomeRating(GroupRow):
    """How one person rates one outcome on one day, with the evidence (R25, R59, R108)."""

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="ratings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    value = (
        models.PositiveSmallIntegerField()
    )  # 0, as bad as it can be, to 10, all that must change has changed
    evidence = SealedTextField(blank=True)
    on = models.DateField()
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="ratings"
    )
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(name="rating_is_from_0_to_10", condition=Q(value__gte=0, value__lte=10))
        ]


class ActionState(GroupRow):
    """How far an action is, by whom, when, and why if it cannot go on (R59, R102)."""

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=20)
    because = models.TextField(blank=True)
    on = models.DateField()
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="action_states"
    )
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="action_state_is_known",
                condition=Q(state__in=["not_started", "under_way", "done", "cannot_yet", "not_needed"]),
            ),
            models.CheckConstraint(
                name="stopped_action_says_why",
                condition=~Q(state__in=["cannot_yet", "not_needed"]) | ~Q(because=""),
            ),
        ]


class LeadNote(GroupRow):
    """A note to the lead worker between meetings, and the answer (R19, R26): both stay on the record."""

    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    urgent = models.BooleanField(default=False)
    page = models.CharField(max_length=300, blank=True)  # where it was written from
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(name="note_says_something", condition=~Q(text=""))]


class LeadNoteAnswer(GroupRow):
    """An answer to a note: by the lead worker, or a further word of whoever wrote it."""

    note = models.ForeignKey(LeadNote, on_delete=models.PROTECT, related_name="answers")
    text = SealedTextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(name="answer_says_something", condition=~Q(text=""))]
