"""Addresses of members' updates, apologies, and who comes in whose place."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
