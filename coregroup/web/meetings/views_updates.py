"""My update for a meeting: a hub of few short pages, each begun from what is known (R16, R17, R108)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.updates_check import update_to_check
from coregroup.casefile.updates_own import CONTACT, ENTRIES, EVERYTHING, PEOPLE, PLAN, own_update
from coregroup.casefile.updates_shapes import OwnUpdate
from coregroup.casework import updates as doing
from coregroup.casework.action_states import set_action_state
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.chronology import write_entry
from coregroup.casework.ratings import rate_outcome
from coregroup.rules.access import Actor
from coregroup.rules.errors import Clash, Problem, Problems, Refused
from coregroup.rules.update_fields import ALL, FAMILY
from coregroup.web.kit.audience import initial_of
from coregroup.web.kit.formview import form_view
from coregroup.web.meetings import forms_updates as forms
from coregroup.web.meetings.update_words import at, crumbs, day_of, state_tag, tasks

NEXT = {"words": "my_update_progress", "progress": "my_update_chronology",
        "chronology": "my_update_family", "family": "my_update"}  # fmt: skip


def hub(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """What is written, what is still open, and the buttons: give it, ask my manager, change it again."""
    page = own_update(group=group, meeting=meeting, also=EVERYTHING, by=_actor(request))
    deeds = {"give": doing.give_update, "ask": doing.ask_manager, "change": doing.change_update}

    def do(form: forms.DeedForm) -> None:
        deed = deeds[form.cleaned_data["deed"]]
        deed(group=group, meeting=meeting, by=_actor(request), once=form.once)

    told = {
        "give": _("Your update is given. You can change it until the meeting is closed."),
        "ask": _("Your %(manager)s has been asked to look at it.") % {"manager": page.manager_word},
        "change": _("You can change your update now. The others read it again once you have given it."),
    }
    return form_view(
        request, form_class=forms.DeedForm, template="meetings/my_update.html", do=do,
        to=at("my_update", page.meeting), done=told.get(request.POST.get("deed", ""), ""),
        keeps_draft=False,
        context={
            **_context(page, _title(page), hub=True),
            "tasks": tasks(page),
            "state": state_tag(page.now, page.manager_word),
            "apologies": at("apologies", page.meeting),
            "shared_day": day_of(page.told(FAMILY, "on")),
        },
    )  # fmt: skip


def words(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Contact, what changed for each child, what could not be done."""
    also = frozenset({CONTACT, PEOPLE})
    page = _writable(own_update(group=group, meeting=meeting, also=also, by=_actor(request)))
    one = page.standing
    standing = AudienceChoice(one.base, one.named, one.shut_out, one.reason, one.permitted_by, one.review_on)

    def do(form: forms.WordsForm) -> int:
        chosen = None if form.audience == standing else form.audience
        return doing.save_update(
            group=group, meeting=meeting, parts=form.parts(), base=form.base or 0, audience=chosen,
            by=_actor(request), once=form.once,
        )  # fmt: skip

    initial: dict[str, Any] = {name: page.told(ALL, name) for name in ("contact", "could_not")}
    for child in page.children:
        initial[forms.WordsForm.changed(child.id)] = page.told(str(child.id), "changed")
    return form_view(
        request, form_class=forms.WordsForm, template="meetings/my_update_words.html", do=do,
        to=at(NEXT["words"], page.meeting), base=page.now.base, initial=initial | initial_of(standing),
        options={"people": page.people, "children": page.children},
        context=_context(page, _("Contact, and what has changed")),
    )  # fmt: skip


def progress(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """How far my actions are, and how I rate each outcome."""
    actor = _actor(request)
    page = _writable(own_update(group=group, meeting=meeting, also=frozenset({PLAN}), by=actor))

    def do(form: forms.ProgressForm) -> None:
        for action, state, why in form.new_states():
            with _at_its_field(action.item):
                set_action_state(group=group, item=action.item, state=state, because=why, by=actor)
        for outcome, value, evidence in form.new_ratings():
            with _at_its_field(outcome.item):
                rate_outcome(
                    group=group, item=outcome.item, value=value, evidence=evidence, meeting=meeting, by=actor
                )

    return form_view(
        request, form_class=forms.ProgressForm, template="meetings/my_update_progress.html", do=do,
        to=at(NEXT["progress"], page.meeting),
        options={"actions": page.actions, "outcomes": page.outcomes},
        context=_context(page, _("Actions, and what they have changed")),
    )  # fmt: skip


class _at_its_field:
    """What a verb finds wrong with one of several things, at that thing's own field."""

    def __init__(self, item: UUID) -> None:
        self.item = item

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Problem):
            raise Problem(f"{error.field}_{self.item.hex}", error.sentence) from None
        if isinstance(error, Problems):
            faults = [(f"{field}_{self.item.hex}", sentence) for field, sentence in error.faults]
            raise Problems([*faults]) from None


