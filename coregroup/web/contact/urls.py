"""Addresses of contact with the child."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.contact import views
from coregroup.web.kit.pages import page

urlpatterns = [
    page(
        "groups/<uuid:group>/children/<uuid:child>/contact/missed/", views.missed,
        to=Capability.RECORD_CONTACT, name="contact_missed",
    ),
]  # fmt: skip
