"""Addresses of the record, on paper and to each recipient, and the export pack."""

from __future__ import annotations

from django.urls import URLPattern

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.meetings import views_record, views_record_list, views_template

_RECORD = "groups/<uuid:group>/meetings/<uuid:meeting>/record/"
_LIST = _RECORD + "list/"

urlpatterns: list[URLPattern] = [
    page("setup/record-template/", views_template.template, to=Capability.ADMINISTER, name="record_template"),
    page(_RECORD, views_record.show, to=Capability.SEE_MEETING, name="record"),
    page(
        _RECORD + "departures/", views_record.departures, to=Capability.SEE_MEETING, name="record_departures"
    ),
    page(_RECORD + "my-copy/record.pdf", views_record.copy, to=Capability.SEE_MEETING, name="record_copy"),
    page(_RECORD + "my-copy/record.docx", views_record.word, to=Capability.SEE_MEETING, name="record_word"),
    page(
        _RECORD + "my-copy/record.zip", views_record.export, to=Capability.SEE_DISTRIBUTION,
        name="record_export",
    ),
    page(_LIST, views_record_list.show, to=Capability.SEE_DISTRIBUTION, name="record_hand_out"),
    page(_LIST + "all/", views_record_list.give_all, to=Capability.CLOSE_MEETING, name="record_hand_out_all"),
    page(
        _LIST + "<str:recipient>/", views_record_list.give, to=Capability.CLOSE_MEETING,
        name="record_hand_out_give",
    ),
    page(
        _LIST + "<str:recipient>/record.pdf", views_record_list.copy, to=Capability.CLOSE_MEETING,
        name="record_hand_out_copy",
    ),
]  # fmt: skip
