"""Addresses about the members of a core group."""

from __future__ import annotations

from coregroup.rules.access import Capability
from coregroup.web.groups import views_joining, views_members
from coregroup.web.kit.pages import page

HERE = "groups/<uuid:group>/"
MANAGE, JOIN = Capability.MANAGE_MEMBERS, Capability.JOIN

urlpatterns = [
    page(HERE + "members/", views_members.members, to=Capability.SEE_CONTACT_SHEET, name="members"),
    page(HERE + "contacts/", views_members.contacts, to=Capability.SEE_CONTACT_SHEET, name="contacts"),
    page(HERE + "members/add/", views_members.add, to=MANAGE, name="member_add"),
    page(HERE + "members/add/new/", views_members.add_new, to=MANAGE, name="member_add_new"),
    page(HERE + "members/add/family/", views_members.add_family, to=MANAGE, name="member_add_family"),
    page(HERE + "members/<uuid:membership>/invite/", views_members.invite, to=MANAGE, name="member_invite"),
    page(
        HERE + "members/<uuid:membership>/invited/", views_members.invited, to=MANAGE, name="member_invited"
    ),
    page(HERE + "members/<uuid:membership>/end/", views_members.end, to=MANAGE, name="member_end"),
    page(
        HERE + "children/<uuid:child>/lead/",
        views_members.lead,
        to=Capability.APPOINT_LEAD,
        name="child_lead",
    ),
    page(HERE + "joining/", views_joining.joining, to=JOIN, name="joining"),
    page(HERE + "joining/guide/", views_joining.guide_read, to=JOIN, name="joining_guide"),
    page(HERE + "joining/contacts/", views_joining.share, to=JOIN, name="joining_share"),
    page(HERE + "joining/<slug:code>/", views_joining.tick, to=JOIN, name="joining_tick"),
]
