"""The wordings of every code: what a notice, a chronology entry, an agenda item or the ledger says.

A wording may use the happening's own values (dates are put in words), `child`, `family`, `by`, the persons
whom the happening names, the procedure's words, and `rule`, a timescale's title.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

Wordings = Mapping[str, Any]

_CONTACT: dict[str, Any] = {
    "contact_missed:missed": _("%(person)s: agreed contact with %(child)s on %(on)s was missed."),
    "contact_missed:cannot_keep": _(
        "%(person)s: agreed contact with %(child)s cannot be kept from %(on)s on."
    ),
}

NOTICES: Wordings = {
    **_CONTACT,
    "group_opened": _(
        "The %(core_group)s for the %(family)s family was opened. It first meets on %(first_meeting_on)s."
    ),
    "you_are_a_member": _("You are a member of this %(core_group)s. There is a short joining list for you."),
    "member_joined": _("%(person)s has joined the %(core_group)s."),
    "staff_joined_core_group": _(
        "%(person)s is now a member of a %(core_group)s. Its meetings come first in their diary."
    ),
    "actions_to_reassign": _(
        "%(person)s has left. Actions that they leave open and that need another owner: %(open_actions)s."
    ),
    "you_are_lead": _("You are the %(lead_worker)s for %(child)s."),
    "outline_brought_in": _("The %(outline_plan)s is here for you to read."),
    "action_for_you": _("An action in the plan for %(child)s has your name on it. Can you do it?"),
    "action_declined": _("%(owner)s has declined an action in the plan for %(child)s."),
    "action_could_not_ask": _("%(owner)s could not be asked about an action in the plan for %(child)s."),
    "plan_in_force": _("The detailed plan for %(child)s is in force."),
    "plan_changed": _("The plan for %(child)s has changed: version %(version)s is in force."),
    "plan_handed_to_you": _("The plan for %(child)s, version %(version)s, was given to you."),
    "meeting_booked": _("The next %(core_group)s is on %(on)s."),
    "meeting_rearranged": _("The %(core_group)s was moved to %(on)s."),
    "meeting_cancelled": _("The %(core_group)s of %(on)s was cancelled."),
    "meeting_asked": _("%(person)s asks for an earlier %(core_group)s."),
    "meeting_answered": _("Your request for an earlier %(core_group)s was answered."),
    "guest_named": _("You are asked to come to one %(core_group)s."),
    "apology_given": _("%(person)s cannot come to the next %(core_group)s."),
    "update_to_check": _("%(person)s asks you to check their update before a %(core_group)s."),
    "update_returned": _("Your %(line_manager)s has looked at your update."),
    "action_due_soon": _("An action of yours in the plan for %(child)s is to be done by %(by_when)s."),
    "action_late": _("An action of yours in the plan for %(child)s was to be done by %(by_when)s."),
    "action_cannot_yet": _("An action of %(owner)s in the plan for %(child)s cannot be done yet."),
    "note_to_lead": _("%(by)s has written you a note."),
    "note_answered": _("Your note to the %(lead_worker)s was answered."),
    "meeting_abandoned": _("The %(core_group)s of %(on)s was given up before it was finished."),
    "meeting_closed": _("The record of the %(core_group)s of %(on)s is here for you to read."),
    "outline_departed": _("The %(core_group)s changed what the %(conference)s had decided for %(child)s."),
    "record_corrected": _("The record of a %(core_group)s was corrected."),
    "pack_handed_to_you": _("The pack for a %(core_group)s was given to you."),
    "record_handed_to_you": _("The record of a %(core_group)s was given to you."),
    "record_not_given": _("%(person)s has not been given the record of the %(core_group)s of %(on)s."),
    "record_not_opened": _("%(person)s has not opened the record of the %(core_group)s of %(on)s."),
    "review_held": _("The %(review_conference)s was held. The next is on %(next_on)s."),
    "limit_departed": _("A limit will not be kept, with a reason and an approver: %(rule)s."),
    "clock_due_soon": _("%(rule)s, for %(child)s: by %(latest)s."),
    "clock_overdue": _("%(rule)s, for %(child)s: overdue since %(latest)s."),
    "child_unallocated": _("%(child)s has no %(lead_worker)s."),
    "audience_review_due": _(
        "Something is kept to named people. It was to be looked at again by %(review_on)s."
    ),
}

ENTRIES: Wordings = {
    **_CONTACT,
    "group_opened": _("The %(core_group)s was opened after the conference of %(conference_on)s."),
    "lead_appointed": _("%(person)s became the %(lead_worker)s for %(child)s."),
    "plan_in_force": _("The detailed plan for %(child)s came into force."),
    "meeting_held": _("The %(core_group)s met."),
    "meeting_cancelled": _("The %(core_group)s of %(on)s was cancelled."),
    "review_held": _("The %(review_conference)s was held. The next was set for %(next_on)s."),
}

AGENDA: Wordings = {
    **_CONTACT,
    "action_declined": _("An action that %(owner)s declined: who takes it?"),
    "action_could_not_ask": _("An action that %(owner)s could not be asked about: will they take it?"),
    "actions_to_reassign": _("Actions of %(person)s, who has left: who takes them?"),
    "action_cannot_yet": _("An action of %(owner)s cannot be done yet: what is in the way?"),
    "limit_departed": _("A limit that was not kept: %(rule)s."),
}

LEDGER: Wordings = {
    "GroupOpened": _("%(by)s opened the %(core_group)s."),
    "MemberAdded": _("%(person)s became a member."),
    "MemberInvited": _("%(person)s was invited."),
    "MemberJoined": _("%(person)s joined."),
    "ManagerTold": _("%(person)s told their %(line_manager)s of their membership."),
    "MembershipEnded": _("%(person)s left the %(core_group)s."),
    "LeadAppointed": _("%(person)s became the %(lead_worker)s for %(child)s."),
    "OutlineBroughtIn": _("%(by)s brought in the %(outline_plan)s."),
    "OutlineItemSetAside": _("%(by)s set aside an item of the %(outline_plan)s for %(child)s."),
    "PlanItemSaved": _("%(by)s changed the plan for %(child)s."),
    "ActionGiven": _("An action in the plan for %(child)s was given to %(owner)s."),
    "ActionAnswered:accepted": _("%(owner)s accepted an action in the plan for %(child)s."),
    "ActionAnswered:declined": _("%(owner)s declined an action in the plan for %(child)s."),
    "ActionAnswered:could_not_ask": _(
        "%(owner)s could not be asked about an action in the plan for %(child)s."
    ),
    "PlanPutInForce": _("The detailed plan for %(child)s came into force."),
    "PlanChanged": _("Version %(version)s of the plan for %(child)s came into force."),
    "PlanHandedOut": _("The plan for %(child)s was given to %(recipient)s."),
    "ContactMissed:missed": _("Agreed contact with %(child)s on %(on)s was missed."),
    "ContactMissed:cannot_keep": _("Agreed contact with %(child)s cannot be kept from %(on)s on."),
    "FactRecorded": _("%(by)s added to the face sheet."),
    "AudienceNarrowed": _("%(by)s changed who may see something."),
    "MeetingBooked": _("A %(core_group)s was planned for %(on)s."),
    "MeetingHeld": _("The %(core_group)s met on %(on)s."),
    "MeetingRearranged": _("%(by)s moved the %(core_group)s to %(on)s."),
    "MeetingCancelled": _("%(by)s cancelled the %(core_group)s of %(on)s."),
    "MeetingAsked": _("%(person)s asked for an earlier %(core_group)s."),
    "MeetingAnswered": _("%(by)s answered a request for an earlier %(core_group)s."),
    "GuestNamed": _("%(by)s named somebody who comes to one %(core_group)s only."),
    "ApologyGiven": _("%(person)s gave apologies for a %(core_group)s."),
    "UpdateForManager": _("%(person)s asked their %(line_manager)s to check an update."),
    "UpdateReturned": _("%(by)s looked at the update of %(person)s."),
    "UpdateGiven": _("%(person)s gave an update for a %(core_group)s."),
    "ActionStateSet": _("%(by)s said how far an action in the plan for %(child)s is."),
    "OutcomeRated": _("%(person)s rated an outcome for %(child)s."),
    "ChronologyWritten": _("%(by)s wrote an entry into the %(chronology)s."),
    "NoteToLead": _("%(by)s wrote a note to the %(lead_worker)s."),
    "NoteAnswered": _("%(by)s answered a note."),
    "MeetingBegun": _("%(by)s began the %(core_group)s of %(on)s."),
    "MeetingAbandoned": _("%(by)s gave up the %(core_group)s of %(on)s."),
    "PartRestricted": _("A part of a %(core_group)s was held without everybody."),
    "RecommendationGiven": _("%(person)s gave a recommendation for %(child)s."),
    "RecommendationsOpened": _("The recommendations of a %(core_group)s were opened."),
    "MeetingClosed": _("%(by)s closed the %(core_group)s of %(on)s."),
    "OutlineDeparted": _("The %(core_group)s changed what the %(conference)s had decided for %(child)s."),
    "RecordCorrected": _("%(by)s corrected the record of a %(core_group)s."),
    "RecordConfirmed": _("%(by)s confirmed the record of a %(core_group)s."),
    "PackHandedOut": _("The pack for a %(core_group)s was given to %(recipient)s."),
    "RecordHandedOut": _("The record of a %(core_group)s was given to %(recipient)s."),
    "ReviewHeld": _("The %(review_conference)s was held on %(on)s."),
    "FileAdded": _("%(by)s added a file."),
    "LimitDeparted": _("It was decided that a limit will not be kept: %(rule)s."),
}
