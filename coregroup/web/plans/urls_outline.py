"""The addresses of the outline plan."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.plans import views_outline as views
from coregroup.web.plans import views_outline_in as bringing
from coregroup.web.plans import views_outline_rows as rows

_OUTLINE = "groups/<uuid:group>/outline/"
_NEW = _OUTLINE + "new/<uuid:journey>/"
_BRING = Capability.BRING_IN_OUTLINE

urlpatterns = [
    page(_OUTLINE, views.outline, to=Capability.SEE_OUTLINE, name="outline"),
    page(_OUTLINE + "read/", views.read, to=Capability.SEE_OUTLINE, name="outline_read"),
    page(_OUTLINE + "items/<uuid:item>/set-aside/", views.set_aside, to=_BRING, name="outline_set_aside"),
    page(_OUTLINE + "new/", bringing.begin, to=_BRING, name="outline_new"),
    page(_NEW, bringing.check, to=_BRING, name="outline_check"),
    page(_NEW + "file/", bringing.upload, to=_BRING, name="outline_file"),
    page(_NEW + "children/", rows.children, to=_BRING, name="outline_children"),
    page(_NEW + "rows/new/", rows.add, to=_BRING, name="outline_row_new"),
    page(_NEW + "rows/<str:key>/", rows.change, to=_BRING, name="outline_row"),
    page(_NEW + "rows/<str:key>/remove/", rows.remove, to=_BRING, name="outline_row_remove"),
    page(_NEW + "discard/", bringing.discard, to=_BRING, name="outline_discard"),
]
