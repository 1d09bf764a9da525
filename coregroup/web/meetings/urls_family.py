"""Addresses of what the family want said, whether a child comes, the pack."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_family as views

_MEETING = "groups/<uuid:group>/meetings/<uuid:meeting>/"
_FIRST = _MEETING + "family-first/"

urlpatterns: list[URLPattern] = [
    page(_FIRST, views.overview, to=Capability.SEE_MEETING, name="family_first"),
    page(
        _FIRST + "children/<uuid:child>/",
        views.child_attends,
        to=Capability.TAKE_PART,
        name="child_attends",
    ),
    page(_FIRST + "<uuid:person>/", views.say, to=Capability.SAY_BEFOREHAND, name="family_first_say"),
]
