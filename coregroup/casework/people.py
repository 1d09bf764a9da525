"""Accounts, and the one-time links by which people set their first password."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.lines import write_line
from coregroup.casework.verbs import act_alone
from coregroup.records.models import Account, AccountPerson, Person, SignInLink
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem
from coregroup.rules.links import digest_of

LINK_LIFE = timedelta(days=7)


def new_token() -> str:
    """A token that nobody can guess (256 bits)."""
    return secrets.token_urlsafe(32)


def make_sign_in_link(*, person: UUID, by: Actor) -> str:
    """Makes the link by which a professional person sets a first password; gives its token, not kept.

    Works once, for seven days; an earlier one stops working. Whoever has an account already gets a new
    password by e-mail only, so that nobody can hand themselves the account of somebody else: Problem. Closed
    for a person of another authority.
    """
    with act_alone(by=by, to=Capability.ADMINISTER, what="sign-in link"):
        row = Person.objects.filter(id=person, authority_id=home_of(by), kind=Person.PROFESSIONAL).first()
        if row is None:
            raise Closed
        if not row.email:
            raise Problem("email", _("Enter an e-mail address for this person first."))
        if AccountPerson.objects.filter(person=row).exists():
            raise Problem(None, _("They can sign in already. A new password is sent to them by e-mail."))
        now = timezone.now()
        SignInLink.objects.filter(person=row, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
        token = new_token()
        SignInLink.objects.create(
            authority_id=row.authority_id, person=row, digest=digest_of(token), expires_at=now + LINK_LIFE
        )
    return token


def use_sign_in_link(*, digest: str, password: str, by: Actor) -> str:
    """Sets the first password of the person whose link this is; gives the address to sign in with.

    Closed for a link that is unknown, used or too old. Problem("password", …) for a password that is too
    weak, Problem(None, …) where the address has an account: that person signs in and follows the link again.
    """
    with transaction.atomic():
        link = _open_link(digest)
        link_line(by, link.person, allowed=True, what="first password")
        email = link.person.email
        new_account(link.person, email=email, password=password)
        _spend(link)
    return email


def attach_by_link(*, digest: str, by: Actor) -> UUID:
    """Lets the signed-in account serve the link's person as well; gives that person. Closed as above."""
    if by.account is None:
        raise Closed
    with transaction.atomic():
        link = _open_link(digest)
        link_line(by, link.person, allowed=True, what="attach person")
        serve(by.account, link.person)
        _spend(link)
    return link.person_id


def act_as(*, person: UUID | str, by: Actor) -> UUID:
    """Checks that the actor's account serves another person, and gives that person's id. Closed if not."""
    found = (
        AccountPerson.objects.filter(account_id=by.account, person_id=person).first() if by.account else None
    )
    write_line(by, Capability.SEE_HOME, group=None, allowed=found is not None, what="act as somebody else")
    if found is None:
        raise Closed
    return found.person_id


def new_account(person: Person, *, email: str, password: str) -> Account:
    """An account that serves this person, inside another verb's transaction. Raises Problem at `email` or
    `password`. Refuses an address that has an account: that is never handed to who holds a link only."""
    email = checked_email(email)
    if Account.objects.filter(email__iexact=email).exists():
        raise Problem(
            "email",
            _("A new account cannot be made with this address. If you have an account, sign in with it."),
        )
    account = Account(email=email)
    try:
        validate_password(password, account)
    except ValidationError as fault:
        raise Problem("password", " ".join(fault.messages)) from None
    account.set_password(password)
    account.save()
    serve(account.id, person)
    return account


def serve(account: UUID, person: Person) -> None:
    """Joins an account and a person. A person has one account: Closed if another serves them already."""
    if AccountPerson.objects.filter(person=person).exclude(account_id=account).exists():
        raise Closed
    AccountPerson.objects.get_or_create(account_id=account, person=person)


def checked_email(text: str, field: str = "email") -> str:
    """An e-mail address as it is kept; Problem(field, …) for what is none."""
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Problem(field, _("Enter an e-mail address like name@example.org")) from None
    return email


def addresses(authority: UUID) -> dict[str, UUID]:
    """The e-mail addresses of an authority's professionals, in small letters.

    Compared here and not in the database, for contact details are sealed.
    """
    rows = Person.objects.filter(authority_id=authority, kind=Person.PROFESSIONAL).values_list("email", "id")
    return {email.strip().lower(): person for email, person in rows if email.strip()}


def home_of(by: Actor) -> UUID:
    """The authority of who acts; Closed for somebody who has none."""
    if by.authority is None:
        raise Closed
    return by.authority


def link_line(by: Actor, person: Person, *, allowed: bool, what: str) -> None:
    """The audit line of somebody who comes by a one-time link: it names the person whose link it was."""
    shown = Actor(
        person=person.id, authority=person.authority_id, name=by.name, professional=False, account=by.account
    )
    write_line(shown, Capability.FOLLOW_LINK, group=None, allowed=allowed, what=what)


def _open_link(digest: str) -> SignInLink:
    """The unused link of this digest, locked; Closed else."""
    rows = SignInLink.objects.select_for_update(of=("self",)).select_related("person")
    link = rows.filter(digest=digest, used_at__isnull=True, expires_at__gt=timezone.now()).first()
    if not digest or link is None:
        raise Closed
    return link


def _spend(link: SignInLink) -> None:
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
