"""The updates that members have given for a meeting, cut for their reader: for every page and paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery, UUIDField

from coregroup.access.doors import Case
from coregroup.casefile.audiences import Cut
from coregroup.casefile.naming import child_name
from coregroup.casefile.telling import Telling, telling_of
from coregroup.records.models import Meeting, MemberUpdate, OutcomeRating, PlanRevision, UpdatePart
from coregroup.rules.update_fields import ALL, FAMILY

BEGUN = ("in_session", "closed", "confirmed", "held", "abandoned")


@dataclass(frozen=True)
class ChildChange:
    """What a member says has changed for one child."""

    child: UUID
    name: str
    changed: str


@dataclass(frozen=True)
class RatingLine:
    """How a member rates one outcome, 0 to 10, with the evidence; `outcome` is the change that is wanted."""

    item: UUID
    child: UUID
    child_name: str
    outcome: str
    value: int
    evidence: str
    on: date


@dataclass(frozen=True)
class GivenUpdate:
    """One given update, as its reader may see it; texts that they may not see are empty.

    `given_by` is named where somebody gave it in the member's place. `nothing_new`: the member said that they
    have nothing new for the chronology (R13). `shared_on` and the rest of R17 are empty where nothing was
    said of it, and where the reader may not see it.
    """

    update: UUID
    person: UUID
    name: str
    agency: UUID | None
    agency_name: str
    given_at: datetime | None
    given_by: str
    contact: str
    could_not: str
    nothing_new: bool
    children: tuple[ChildChange, ...]
    ratings: tuple[RatingLine, ...]
    shared_on: date | None
    shared_how: str
    not_shared_because: str
    family_said: str

    @property
    def says_something(self) -> bool:
        """Is there anything of it that this reader may read?"""
        return bool(self.contact or self.could_not or self.nothing_new or self.children or self.ratings)


def given_updates(case: Case, cut: Cut, meeting: UUID | Meeting) -> tuple[GivenUpdate, ...]:
    """The updates given for a meeting, by name of their members. Three queries, whatever their number.

    `cut` is the reader's. The family reads an update once it was shared with them, or the meeting has begun
    (R17). The caller has opened the door and checked the meeting's own audience. R16, R17, R108.
    """
    rows = MemberUpdate.objects.filter(meeting_id=_id(meeting), group_id=case.group.id, state="given")
    updates = list(rows.select_related("person__agency", "meeting"))
    parts = latest_parts(updates)
    rated = ratings_for(case, cut, _id(meeting))
    telling = telling_of(case, cut.reader)
    shown = [
        _given(case, cut, telling, row, parts.get(row.id, {}), rated.get(row.person_id, ()))
        for row in updates
        if may_read(case, cut, row)
    ]
    return tuple(sorted(shown, key=lambda one: (one.name.casefold(), str(one.person))))


def _id(meeting: UUID | Meeting) -> UUID:
    return meeting.id if isinstance(meeting, Meeting) else meeting


def may_read(case: Case, cut: Cut, row: MemberUpdate) -> bool:
    """May the reader know of this given update (meeting loaded)?

    One of a member limited to children of whom they do not know is absent.
    """
    member = case.member(row.person_id)
    if member is not None and not telling_of(case, cut.reader).may_know(member):
        return False
    if cut.reader.professional or row.meeting.state in BEGUN:
        return True
    return row.shared_on is not None and cut.sees(row.audience_id)


def latest_parts(updates: Iterable[MemberUpdate]) -> dict[UUID, dict[str, UpdatePart]]:
    """The latest saving of each part of these updates, by what it is about. One query."""
    rows = UpdatePart.objects.filter(update__in=[row.id for row in updates]).select_related("by")
    found: dict[UUID, dict[str, UpdatePart]] = {}
    for part in rows.order_by("number"):
        found.setdefault(part.update_id, {})[part.about] = part
    return found


def _given(
    case: Case, cut: Cut, telling: Telling, row: MemberUpdate, parts: Mapping[str, UpdatePart],
    rated: tuple[RatingLine, ...],
) -> GivenUpdate:  # fmt: skip
    words = readable(cut, row, parts.get(ALL))
    family = readable(cut, row, parts.get(FAMILY))
    by = {part.by_id: part.by.name for part in parts.values() if part.by_id != row.person_id}
    nothing_new = bool(parts.get(ALL) and parts[ALL].content.get("nothing_new") == "yes")
    return GivenUpdate(
        update=row.id, person=row.person_id, name=row.person.name, agency=row.person.agency_id,
        agency_name=telling.agency(row.person), given_at=row.given_at, given_by=", ".join(by.values()),
        contact=words.get("contact", ""), could_not=words.get("could_not", ""), nothing_new=nothing_new,
        children=_changes(case, cut, parts), ratings=rated,
        shared_on=row.shared_on if family.get("shared") == "yes" else None,
        shared_how=family.get("how", ""), not_shared_because=family.get("because", ""),
        family_said=family.get("said", ""),
    )  # fmt: skip


def readable(cut: Cut, row: MemberUpdate, part: UpdatePart | None) -> Mapping[str, Any]:
    """The content of a part that is about nobody's child alone, or nothing.

    To a reader who may not know of every child, free text about the whole family is kept back, unless it is
    their own.
    """
    if part is None or not cut.sees(part.audience_id):
        return {}
    own = cut.reader.person in (part.by_id, row.person_id)
    return part.content if own or not cut.reader.limited else {}


def _changes(case: Case, cut: Cut, parts: Mapping[str, UpdatePart]) -> tuple[ChildChange, ...]:
    found = []
    for child in case.children:
        part = parts.get(str(child.id))
        told = str(part.content.get("changed", "")).strip() if part else ""
        if part is not None and told and cut.sees(part.audience_id, child.id):
            found.append(ChildChange(child.id, child_name(child), told))
    return tuple(found)


def ratings_for(case: Case, cut: Cut, meeting: UUID) -> dict[UUID, tuple[RatingLine, ...]]:
    """The ratings given for a meeting by person, each outcome's last one, cut for the reader. One query.

    A rating shows to whoever may see it as it was given and the outcome as it stands now.
    """
    latest = PlanRevision.objects.filter(item=OuterRef("item")).order_by("-number")
    rows = (
        OutcomeRating.objects.filter(group_id=case.group.id, meeting_id=meeting)
        .annotate(
            outcome=Subquery(latest.values("content")[:1]),
            audience_now=Subquery(latest.values("audience_id")[:1], output_field=UUIDField()),
        )
        .select_related("item__plan")
        .order_by("made_at", "id")
    )
    names = {child.id: child_name(child) for child in case.children}
    last: dict[tuple[UUID, UUID], RatingLine | None] = {}
    for row in rows:
        child = row.item.plan.child_id
        now = row.audience_now or row.audience_id
        seen = cut.sees(row.audience_id, child) and cut.sees(now, child)
        text = str((row.outcome or {}).get("change", ""))
        line = RatingLine(row.item_id, child, names.get(child, ""), text, row.value, row.evidence, row.on)
        last[row.person_id, row.item_id] = line if seen else None
    found: dict[UUID, list[RatingLine]] = {}
    for (person, _item), kept in last.items():
        if kept is not None:
            found.setdefault(person, []).append(kept)
    return {person: tuple(lines) for person, lines in found.items()}
