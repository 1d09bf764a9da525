"""Members of a core group: the list, the contact sheet, and what the lead does about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coregroup.casefile import members as members_file
from coregroup.casefile.members import Member, MembersSheet
from coregroup.casework import members as members_work
from coregroup.post import letters
from coregroup.post.sending import send
from coregroup.rules import book
from coregroup.rules.access import Actor
from coregroup.rules.agency_kinds import kind_word
from coregroup.rules.errors import Closed, Refused
from coregroup.rules.face_sheet import RELATIONSHIPS
from coregroup.rules.procedure import say
from coregroup.web.groups import forms_members as forms
from coregroup.web.kit.formview import form_view

HANDED = "handed"  # in the session: links made just now, to be shown once more if the page is loaded again


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def lang() -> str:
    """The reader's language, as the procedures know it."""
    return (get_language() or "en").split("-")[0]


def related_words(related: tuple[tuple[str, str], ...]) -> str:
    """Mother of Ben, mother of Amy."""
    words = [
        (say(RELATIONSHIPS[kind], lang()) if kind in RELATIONSHIPS else kind, child)
        for kind, child in related
    ]
    return ", ".join(_("%(kind)s of %(child)s") % {"kind": kind, "child": child} for kind, child in words)


def role_words(member: Member) -> str:
    """What a member is here, in plain words."""
    return member.role or related_words(member.related)


def part_words(member: Member, sheet: MembersSheet) -> str:
    """The tag of a member: leads, chairs the conferences, of the family."""
    procedure = book.load(sheet.procedure)
    if member.leads_for:
        return procedure.word("lead_worker", lang())
    words = {
        members_file.CHAIR: "conference_chair",
        members_file.FAMILY: "family",
        members_file.CHILD: "child",
    }
    return procedure.word(words[member.part], lang()) if member.part in words else ""


def agency_words(member: Member) -> str:
    """The agency's name, or its kind where the name must not be learnt."""
    return member.agency or (kind_word(member.agency_kind, lang()) if member.agency_kind else "")


def _told(sheet: MembersSheet, title: str, back: str) -> dict[str, Any]:
    return {
        "title": title, "caption": sheet.family_label if sheet.for_professional else "", "sheet": sheet,
        "back": back, "role_words": role_words, "part_words": part_words, "agency_words": agency_words,
        "related_words": related_words, "open_to_invite": forms.open_to_invite,
        "word": lambda key: book.load(sheet.procedure).word(key, lang()),
    }  # fmt: skip


def _members_page(group: UUID) -> str:
    return reverse("members", args=[group])


def members(request: HttpRequest, group: UUID) -> HttpResponse:
    """Who is a member, since when, joined or not yet; for the lead with what can be done about it."""
    sheet = members_file.members(group=group, by=_actor(request))
    return render(
        request, "groups/members_list.html", _told(sheet, _("Members"), reverse("group", args=[group]))
    )


def contacts(request: HttpRequest, group: UUID) -> HttpResponse:
    """The contact sheet: who is who, how to reach them, whom to ask for advice (R1, R42)."""
    sheet = members_file.members(group=group, by=_actor(request))
    told = _told(sheet, _("Contact sheet"), reverse("group", args=[group]))
    return render(request, "groups/members_contacts.html", told)


def _managing(request: HttpRequest, group: UUID) -> MembersSheet:
    """The sheet for somebody who manages members; Refused else, before any form is shown."""
    sheet = members_file.members(group=group, by=_actor(request))
    if not sheet.can_manage:
        raise Refused(_("Only the lead worker of this core group manages its members."))
    return sheet


def add(request: HttpRequest, group: UUID, new: bool = False) -> HttpResponse:
    """Adds a professional: from the lists, or somebody new."""
    by, sheet = _actor(request), _managing(request, group)
    lists = members_file.to_choose(group=group, by=by)
    title = _("Add somebody who is not in the lists") if new else _("Add a member")

    def do(form: Any) -> UUID:
        told = form.cleaned_data
        person: Any = (
            members_work.NewProfessional(
                told["given_name"],
                told["family_name"],
                UUID(told["agency"]),
                told["job_title"],
                told["email"],
                told["phone"],
            )  # fmt: skip
            if new
            else UUID(told["person"])
        )
        only = [UUID(child) for child in told.get("only_children", [])]
        return members_work.add_member(
            group=group, person=person, role=told["role"], only_children=only, by=by, once=form.once
        )

    return form_view(
        request, form_class=forms.AddMemberForm, template="groups/members_add.html", do=do,
        to=lambda made: reverse("member_invite", args=[group, made]) if made else _members_page(group),
        options={"sheet": sheet, "people": lists.people, "agencies": lists.agencies, "new": new},
        context={
            **_told(sheet, title, _members_page(group)),
            "new": new, "submit": _("Add"),
        },
        done=_("Added. Invite them now, or later from the list of members."),
    )  # fmt: skip


def add_new(request: HttpRequest, group: UUID) -> HttpResponse:
    """Adds a professional who is not in the lists."""
    return add(request, group, new=True)


