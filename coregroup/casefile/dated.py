"""Everything dated of one or many core groups, read in one query: what their clocks are read from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, TimeField, Value
from django.db.models.functions import Cast

from coregroup.casefile.audiences import Cut
from coregroup.records.models import ClosureDay, Conference, Departure, Meeting, Registration
from coregroup.rules.registration import ConferenceDay, Dated, DepartureDay, MeetingDay, RegistrationSpan

__all__ = ["ConferenceDay", "Dated", "MeetingDay", "dated_of"]


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
    meetings = Meeting.objects.standing().filter(group_id__in=groups).order_by().annotate(
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
