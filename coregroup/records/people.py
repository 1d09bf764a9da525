"""Authorities, agencies, persons, and the accounts by which persons sign in."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from coregroup.records.fields import Row, SealedTextField


class Authority(models.Model):
    """A council with its own procedure for *new* groups (a group keeps the one it was opened under)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    procedure = models.CharField(max_length=60)
    fictional = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)


class ClosureDay(Row):
    """A day on which the authority's offices are closed: never a working day."""

    day = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "day"], name="one_closure_a_day")]


class Agency(Row):
    """An agency: its `authority` is its home; it may serve several. Its named professional advises (R1)."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    serves = models.ManyToManyField(Authority, related_name="agencies")
    named_professional = models.CharField(max_length=200, blank=True)
    named_professional_contact = models.CharField(max_length=200, blank=True)
    out_of_hours = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("authority", Lower("name"), name="one_agency_a_name")]


class Family(Row):
    """A family, by the label under which professionals speak of it."""

    label = models.CharField(max_length=200)


class Person(Row):
    """Who someone is. A professional belongs to an agency, a family person to a family."""

    PROFESSIONAL = "professional"
    FAMILY = "family"

    kind = models.CharField(max_length=20, choices=[(PROFESSIONAL, PROFESSIONAL), (FAMILY, FAMILY)])
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    job_title = models.CharField(max_length=200, blank=True)
    duties = models.JSONField(default=list, blank=True)
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="staff"
    )
    email = SealedTextField(blank=True)
    phone = SealedTextField(blank=True)
    language = models.CharField(max_length=5, default="en")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_has_a_home",
                condition=Q(kind="professional", agency__isnull=False, family__isnull=True)
                | Q(kind="family", family__isnull=False, agency__isnull=True),
            ),
            # A family person's contact details are facts, each with an audience; never bare columns.
            models.CheckConstraint(
                name="family_contact_details_are_facts",
                condition=Q(kind="professional") | Q(email="", phone=""),
            ),
        ]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; e-mail addresses are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Account:
        account = self.model(email=email.strip().lower(), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in. It may serve several persons (a teacher who is also a parent)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]


class AccountPerson(models.Model):
    """Which persons an account serves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "person"], name="one_link_a_person")]


class SignInLink(Row):
    """A one-time link by which a person sets a password. Only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
