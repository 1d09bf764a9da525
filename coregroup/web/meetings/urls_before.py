"""Addresses of booking, series, chair and minute taker, cancelling, asking for an earlier one."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
