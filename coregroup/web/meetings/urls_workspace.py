"""Addresses of the meeting in session: its steps, autosave, what the others wrote."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
