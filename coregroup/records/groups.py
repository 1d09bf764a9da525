"""Core groups: the unit. Children, adults, who stands where, and what is known of them."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from coregroup.records.fields import Row, SealedTextField
from coregroup.records.people import Family, Person


class CoreGroup(Row):
    """A family's core group. It keeps the procedure under which it was opened."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="groups")
    procedure = models.CharField(max_length=60)
    out_of_hours = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)


class GroupRow(Row):
    """A row of one core group."""

    group = models.ForeignKey(CoreGroup, on_delete=models.PROTECT, related_name="%(class)s_set")

    class Meta:
        abstract = True


class Audience(GroupRow):
    """Who may see the items that point here: a base and persons (see `rules.access.Audience`)."""

    base = models.CharField(max_length=20, default="group")
    reason = models.TextField(blank=True)
    permitted_by = models.CharField(max_length=200, blank=True)
    review_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audience_base_is_known", condition=Q(base__in=["group", "professionals", "named"])
            ),
            models.CheckConstraint(
                name="narrow_audience_has_reason", condition=Q(base="group") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="named_audience_has_permission_and_review",
                condition=~Q(base="named") | (~Q(permitted_by="") & Q(review_on__isnull=False)),
            ),
        ]


class AudiencePerson(Row):
    """A person whom an audience names or shuts out."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shut_out = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "person"], name="once_in_an_audience")]


class Child(GroupRow):
    """A child of the group, born or expected. Each has an own registration, plan and voice (R80)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="childhoods")
    date_of_birth = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    lead_person_id: UUID | None  # whoever opens the door adds it to each row: the lead worker now, if any

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="child_is_born_or_expected",
                condition=Q(date_of_birth__isnull=False) | Q(expected_on__isnull=False),
            ),
            models.UniqueConstraint(fields=["group", "person"], name="child_once_in_a_group"),
        ]


class Adult(GroupRow):
    """An adult of the family: may they come to meetings, and how."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="adulthoods")
    attends = models.CharField(max_length=20)  # yes, separately, part, no
    attends_reason = models.TextField(blank=True)
    # What they must not learn (`rules.face_sheet.HIDINGS`): such facts are never shown to them.
    must_not_learn = models.JSONField(default=list, blank=True)
    must_not_learn_reason = models.TextField(blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="adult_once_in_a_group"),
            models.CheckConstraint(
                name="adult_attendance_is_known", condition=Q(attends__in=["yes", "separately", "part", "no"])
            ),
            # The family are members by default; leaving somebody out needs a reason (R3).
            models.CheckConstraint(
                name="exclusion_has_reason", condition=Q(attends="yes") | ~Q(attends_reason="")
            ),
        ]


class Relationship(GroupRow):
    """What an adult is to a child."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="relationships")
    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="relationships")
    kind = models.CharField(max_length=40)
    responsibility = models.BooleanField(null=True)  # None: not established
    lives_with = models.BooleanField(default=False)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "adult"], name="one_relationship_a_pair")]


class Fact(GroupRow):
    """One thing known about a child, an adult or the family (R116): its kind, value, date and source.

    Facts are not edited: a new one supersedes, and the old stays readable to those who could read it.
    """

    about = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="facts")
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=40)
    value = SealedTextField()
    since = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class Membership(GroupRow):
    """Joins a person to a group, dated. `part` says as what; access ends with `until`."""

    MEMBER, CHAIR, FAMILY, CHILD = "member", "conference_chair", "family", "child"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=20)
    role = models.TextField(blank=True)  # in plain words, for the family to read (R48)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    limited_to = models.JSONField(default=list, blank=True)  # ids of children; empty: all of them

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(until__isnull=True), name="one_membership_at_a_time"
            ),
            models.CheckConstraint(
                name="membership_part_is_known",
                condition=Q(part__in=["member", "conference_chair", "family", "child"]),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="ended_membership_has_reason", condition=Q(until__isnull=True) | ~Q(ended_because="")
            ),
        ]


class LeadAppointment(GroupRow):
    """The lead worker of one child, dated: one at a time (R4)."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="leads")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(until__isnull=True), name="one_lead_a_child"
            )
        ]


class Invitation(GroupRow):
    """A one-time link to join. Only its digest is kept."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    sent_to = SealedTextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)


class JoiningStep(GroupRow):
    """A step of the short joining list that a member has ticked (R2, R45 to R47)."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=40)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "code"], name="one_tick_a_step")]


class ReadMark(GroupRow):
    """That a person has read a document of the case: `outline`, `plan:<child>:<version>`, `guide`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=100)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person", "what"], name="one_read_mark")]