def add_family(request: HttpRequest, group: UUID) -> HttpResponse:
    """Gives an adult of the family a membership of their own."""
    by, sheet = _actor(request), _managing(request, group)
    choices = [(str(one.id), f"{one.name} ({related_words(one.related)})") for one in sheet.adults_to_add]
    return form_view(
        request, form_class=forms.FamilyMemberForm, template="groups/members_family.html",
        do=lambda form: members_work.add_family_member(
            group=group, adult=UUID(form.cleaned_data["adult"]), by=by, once=form.once
        ),
        to=lambda made: reverse("member_invite", args=[group, made]) if made else _members_page(group),
        options={"choices": choices},
        context={**_told(sheet, _("Add somebody of the family"), _members_page(group)), "submit": _("Add")},
        done=_("Added. Invite them now, or later from the list of members."),
    )  # fmt: skip


def invite(request: HttpRequest, group: UUID, membership: UUID) -> HttpResponse:
    """Makes a one-time link, sends it, and shows it to hand over (R2)."""
    by, sheet = _actor(request), _managing(request, group)
    member = _of(sheet, membership)

    def do(form: Any) -> str:
        made = members_work.invite_member(
            group=group, membership=membership, send_to=form.cleaned_data["send_to"], by=by, once=form.once
        )
        link = settings.ADDRESS + reverse("join_link", args=[made.token])
        sent = bool(made.send_to) and send(
            letters.invitation(
                to=made.send_to, link=link, days=members_work.INVITATION_LIFE.days, language=made.language
            )
        )
        if sent:
            members_work.note_sent(group=group, invitation=made.id, by=by)
        kept = request.session.get(HANDED, {})
        request.session[HANDED] = {**kept, str(membership): [link, made.send_to, sent]}
        return link

    return form_view(
        request, form_class=forms.InviteForm, template="groups/members_invite.html", do=do,
        to=reverse("member_invited", args=[group, membership]), initial={"send_to": member.email},
        context={
            **_told(sheet, _("Invite %(name)s") % {"name": member.name}, _members_page(group)),
            "member": member, "submit": _("Make the invitation"), "cancel": _members_page(group),
        },
        keeps_draft=False,
    )  # fmt: skip


def invited(request: HttpRequest, group: UUID, membership: UUID) -> HttpResponse:
    """The link, to hand over. It is shown until the page is left, and cannot be shown again."""
    sheet = _managing(request, group)
    member = _of(sheet, membership)
    handed = request.session.get(HANDED, {}).get(str(membership))
    if request.method == "POST":
        kept = {
            key: value for key, value in request.session.get(HANDED, {}).items() if key != str(membership)
        }
        request.session[HANDED] = kept
        return HttpResponseRedirect(_members_page(group))
    if handed is None:
        messages.info(request, _("The link cannot be shown again. Make a new invitation if it is needed."))
        return HttpResponseRedirect(_members_page(group))
    link, send_to, sent = handed
    told = _told(sheet, _("Invitation for %(name)s") % {"name": member.name}, _members_page(group))
    days = members_work.INVITATION_LIFE.days
    told |= {"member": member, "link": link, "send_to": send_to, "sent": sent, "days": days}
    return render(request, "groups/members_invited.html", told)


def end(request: HttpRequest, group: UUID, membership: UUID) -> HttpResponse:
    """Ends a membership: access ends at once."""
    by, sheet = _actor(request), _managing(request, group)
    member = _of(sheet, membership)

    def do(form: Any) -> None:
        left = members_work.end_membership(
            group=group, membership=membership, reason=form.cleaned_data["reason"], by=by, once=form.once
        )
        messages.success(request, _("%(name)s has left; their access has ended.") % {"name": member.name})
        if left:
            messages.warning(request, _("Their open actions are yours until you give them to somebody else."))

    return form_view(
        request, form_class=forms.EndForm, template="groups/members_end.html", do=do,
        to=_members_page(group),
        context={
            **_told(sheet, _("End the membership of %(name)s") % {"name": member.name}, _members_page(group)),
            "member": member, "submit": _("End the membership"), "cancel": _members_page(group),
        },
    )  # fmt: skip


def lead(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """Appoints another lead worker for one child (R4)."""
    by = _actor(request)
    sheet = members_file.members(group=group, by=by)
    if not sheet.can_appoint:
        raise Refused(_("Your part in this core group does not allow this."))
    one = next((row for row in sheet.children if row.id == child), None)
    if one is None:
        raise Closed
    word = book.load(sheet.procedure).word("lead_worker", lang())
    title = _("Another %(lead)s for %(child)s") % {"lead": word, "child": one.given_name}
    return form_view(
        request, form_class=forms.LeadForm, template="groups/members_lead.html",
        do=lambda form: members_work.change_lead(
            group=group, child=child, person=UUID(form.cleaned_data["person"]), on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"], by=by, once=form.once,
        ),
        to=_members_page(group),
        options={
            "sheet": sheet, "people": members_file.to_choose(group=group, by=by).people, "present": one.lead,
        },
        context={**_told(sheet, title, _members_page(group)), "child": one, "submit": _("Appoint")},
        done=_("Appointed."),
    )  # fmt: skip


def _of(sheet: MembersSheet, membership: UUID) -> Member:
    member = sheet.member(membership)
    if member is None:
        raise Closed
    return member
