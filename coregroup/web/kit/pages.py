"""Routes that say what they need. Every address of the service is made by `page` or by `public`.

    urlpatterns = [page("groups/<uuid:group>/", case, to=Capability.SEE_CASE, name="group")]

The capability is an attribute of the view, so that a test can hold every address against the access table.
The check itself is made by the verb or the reading behind the page, at the one door.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from coregroup.rules.access import Capability
from coregroup.rules.errors import Closed, Refused
from coregroup.web.kit import drafts, errors

View = Callable[..., HttpResponse]


def page(route: str, view: View, *, to: Capability, name: str) -> URLPattern:
    """A page for signed-in people: others are asked to sign in and come back.

    A form sent after the session's end is kept as its writer's draft, so that it stands there again after
    signing in. Closed becomes "not found", Refused a page that says why.
    """
    guarded = _answering(view, signed_in=True)
    guarded.capability = to  # type: ignore[attr-defined]
    return path(route, guarded, name=name)


def public(route: str, view: View, *, name: str) -> URLPattern:
    """A page for everybody. There are few: each stands on the house tests' short list."""
    guarded = _answering(view, signed_in=False)
    guarded.public = True  # type: ignore[attr-defined]
    return path(route, guarded, name=name)


def _answering(view: View, *, signed_in: bool) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if signed_in and getattr(request, "actor", None) is None:
            sign_in = reverse("account_login", query={"kept": "1"} if drafts.hold(request) else None)
            return redirect_to_login(request.get_full_path(), login_url=sign_in)
        try:
            return view(request, *args, **kwargs)
        except Closed:
            return errors.not_found(request)
        except Refused as refused:
            return errors.refused(request, refused.sentence)

    return answer
