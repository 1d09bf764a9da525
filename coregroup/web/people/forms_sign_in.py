"""The forms of signing in: allauth's, in our words, and those of one-time links."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django.utils.translation import gettext_lazy as _

from coregroup.web.kit.fields import EmailField, PasswordField
from coregroup.web.kit.forms import Form

RULES = _("At least 12 characters, and not one that many people use. Three random words work well.")
EMAIL_NEEDED = _("Enter your e-mail address")
EMAIL_WRONG = _("Enter an e-mail address like name@example.org")
PASSWORD_NEEDED = _("Enter your password")
NEW_NEEDED = _("Enter a new password")


def _say(form: Any, name: str, label: Any, needed: Any, **more: Any) -> None:
    """Puts a field of allauth's into our words."""
    field = form.fields[name]
    field.label = label
    field.help_text = more.pop("hint", "")
    field.error_messages = {**field.error_messages, "required": needed, "invalid": EMAIL_WRONG}
    for validator in field.validators:
        if getattr(validator, "code", "") == "invalid":
            validator.message = EMAIL_WRONG
    field.look = more


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "login", _("E-mail address"), EMAIL_NEEDED, autocomplete="username")
        _say(self, "password", _("Password"), PASSWORD_NEEDED)


class ForgottenForm(ResetPasswordForm):
    """The address to which a link for a new password goes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "email", _("E-mail address"), EMAIL_NEEDED, autocomplete="username")


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password, by the link that was sent. Asked once: it can be shown."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        _say(self, "password1", _("New password"), NEW_NEEDED, hint=RULES, autocomplete="new-password")


class ChangeForm(ChangePasswordForm):
    """A new password for somebody who is signed in and knows the present one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        _say(self, "oldpassword", _("Your password now"), _("Enter your password now"))
        _say(self, "password1", _("New password"), NEW_NEEDED, hint=RULES, autocomplete="new-password")


class FirstPasswordForm(Form):
    """A first password, by a one-time link."""

    password = PasswordField(label=_("Password"), help_text=RULES, autocomplete="new-password")


class JoinForm(FirstPasswordForm):
    """A first password for somebody who joins, and the address to sign in with where we hold none."""

    field_order = ["email", "password"]
    email = EmailField(
        label=_("E-mail address"),
        help_text=_("You sign in with it. Type it with care: a forgotten password is sent there."),
        autocomplete="username",
    )

    def __init__(self, *args: Any, asks_email: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_email:
            del self.fields["email"]
