"""Addresses of meetings: each part of a meeting's life keeps its own list."""

from __future__ import annotations

from coregroup.web.meetings import (
    urls_before,
    urls_between,
    urls_closing,
    urls_decisions,
    urls_family,
    urls_record,
    urls_updates,
    urls_workspace,
)

urlpatterns = [
    *urls_before.urlpatterns,
    *urls_updates.urlpatterns,
    *urls_family.urlpatterns,
    *urls_between.urlpatterns,
    *urls_workspace.urlpatterns,
    *urls_decisions.urlpatterns,
    *urls_closing.urlpatterns,
    *urls_record.urlpatterns,
]
