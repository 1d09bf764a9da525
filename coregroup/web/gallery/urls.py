"""The gallery's address: there is one only in development and tests."""

from __future__ import annotations

from django.conf import settings

from coregroup.web.gallery.views import gallery
from coregroup.web.kit.pages import public

urlpatterns = [public("gallery/", gallery, name="gallery")] if settings.COREGROUP_GALLERY else []
