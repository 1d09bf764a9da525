"""Addresses of core groups."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.groups import urls_members, urls_opening, views, views_face_sheet
from coregroup.web.kit.pages import page

_GROUP = "groups/<uuid:group>/"
_C = Capability

urlpatterns = [
    *urls_members.urlpatterns,
    *urls_opening.urlpatterns,
    page("groups/", views.groups, to=_C.SEE_HOME, name="groups"),
    page(_GROUP, views.group, to=_C.SEE_CASE, name="group"),
    page(_GROUP + "face-sheet/", views_face_sheet.show, to=_C.SEE_FACE_SHEET, name="face_sheet"),
    page(
        _GROUP + "face-sheet/facts/<uuid:fact>/",
        views_face_sheet.change,
        to=_C.RECORD_FACT,
        name="fact_change",
    ),
    page(_GROUP + "face-sheet/<str:about>/add/", views_face_sheet.add, to=_C.RECORD_FACT, name="fact_add"),
]
