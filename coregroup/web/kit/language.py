"""Choosing the language, by a plain link that leads back to the same page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from coregroup.web.kit import errors

YEAR = 365 * 24 * 60 * 60


def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps the language in a cookie and goes back to `next`, which must be an address of ours."""
    if code not in dict(settings.LANGUAGES):
        return errors.not_found(request)
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response
