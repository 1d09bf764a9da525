"""What follows from each happening: one pure table, and the single place to read it.

A consequence is a chronology entry, a notice, or an item for the next agenda. Every happening is listed,
even when nothing follows; `following` fails on one that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from coregroup.rules import happenings as h
from coregroup.rules import happenings_meetings as hm


class To(StrEnum):
    """Whom a notice is for; who that is in a case is found when it is written."""

    LEAD = "lead"
    MEMBERS = "members"
    CONFERENCE_CHAIR = "conference_chair"
    PERSON = "person"  # the person whom the happening names: `person` or `owner`
    MANAGER = "manager"  # the line manager of the person whom the happening names


@dataclass(frozen=True)
class Entry:
    """A chronology entry."""

    code: str


@dataclass(frozen=True)
class Note:
    """A notice to somebody; `urgent` stands out on the start page.

    Nobody is told what they did themselves, but for `even_self`: what is now theirs to do.
    """

    to: To
    code: str
    urgent: bool = False
    even_self: bool = False


@dataclass(frozen=True)
class Agenda:
    """An item for the next core group's agenda."""

    code: str


Consequence = Entry | Note | Agenda
Following = Callable[[h.Happening, frozenset[str]], tuple[Consequence, ...]]


def _nothing(_happening: h.Happening, _traits: frozenset[str]) -> tuple[Consequence, ...]:
    return ()


def _always(*consequences: Consequence) -> Following:
    return lambda _happening, _traits: consequences


def _answered(happening: h.Happening, _traits: frozenset[str]) -> tuple[Consequence, ...]:
    assert isinstance(happening, h.ActionAnswered)
    if happening.answer == "accepted":
        return ()
    return (Note(To.LEAD, f"action_{happening.answer}"), Agenda(f"action_{happening.answer}"))


def _left(happening: h.Happening, _traits: frozenset[str]) -> tuple[Consequence, ...]:
    assert isinstance(happening, h.MembershipEnded)
    if happening.open_actions:
        note = Note(To.LEAD, "actions_to_reassign", urgent=True, even_self=True)
        return (note, Agenda("actions_to_reassign"))
    return ()


def _missed(_happening: h.Happening, traits: frozenset[str]) -> tuple[Consequence, ...]:
    """Wales tells every member and the manager; urgency comes from the procedure (R20)."""
    urgent = "missed_contact_urgent" in traits
    follows: list[Consequence] = [
        Entry("contact_missed"),
        Note(To.LEAD, "contact_missed", urgent=urgent),
        Agenda("contact_missed"),
    ]
    if "missed_contact_tells_all" in traits:
        follows += [Note(To.MEMBERS, "contact_missed"), Note(To.MANAGER, "contact_missed")]
    return tuple(follows)


def _action_state(happening: h.Happening, _traits: frozenset[str]) -> tuple[Consequence, ...]:
    """What cannot go on is the group's matter, not only its owner's (R5)."""
    assert isinstance(happening, hm.ActionStateSet)
    if happening.state != "cannot_yet":
        return ()
    return (Note(To.LEAD, "action_cannot_yet"), Agenda("action_cannot_yet"))


def _note_to_lead(happening: h.Happening, _traits: frozenset[str]) -> tuple[Consequence, ...]:
    assert isinstance(happening, hm.NoteToLead)
    return (Note(To.LEAD, "note_to_lead", urgent=happening.urgent),)


