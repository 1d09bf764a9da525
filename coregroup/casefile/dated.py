"""Everything dated of one or many core groups, read in one query: what their clocks are read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, TimeField, Value
from django.db.models.functions import Cast

from coregroup.casefile.audiences import Cut
from coregroup.records.models import ClosureDay, Conference, Departure, Meeting, Registration


@dataclass(frozen=True)
class MeetingDay:
    """A core group meeting, planned or held."""

    id: UUID
    planned_on: date
    held_on: date | None
    starts_at: time | None
    venue: str


@dataclass(frozen=True)
class ConferenceDay:
    """An initial or review conference, planned or held."""

    id: UUID
    kind: str
    planned_on: date
    held_on: date | None
    strategy_discussion_on: date | None

    @property
    def day(self) -> date:
        return self.held_on or self.planned_on


@dataclass(frozen=True)
class RegistrationSpan:
    """That a child is registered or on a plan, since when, until when, from which conference."""

    child: UUID
    conference: UUID
    began_on: date
    ended_on: date | None


@dataclass(frozen=True)
class DepartureDay:
    """A limit knowingly not kept."""

    rule: str
    anchor_on: date


@dataclass
class Dated:
    """The dated rows of one group, already cut to the reader."""

    meetings: list[MeetingDay] = field(default_factory=list)
    conferences: list[ConferenceDay] = field(default_factory=list)
    registrations: list[RegistrationSpan] = field(default_factory=list)
    departures: list[DepartureDay] = field(default_factory=list)
    closure_days: frozenset[date] = frozenset()

    def registration(self, child: UUID) -> RegistrationSpan | None:
        """The child's registration that stands, else the latest that has ended."""
        own = [one for one in self.registrations if one.child == child]
        standing = [one for one in own if one.ended_on is None]
        return max(standing or own, key=lambda one: one.began_on, default=None)

    def next_meeting(self, today: date) -> MeetingDay | None:
        """The next planned core group, today's included."""
        ahead = [one for one in self.meetings if one.held_on is None and one.planned_on >= today]
        return min(ahead, key=lambda one: (one.planned_on, one.starts_at or time.min), default=None)

    def last_meeting(self) -> MeetingDay | None:
        """The last core group that was held."""
        held = [one for one in self.meetings if one.held_on is not None]
        return max(held, key=lambda one: one.held_on or date.min, default=None)

    def next_review(self, today: date) -> ConferenceDay | None:
        """The next planned review conference, today's included."""
        ahead = [
            one for one in self.conferences
            if one.kind == "review" and one.held_on is None and one.planned_on >= today
        ]  # fmt: skip
        return min(ahead, key=lambda one: one.planned_on, default=None)


COLUMNS = ("what", "ref", "group_ref", "child_ref", "audience_ref", "first", "second", "third", "at", "word")
_NO_TIME = Cast(Value(None), TimeField())


def dated_of(cuts: Mapping[UUID, Cut], authorities: Mapping[UUID, UUID]) -> dict[UUID, Dated]:
    """For each group its dated rows, cut to its reader, with its authority's closure days. One query.

    A meeting or departure that the reader may not see is left out as if it were not there.
    """
    groups = list(cuts)
    found = {group: Dated() for group in groups}
    closures: dict[UUID, set[date]] = {}
    for row in _rows(groups, list(set(authorities.values()))):
        what, ref, group, child, audience, first, second, third, at, word = row
        if what == "closure":
            closures.setdefault(group, set()).add(first)
            continue
        dated = found[group]
        if what == "meeting" and cuts[group].sees(audience):
            dated.meetings.append(MeetingDay(ref, first, second, at, word))
        elif what == "departure" and cuts[group].sees(audience):
            dated.departures.append(DepartureDay(word, first))
        elif what == "registration":
            dated.registrations.append(RegistrationSpan(child, ref, first, second))
        elif what in ("initial", "review"):
            dated.conferences.append(ConferenceDay(ref, what, first, second, third))
    for group, dated in found.items():
        dated.closure_days = frozenset(closures.get(authorities[group], ()))
        dated.meetings.sort(key=lambda one: (one.planned_on, str(one.id)))
        dated.conferences.sort(key=lambda one: (one.planned_on, str(one.id)))
    return found


def _rows(groups: list[UUID], authorities: list[UUID]) -> QuerySet[Any, Any]:
    """One union: every column has the same kind in each part; a part fills what it lacks with its own id."""
    meetings = Meeting.objects.filter(group_id__in=groups).order_by().annotate(
        what=Value("meeting"), ref=F("id"), group_ref=F("group_id"), child_ref=F("id"),
        audience_ref=F("audience_id"), first=F("planned_on"), second=F("held_on"), third=F("held_on"),
        at=F("starts_at"), word=F("venue"),
    )  # fmt: skip
    conferences = Conference.objects.filter(group_id__in=groups).order_by().annotate(
        what=F("kind"), ref=F("id"), group_ref=F("group_id"), child_ref=F("id"), audience_ref=F("id"),
        first=F("planned_on"), second=F("held_on"), third=F("strategy_discussion_on"), at=_NO_TIME,
        word=Value(""),
    )  # fmt: skip
    registrations = Registration.objects.filter(group_id__in=groups).order_by().annotate(
        what=Value("registration"), ref=F("conference_id"), group_ref=F("group_id"), child_ref=F("child_id"),
        audience_ref=F("id"), first=F("began_on"), second=F("ended_on"), third=F("ended_on"), at=_NO_TIME,
        word=Value(""),
    )  # fmt: skip
    departures = Departure.objects.filter(group_id__in=groups).order_by().annotate(
        what=Value("departure"), ref=F("id"), group_ref=F("group_id"), child_ref=F("id"),
        audience_ref=F("audience_id"), first=F("anchor_on"), second=F("approved_on"), third=F("approved_on"),
        at=_NO_TIME, word=F("rule"),
    )  # fmt: skip
    closures = ClosureDay.objects.filter(authority_id__in=authorities).order_by().annotate(
        what=Value("closure"), ref=F("id"), group_ref=F("authority_id"), child_ref=F("id"),
        audience_ref=F("id"), first=F("day"), second=F("day"), third=F("day"), at=_NO_TIME, word=Value(""),
    )  # fmt: skip
    parts = [part.values_list(*COLUMNS) for part in (conferences, registrations, departures, closures)]
    return meetings.values_list(*COLUMNS).union(*parts, all=True)
