"""Signing in and out, a forgotten password, a changed one. allauth does the work; the pages are ours."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.web.people import forms_sign_in as forms


class SignIn(allauth.LoginView):
    """Signs in, then goes by way of `switch_person`, which asks as whom, where there is a choice."""

    template_name = "people/sign_in.html"
    form_class = forms.SignInForm

    def get_form_class(self) -> Any:
        return forms.SignInForm

    def get_success_url(self) -> str:
        target = self.get_next_url() or "/"
        return reverse("switch_person", query={"next": target})

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**told),
            "title": _("Sign in"),
            "next": self.get_next_url() or "",
            "held": self.request.GET.get("kept") == "1",
        }


def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session. By POST only, so that no link or picture can do it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    logout(request)
    messages.success(request, _("You have signed out."))
    return HttpResponseRedirect(reverse("account_login"))


class Forgotten(allauth.PasswordResetView):
    """Sends a link for a new password. Says the same whether the address has an account or not."""

    template_name = "people/forgotten.html"
    form_class = forms.ForgottenForm

    def get_form_class(self) -> Any:
        return forms.ForgottenForm

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        return {**super().get_context_data(**told), "title": _("Forgotten your password")}


def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """What comes next, in the same words for every address."""
    return render(request, "people/forgotten_sent.html", {"title": _("Look at your e-mail")})


class NewPassword(allauth.PasswordResetFromKeyView):
    """Sets a new password by the link that was sent. The key moves into the session, out of the address."""

    template_name = "people/new_password.html"
    form_class = forms.NewPasswordForm

    def get_form_class(self) -> Any:
        return forms.NewPasswordForm

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        told = super().get_context_data(**told)
        usable = not told.get("token_fail") and "form" in told
        title = _("Set a new password") if usable else _("This link cannot be used")
        return {**told, "title": title, "usable": usable, "form": told.get("form")}


def new_password_done(request: HttpRequest) -> HttpResponse:
    """The password is changed: sign in with it."""
    messages.success(request, _("Your password has been changed. Sign in with the new one."))
    return HttpResponseRedirect(reverse("account_login"))


class ChangePassword(allauth.PasswordChangeView):
    """Changes one's password; other sessions of the account end."""

    template_name = "people/change_password.html"
    form_class = forms.ChangeForm

    def get_form_class(self) -> Any:
        return forms.ChangeForm

    def get_success_url(self) -> str:
        messages.success(self.request, _("Your password has been changed."))
        return "/"

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        return {**super().get_context_data(**told), "title": _("Change your password")}


def inactive(request: HttpRequest) -> HttpResponse:
    """An account that is not in use any more."""
    words = [_("This account is not in use. Ask whoever looks after this service.")]
    return render(request, "kit/error.html", {"title": _("You cannot sign in"), "words": words}, status=403)
