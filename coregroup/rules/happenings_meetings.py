"""What can happen around a core group meeting, and in the work between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coregroup.rules.happenings import Happening


@dataclass(frozen=True, kw_only=True)
class MeetingBooked(Happening):
    """A core group meeting was booked (R109)."""

    on: date


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Happening):
    """A core group meeting was held."""

    on: date


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
