"""The kit's own addresses: the language switch and the keeping of drafts."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.kit import drafts, language, plainer
from coregroup.web.kit.pages import page, public

urlpatterns = [
    public("language/<str:code>/", language.choose, name="language"),
    page("drafts/", drafts.keep, to=Capability.KEEP_DRAFT, name="drafts"),
    page("plain-words/", plainer.check, to=Capability.KEEP_DRAFT, name="plain_words"),
]
