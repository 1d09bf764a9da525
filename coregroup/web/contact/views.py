"""Recording that agreed contact was missed or cannot be kept: short enough for a telephone (R20)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile.contact import contact_room
from coregroup.casefile.guidance import for_page
from coregroup.casework.contact import record_missed_contact
from coregroup.web.contact.forms import MissedForm
from coregroup.web.kit.formview import form_view


def missed(request: HttpRequest, group: UUID, child: UUID) -> HttpResponse:
    """One page, three questions."""
    actor = request.actor  # type: ignore[attr-defined]
    room = contact_room(group=group, child=child, by=actor)
    back = reverse("group", kwargs={"group": group})

    def do(form: MissedForm) -> object:
        told = form.cleaned_data
        return record_missed_contact(
            group=group, child=child, kind=told["kind"], on=told["on"], reason=told["reason"],
            audience=form.audience, by=actor, once=form.once,
        )  # fmt: skip

    context = {
        "title": _("Contact with %(name)s missed or cannot be kept") % {"name": room.child},
        "back": back,
        "cancel": back,
        "submit": _("Record and tell"),
        "room": room,
        "guidance": for_page(code="contact", by=actor),
    }
    done = _("Recorded. %(lead)s has been told.") % {"lead": room.lead} if room.lead else _("Recorded.")
    return form_view(
        request, form_class=MissedForm, template="contact/missed.html", do=do, to=back, context=context,
        options={"people": room.people}, done=done,
    )  # fmt: skip
