"""The list of one's core groups, and the core group's own page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from coregroup.casefile import home
from coregroup.casefile.gaps import Gap
from coregroup.casefile.groups import GroupPage, group_page
from coregroup.casefile.guidance import for_page
from coregroup.casefile.lines import GroupLine
from coregroup.rules.access import Actor, Capability, may
from coregroup.web.kit.links import address
from coregroup.web.kit.words import shortdate


def groups(request: HttpRequest) -> HttpResponse:
    """Every core group in which somebody stands."""
    actor = request.actor  # type: ignore[attr-defined]
    found = home.my_groups(by=actor)
    context = {
        "title": _("My core groups"),
        "groups": found,
        "rows": [_row(line) for line in found],
        "open_group": address("open_group") if may(actor, Capability.OPEN_GROUP) else "",
    }
    return render(request, "groups/groups.html", context)


def _row(line: GroupLine) -> list[object]:
    link = format_html(
        '<a class="govuk-link" href="{}">{}</a>', reverse("group", kwargs={"group": line.id}), line.family
    )
    meeting, review = line.next_meeting, line.next_review
    return [
        {"html": link},
        ", ".join(child.name for child in line.children),
        shortdate(meeting.planned_on) if meeting else _("none planned"),
        shortdate(review.planned_on) if review else _("none planned"),
        line.overdue_count,
    ]


def group(request: HttpRequest, group: UUID) -> HttpResponse:
    """The core group's own page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = group_page(group=group, by=actor)
    context = {
        "title": found.heading,
        "crumbs": [(_("My core groups"), reverse("groups")), (found.heading, "")],
        "page": found,
        "lang": actor.language,
        "gaps": [(gap, _mended_at(gap, found)) for gap in found.gaps],
        "links": _links(found),
        "address": address,
        "guidance": for_page(code="group", by=actor),
        "Capability": Capability,
    }
    return render(request, "groups/group.html", context)


GAP_PAGES = {
    "lead": ("members", Capability.SEE_CASE, False),
    "outline": ("outline", Capability.SEE_OUTLINE, False),
    "plan": ("plan", Capability.SEE_PLAN, True),
    "meeting": ("meeting_plan", Capability.BOOK_MEETING, False),
    "members": ("members", Capability.SEE_CASE, False),
}


def _mended_at(gap: Gap, page: GroupPage) -> str:
    """The page where a gap is mended, for somebody who may mend it."""
    if gap.code == "held":
        may_say = Capability.BOOK_MEETING in page.can
        return address("meeting_held", group=page.id, meeting=gap.meeting) if may_say else ""
    name, capability, of_child = GAP_PAGES.get(gap.code, ("", Capability.SEE_CASE, False))
    if not name or capability not in page.can:
        return ""
    return address(name, group=page.id, child=gap.child) if of_child else address(name, group=page.id)


def _links(page: GroupPage) -> list[tuple[str, str]]:
    """The group's other pages that this reader may open."""
    wanted = (
        (_("Meetings"), "meetings", Capability.SEE_MEETING),
        (_("Everybody's actions"), "action_board", Capability.SEE_BOARD),
        (_("Notes between meetings"), "notes", Capability.WRITE_TO_LEAD),
        (_("Outline plan"), "outline", Capability.SEE_OUTLINE),
        (_("Members"), "members", Capability.SEE_CASE),
        (_("Contact sheet"), "contacts", Capability.SEE_CONTACT_SHEET),
        (_("Face sheet"), "face_sheet", Capability.SEE_FACE_SHEET),
        (_("Files"), "files", Capability.SEE_FILE),
    )
    found = ((text, address(name, group=page.id)) for text, name, to in wanted if to in page.can)
    return [(text, to) for text, to in found if to]
