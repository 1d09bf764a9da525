"""Addresses of actions, the action board, notes to the lead worker."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
