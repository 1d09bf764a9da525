"""What can happen. Frozen values of codes, ids and dates; sentences are made when they are read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened in a case; `child` where it concerns one child alone."""

    child: UUID | None = None

    def data(self) -> dict[str, Any]:
        """Its values as JSON can hold them, without the child."""
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "child"}
        return {
            name: value if isinstance(value, int | str | list) or value is None else str(value)
            for name, value in values.items()
        }


@dataclass(frozen=True, kw_only=True)
class GroupOpened(Happening):
    """A core group was opened from an initial conference (R41)."""

    conference_on: date
    first_meeting_on: date


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Happening):
    """A person became a member of the core group (R2, R93)."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Happening):
    """A one-time link to join was made for a member (R2)."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Happening):
    """A member followed their invitation (R2)."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class ManagerTold(Happening):
    """A member has told their line manager of their membership (R46)."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Happening):
    """A member left; their access ended at once."""

    person: UUID
    open_actions: int = 0


@dataclass(frozen=True, kw_only=True)
class LeadAppointed(Happening):
    """A child's lead worker was appointed or changed (R4)."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class OutlineBroughtIn(Happening):
    """The conference's outline plan was brought in (R11, R47)."""

    items: int


@dataclass(frozen=True, kw_only=True)
class OutlineItemSetAside(Happening):
    """An item of the outline plan was set aside, with a reason (R11)."""

    item: UUID


@dataclass(frozen=True, kw_only=True)
class PlanItemSaved(Happening):
    """An item of a detailed plan was saved (R10, R28)."""

    item: UUID
    kind: str
    revision: int


@dataclass(frozen=True, kw_only=True)
class ActionGiven(Happening):
    """An action was given to an owner, who is asked to accept it (R34)."""

    item: UUID
    owner: UUID
    revision: int


@dataclass(frozen=True, kw_only=True)
class ActionAnswered(Happening):
    """An action's owner accepted or declined, or could not be asked (R34)."""

    item: UUID
    owner: UUID
    answer: str


@dataclass(frozen=True, kw_only=True)
class PlanPutInForce(Happening):
    """Version 1 of a child's detailed plan came into force (R11)."""

    version: int
    on: date


@dataclass(frozen=True, kw_only=True)
class PlanChanged(Happening):
    """A later version of a child's plan came into force (R10, R73)."""

    version: int


@dataclass(frozen=True, kw_only=True)
class PlanHandedOut(Happening):
    """A rendering of a plan was given to somebody (R53, R97)."""

    version: int
    recipient: str


@dataclass(frozen=True, kw_only=True)
class ContactMissed(Happening):
    """Agreed contact with a child was missed or cannot be kept (R20)."""

    person: UUID
    kind: str
    on: date


@dataclass(frozen=True, kw_only=True)
class FactRecorded(Happening):
    """A fact of the face sheet was recorded or replaced (R116)."""

    kind: str
    replaced: bool = False


@dataclass(frozen=True, kw_only=True)
class AudienceNarrowed(Happening):
    """Who may see an item was narrowed or widened, with a reason (R57)."""

    what: str


@dataclass(frozen=True, kw_only=True)
class MeetingBooked(Happening):
    """A core group meeting was booked (R109)."""

    on: date


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Happening):
    """A core group meeting was held."""

    on: date


@dataclass(frozen=True, kw_only=True)
class ReviewHeld(Happening):
    """A review conference was held, and the next was set (R8)."""

    on: date
    next_on: date


@dataclass(frozen=True, kw_only=True)
class FileAdded(Happening):
    """A file was added to the case."""

    file: UUID


@dataclass(frozen=True, kw_only=True)
class LimitDeparted(Happening):
    """A limit was knowingly not kept, with reason and approver (R95)."""

    rule: str


