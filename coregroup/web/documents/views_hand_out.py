"""Handing a child's plan out: the distribution list, one copy for each recipient, and the proof."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coregroup.casefile import hand_outs as reading
from coregroup.casefile.hand_outs import Distribution, Recipient
from coregroup.casefile.plans import plan_sheet
from coregroup.casefile.plans_shapes import PlanSheet
from coregroup.casework import hand_outs as doing
from coregroup.paper.pdf import Rendered
from coregroup.paper.plan import plan_pdf
from coregroup.rules.access import THE_FILE, Actor, Capability
from coregroup.rules.errors import AlreadyDone, Closed
from coregroup.rules.hand_out import HOW
from coregroup.web.documents.forms_hand_out import HandOutForm
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.once import token


def show(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """The distribution list: who has which version, how and when, and who is still to be given it."""
    listed = reading.distribution(group=group, child=child, by=_actor(request))
    page = {"listed": listed, "how": _ways(), "may_give": listed.may_give, "group": group, "child": child}
    return render(request, "documents/hand_out.html", {**page, "once": token()})


@require_POST
def give_all(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """Gives the newest version to everybody who can sign in and does not have it, each their own copy."""
    by = _actor(request)
    listed = reading.distribution(group=group, child=child, by=by, to=Capability.HAND_OUT)
    if listed.version is None:
        raise Closed
    copies = [
        doing.Copy(one.person, one.code, _rendered(_sheet(listed, one, by), one).digest)
        for one in listed.by_own_page
    ]
    with suppress(AlreadyDone):
        given = doing.give_on_own_pages(
            group=group,
            child=child,
            version=listed.version,
            copies=copies,
            by=by,
            once=token(request.POST),
        )
        messages.success(request, _("Given to %(count)s people on their own pages.") % {"count": given})
    return redirect("hand_out", group=group, child=child)


def give(request: HttpRequest, group: UUID, child: UUID, recipient: str) -> HttpResponse:
    """One recipient's copy: read it, take it as PDF, and record how it was given."""
    by = _actor(request)
    listed, to_whom = _recipient(group, child, recipient, by)
    sheet = _sheet(listed, to_whom, by)

    def do(form: HandOutForm) -> UUID:
        return doing.record_handed_out(
            group=group,
            child=child,
            version=listed.version or 0,
            recipient=to_whom.person,
            recipient_code=to_whom.code,
            how=form.cleaned_data["how"],
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
            digest=_rendered(sheet, to_whom).digest,
            by=by,
            once=form.once,
        )

    back = reverse("hand_out", args=[group, child])
    return form_view(
        request,
        form_class=HandOutForm,
        template="documents/hand_out_give.html",
        do=do,
        to=back,
        done=_("Recorded: %(name)s and version %(number)s.")
        % {"name": to_whom.name, "number": listed.version},
        initial={"on": timezone.localdate()},
        options={"ways": _ways_for(to_whom)},
        context={"listed": listed, "to_whom": to_whom, "sheet": sheet, "back": back, "how": _ways()},
    )


def copy(request: HttpRequest, group: UUID, child: UUID, recipient: str) -> HttpResponse:
    """The very document for one recipient, as PDF."""
    by = _actor(request)
    listed, to_whom = _recipient(group, child, recipient, by)
    return _download(_rendered(_sheet(listed, to_whom, by), to_whom), listed, to_whom.name)


def own_copy(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """The reader's own copy of the version in force, as PDF; opening it is kept as proof."""
    by = _actor(request)
    latest = plan_sheet(group=group, child=child, by=by)
    if latest.in_force is None:
        raise Closed
    sheet = plan_sheet(group=group, child=child, version=latest.in_force, by=by)
    made = plan_pdf(sheet, copy_for=by.name, language=(get_language() or "en")[:2])
    doing.record_opened(group=group, child=child, version=latest.in_force, by=by)
    return _pdf(made, f"{slugify(by.name)}-{latest.in_force}")


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _recipient(group: UUID, child: UUID, key: str, by: Actor) -> tuple[Distribution, Recipient]:
    listed = reading.distribution(group=group, child=child, by=by, to=Capability.HAND_OUT)
    if listed.version is None:
        raise Closed
    return listed, listed.recipient(key)


def _sheet(listed: Distribution, to_whom: Recipient, by: Actor) -> PlanSheet:
    with translation.override(to_whom.language):
        return plan_sheet(
            group=listed.group,
            child=listed.child,
            version=listed.version,
            reader=to_whom.person or THE_FILE,
            by=by,
        )


def _rendered(sheet: PlanSheet, to_whom: Recipient) -> Rendered:
    return plan_pdf(sheet, copy_for=to_whom.name, language=to_whom.language)


def _ways() -> dict[str, str]:
    language = (get_language() or "en")[:2]
    return {code: words.get(language, words["en"]) for code, words in HOW.items()}


def _ways_for(to_whom: Recipient) -> list[tuple[str, str]]:
    """Only ways that this recipient can be reached by."""
    left_out = {"own_page"} if not to_whom.has_own_page else set()
    if to_whom.person is None:
        left_out = {"own_page", "in_person", "at_meeting"}
    else:
        left_out.add("filed")
    return [(code, words) for code, words in _ways().items() if code not in left_out]


def _download(made: Rendered, listed: Distribution, name: str) -> HttpResponse:
    # The file's name carries the recipient and never the child.
    return _pdf(made, f"{slugify(name) or 'copy'}-{listed.version}")


def _pdf(made: Rendered, stem: str) -> HttpResponse:
    response = HttpResponse(made.content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="plan-{stem}.pdf"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
