"""The addresses of handing out."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.documents import views_hand_out as views
from coregroup.web.kit.pages import page

_PLAN = "groups/<uuid:group>/children/<uuid:child>/plan/"

urlpatterns = [
    page(_PLAN + "hand-out/", views.show, to=Capability.SEE_DISTRIBUTION, name="hand_out"),
    page(_PLAN + "hand-out/all/", views.give_all, to=Capability.HAND_OUT, name="hand_out_all"),
    page(_PLAN + "my-copy/plan.pdf", views.own_copy, to=Capability.SEE_PLAN, name="own_copy"),
    page(_PLAN + "hand-out/<str:recipient>/", views.give, to=Capability.HAND_OUT, name="hand_out_give"),
    page(
        _PLAN + "hand-out/<str:recipient>/plan.pdf", views.copy, to=Capability.HAND_OUT, name="hand_out_copy"
    ),
]