@dataclass(frozen=True, kw_only=True)
class MeetingRearranged(Happening):
    """A planned core group was moved to another day, with a reason (R56)."""

    meeting: UUID
    on: date
    was: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Happening):
    """A planned core group was cancelled, with a reason and an authoriser (R56)."""

    meeting: UUID
    on: date
    authorised_by: str
    replaced_on: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingAsked(Happening):
    """A member asked for an earlier core group, with a reason."""

    request: UUID
    person: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingAnswered(Happening):
    """The lead worker answered a request for an earlier core group."""

    request: UUID
    person: UUID
    granted: bool


@dataclass(frozen=True, kw_only=True)
class GuestNamed(Happening):
    """Somebody will come to one meeting only: in a member's place, beside one, to chair (R18, R54, R115)."""

    meeting: UUID
    person: UUID | None
    part: str


@dataclass(frozen=True, kw_only=True)
class ApologyGiven(Happening):
    """A member cannot come, and says what they send instead (R22, R54)."""

    meeting: UUID
    person: UUID
    instead: str


@dataclass(frozen=True, kw_only=True)
class UpdateForManager(Happening):
    """A member asks their line manager to check their update (R16)."""

    meeting: UUID
    person: UUID


@dataclass(frozen=True, kw_only=True)
class UpdateReturned(Happening):
    """A line manager returned an update, with what they say to it (R16)."""

    meeting: UUID
    person: UUID
    passed: bool


@dataclass(frozen=True, kw_only=True)
class UpdateGiven(Happening):
    """A member gave their update for a meeting (R17, R108)."""

    meeting: UUID
    person: UUID


@dataclass(frozen=True, kw_only=True)
class ActionStateSet(Happening):
    """An action is not started, under way, done, cannot be done yet or is no longer needed (R59)."""

    item: UUID
    owner: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class OutcomeRated(Happening):
    """A member rated an outcome, with evidence (R25, R108)."""

    item: UUID
    person: UUID
    value: int


@dataclass(frozen=True, kw_only=True)
class ChronologyWritten(Happening):
    """A member wrote an entry into the chronology (R13, R118)."""

    entry: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class NoteToLead(Happening):
    """A note was written to the lead worker between meetings (R19, R26)."""

    note: UUID
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class NoteAnswered(Happening):
    """A note to the lead worker was answered (R26)."""

    note: UUID
    person: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingBegun(Happening):
    """A core group began: from now on what is saved is proposed in it."""

    meeting: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class MeetingAbandoned(Happening):
    """A core group in session was given up; what it proposed is set aside."""

    meeting: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class PartRestricted(Happening):
    """Somebody was asked to leave for a part of a meeting (R57, R125)."""

    meeting: UUID
    part: UUID


@dataclass(frozen=True, kw_only=True)
class RecommendationGiven(Happening):
    """A member gave their recommendation, sealed until all have given theirs (R64)."""

    meeting: UUID
    person: UUID


@dataclass(frozen=True, kw_only=True)
class RecommendationsOpened(Happening):
    """The recommendations of a meeting were opened (R64, R105)."""

    meeting: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingClosed(Happening):
    """A core group was closed: new versions of the plans, and its record (R10, R23, R89)."""

    meeting: UUID
    on: date
    next_on: str = ""  # the day that the next one was set for


@dataclass(frozen=True, kw_only=True)
class OutlineDeparted(Happening):
    """A core group changed something that the conference had decided (R73, R74)."""

    meeting: UUID
    version: int
    items: int


@dataclass(frozen=True, kw_only=True)
class RecordCorrected(Happening):
    """The record of a meeting was corrected, or a correction was set beside it (R29)."""

    meeting: UUID
    section: str


@dataclass(frozen=True, kw_only=True)
class RecordConfirmed(Happening):
    """The record of a meeting was confirmed."""

    meeting: UUID


@dataclass(frozen=True, kw_only=True)
class PackHandedOut(Happening):
    """A recipient's own rendering of a meeting pack was given to them (R17, R57)."""

    meeting: UUID
    recipient: str


@dataclass(frozen=True, kw_only=True)
class RecordHandedOut(Happening):
    """A recipient's own rendering of a record was given to them (R23, R53, R97)."""

    meeting: UUID
    recipient: str
