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
