"""Fields that every subject shares."""

from __future__ import annotations

import uuid

from django.db import models


class SealedTextField(models.TextField):
    """Text that is never searched, indexed or logged: addresses, contact details, named-only text.

    Plain inside today; one type, so that encrypting it later changes one place.
    """


class SealedJSONField(models.JSONField):
    """What a person wrote, as fields of an item: sealed like `SealedTextField`."""


class Row(models.Model):
    """What every stored thing carries: a UUID, its authority, and when it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("records.Authority", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
