"""Addresses of the guards, closing, corrections, confirming."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_closing, views_corrections, views_left_out

_MEETING = "groups/<uuid:group>/meetings/<uuid:meeting>/"
_RECORD = _MEETING + "record/"
_C = Capability

urlpatterns: list[URLPattern] = [
    page(_MEETING + "close/", views_closing.close, to=_C.CLOSE_MEETING, name="meeting_close"),
    page(
        _MEETING + "close/list/", views_left_out.recipients, to=_C.CLOSE_MEETING, name="meeting_recipients"
    ),
    page(
        _MEETING + "close/list/<uuid:person>/", views_left_out.recipient, to=_C.CLOSE_MEETING,
        name="meeting_recipient",
    ),
    page(_RECORD + "correct/", views_corrections.choose, to=_C.CORRECT_RECORD, name="record_correct"),
    page(
        _RECORD + "correct/<uuid:item>/", views_corrections.correct, to=_C.CORRECT_RECORD,
        name="record_correct_item",
    ),
    page(_RECORD + "beside/", views_corrections.beside, to=_C.CORRECT_RECORD, name="record_beside"),
    page(_RECORD + "confirm/", views_corrections.confirm, to=_C.CLOSE_MEETING, name="record_confirm"),
]  # fmt: skip
