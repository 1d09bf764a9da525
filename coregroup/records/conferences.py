"""Child protection conferences: what was decided, and when the next is due."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.people import Person


class Conference(GroupRow):
    """An initial or review conference, planned or held."""

    kind = models.CharField(max_length=20)  # initial, review
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    chair = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    strategy_discussion_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="conference_kind_is_known", condition=Q(kind__in=["initial", "review"])
            )
        ]


class ConferenceDecision(GroupRow):
    """What a conference decided, for one child or (child empty) for all, in its words."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="decisions")
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "id"]


class Registration(GroupRow):
    """That a child is registered, or subject of a plan: since when, under which categories."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="registrations")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="registrations")
    began_on = models.DateField()
    categories = models.JSONField(default=list)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_on__isnull=True), name="one_registration_at_a_time"
            ),
            models.CheckConstraint(
                name="registration_ends_after_it_began",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("began_on")),
            ),
        ]


class Departure(GroupRow):
    """A limit knowingly not kept: who decided, why, who approved (R95)."""

    rule = models.CharField(max_length=60)
    anchor_on = models.DateField()
    reason = models.TextField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_by = models.CharField(max_length=200)
    approved_on = models.DateField()
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "rule", "anchor_on"], name="one_departure_a_limit"),
            models.CheckConstraint(
                name="departure_has_reason_and_approver", condition=~Q(reason="") & ~Q(approved_by="")
            ),
        ]
