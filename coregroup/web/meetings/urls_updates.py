"""Addresses of members' updates, apologies, and who comes in whose place."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_apologies as apologies
from coregroup.web.meetings import views_updates as views

_MEETING = "groups/<uuid:group>/meetings/<uuid:meeting>/"
_MINE = _MEETING + "my-update/"
_AWAY = _MEETING + "apologies/"
_ONCE = _MEETING + "guests/"

urlpatterns: list[URLPattern] = [
    page(_MINE, views.hub, to=Capability.GIVE_UPDATE, name="my_update"),
    page(_MINE + "words/", views.words, to=Capability.GIVE_UPDATE, name="my_update_words"),
    page(_MINE + "progress/", views.progress, to=Capability.GIVE_UPDATE, name="my_update_progress"),
    page(_MINE + "chronology/", views.chronology, to=Capability.GIVE_UPDATE, name="my_update_chronology"),
    page(_MINE + "family/", views.family, to=Capability.GIVE_UPDATE, name="my_update_family"),
    page(
        _MEETING + "updates/<uuid:person>/check/",
        views.check,
        to=Capability.CHECK_UPDATE,
        name="update_check",
    ),
    page(_AWAY, apologies.overview, to=Capability.SEE_MEETING, name="apologies"),
    page(_AWAY + "give/", apologies.give, to=Capability.GIVE_UPDATE, name="apology_give"),
    page(_AWAY + "record/", apologies.record, to=Capability.GIVE_UPDATE, name="apology_record"),
    page(
        _AWAY + "<uuid:apology>/withdraw/", apologies.withdraw, to=Capability.GIVE_UPDATE,
        name="apology_withdraw",
    ),
    page(_ONCE + "name/", apologies.name_guest, to=Capability.GIVE_UPDATE, name="guest_name"),
    page(_ONCE + "<uuid:guest>/end/", apologies.end_guest, to=Capability.GIVE_UPDATE, name="guest_end"),
]  # fmt: skip
