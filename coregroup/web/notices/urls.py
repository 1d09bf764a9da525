"""Addresses of the start page."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.notices import views

urlpatterns = [
    page("", views.home, to=Capability.SEE_HOME, name="home"),
    page("notices/<uuid:notice>/done/", views.done, to=Capability.SEE_HOME, name="notice_done"),
]
