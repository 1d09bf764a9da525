"""What the closing of a meeting is judged by, gathered in a fixed number of queries, whoever asks.

A guard looks at the whole case, not at one reader's cut; whoever shows what it lacks cuts the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from coregroup.records.chronology import ChronologyEntry
from coregroup.records.conferences import Registration
from coregroup.records.groups import Child, Membership
from coregroup.records.meeting_sheet import MeetingEntry
from coregroup.records.meetings import Meeting
from coregroup.records.plans import ActionAnswer, PlanRevision
from coregroup.records.updates import UpdatePart
from coregroup.rules import plan_fields
from coregroup.rules.closing import SAID, Facts
from coregroup.rules.moves import TOOK_PLACE

WRITTEN = ("", "contact_missed")  # chronology entries that somebody wrote, not the house


def served(group: UUID, children: Iterable[Child]) -> list[Child]:
    """The children whom a meeting serves: those on a plan, or all where none is. One query."""
    every = list(children)
    standing = Registration.objects.filter(group_id=group, ended_on__isnull=True)
    ids = set(standing.values_list("child_id", flat=True))
    return [child for child in every if child.id in ids] or every


def since(meeting: Meeting) -> datetime | None:
    """From when on something is new to this meeting: since the one before it was closed. One query."""
    rows = Meeting.objects.filter(group_id=meeting.group_id, state__in=TOOK_PLACE).exclude(id=meeting.id)
    if meeting.closed_at:
        rows = rows.filter(Q(closed_at__lt=meeting.closed_at) | Q(closed_at=None))
    rows = rows.filter(held_on__lte=meeting.held_on) if meeting.held_on else rows
    last = rows.order_by("-held_on", F("closed_at").desc(nulls_last=True)).first()
    if last is None:
        return None
    return last.closed_at or last.made_at


def latest_entries(meeting: UUID) -> dict[str, MeetingEntry]:
    """The last saving of each thing of a meeting. One query."""
    rows = MeetingEntry.objects.filter(meeting_id=meeting).select_related("by")
    return {row.thing: row for row in rows.order_by("thing", "number")}


def gather(
    meeting: Meeting,
    children: Iterable[Child],
    entries: Mapping[str, MeetingEntry],
    waiting: Iterable[PlanRevision] | None = None,
) -> Facts:
    """The facts of a meeting for its closing guards, save the next date. Four queries, or six.

    `waiting` are the actions that nobody has answered to, where the caller has them from `unanswered`.
    """
    waiting = unanswered(meeting) if waiting is None else waiting
    rows = list(entries.values())
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in {row.kind for row in rows}}
    asked = [row for row in by_kind.get("question", ()) if _told(row, "answer")]
    absent = [row for row in by_kind.get("attendance", ()) if row.content.get("how") == "PN7"]
    return Facts(
        children={child.id: child.person_id if child.date_of_birth else None for child in children},
        heard=_about(row for row in by_kind.get("voice", ()) if _told(row, "words")),
        unheard=_about(row for row in absent if _told(row, "note")),
        agencies=tuple(_agencies(meeting.group_id)),
        spoke=_spoke(meeting, rows),
        looked_at=frozenset(
            row.child_id for row in by_kind.get("contingency", ()) if _told(row, "fit") and row.child_id
        ),
        unanswered=tuple(row.item_id for row in waiting),
        asked=frozenset(row.code for row in asked),
        settled=any(row.content.get("settled") == "yes" for row in by_kind.get("recipients", ())),
        said=frozenset(
            row.code.removeprefix(SAID)
            for row in asked
            if row.code.startswith(SAID) and row.content["answer"] == "yes"
        ),
    )


def _about(rows: Iterable[MeetingEntry]) -> frozenset[UUID]:
    return frozenset(row.about for row in rows if row.about)


def _told(row: MeetingEntry, field: str) -> bool:
    return bool(str(row.content.get(field, "")).strip())


def _agencies(group: UUID) -> list[UUID]:
    rows = Membership.objects.filter(group_id=group, until__isnull=True, part=Membership.MEMBER)
    found = rows.exclude(person__agency=None).order_by("since", "made_at")
    return list(dict.fromkeys(found.values_list("person__agency_id", flat=True)))


def _spoke(meeting: Meeting, rows: Iterable[MeetingEntry]) -> frozenset[UUID]:
    """Agencies that wrote something since the last meeting, or said that there is nothing new (R13)."""
    said = {row.about for row in rows if row.kind == "agency" and row.content.get("nothing_new") == "yes"}
    parts: dict[UUID, tuple[UUID | None, Any]] = {}
    updates = UpdatePart.objects.filter(update__meeting=meeting, update__state="given", about="all")
    for one in updates.select_related("update__person").order_by("number"):
        parts[one.update_id] = (one.update.person.agency_id, one.content)
    said |= {agency for agency, content in parts.values() if content.get("nothing_new") == "yes"}
    written = ChronologyEntry.objects.filter(group_id=meeting.group_id, code__in=WRITTEN)
    begun = since(meeting)
    if begun is not None:
        written = written.filter(Q(made_at__gt=begun) | Q(meeting=meeting))
    said |= set(written.values_list("source_agency_id", flat=True))
    return frozenset(one for one in said if one is not None)


def changed_actions(meeting: Meeting) -> list[PlanRevision]:
    """The actions that a meeting made or changed and that stand, as they stand now. One query."""
    later = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    rows = PlanRevision.objects.filter(meeting=meeting, kind="action", withdrawn_because="")
    rows = rows.filter(~Exists(later)).select_related("audience", "owner", "item__plan__child")
    return list(rows.order_by("item__plan__child__position", "made_at"))


def unanswered(meeting: Meeting) -> list[PlanRevision]:
    """New or changed actions of a meeting to which their owner has not said anything (R34, R52).

    What an owner said before the meeting holds as long as the action asks the same. Two queries.
    """
    rows = changed_actions(meeting)
    answers = ActionAnswer.objects.filter(revision__item__in=[row.item_id for row in rows])
    answered = {(one.revision.item_id, _asks(one.revision)) for one in answers.select_related("revision")}
    return [row for row in rows if (row.item_id, _asks(row)) not in answered]


def _asks(row: PlanRevision) -> tuple[str, str, str]:
    return plan_fields.demand(row.owner_id, row.by_when, row.content)