TABLE: dict[type[h.Happening], Following] = {
    h.GroupOpened: _always(Entry("group_opened"), Note(To.CONFERENCE_CHAIR, "group_opened")),
    h.MemberAdded: _always(Note(To.PERSON, "you_are_a_member")),
    h.MemberInvited: _nothing,
    h.MemberJoined: _always(Note(To.LEAD, "member_joined")),
    h.ManagerTold: _always(Note(To.MANAGER, "staff_joined_core_group")),
    h.MembershipEnded: _left,
    h.LeadAppointed: _always(Entry("lead_appointed"), Note(To.PERSON, "you_are_lead")),
    h.OutlineBroughtIn: _always(Note(To.MEMBERS, "outline_brought_in")),
    h.OutlineItemSetAside: _nothing,
    h.PlanItemSaved: _nothing,
    h.ActionGiven: _always(Note(To.PERSON, "action_for_you")),
    h.ActionAnswered: _answered,
    h.PlanPutInForce: _always(
        Entry("plan_in_force"),
        Note(To.MEMBERS, "plan_in_force"),
        Note(To.CONFERENCE_CHAIR, "plan_in_force"),
    ),
    h.PlanChanged: _always(Note(To.MEMBERS, "plan_changed"), Note(To.CONFERENCE_CHAIR, "plan_changed")),
    h.PlanHandedOut: _always(Note(To.PERSON, "plan_handed_to_you")),
    h.ContactMissed: _missed,
    h.FactRecorded: _nothing,
    h.AudienceNarrowed: _nothing,
    hm.MeetingBooked: _always(Note(To.MEMBERS, "meeting_booked")),
    hm.MeetingHeld: _always(Entry("meeting_held")),
    hm.MeetingRearranged: _always(Note(To.MEMBERS, "meeting_rearranged")),
    hm.MeetingCancelled: _always(
        Entry("meeting_cancelled"),
        Note(To.MEMBERS, "meeting_cancelled"),
        Note(To.CONFERENCE_CHAIR, "meeting_cancelled"),
    ),
    hm.MeetingAsked: _always(Note(To.LEAD, "meeting_asked")),
    hm.MeetingAnswered: _always(Note(To.PERSON, "meeting_answered")),
    hm.GuestNamed: _always(Note(To.PERSON, "guest_named")),
    hm.ApologyGiven: _always(Note(To.LEAD, "apology_given")),
    hm.UpdateForManager: _always(Note(To.MANAGER, "update_to_check")),
    hm.UpdateReturned: _always(Note(To.PERSON, "update_returned")),
    hm.UpdateGiven: _nothing,
    hm.ActionStateSet: _action_state,
    hm.OutcomeRated: _nothing,
    hm.ChronologyWritten: _nothing,
    hm.NoteToLead: _note_to_lead,
    hm.NoteAnswered: _always(Note(To.PERSON, "note_answered")),
    hm.MeetingBegun: _nothing,
    hm.MeetingAbandoned: _always(Note(To.MEMBERS, "meeting_abandoned")),
    hm.PartRestricted: _nothing,
    hm.RecommendationGiven: _nothing,
    hm.RecommendationsOpened: _nothing,
    hm.MeetingClosed: _always(
        Entry("meeting_held"), Note(To.MEMBERS, "meeting_closed"), Note(To.CONFERENCE_CHAIR, "meeting_closed")
    ),
    hm.OutlineDeparted: _always(Note(To.CONFERENCE_CHAIR, "outline_departed", urgent=True)),
    hm.RecordCorrected: _always(Note(To.MEMBERS, "record_corrected")),
    hm.RecordConfirmed: _nothing,
    hm.PackHandedOut: _always(Note(To.PERSON, "pack_handed_to_you")),
    hm.RecordHandedOut: _always(Note(To.PERSON, "record_handed_to_you")),
    h.ReviewHeld: _always(Entry("review_held"), Note(To.MEMBERS, "review_held")),
    h.FileAdded: _nothing,
    h.LimitDeparted: _always(Note(To.CONFERENCE_CHAIR, "limit_departed"), Agenda("limit_departed")),
}


def following(happening: h.Happening, traits: frozenset[str] = frozenset()) -> tuple[Consequence, ...]:
    """What follows from a happening, given the traits of the procedure. KeyError for an unlisted one."""
    return TABLE[type(happening)](happening, traits)
