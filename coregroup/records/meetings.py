"""Core group meetings: when, where, in which state, who comes in whose place, what is put on the agenda."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.fields import SealedTextField
from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.ledger import LedgerEntry
from coregroup.records.people import Person


class Meetings(models.QuerySet["Meeting"]):
    """Meetings; `standing` are those that are ahead, in session or took place."""

    def standing(self) -> Meetings:
        """All but those that were cancelled or given up: no clock counts these."""
        return self.exclude(state__in=["cancelled", "abandoned"])


class Meeting(GroupRow):
    """A core group meeting. Its legal moves are in `rules.moves.MEETING`; one at a time is in session."""

    planned_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    venue_address = SealedTextField(blank=True)
    venue_access = models.JSONField(default=list, blank=True)  # codes: step_free, hearing_loop ... (R44)
    venue_private = models.BooleanField(null=True)
    venue_notes = models.TextField(blank=True)
    link = SealedTextField(blank=True)  # for joining from elsewhere
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    minute_taker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    roles_because = models.TextField(blank=True)  # why chair or minute taker depart from a should-rule
    state = models.CharField(max_length=20, default="planned")
    held_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passed_guards = models.JSONField(default=list)  # should-guards passed at closing, each with its reason
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recommendations_opened_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)  # why it was cancelled or abandoned (R56)
    authorised_by = models.CharField(max_length=200, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    objects = Meetings.as_manager()

    class Meta:
        ordering = ["planned_on", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="meeting_state_is_known",
                condition=Q(
                    state__in=[
                        "planned",
                        "cancelled",
                        "in_session",
                        "abandoned",
                        "closed",
                        "confirmed",
                        "held",
                    ]
                ),
            ),  # fmt: skip
            models.UniqueConstraint(
                fields=["group"], condition=Q(state="in_session"), name="one_meeting_in_session"
            ),
            models.CheckConstraint(
                name="ended_meeting_has_reason",
                condition=~Q(state__in=["cancelled", "abandoned"]) | ~Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="cancelled_meeting_has_authoriser",
                condition=~Q(state="cancelled") | ~Q(authorised_by=""),
            ),
        ]


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


class MeetingRequest(GroupRow):
    """A member asks for an earlier meeting, with a reason; the lead worker decides, with a reason."""

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    wanted_by = models.DateField(null=True, blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    granted = models.BooleanField(null=True)
    answer = SealedTextField(blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


class MeetingGuest(GroupRow):
    """Somebody who comes to one meeting only: in a member's place, beside a member, to chair, to interpret.

    A professional with an account sees the case from being named until that meeting is closed (R18, R54,
    R115); an interpreter or an advocate is named and has no access.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="guests")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    agency_name = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=20)
    beside = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="guest_part_is_known",
                condition=Q(
                    part__in=[
                        "representative",
                        "companion",
                        "chair",
                        "minute_taker",
                        "interpreter",
                        "advocate",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="representative_stands_for_somebody",
                condition=~Q(part__in=["representative", "companion"]) | Q(beside__isnull=False),
            ),
        ]


class Apology(GroupRow):
    """A member cannot come: an update, a report, a representative, or nothing to report, because (R22)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="apologies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    instead = models.CharField(max_length=20)
    nothing_because = models.TextField(blank=True)
    file = models.ForeignKey(
        "records.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guest = models.ForeignKey(MeetingGuest, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="apology_offers_something",
                condition=Q(instead="update")
                | Q(instead="report", file__isnull=False)
                | Q(instead="representative", guest__isnull=False)
                | (Q(instead="nothing") & ~Q(nothing_because="")),
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(withdrawn_at__isnull=True), name="one_apology"
            ),
        ]
