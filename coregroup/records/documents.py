"""Files, what was handed out to whom, and the authority's own guidance."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.fields import Row, SealedTextField
from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.people import Person


class StoredFile(GroupRow):
    """A file outside the web root, under its digest. Its name and content have an audience like any text."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class HandOut(GroupRow):
    """Proof that a rendering left: what, to whom, how, when, and its digest (R53, R97)."""

    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=40)  # plan, record, pack
    meeting = models.ForeignKey(
        "records.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="hand_outs"
    )  # whose record or pack it is
    version = models.PositiveIntegerField()
    recipient = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="handed"
    )
    recipient_code = models.CharField(max_length=40)  # a person, or `file`
    how = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = SealedTextField(blank=True)

    class Meta:
        ordering = ["on", "made_at"]
        constraints = [
            models.CheckConstraint(
                name="handed_to_somebody", condition=Q(recipient__isnull=False) | ~Q(recipient_code="")
            )
        ]


class HandOutOpened(GroupRow):
    """That a recipient opened what was given to them on the screen."""

    hand_out = models.ForeignKey(HandOut, on_delete=models.PROTECT, related_name="openings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class Guidance(Row):
    """A protocol or guidance text of the authority, by versions (R60)."""

    slug = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    link = models.URLField(blank=True)
    applies_to = models.JSONField(default=list)  # page codes where it is linked
    in_force_on = models.DateField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "slug", "number"], name="one_guidance_number")
        ]


class RecordTemplate(Row):
    """The authority's own layout for records: a Word file to fill; heading, footer, badge for PDF (R14)."""

    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=200, blank=True)
    footer = models.CharField(max_length=300, blank=True)
    badge = models.CharField(max_length=64, blank=True)  # digest of a picture in the file store
    word_file = models.CharField(max_length=64, blank=True)  # digest of a Word file in the file store
    in_force_on = models.DateField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["authority", "number"], name="one_template_number")]
