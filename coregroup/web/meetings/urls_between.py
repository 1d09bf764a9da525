"""Addresses of actions, the action board, notes to the lead worker."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_between as views
from coregroup.web.meetings import views_between_notes as notes

_GROUP = "groups/<uuid:group>/"
_WRITE = Capability.WRITE_TO_LEAD

urlpatterns: list[URLPattern] = [
    page("actions/", views.my_actions, to=Capability.SEE_HOME, name="my_actions"),
    page(_GROUP + "actions/", views.action_board, to=Capability.SEE_BOARD, name="action_board"),
    page(
        _GROUP + "actions/<uuid:item>/state/",
        views.action_state,
        to=Capability.UPDATE_ACTION,
        name="action_state",
    ),
    page(_GROUP + "notes/", notes.notes, to=_WRITE, name="notes"),
    page(_GROUP + "notes/new/", notes.note_new, to=_WRITE, name="note_new"),
    page(_GROUP + "notes/<uuid:note>/", notes.note, to=_WRITE, name="note"),
]
