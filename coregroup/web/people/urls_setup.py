"""Addresses of setting up, all for administrators."""

from __future__ import annotations

from functools import partial

from coregroup.rules.access import Capability
from coregroup.web.kit import pages
from coregroup.web.people import views_lists, views_setup

page = partial(pages.page, to=Capability.ADMINISTER)

urlpatterns = [
    page("setup/", views_setup.overview, name="setup"),
    page("setup/authority/", views_setup.authority, name="setup_authority"),
    page("setup/agencies/", views_setup.agencies, name="setup_agencies"),
    page("setup/agencies/new/", views_setup.agency, name="setup_agency_new"),
    page("setup/agencies/<uuid:agency>/", views_setup.agency, name="setup_agency"),
    page("setup/people/", views_setup.people, name="setup_people"),
    page("setup/people/new/", views_setup.person, name="setup_person_new"),
    page("setup/people/<uuid:person>/", views_setup.person_shown, name="setup_person_shown"),
    page("setup/people/<uuid:person>/change/", views_setup.person, name="setup_person"),
    page("setup/people/<uuid:person>/link/", views_setup.send_link, name="setup_link"),
    page("setup/closure-days/", views_setup.closure_days, name="setup_days"),
    page("setup/closure-days/<uuid:day>/remove/", views_setup.remove_day, name="setup_day_remove"),
    page("setup/lists/<str:what>/", views_lists.take_list, name="setup_list"),
]
