"""The addresses of opening a core group. A journey of several steps, each with an address of its own."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.groups import views_opening as views
from coregroup.web.groups import views_opening_people as people
from coregroup.web.kit.pages import page

OPEN = Capability.OPEN_GROUP

urlpatterns = [
    page("groups/open/", views.start, to=OPEN, name="open_group"),
    page("groups/open/<uuid:journey>/", views.hub, to=OPEN, name="opening"),
    page("groups/open/<uuid:journey>/check/", views.check, to=OPEN, name="opening_check"),
    page("groups/open/<uuid:journey>/give-up/", views.give_up, to=OPEN, name="opening_give_up"),
    page("groups/open/<uuid:journey>/<slug:step>/", views.step, to=OPEN, name="opening_step"),
    page("groups/open/<uuid:journey>/<slug:kind>/add/", people.add, to=OPEN, name="opening_add"),
    page("groups/open/<uuid:journey>/<slug:kind>/<slug:key>/", people.person, to=OPEN, name="opening_person"),
    page("groups/open/<uuid:journey>/<slug:kind>/<slug:key>/remove/", people.remove, to=OPEN,
         name="opening_remove"),
    page("groups/open/<uuid:journey>/<slug:kind>/<slug:key>/<slug:part>/", people.part, to=OPEN,
         name="opening_part"),
]  # fmt: skip
