"""The outline plan, and each child's detailed plan: append-only revisions, numbered versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.conferences import Conference
from coregroup.records.documents import StoredFile
from coregroup.records.fields import SealedJSONField
from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.meetings import Meeting
from coregroup.records.people import Person


class OutlineItem(GroupRow):
    """One row of the conference's outline plan, for one child."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="outline")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="outline")
    position = models.PositiveSmallIntegerField()
    content = SealedJSONField(
        default=dict
    )  # concern, outcome, action, owner, by_when: as the conference wrote
    by_when = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_aside_because = models.TextField(blank=True)
    set_aside_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["child", "position"], name="one_outline_position")]


class Plan(GroupRow):
    """A child's plan. Its text is in revisions; its history in versions."""

    child = models.OneToOneField(Child, on_delete=models.PROTECT, related_name="plan")


class PlanItem(GroupRow):
    """The identity of an item through its revisions."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20)
    under = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="beneath")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="plan_item_kind_is_known",
                condition=Q(
                    kind__in=["concern", "outcome", "action", "contact", "contingency", "view", "family_page"]
                ),
            ),
            # Every outcome belongs to a concern, every action to an outcome (R51, R112).
            models.CheckConstraint(
                name="outcomes_and_actions_hang_on_something",
                condition=~Q(kind__in=["outcome", "action"]) | Q(under__isnull=False),
            ),
        ]


class StandingRevisions(models.Manager["PlanRevision"]):
    """Revisions that stand: what an abandoned meeting proposed is set aside, and no reading comes upon it."""

    def get_queryset(self) -> models.QuerySet[PlanRevision]:
        return super().get_queryset().exclude(meeting__state="abandoned")


class PlanRevision(GroupRow):
    """One saved text of an item. Never changed, never removed: the next revision takes its place.

    One that was saved in a meeting belongs to it: proposed while that is in session, in force when it closes,
    set aside if it is abandoned.
    """

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    content = SealedJSONField(default=dict)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_when = models.DateField(null=True, blank=True)
    part = models.CharField(max_length=40, blank=True)
    outline = models.ForeignKey(
        OutlineItem, null=True, blank=True, on_delete=models.PROTECT, related_name="taken_up"
    )
    new_because = models.TextField(blank=True)
    withdrawn_because = models.TextField(blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions"
    )

    objects = StandingRevisions()
    every: models.Manager[PlanRevision] = models.Manager()

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_revision_a_number"),
            models.CheckConstraint(
                name="action_has_one_owner_and_a_date",  # R9
                condition=~Q(kind="action") | (Q(owner__isnull=False) & Q(by_when__isnull=False)),
            ),
            models.CheckConstraint(
                name="detailed_item_traces_or_says_why",  # R11
                condition=~Q(kind__in=["concern", "outcome", "action"])
                | Q(outline__isnull=False)
                | ~Q(new_because=""),
            ),
        ]


class PlanVersion(GroupRow):
    """A numbered version of a child's plan: a set of revisions. The plan is never overwritten (R10)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.TextField(blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passed_guards = models.JSONField(default=list)  # should-guards passed, each with its reason

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_version_a_number")]


class VersionRevision(GroupRow):
    """That a revision belongs to a version."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="parts")
    revision = models.ForeignKey(PlanRevision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "revision"], name="once_in_a_version")]


class ActionAnswer(GroupRow):
    """What an action's owner says to it (R34): accepted, declined, or could not be asked, because."""

    revision = models.ForeignKey(PlanRevision, on_delete=models.PROTECT, related_name="answers")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="answer_is_known", condition=Q(answer__in=["accepted", "declined", "could_not_ask"])
            ),
            models.CheckConstraint(name="refusal_has_reason", condition=Q(answer="accepted") | ~Q(reason="")),
        ]
