"""Every address of the service. Each subject declares its own pages; each page its capability."""

from __future__ import annotations

from django.urls import include, path

handler400 = "coregroup.web.kit.errors.bad_request"
handler403 = "coregroup.web.kit.errors.forbidden"
handler404 = "coregroup.web.kit.errors.not_found"
handler500 = "coregroup.web.kit.errors.our_fault"

urlpatterns = [
    path("", include("coregroup.web.contact.urls")),
    path("", include("coregroup.web.documents.urls_files")),
    path("", include("coregroup.web.documents.urls_hand_out")),
    path("", include("coregroup.web.gallery.urls")),
    path("", include("coregroup.web.groups.urls")),
    path("", include("coregroup.web.kit.urls")),
    path("", include("coregroup.web.meetings.urls")),
    path("", include("coregroup.web.notices.urls")),
    path("", include("coregroup.web.oversight.urls")),
    path("", include("coregroup.web.people.urls")),
    path("", include("coregroup.web.plans.urls")),
    path("", include("coregroup.web.plans.urls_outline")),
]
