"""What every request passes through: answer headers, and who acts."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from coregroup.access.actors import actor_of

Answer = Callable[[HttpRequest], HttpResponse]

# No inline script or style, nothing from a third party, no framing.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def answer_headers(answer: Answer) -> Answer:
    """Sends the content policy with everything, and forbids keeping copies of pages."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if "Cache-Control" not in response.headers:  # what is static brings its own
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return with_headers


def name_the_actor(answer: Answer) -> Answer:
    """Sets `request.actor`: the frozen person who acts, or None for somebody not signed in."""

    def with_actor(request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        return answer(request)

    return with_actor
