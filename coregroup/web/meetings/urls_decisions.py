"""Addresses of the plan outcome by outcome, recommendations, the reading back."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_decisions as views
from coregroup.web.meetings import views_decisions_plan as plan

_MEETING = "groups/<uuid:group>/meetings/<uuid:meeting>/"
_NOW = _MEETING + "now/"
_PLAN = _NOW + "plan/<uuid:child>/"
_PART = Capability.TAKE_PART

urlpatterns = [
    page(_PLAN, plan.plan, to=_PART, name="workspace_plan"),
    page(_PLAN + "<uuid:outcome>/", plan.outcome, to=_PART, name="workspace_outcome"),
    page(
        _PLAN + "<uuid:outcome>/state/<uuid:item>/", plan.state, to=Capability.UPDATE_ACTION,
        name="workspace_state",
    ),
    page(_MEETING + "recommend/", views.recommend, to=Capability.RECOMMEND, name="recommend"),
    page(_NOW + "recommendations/", views.recommendations, to=_PART, name="workspace_recommendations"),
    page(
        _NOW + "recommendations/<uuid:person>/", views.recommend_for, to=_PART, name="workspace_recommend_for"
    ),
    page(_NOW + "read-back/", views.read_back, to=_PART, name="workspace_read_back"),
    page(_NOW + "read-back/<uuid:item>/", views.said, to=_PART, name="workspace_said"),
]  # fmt: skip
