"""The addresses of files and of guidance."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.documents import views_files, views_guidance
from coregroup.web.kit.pages import page

_FILES = "groups/<uuid:group>/files/"

urlpatterns = [
    page(_FILES, views_files.files, to=Capability.SEE_FILE, name="files"),
    page(_FILES + "add/", views_files.add, to=Capability.ADD_FILE, name="file_add"),
    page(_FILES + "<uuid:file>/", views_files.download, to=Capability.SEE_FILE, name="file"),
    page("guidance/", views_guidance.library, to=Capability.SEE_GUIDANCE, name="guidance"),
    page("guidance/new/", views_guidance.new, to=Capability.ADMINISTER, name="guidance_new"),
    page("guidance/<slug:slug>/", views_guidance.guidance, to=Capability.SEE_GUIDANCE, name="guidance_text"),
    page(
        "guidance/<slug:slug>/versions/<int:number>/",
        views_guidance.guidance,
        to=Capability.SEE_GUIDANCE,
        name="guidance_version",
    ),
    page(
        "guidance/<slug:slug>/publish/",
        views_guidance.next_version,
        to=Capability.ADMINISTER,
        name="guidance_publish",
    ),
]
