"""Addresses of the tables for those who oversee."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.kit.pages import page
from coregroup.web.oversight import views

_C = Capability

urlpatterns = [
    page("plans/", views.plans, to=_C.OVERSEE_PLANS, name="oversight_plans"),
    page("plans/plans.csv", views.plans_csv, to=_C.OVERSEE_PLANS, name="oversight_plans_csv"),
    page("staff/", views.staff, to=_C.OVERSEE_STAFF, name="oversight_staff"),
    page("staff/staff.csv", views.staff_csv, to=_C.OVERSEE_STAFF, name="oversight_staff_csv"),
]
