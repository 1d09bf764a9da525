"""Contact with the child: in this house so far, agreed contact that was missed or cannot be kept (R20)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coregroup.records.fields import SealedTextField
from coregroup.records.groups import Audience, Child, GroupRow
from coregroup.records.people import Person


class MissedContact(GroupRow):
    """That agreed contact with a child was missed, or cannot be kept from now on."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    reason = SealedTextField()
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="missed_contact_kind_is_known", condition=Q(kind__in=["missed", "cannot_keep"])
            )
        ]
