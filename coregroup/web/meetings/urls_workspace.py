"""Addresses of the meeting in session: its steps, autosave, what the others wrote."""

from __future__ import annotations

from django.urls import URLPattern, register_converter
from django.urls.converters import StringConverter

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_workspace as views
from coregroup.web.meetings import views_workspace_deeds as deeds
from coregroup.web.meetings import views_workspace_live as live


class Step(StringConverter):
    """The code of a step, save of those that have pages of their own beside the others."""

    regex = r"(?!(?:recommendations|read_back|close|restricted)/)[a-z_]+"


register_converter(Step, "step")

_MEETING = "groups/<uuid:group>/meetings/<uuid:meeting>/"
_NOW = f"{_MEETING}now/"
_TO = Capability.TAKE_PART

urlpatterns: list[URLPattern] = [
    page(f"{_MEETING}keep/", live.keep, to=_TO, name="meeting_keep"),
    page(f"{_MEETING}changes/", live.changes, to=_TO, name="meeting_changes"),
    page(_NOW, views.workspace, to=_TO, name="workspace"),
    page(f"{_NOW}restricted/", deeds.restricted, to=_TO, name="workspace_restricted"),
    page(f"{_NOW}restricted/<uuid:part>/end/", deeds.end, to=_TO, name="workspace_restricted_end"),
    page(f"{_NOW}chronology/add/", deeds.chronology, to=Capability.ADD_ENTRY, name="workspace_chronology"),
    page(f"{_NOW}next-date/book/", deeds.book, to=_TO, name="workspace_book"),
    page(f"{_NOW}<step:step>/", views.step, to=_TO, name="workspace_step"),
]
