"""Addresses of what the family want said, whether a child comes, the pack."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
