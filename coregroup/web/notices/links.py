"""Where each thing that waits leads. A page that is not there leads to the core group's own page instead."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coregroup.casefile.actions import OwnAction
from coregroup.casefile.guest_meetings import GuestMeeting
from coregroup.casefile.notices import NoticeLine, PausedLine
from coregroup.web.kit.links import address

# A notice's code: the page it leads to, and which parts of an address that page takes.
OF_NOTICE = {
    "action_for_you": ("answer_action", "group item"),
    "action_declined": ("plan", "group child"),
    "action_due_soon": ("action_state", "group item"),
    "action_late": ("action_state", "group item"),
    "action_cannot_yet": ("action_board", "group"),
    "note_to_lead": ("notes", "group"),
    "note_answered": ("notes", "group"),
    "action_could_not_ask": ("plan", "group child"),
    "actions_to_reassign": ("members", "group"),
    "outline_brought_in": ("outline", "group"),
    "plan_in_force": ("plan", "group child"),
    "plan_changed": ("plan", "group child"),
    "plan_handed_to_you": ("plan", "group child"),
    "record_not_given": ("record_hand_out", "group meeting"),
    "record_not_opened": ("record_hand_out", "group meeting"),
    "you_are_a_member": ("joining", "group"),
    "member_joined": ("members", "group"),
    "child_unallocated": ("members", "group"),
    "update_to_check": ("update_check", "group meeting person"),
    "update_returned": ("my_update", "group meeting"),
    "apology_given": ("apologies", "group meeting"),
    "meeting_booked": ("meetings", "group"),
    "meeting_rearranged": ("meeting", "group meeting"),
    "meeting_cancelled": ("meetings", "group"),
    "meeting_asked": ("meetings", "group"),
    "meeting_answered": ("meetings", "group"),
    "guest_named": ("meeting", "group meeting"),
    "meeting_closed": ("record", "group meeting"),
    "record_corrected": ("record", "group meeting"),
    "record_handed_to_you": ("record", "group meeting"),
    "outline_departed": ("record_departures", "group meeting"),
    "meeting_abandoned": ("meeting", "group meeting"),
}
OF_JOURNEY = {"open_group": "opening", "outline": "outline_check"}


def of_notice(line: NoticeLine) -> str:
    """Where a notice leads; "" for one that speaks of no core group, or of one that cannot be opened."""
    if line.group is None or line.code == "staff_joined_core_group":
        return ""
    parts = {"group": line.group, "child": line.child, "item": line.item, "meeting": line.meeting,
             "person": line.person}  # fmt: skip
    name, takes = OF_NOTICE.get(line.code, ("group", "group"))
    found = address(name, **{key: parts[key] for key in takes.split()})
    return found or address("group", group=line.group)


def of_answer(action: OwnAction) -> str:
    """Where an action is answered."""
    return address("answer_action", group=action.group, item=action.item) or of_action(action)


def of_action(action: OwnAction) -> str:
    """Where an action's owner says how far it is."""
    found = address("action_state", group=action.group, item=action.item)
    return found or address("group", group=action.group)


def of_guest_meeting(one: GuestMeeting) -> str:
    """The meeting that somebody comes to once."""
    return address("meeting", group=one.group, meeting=one.meeting) or address("group", group=one.group)


def of_journey(line: PausedLine) -> tuple[str, str]:
    """What a paused journey is, and where it is gone on with."""
    words = {
        "open_group": _("Opening a core group"),
        "outline": _("Bringing in the outline plan"),
    }.get(line.kind, _("Something that you began"))
    found = address(OF_JOURNEY.get(line.kind, line.kind), journey=line.id)
    return words, found or address(
        OF_JOURNEY.get(line.kind, line.kind), journey=line.id, group=line.group
    ) or address("home")
