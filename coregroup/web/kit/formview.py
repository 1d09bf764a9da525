"""The view behind a form: draws it, keeps what is typed, does the deed, and answers for what may go wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from coregroup.rules.errors import AlreadyDone, Clash, Problem, Problems
from coregroup.web.kit import clash as clashes
from coregroup.web.kit import drafts
from coregroup.web.kit.forms import Form

Deed = Callable[[Any], Any]


def form_view(
    request: HttpRequest,
    *,
    form_class: type[Form],
    template: str = "kit/form_page.html",
    do: Deed,
    to: str | Callable[[Any], str],
    context: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    base: int | None = None,
    done: str = "",
    options: Mapping[str, Any] | None = None,
    advise: Callable[[Any], Mapping[str, list[str]]] | None = None,
    keeps_draft: bool = True,
) -> HttpResponse:
    """One page with one form.

    `do(form)` is called with the valid form and calls the verb (`once=form.once`, `base=form.base`, `by=`);
    `to` is the next page's address, or a function of what `do` gave. `done` is said there as a banner.
    `initial` and `base` are what the person begins from; `options` go to the form's own constructor; `advise`
    looks at a form and gives advice for its fields. `context` is the page's other data (title, back ...).

    A draft is drawn on return, kept when the form is invalid, forgotten when the deed is done. From the verb:
    Problem(s) are shown at their fields; Clash shows both texts; AlreadyDone goes on as if it were the first
    time (its outcome goes to `to`). Closed and Refused are answered by `page`.
    """
    told = dict(options or {})
    if request.method != "POST":
        form = _fresh(request, form_class, initial, base, told, keeps_draft)
        return _draw(request, form, template, context, advise)
    if "discard" in request.POST and keeps_draft:
        drafts.drop(drafts.key_of(request), by=request.actor)  # type: ignore[attr-defined]
        return HttpResponseRedirect(request.get_full_path())
    form = form_class(clashes.settled(request.POST), request.FILES, initial=initial, base=base, **told)
    _connect(request, form, keeps_draft)
    if not form.is_valid():
        return _again(request, form, template, context, advise)
    try:
        result = do(form)
    except AlreadyDone as earlier:
        result = earlier.outcome
    except (Problem, Problems) as problem:
        faults = problem.faults if isinstance(problem, Problems) else [(problem.field, problem.sentence)]
        for field, sentence in faults:
            form.fault(field, sentence)
        return _again(request, form, template, context, advise)
    except Clash as clash:
        return _both(request, form, clash, context)
    if form.draft_key:
        drafts.drop(form.draft_key, by=request.actor)  # type: ignore[attr-defined]
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(to(result) if callable(to) else to)


def _fresh(
    request: HttpRequest,
    form_class: type[Form],
    initial: Mapping[str, Any] | None,
    base: int | None,
    options: dict[str, Any],
    keeps_draft: bool,
) -> Form:
    """The form as it is first drawn: from the draft if there is one, else from what stands in the record."""
    draft = drafts.kept(drafts.key_of(request), by=request.actor) if keeps_draft else None  # type: ignore[attr-defined]
    form = form_class(initial=initial, base=base, draft=draft, **options)
    _connect(request, form, keeps_draft)
    return form


def _connect(request: HttpRequest, form: Form, keeps_draft: bool) -> None:
    """Tells the form where its drafts are kept, and for whom it is drawn."""
    actor = getattr(request, "actor", None)
    if keeps_draft and actor is not None and actor.person is not None:
        form.draft_key = drafts.key_of(request)
        form.draft_url = drafts.address()
        form.writer = drafts.writer_token(form.draft_key, actor)


def _again(
    request: HttpRequest, form: Form, template: str, context: Mapping[str, Any] | None, advise: Any
) -> HttpResponse:
    """The form with its errors; what was typed is kept, so that leaving now loses nothing."""
    if form.draft_key:
        drafts.keep_data(form.draft_key, form.draft_data(), by=request.actor)  # type: ignore[attr-defined]
    return _draw(request, form, template, context, advise)


def _draw(
    request: HttpRequest, form: Form, template: str, context: Mapping[str, Any] | None, advise: Any
) -> HttpResponse:
    if advise is not None:
        form.advice = {name: list(words) for name, words in advise(form).items()}
    return render(request, template, {**(context or {}), "form": form})


def _both(request: HttpRequest, form: Form, clash: Clash, context: Mapping[str, Any] | None) -> HttpResponse:
    """Both texts, to be decided between. Mine is kept as a draft meanwhile."""
    if form.draft_key:
        drafts.keep_data(form.draft_key, form.draft_data(), by=request.actor)  # type: ignore[attr-defined]
    told = {
        "clash_sides": clashes.sides(form, clash),
        "clash_undecided": clashes.undecided(request.POST),
        "carried": clashes.carried(form, clash),
        "clash_by": clash.by,
        "clash_revision": clash.revision,
    }
    return render(request, "kit/clash_page.html", {**(context or {}), **told}, status=409)
