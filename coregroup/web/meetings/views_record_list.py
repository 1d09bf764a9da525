"""Giving the record out: the list, one copy for each recipient, and the proof; who is left out."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coregroup.casefile.record import record
from coregroup.casefile.record_hand_outs import RecordDistribution, RecordRecipient, record_distribution
from coregroup.casefile.record_templates import layout_for
from coregroup.casework import record_hand_outs as doing
from coregroup.casework.hand_outs import Copy
from coregroup.paper.pdf import Rendered
from coregroup.paper.record import record_pdf
from coregroup.rules.access import THE_FILE, Actor
from coregroup.rules.errors import AlreadyDone, Refused
from coregroup.rules.hand_out import HOW
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.links import address
from coregroup.web.kit.once import token
from coregroup.web.meetings.forms_record import GiveRecordForm
from coregroup.web.meetings.views_record import actor_of, crumbs, download, language


def show(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Who has the record, how and when they got it, who opened it, who is still to be given it."""
    listed = record_distribution(group=group, meeting=meeting, by=actor_of(request))
    title = _("Who has the record")
    context = {
        "title": title, "listed": listed, "how": _ways(), "once": token(),
        "crumbs": crumbs(group, meeting, title, record_title=listed.title),
    }  # fmt: skip
    return render(request, "meetings/record_hand_out.html", context)


@require_POST
def give_all(request: HttpRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Gives it to everybody who can sign in and does not have it, each their own copy on their own page."""
    by = actor_of(request)
    listed = _for_giving(group, meeting, by)
    copies = [
        Copy(one.line.person, one.line.code, rendered(listed, one, by).digest) for one in listed.by_own_page
    ]
    with suppress(AlreadyDone):
        given = doing.give_record_on_own_pages(
            group=group, meeting=meeting, copies=copies, edition=listed.edition, by=by,
            once=token(request.POST),
        )  # fmt: skip
        said = ngettext(
            "Given to %(count)d person.", "Given to %(count)d people, each their own copy.", given
        )
        messages.success(request, said % {"count": given})
    return redirect("record_hand_out", group=group, meeting=meeting)


def give(request: HttpRequest, group: UUID, meeting: UUID, recipient: str) -> HttpResponse:
    """One recipient's copy: take it as PDF, and record how it was given."""
    by = actor_of(request)
    listed = _for_giving(group, meeting, by)
    to_whom = listed.recipient(recipient)

    def do(form: Any) -> UUID:
        given = form.cleaned_data
        digest = rendered(listed, to_whom, by).digest if given["how"] != "not_given" else ""
        return doing.hand_out_record(
            group=group, meeting=meeting, copy=Copy(to_whom.line.person, to_whom.line.code, digest),
            edition=listed.edition, how=given["how"], on=given["on"], note=given["note"], by=by,
            once=form.once,
        )  # fmt: skip

    title = _("Give the record to %(name)s") % {"name": to_whom.line.name}
    if to_whom.line.person is None:
        title = _("Place the record on the file")
    back = address("record_hand_out", group=group, meeting=meeting)
    return form_view(
        request, form_class=GiveRecordForm, template="meetings/record_hand_out_give.html", do=do, to=back,
        done=_("Recorded: %(name)s.") % {"name": to_whom.line.name},
        initial={"on": timezone.localdate(), "note": to_whom.left_out_because},
        options={"ways": _ways_for(to_whom)},
        context={
            "title": title, "submit": _("Record it"), "cancel": back, "listed": listed, "to_whom": to_whom,
            "crumbs": crumbs(group, meeting, title, record_title=listed.title),
        },
    )  # fmt: skip


def copy(request: HttpRequest, group: UUID, meeting: UUID, recipient: str) -> HttpResponse:
    """The very document for one recipient, as PDF. Its name carries the recipient and never a child."""
    by = actor_of(request)
    listed = _for_giving(group, meeting, by)
    to_whom = listed.recipient(recipient)
    made = rendered(listed, to_whom, by)
    name = slugify(to_whom.line.name) or "copy"
    return download(made.content, "application/pdf", f"record-{name}.pdf")


def rendered(listed: RecordDistribution, to_whom: RecordRecipient, by: Actor) -> Rendered:
    """One recipient's own rendering, in their language, with what they may see and no more."""
    spoken = to_whom.line.language or language()
    layout = layout_for(group=listed.group, by=by)
    with translation.override(spoken):
        told = record(
            group=listed.group, meeting=listed.meeting, reader=to_whom.line.person or THE_FILE, by=by
        )
    return record_pdf(told, copy_for=to_whom.line.name, language=spoken, layout=layout)


def _for_giving(group: UUID, meeting: UUID, by: Actor) -> RecordDistribution:
    listed = record_distribution(group=group, meeting=meeting, by=by)
    if not listed.may_give:
        raise Refused(_("The meeting’s chair, its minute taker and the lead worker give its record out."))
    return listed


def _ways() -> dict[str, str]:
    spoken = language()
    return {code: words.get(spoken, words["en"]) for code, words in HOW.items()}


def _ways_for(to_whom: RecordRecipient) -> list[tuple[str, str]]:
    """Only ways by which this recipient can be reached."""
    left = {"own_page"} if not to_whom.line.has_own_page else set()
    left |= {"own_page", "in_person", "at_meeting"} if to_whom.line.person is None else {"filed"}
    return [(code, words) for code, words in _ways().items() if code not in left]
