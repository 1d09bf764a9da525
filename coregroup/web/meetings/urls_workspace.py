"""Addresses of the meeting in session: its steps, autosave, what the others wrote."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_workspace_live as live

_MEETING = "groups/<uuid:group>/meetings/<uuid:meeting>/"
_TO = Capability.TAKE_PART

urlpatterns: list[URLPattern] = [
    page(f"{_MEETING}keep/", live.keep, to=_TO, name="meeting_keep"),
    page(f"{_MEETING}changes/", live.changes, to=_TO, name="meeting_changes"),
]
