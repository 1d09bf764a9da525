"""Addresses of the plans."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.plans import views, views_build, views_force

_PLAN = "groups/<uuid:group>/children/<uuid:child>/plan/"
_SEE, _BUILD = Capability.SEE_PLAN, Capability.BUILD_PLAN

urlpatterns = [
    page(_PLAN, views.plan, to=_SEE, name="plan"),
    page(_PLAN + "as/<uuid:person>/", views.plan_as, to=_SEE, name="plan_as"),
    page(_PLAN + "versions/", views.versions, to=_SEE, name="plan_versions"),
    page(_PLAN + "versions/<int:number>/", views.version, to=_SEE, name="plan_version"),
    page(_PLAN + "versions/<int:a>/<int:b>/", views.compare, to=_SEE, name="plan_compare"),
    page(_PLAN + "items/<uuid:item>/", views.item, to=_SEE, name="plan_item"),
    page(_PLAN + "items/<uuid:item>/change/", views_build.change, to=_BUILD, name="plan_change"),
    page(_PLAN + "items/<uuid:item>/withdraw/", views_build.withdraw, to=_BUILD, name="plan_withdraw"),
    page(_PLAN + "build/", views_build.build, to=_BUILD, name="plan_build"),
    page(_PLAN + "new/<slug:kind>/", views_build.new, to=_BUILD, name="plan_new"),
    page(_PLAN + "new/<slug:kind>/<uuid:under>/", views_build.new_under, to=_BUILD, name="plan_new_under"),
    page(_PLAN + "force/", views_force.force, to=Capability.PUT_IN_FORCE, name="plan_force"),
    page(
        "groups/<uuid:group>/actions/<uuid:item>/answer/",
        views_force.answer,
        to=Capability.ANSWER_ACTION,
        name="answer_action",
    ),
]
