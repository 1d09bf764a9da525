"""Sign-in: the adapters between allauth and our accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from coregroup.records.models import Account, AccountPerson


class AccountBackend(AuthenticationBackend):
    """Loads the account and the persons it serves in one query."""

    def get_user(self, user_id: Any) -> Account | None:
        links = list(
            AccountPerson.objects.filter(account_id=user_id)
            .select_related("account", "person__agency")
            .order_by("person__made_at", "id")
        )
        if not links or not links[0].account.is_active:
            return None
        account = links[0].account
        account.loaded_links = links  # type: ignore[attr-defined]
        return account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts come by invitation and by set-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
