"""Addresses of the guards, closing, corrections, confirming."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_closing

_MEETING = "groups/<uuid:group>/meetings/<uuid:meeting>/"

urlpatterns: list[URLPattern] = [
    page(_MEETING + "close/", views_closing.close, to=Capability.CLOSE_MEETING, name="meeting_close"),
]