def chronology(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """What is in the chronology already, one more entry, or nothing new, said (R13)."""
    actor = _actor(request)
    also = frozenset({ENTRIES, PEOPLE})
    page = _writable(own_update(group=group, meeting=meeting, also=also, by=actor))

    def do(form: forms.ChronologyForm) -> bool:
        given = form.cleaned_data
        nothing = given["new"] == forms.NOTHING
        if not nothing:
            write_entry(
                group=group, on=given["on"], text=given["text"], impact=given["impact"], done=given["done"],
                child=form.about, audience=form.audience, by=actor, once=form.once,
            )  # fmt: skip
        if nothing or page.told(ALL, "nothing_new"):
            doing.save_update(
                group=group, meeting=meeting, parts={ALL: {"nothing_new": "yes" if nothing else ""}},
                base=page.now.base, by=actor,
            )  # fmt: skip
        return nothing

    said = request.POST.get("new") == forms.ENTRY
    here, then = at("my_update_chronology", page.meeting), at(NEXT["chronology"], page.meeting)
    return form_view(
        request, form_class=forms.ChronologyForm, template="meetings/my_update_chronology.html", do=do,
        to=lambda nothing: then if nothing is True else here,
        done=_("Written into the chronology. Is there more?") if said else "",
        initial={"new": forms.NOTHING if page.told(ALL, "nothing_new") else ""},
        options={"people": page.people, "children": page.children},
        context={
            **_context(page, _("The chronology")),
            "next": then,
        },
    )  # fmt: skip


def family(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """When and how it was shared with the family, and what they said to it (R17)."""
    page = _writable(own_update(group=group, meeting=meeting, also=frozenset(), by=_actor(request)))

    def do(form: forms.SharedForm) -> int:
        try:
            return doing.save_update(
                group=group, meeting=meeting, parts={FAMILY: form.content()}, base=form.base or 0,
                by=_actor(request), once=form.once,
            )  # fmt: skip
        except Clash as clash:
            raise _with_dates(clash) from None

    told = {name: page.told(FAMILY, name) for name in ("shared", "how", "said", "because")}
    return form_view(
        request, form_class=forms.SharedForm, do=do,
        to=at(NEXT["family"], page.meeting), base=page.now.base,
        initial={**told, "on": day_of(page.told(FAMILY, "on"))},
        context=_context(page, _("Sharing it with the family")),
    )  # fmt: skip


def check(request: HttpRequest, group: UUID, meeting: UUID, person: UUID) -> HttpResponse:
    """The line manager reads an update of their own staff and answers (R16)."""
    page = update_to_check(group=group, meeting=meeting, person=person, by=_actor(request))

    def do(form: forms.CheckForm) -> None:
        verb = doing.pass_update if form.cleaned_data["answer"] == "pass" else doing.return_update
        verb(
            group=group, meeting=meeting, person=person, said=form.cleaned_data["said"],
            by=_actor(request), once=form.once,
        )  # fmt: skip

    if request.method == "POST" and not page.waits:
        raise Refused(_("This update does not wait for you."))
    return form_view(
        request, form_class=forms.CheckForm, template="meetings/update_check.html", do=do,
        to=reverse("home"), done=_("%(name)s has been told.") % {"name": page.name},
        context={
            "title": _("Update of %(name)s") % {"name": page.name},
            "caption": page.agency,
            "crumbs": crumbs(page.meeting, _("Look at an update")),
            "page": page,
            "submit": _("Send my answer"),
            "cancel": reverse("home"),
        },
    )  # fmt: skip


def _writable(page: OwnUpdate) -> OwnUpdate:
    """The page, if the update can be written on now. Raises Refused."""
    if not page.meeting.under_way:
        raise Refused(_("This meeting is over, or is not held. Nothing can be added for it."))
    if page.now.state == "given":
        raise Refused(_("This update is given. Say first that you want to change it."))
    return page


def _context(page: OwnUpdate, title: str, *, hub: bool = False) -> dict[str, Any]:
    return {
        "title": title,
        "caption": _title(page) if not hub else page.meeting.word[:1].upper() + page.meeting.word[1:],
        "crumbs": crumbs(page.meeting, _title(page), "" if hub else title),
        "page": page,
        "submit": _("Save and continue"),
        "cancel": at("my_update", page.meeting),
    }


def _title(page: OwnUpdate) -> str:
    return _("My update") if page.own else _("Update for %(name)s") % {"name": page.name}


def _with_dates(clash: Clash) -> Clash:
    """Both texts as the form reads them: dates as dates."""

    def told(side: Any) -> dict[str, date | Any]:
        return {name: day_of(value) if name == "on" else value for name, value in side.items()}

    return Clash(told(clash.theirs), told(clash.mine), clash.revision, clash.by)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
