"""The gallery: every component on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coregroup.web.gallery import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Shows every component with sample data. It stands only where COREGROUP_GALLERY says so."""
    told = {
        "title": "Components",
        "fresh": samples.fresh_form(),
        "faulty": samples.faulty_form(),
        "clocks": samples.clocks(),
        "today": samples.TODAY,
        "side": samples.clash_side(),
        "crumbs": [("Home", "/"), ("Gallery", "")],
    }
    return render(request, "gallery/gallery.html", told)
