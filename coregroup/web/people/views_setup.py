"""Setting up, by pages: the authority, its agencies, its people, its closure days. For administrators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile import people as people_file
from coregroup.casework import people as people_work
from coregroup.casework import setup as setup_work
from coregroup.casework.setup_nouns import AgencyDetails, DayDetails, PersonDetails
from coregroup.post import letters
from coregroup.post.sending import send
from coregroup.rules import book
from coregroup.rules.access import Actor
from coregroup.rules.agency_kinds import kind_word
from coregroup.rules.errors import Closed, Problem
from coregroup.web.kit import once
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.people.forms_setup import AgencyForm, AuthorityForm, DayForm, PersonForm, lang


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def overview(request: HttpRequest) -> HttpResponse:
    """Everything that can be set up, and how much of it is."""
    house = people_file.house(by=_actor(request))
    told = {
        "title": _("Set up %(authority)s") % {"authority": house.name},
        "house": house,
        "procedure": book.load(house.procedure).title(lang()),
        "guidance": address("guidance"),
        "record_template": address("record_template"),
    }
    return render(request, "people/setup.html", told)


def authority(request: HttpRequest) -> HttpResponse:
    """The authority's name and its procedure for new core groups."""
    by = _actor(request)
    house = people_file.house(by=by)
    return form_view(
        request, form_class=AuthorityForm,
        do=lambda form: setup_work.change_authority(
            name=form.cleaned_data["name"], procedure=form.cleaned_data["procedure"], by=by
        ),
        to=reverse("setup"), initial={"name": house.name, "procedure": house.procedure},
        context={"title": _("Name and procedure"), "back": reverse("setup"), "submit": _("Save")},
        done=_("Saved."),
    )  # fmt: skip


def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies that serve this authority."""
    rows = people_file.agencies(by=_actor(request))
    told = {"title": _("Agencies"), "agencies": rows, "kind_word": kind_word, "lang": lang()}
    return render(request, "people/setup_agencies.html", told)


def agency(request: HttpRequest, agency: UUID | None = None) -> HttpResponse:
    """Adds an agency, or changes one."""
    by = _actor(request)
    rows = people_file.agencies(by=by)
    row = next((one for one in rows if one.id == agency and one.own), None)
    if agency and row is None:
        raise Closed
    names = ("name", "kind", "named_professional", "named_professional_contact", "out_of_hours")
    return form_view(
        request, form_class=AgencyForm,
        do=lambda form: setup_work.save_agency(
            details=AgencyDetails(**{name: form.cleaned_data[name] for name in names}), agency=agency, by=by
        ),
        to=reverse("setup_agencies"), initial={name: getattr(row, name) for name in names} if row else None,
        context={
            "title": _("Change an agency") if row else _("Add an agency"),
            "back": reverse("setup_agencies"), "submit": _("Save"),
        },
        done=_("Saved."),
    )  # fmt: skip


def people(request: HttpRequest) -> HttpResponse:
    """The professional people of the agencies, with a search."""
    search = request.GET.get("search", "").replace("\x00", "")[:200]
    rows = people_file.people(by=_actor(request), search=search)
    told = {
        "title": _("People"), "people": rows[:200], "count": len(rows), "search": search,
        "duty_words": dict(PersonForm.base_fields["duties"].choices),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "people/setup_people.html", told)


def person(request: HttpRequest, person: UUID | None = None) -> HttpResponse:
    """Adds a person, or changes one."""
    by = _actor(request)
    row = people_file.person(person=person, by=by) if person else None
    names = ("given_name", "family_name", "email", "job_title", "phone", "manager_email")

    def do(form: Any) -> UUID:
        told = form.cleaned_data
        details = PersonDetails(
            agency=told["agency"], duties=tuple(told["duties"]), **{name: told[name] for name in names}
        )
        return setup_work.save_person(details=details, person=person, by=by)

    initial = {name: getattr(row, name) for name in names} if row else {}
    return form_view(
        request, form_class=PersonForm, template="people/setup_person.html", do=do,
        to=lambda saved: reverse("setup_person_shown", args=[saved]) if saved else reverse("setup_people"),
        initial={**initial, "agency": row.agency_name, "duties": list(row.duties)} if row else None,
        options={"agencies": people_file.agencies(by=by), "people": people_file.people(by=by)},
        context={
            "title": _("Change a person") if row else _("Add a person"), "person": row,
            "back": reverse("setup_people"), "submit": _("Save"),
        },
        done=_("Saved."),
    )  # fmt: skip


def person_shown(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person, and the way to their first sign-in."""
    row = people_file.person(person=person, by=_actor(request))
    duty_words = dict(PersonForm.base_fields["duties"].choices)  # type: ignore[attr-defined]
    told = {
        "title": row.name, "person": row, "back": reverse("setup_people"), "once": once.token(),
        "duties": [duty_words.get(duty, duty) for duty in row.duties],
    }  # fmt: skip
    return render(request, "people/setup_person_shown.html", told)


def send_link(request: HttpRequest, person: UUID) -> HttpResponse:
    """Makes a one-time link to a first password, sends it, and shows it once to hand over."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    by = _actor(request)
    row = people_file.person(person=person, by=by)
    shown = reverse("setup_person_shown", args=[person])
    try:
        token = people_work.make_sign_in_link(person=person, by=by)
    except Problem as problem:
        messages.warning(request, problem.sentence)
        return HttpResponseRedirect(shown)
    link = settings.ADDRESS + reverse("first_password_link", args=[token])
    days = people_work.LINK_LIFE.days
    sent = send(letters.first_password(to=row.email, link=link, days=days, language=row.language))
    told = {"title": _("A link for %(name)s") % {"name": row.name}, "person": row, "link": link, "sent": sent,
            "days": days, "back": shown}  # fmt: skip
    return render(request, "people/setup_link.html", told)


def closure_days(request: HttpRequest) -> HttpResponse:
    """The authority's closure days, and a form for one more."""
    by = _actor(request)
    return form_view(
        request, form_class=DayForm, template="people/setup_days.html",
        do=lambda form: setup_work.import_closure_days(
            rows=[(1, DayDetails(form.cleaned_data["day"], form.cleaned_data["reason"]))], by=by
        ),
        to=reverse("setup_days"),
        context={
            "title": _("Closure days"), "days": people_file.closure_days(by=by), "back": reverse("setup"),
            "submit": _("Add this day"), "once_token": once.token(),
        },
        done=_("The day was added: it is no working day."),
    )  # fmt: skip


def remove_day(request: HttpRequest, day: UUID) -> HttpResponse:
    """Takes a closure day out."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    setup_work.remove_closure_day(day=day, by=_actor(request))
    messages.success(request, _("The day was taken out: it is a working day."))
    return HttpResponseRedirect(reverse("setup_days"))
