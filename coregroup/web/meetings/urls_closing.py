"""Addresses of the guards, closing, corrections, confirming."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
