"""Addresses of the plan outcome by outcome, recommendations, the reading back."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
