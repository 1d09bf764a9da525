"""Addresses of the record, on paper and to each recipient, and the export pack."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
