"""Addresses of what the family want said, whether a child comes, the pack."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_family as views
from coregroup.web.meetings import views_pack

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
    page(_MEETING + "pack/", views_pack.pack, to=Capability.SEE_MEETING, name="pack"),
    page(_MEETING + "pack/pack.pdf", views_pack.pdf, to=Capability.SEE_MEETING, name="pack_pdf"),
    page(_MEETING + "pack/<uuid:person>/", views_pack.pack, to=Capability.SEE_MEETING, name="pack_as"),
    page(_MEETING + "pack/<uuid:person>/give/", views_pack.give, to=Capability.HAND_OUT, name="pack_give"),
    page(
        _MEETING + "pack/<uuid:person>/pack.pdf",
        views_pack.pdf,
        to=Capability.SEE_MEETING,
        name="pack_pdf_as",
    ),
]
