"""Addresses of core groups."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.groups import urls_opening, views, views_meetings
from coregroup.web.kit.pages import page

_GROUP = "groups/<uuid:group>/"
_C = Capability

urlpatterns = [
    *urls_opening.urlpatterns,
    page("groups/", views.groups, to=_C.SEE_HOME, name="groups"),
    page(_GROUP, views.group, to=_C.SEE_CASE, name="group"),
    page(_GROUP + "meetings/new/", views_meetings.plan, to=_C.BOOK_MEETING, name="meeting_plan"),
]
