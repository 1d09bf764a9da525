"""Addresses of signing in, one-time links and setting up."""

from __future__ import annotations

from django.urls import register_converter

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page, public
from coregroup.web.people import urls_setup, views_links, views_sign_in


class AccountKey:
    """An account's part of the link for a new password."""

    regex = "[0-9A-Za-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(AccountKey, "account_key")

# The names beginning with `account_` are those by which allauth looks for its pages.
urlpatterns = [
    public("sign-in/", views_sign_in.SignIn.as_view(), name="account_login"),
    public("sign-out/", views_sign_in.sign_out, name="account_logout"),
    public("sign-in/not-in-use/", views_sign_in.inactive, name="account_inactive"),
    public("password/forgotten/", views_sign_in.Forgotten.as_view(), name="account_reset_password"),
    public("password/forgotten/sent/", views_sign_in.forgotten_sent, name="account_reset_password_done"),
    public(
        "password/new/<account_key:uidb36>-<str:key>/",
        views_sign_in.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    public("password/changed/", views_sign_in.new_password_done, name="account_reset_password_from_key_done"),
    page(
        "password/change/",
        views_sign_in.ChangePassword.as_view(),
        to=Capability.SEE_HOME,
        name="account_change_password",
    ),
    public("set-password/<str:token>/", views_links.first_password_link, name="first_password_link"),
    public("set-password/", views_links.first_password, name="first_password"),
    public("join/<str:token>/", views_links.join_link, name="join_link"),
    public("join/", views_links.join, name="join"),
    page("who/", views_links.choose_person, to=Capability.SEE_HOME, name="switch_person"),
    *urls_setup.urlpatterns,
]
