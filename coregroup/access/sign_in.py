"""Sign-in: the adapters between allauth and our accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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
    """Nobody signs up: accounts come by invitation and by set-up. What goes wrong is said in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both and try again."
        ),
        "too_many_login_attempts": _("Too many tries with this address. Wait five minutes, then try again."),
        "enter_current_password": _("Your password now is not what you entered."),
        "incorrect_password": _("Your password now is not what you entered."),
        "account_inactive": _("This account is not in use."),
    }

    def add_message(self, *args: Any, **options: Any) -> None:
        """The pages say themselves what was done."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
