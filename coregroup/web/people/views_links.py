"""One-time links: a first password, joining a core group, and acting as another of one's persons.

A link's token leaves the address at once: its digest goes into the session and the page at an address without
it is shown, so that no log, no history and no referrer holds a link that still works.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from coregroup.casefile import joining as joining_file
from coregroup.casefile import people as people_file
from coregroup.casework import joining as joining_work
from coregroup.casework import people as people_work
from coregroup.rules.access import VISITOR, Actor
from coregroup.rules.errors import Closed, Problem
from coregroup.rules.links import digest_of
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.people.forms_sign_in import FirstPasswordForm, JoinForm

LINK, PERSON = "link", "person"  # in the session
View = Callable[..., HttpResponse]


def unreferred(view: View) -> View:
    """The address of a link is told to nobody, not even to our own next page.

    Only for links that lead on at once: from a page with this policy a browser sends forms without saying
    where they come from, and they are refused as forged.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@unreferred
def first_password_link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address."""
    request.session[LINK] = digest_of(token)
    return HttpResponseRedirect(reverse("first_password"))


@unreferred
def join_link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address."""
    request.session[LINK] = digest_of(token)
    return HttpResponseRedirect(reverse("join"))


def first_password(request: HttpRequest) -> HttpResponse:
    """Sets a professional's first password, signs in and goes home."""
    digest = request.session.get(LINK, "")
    try:
        holder = people_file.link_holder(digest=digest, by=VISITOR)
    except Closed:
        return _unusable(request, _("Ask whoever looks after your authority's lists for a new one."))

    def do(form: Any) -> str:
        password = form.cleaned_data["password"]
        try:
            email = people_work.use_sign_in_link(digest=digest, password=password, by=VISITOR)
        except Closed:
            raise Problem(None, _("This link has been used meanwhile. Sign in.")) from None
        _enter(request, email, password, str(holder.person))
        return email

    return form_view(
        request, form_class=FirstPasswordForm, template="people/first_password.html", do=do, to="/",
        context={"title": _("Set your password"), "holder": holder, "submit": _("Set password and sign in")},
        done=_("Your password is set, and you are signed in."), keeps_draft=False,
    )  # fmt: skip


def join(request: HttpRequest) -> HttpResponse:
    """Who invites whom to what; then a first password, or the account that somebody has (R2)."""
    digest = request.session.get(LINK, "")
    try:
        invitation = joining_file.invited(digest=digest, by=VISITOR)
    except Closed:
        return _unusable(request, _("Ask the person who invited you for a new one."))
    actor = _actor(request)
    told = {"title": _("Join a core group"), "invitation": invitation}
    if actor is not None:
        return _join_signed_in(request, digest, told, actor)
    if invitation.has_account:
        return render(request, "people/join_sign_in.html", told)
    return _join_new(request, digest, told, invitation)


def _join_new(
    request: HttpRequest, digest: str, told: dict[str, Any], invitation: joining_file.Invited
) -> HttpResponse:
    asks_email = not (invitation.professional and invitation.email)

    def do(form: Any) -> joining_work.Joined:
        password = form.cleaned_data["password"]
        try:
            joined = joining_work.join_with_new_account(
                digest=digest, email=form.cleaned_data.get("email", ""), password=password, by=VISITOR
            )
        except Closed:
            raise Problem(None, _("This link has been used meanwhile. Sign in.")) from None
        _enter(request, joined.email, password, str(joined.person))
        return joined

    return form_view(
        request, form_class=JoinForm, template="people/join.html", do=do, to=_after_joining,
        options={"asks_email": asks_email}, context={**told, "submit": _("Set password and join")},
        done=_("You have joined."), keeps_draft=False,
    )  # fmt: skip


def _join_signed_in(request: HttpRequest, digest: str, told: dict[str, Any], actor: Actor) -> HttpResponse:
    """Somebody signed in joins with this account, or signs out first to use another."""
    if request.method != "POST":
        return render(request, "people/join_signed_in.html", told)
    try:
        joined = joining_work.join(digest=digest, by=actor)
    except Closed:
        words = [
            _("This link is for somebody who signs in with another account."),
            _("Sign out, then open the link again."),
        ]
        title = _("You cannot join with this account")
        return render(request, "kit/error.html", {"title": title, "words": words}, status=403)
    request.session.pop(LINK, None)
    request.session[PERSON] = str(joined.person)
    messages.success(request, _("You have joined."))
    return HttpResponseRedirect(_after_joining(joined))


def choose_person(request: HttpRequest) -> HttpResponse:
    """As whom somebody acts whose account serves several persons. With one person it only goes on."""
    actor = _actor(request)
    assert actor is not None
    target = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    if not actor.others:
        return HttpResponseRedirect(target)
    if request.method == "POST":
        chosen = people_work.act_as(person=_uuid(request.POST.get("person", "")), by=actor)
        request.session[PERSON] = str(chosen)
        return HttpResponseRedirect(target)
    told = {"title": _("Who are you here as?"), "next": target}
    return render(request, "people/choose_person.html", told)


def _actor(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise Closed from None


def _enter(request: HttpRequest, email: str, password: str, person: str) -> None:
    """Signs in with the account that was just made."""
    account = authenticate(request, email=email, password=password)
    if account is not None:
        login(request, account)
        request.session.pop(LINK, None)
        request.session[PERSON] = person


def _after_joining(joined: Any) -> str:
    group = getattr(joined, "group", None)
    return address("joining", group=group) or "/"


def _unusable(request: HttpRequest, advice: str) -> HttpResponse:
    """A link that is unknown, used, too old or no longer meant: the same page for each."""
    words = [
        _("It may have been used already, or be too old. A link works once, for some days only."),
        advice,
    ]
    if _actor(request) is None:
        words.append(_("If you have set a password before, sign in with it."))
    told = {"title": _("This link cannot be used"), "words": words}
    return render(request, "people/unusable.html", told, status=404)
