"""What an opening is told: plain frozen values, as the record of an initial conference gives them (R116)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from coregroup.casework.audiences import AudienceChoice


@dataclass(frozen=True)
class NewFact:
    """One fact (`rules.face_sheet.KINDS`). `not_to`: keys of adults who must not learn it, and why."""

    kind: str
    value: str
    since: date | None = None
    source: str = ""
    base: str = "group"
    not_to: frozenset[str] = frozenset()
    reason: str = ""

    def audience(self, shut_out: frozenset[UUID], reason: str) -> AudienceChoice:
        return AudienceChoice(base=self.base, shut_out=shut_out, reason=reason)


@dataclass(frozen=True)
class NewChild:
    """A child, born or expected, with the categories under which the conference decided."""

    key: str
    given_name: str
    family_name: str
    date_of_birth: date | None = None
    expected_on: date | None = None
    categories: tuple[str, ...] = ()
    language: str = "en"
    facts: tuple[NewFact, ...] = ()


@dataclass(frozen=True)
class NewRelationship:
    """What an adult is to a child. `responsibility` None: not established."""

    child: str
    kind: str
    responsibility: bool | None = None
    lives_with: bool = False


@dataclass(frozen=True)
class NewAdult:
    """An adult: may they come, what must they not learn (`rules.face_sheet.HIDINGS`), and why."""

    key: str
    given_name: str
    family_name: str
    relationships: tuple[NewRelationship, ...]
    attends: str = "yes"
    attends_reason: str = ""
    must_not_learn: frozenset[str] = frozenset()
    must_not_learn_reason: str = ""
    language: str = "en"
    facts: tuple[NewFact, ...] = ()


@dataclass(frozen=True)
class NewMember:
    """A professional member, with their role in plain words for the family to read (R48)."""

    person: UUID
    role: str
    only_children: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NewDecision:
    """One decision of the conference, for one child (its key) or for all."""

    words: str
    child: str = ""


@dataclass(frozen=True)
class NewMeeting:
    """Date, time and venue of the first core group, with the venue's accessibility and privacy (R41, R44)."""

    on: date
    at: time | None
    venue: str
    address: str = ""
    access: frozenset[str] = frozenset()
    private: bool | None = None
    notes: str = ""


@dataclass(frozen=True)
class NewDeparture:
    """Why a limit is not kept, and who approved it when (R95)."""

    reason: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True)
class Opening:
    """An initial conference's record, as far as a core group needs it. `departures` by rule name."""

    family_label: str
    held_on: date
    children: tuple[NewChild, ...]
    adults: tuple[NewAdult, ...]
    members: tuple[NewMember, ...]
    lead: UUID | None
    review_on: date | None
    first_meeting: NewMeeting | None
    chair: UUID | None = None
    leads: Mapping[str, UUID] = field(default_factory=dict)
    decisions: tuple[NewDecision, ...] = ()
    strategy_discussion_on: date | None = None
    family_facts: tuple[NewFact, ...] = ()
    out_of_hours: str = ""
    departures: Mapping[str, NewDeparture] = field(default_factory=dict)

    def lead_of(self, child: str) -> UUID | None:
        """The lead worker of one child: its own, or that of the whole group (R4)."""
        return self.leads.get(child, self.lead)
