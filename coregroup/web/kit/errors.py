"""The pages that say that something did not work. None of them says what it was that was not found."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

PLAINEST = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sorry – coregroup</title></head>'
    "<body><main><h1>Sorry, that did not work</h1></main></body></html>"
)


def _say(request: HttpRequest, status: int, *, title: str, words: list[str]) -> HttpResponse:
    return render(request, "kit/error.html", {"title": title, "words": words}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read; 413 where it is merely too much."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    words = [_("What your browser sent could not be read. Go back and try again.")]
    return _say(request, 400, title=_("That did not arrive whole"), words=words)


def refused(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """403: they may see it, but not do this, or not now; the sentence says why."""
    words = [sentence or _("You may not do this.")]
    words.append(_("If you think that you should, ask the lead worker of the core group."))
    return _say(request, 403, title=_("You cannot do this"), words=words)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, as Django asks for it."""
    return refused(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: says no more than that, whether there is nothing or nothing for this person."""
    return _say(request, 404, title=_("Page not found"), words=[])


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: a file or form above the limit."""
    words = [_("What you sent is larger than can be taken. Nothing of it was saved.")]
    words.append(_("Make the file smaller, or send it in parts."))
    return _say(request, 413, title=_("That is too large"), words=words)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    words = [_("Something went wrong here, not with you. What you had saved before is safe.")]
    words.append(_("Go back and try again. If it happens again, tell whoever looks after this service."))
    try:
        return _say(request, 500, title=_("Sorry, that did not work"), words=words)
    except Exception:  # the frame itself may be what is broken: say it in the plainest page there is
        return HttpResponse(PLAINEST, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token was missing or too old. Most often somebody signed in again in another window."""
    words = [
        _("This page had been open too long, or you signed in again in another window. Nothing was saved."),
        _("Go back, reload the page and send it again. What you had typed may still be in the form."),
    ]
    return _say(request, 403, title=_("Please send that again"), words=words)
