"""What somebody's meetings wait for: one in session or never begun, an update, a parent's words, a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from coregroup.casefile.lines import Shelf
from coregroup.casefile.sentences import lang_now
from coregroup.records.models import Apology, Meeting, MeetingEntry, MemberUpdate
from coregroup.rules import book
from coregroup.rules.access import Capability, Relation

AHEAD = timedelta(days=14)  # from then on an update is asked for
SETTLES = timedelta(days=10)  # in which members read a record and correct it
IN_SESSION, GIVE_UPDATE, NEVER_BEGUN, CONFIRM = "in_session", "give_update", "never_begun", "confirm"
SAY = "say_beforehand"


@dataclass(frozen=True)
class MeetingWaits:
    """One thing that a meeting waits for, by its code; `word` is what the procedure calls the meeting."""

    code: str
    group: UUID
    meeting: UUID
    family: str
    word: str
    on: date


def meetings_waiting(shelf: Shelf, person: UUID, today: date) -> tuple[MeetingWaits, ...]:
    """What waits for one person over all their core groups, the most pressing first. One query."""
    found = []
    for row in _rows(shelf, person, today):
        code = _code(shelf, row, today)
        if code and shelf.cuts[row.group_id].sees(row.audience_id):
            line = shelf.lines[row.group_id]
            word = book.load(line.procedure).word("core_group_meeting", lang_now())
            on = row.held_on or row.planned_on
            found.append(MeetingWaits(code, row.group_id, row.id, line.family, word, on))
    order = (IN_SESSION, NEVER_BEGUN, GIVE_UPDATE, SAY, CONFIRM)
    return tuple(sorted(found, key=lambda one: (order.index(one.code), one.on)))


def _rows(shelf: Shelf, person: UUID, today: date) -> QuerySet[Meeting]:
    given = MemberUpdate.objects.filter(meeting=OuterRef("pk"), person_id=person, state="given")
    away = Apology.objects.filter(meeting=OuterRef("pk"), person_id=person, withdrawn_at__isnull=True)
    said = MeetingEntry.objects.filter(meeting=OuterRef("pk"), kind="asked", about=person)
    said = said.filter(Q(by=person) | Q(audience__base="group"))
    near = Q(state="planned", planned_on__lte=today + AHEAD)
    open_record = Q(state="closed", held_on__lte=today - SETTLES)
    rows = Meeting.objects.filter(Q(state="in_session") | near | open_record, group_id__in=list(shelf.lines))
    # An apology with an update still owes it; any other apology stands for it.
    away = away.exclude(instead="update")
    return rows.annotate(given=Exists(given), away=Exists(away), said=Exists(said))


def _code(shelf: Shelf, row: Meeting, today: date) -> str:
    standing = shelf.standings[row.group_id]
    if row.state == "in_session":
        return IN_SESSION if standing.can(Capability.TAKE_PART) else ""
    if row.state == "closed":
        return CONFIRM if Relation.LEAD in standing.relations else ""
    if row.planned_on < today:
        return NEVER_BEGUN if Relation.LEAD in standing.relations else ""
    if Relation.FAMILY in standing.relations:
        asked = standing.can(Capability.SAY_BEFOREHAND) and not row.said  # type: ignore[attr-defined]
        return SAY if asked else ""
    owes = standing.can(Capability.GIVE_UPDATE) and not row.given and not row.away  # type: ignore[attr-defined]
    return GIVE_UPDATE if owes else ""
