"""Which records of meetings are to be asked after: not given to somebody on the list, or not opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from coregroup.records.models import (
    Child,
    ClosureDay,
    CoreGroup,
    HandOut,
    Meeting,
    MeetingEntry,
    Membership,
    Relationship,
)
from coregroup.rules import book
from coregroup.rules.dates import WorkingDays
from coregroup.rules.distribution import CHASED_AFTER, is_parent

FORGOTTEN = timedelta(days=120)  # an old record is not asked after for ever


@dataclass(frozen=True)
class RecordDue:
    """Something to ask after: `record_not_given` or `record_not_opened`, of which meeting, by whom."""

    code: str
    meeting: UUID
    held_on: date
    recipient: UUID


def records_due(
    group: CoreGroup, members: Iterable[Membership], children: Iterable[Child], today: date
) -> Iterable[RecordDue]:
    """What is to be asked after in one group. Two to five queries."""
    since = timezone.now() - FORGOTTEN
    closed = Meeting.objects.filter(group=group, state__in=["closed", "confirmed"], closed_at__gte=since)
    meetings = list(closed.order_by("closed_at"))
    if not meetings:
        return
    closures = frozenset(
        ClosureDay.objects.filter(authority=group.authority_id).values_list("day", flat=True)
    )
    working = WorkingDays(book.load(group.procedure).nation, closures)
    listed = _listed(group, list(members), list(children))
    given = list(
        HandOut.objects.filter(meeting__in=meetings, document="record")
        .values_list("meeting_id", "recipient_id", "how", "on", "openings__id")
    )  # fmt: skip
    out = _left_out(meetings)
    for meeting in meetings:
        closed_on = timezone.localdate(meeting.closed_at)
        own = [row for row in given if row[0] == meeting.id]
        if working.step(closed_on, CHASED_AFTER) <= today:
            has = {person for _meeting, person, _how, _on, _opening in own} | out.get(meeting.id, set())
            for person in listed:
                if person not in has:
                    yield RecordDue("record_not_given", meeting.id, meeting.held_on or closed_on, person)
        for _meeting, person, how, on, opening in own:
            if how == "own_page" and opening is None and person and working.step(on, CHASED_AFTER) <= today:
                yield RecordDue("record_not_opened", meeting.id, meeting.held_on or closed_on, person)


def _listed(group: CoreGroup, members: list[Membership], children: list[Child]) -> list[UUID]:
    """The persons on the procedure's list, whoever may read it."""
    ids = {child.id for child in children}
    found: list[UUID] = []
    for item in book.load(group.procedure).distribution:
        if item.code in ("members", "conference_chair"):
            part = Membership.MEMBER if item.code == "members" else Membership.CHAIR
            found += [member.person_id for member in members if member.part == part]
        elif item.code == "parents":
            rows = Relationship.objects.filter(group=group, child__in=ids).select_related("adult")
            found += [row.adult.person_id for row in rows if is_parent(row.kind, row.responsibility)]
        elif item.code == "child":
            found += [child.person_id for child in children if child.date_of_birth]
    return list(dict.fromkeys(found))


def _left_out(meetings: list[Meeting]) -> dict[UUID, set[UUID | None]]:
    rows = MeetingEntry.objects.filter(meeting__in=meetings, kind="left_out").order_by("number")
    latest = {(row.meeting_id, row.about): row.content.get("out") == "yes" for row in rows}
    found: dict[UUID, set[UUID | None]] = {}
    for (meeting, person), out in latest.items():
        if out:
            found.setdefault(meeting, set()).add(person)
    return found
