"""Addresses of booking, series, chair and minute taker, cancelling, asking for an earlier one."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_before, views_before_chair, views_before_change, views_before_series

_ALL = "groups/<uuid:group>/meetings/"
_ONE = _ALL + "<uuid:meeting>/"
_C = Capability

urlpatterns: list[URLPattern] = [
    page(_ALL, views_before.meetings, to=_C.SEE_MEETING, name="meetings"),
    page(_ALL + "new/", views_before.plan, to=_C.BOOK_MEETING, name="meeting_plan"),
    page(_ALL + "series/", views_before_series.series, to=_C.BOOK_MEETING, name="meeting_series"),
    page(_ALL + "earlier/", views_before_change.ask, to=_C.ASK_MEETING, name="meeting_ask"),
    page(
        _ALL + "earlier/<uuid:asked>/", views_before_change.answer, to=_C.BOOK_MEETING, name="meeting_answer"
    ),
    page(_ONE, views_before.meeting, to=_C.SEE_MEETING, name="meeting"),
    page(_ONE + "held/", views_before.held, to=_C.BOOK_MEETING, name="meeting_held"),
    page(_ONE + "move/", views_before_change.move, to=_C.BOOK_MEETING, name="meeting_move"),
    page(_ONE + "cancel/", views_before_change.cancel, to=_C.BOOK_MEETING, name="meeting_cancel"),
    page(_ONE + "chair/", views_before_chair.roles, to=_C.BOOK_MEETING, name="meeting_roles"),
    page(_ONE + "begin/", views_before_chair.begin, to=_C.TAKE_PART, name="meeting_begin"),
]
