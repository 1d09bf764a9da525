"""What the others have written in a meeting since one last asked: asked every few seconds by each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Value
from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.sitting import meeting_seen
from coregroup.casefile.workspace import Entry, cut_entries
from coregroup.records.models import (
    ActionAnswer,
    ActionState,
    ChronologyEntry,
    Meeting,
    MeetingEntry,
    PlanRevision,
    Recommendation,
    RestrictedPart,
)
from coregroup.rules.access import Actor, Capability

# What was saved by a transaction that ended after a later one began is not missed: each answer reaches back.
OVERLAP = timedelta(seconds=10)
COLUMNS = ("what", "seen_by", "whose", "writer")


@dataclass(frozen=True)
class Changes:
    """`entries` are the things saved since; `marks` count what else the meeting has brought, by what it is.

    `cursor` is what to ask from next time. `state` is the meeting's: once it is no longer in session, the
    page says so and saves nothing more.
    """

    cursor: datetime
    state: str
    entries: tuple[Entry, ...]
    marks: Mapping[str, int]


def changes_since(*, group: UUID, meeting: UUID, since: datetime | None, by: Actor) -> Changes:
    """What was written in a meeting since a moment, cut to the actor; everything for None. R57.

    Raises Closed to a stranger and for a meeting that is not to be seen, Refused to who takes no part.
    """
    what = f"meeting {meeting} changes"
    case = open_group(group, by=by, to=Capability.TAKE_PART, what=what, often=True)
    cursor = timezone.now()
    cut = cut_for(case.group.id, case.reader())
    row = meeting_seen(case, cut, meeting)
    return Changes(cursor, row.state, _entries(case, cut, row, since), marks_of(case, cut, row))


def _entries(case: Case, cut: Cut, meeting: Meeting, since: datetime | None) -> tuple[Entry, ...]:
    later = MeetingEntry.objects.filter(
        meeting=OuterRef("meeting"), thing=OuterRef("thing"), number__gt=OuterRef("number")
    )
    rows = MeetingEntry.objects.filter(group=case.group, meeting=meeting).exclude(Exists(later))
    if since is not None:
        rows = rows.filter(made_at__gte=since - OVERLAP)
    return cut_entries(case, cut, rows.order_by("made_at", "thing"))


def marks_of(case: Case, cut: Cut, meeting: Meeting) -> dict[str, int]:
    """How many changes of each kind the meeting has brought that the reader may see. One query.

    A page that shows such things reads itself again when its count has changed.
    """
    began = meeting.opened_at or meeting.made_at
    answers = ActionAnswer.objects.filter(group=case.group, made_at__gte=began)
    of_item, of_revision = F("item__plan__child_id"), F("revision__item__plan__child_id")
    parts = [
        PlanRevision.objects.filter(meeting=meeting).annotate(
            what=Value("plan"), seen_by=F("audience_id"), whose=of_item, writer=F("by_id")
        ),
        ActionState.objects.filter(meeting=meeting).annotate(
            what=Value("plan"), seen_by=F("audience_id"), whose=of_item, writer=F("by_id")
        ),
        answers.annotate(
            what=Value("answers"), seen_by=F("audience_id"), whose=of_revision, writer=F("recorded_by_id")
        ),
        ChronologyEntry.objects.filter(meeting=meeting).annotate(
            what=Value("chronology"), seen_by=F("audience_id"), whose=F("child_id"), writer=F("source_id")
        ),
        Recommendation.objects.filter(meeting=meeting).annotate(
            what=Value("recommendations"), seen_by=F("audience_id"), whose=F("child_id"),
            writer=F("recorded_by_id"),
        ),
        RestrictedPart.objects.filter(meeting=meeting).annotate(
            what=Value("parts"), seen_by=F("told_audience_id"), whose=F("group_id"), writer=F("decided_by_id")
        ),
    ]  # fmt: skip
    first, *rest = (part.order_by().values_list(*COLUMNS) for part in parts)
    found: dict[str, int] = {}
    for what, audience, child, writer in first.union(*rest, all=True):
        text_of_all = what == "chronology" and child is None
        if text_of_all and cut.reader.limited and writer != cut.reader.person:
            continue
        if cut.sees(audience, None if what == "parts" else child):
            found[what] = found.get(what, 0) + 1
    if meeting.recommendations_opened_at:
        found["opened"] = 1
    return found
