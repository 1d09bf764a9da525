"""Everything that the record of one meeting is read from, loaded in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, UUIDField
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casefile.audiences import Cut
from coregroup.casefile.naming import child_name
from coregroup.casefile.plans_load import Desk
from coregroup.casefile.telling import Telling, telling_of
from coregroup.casefile.workspace import Entry, Sheet, cut_entries, hidden_persons, sheet_of
from coregroup.records.closing import since
from coregroup.records.models import (
    ActionAnswer,
    ActionState,
    Child,
    LedgerEntry,
    Meeting,
    MeetingEntry,
    Membership,
    OutlineItem,
    Person,
    PlanRevision,
    PlanVersion,
    VersionRevision,
)
from coregroup.rules import book, plan_fields
from coregroup.rules.access import Reader
from coregroup.rules.procedure import Procedure

_ORDER = {kind: place for place, kind in enumerate(plan_fields.ORDER)}


def _in_plan_order(row: PlanRevision) -> tuple[object, ...]:
    return (_ORDER[row.kind], row.item.position, row.item.made_at, row.item_id)


@dataclass(frozen=True, eq=False)
class Room:
    """An opened case, a closed meeting of it, and one reader."""

    case: Case
    cut: Cut
    meeting: Meeting
    lang: str

    @cached_property
    def procedure(self) -> Procedure:
        return book.load(self.case.group.procedure)

    @cached_property
    def held_on(self) -> date:
        return self.meeting.held_on or self.meeting.planned_on

    @cached_property
    def closed_at(self) -> datetime:
        assert self.meeting.closed_at is not None  # only closed meetings have a record
        return self.meeting.closed_at

    @cached_property
    def begun(self) -> datetime | None:
        """From when on something was new to this meeting."""
        return since(self.meeting)

    @cached_property
    def telling(self) -> Telling:
        return telling_of(self.case, self.cut.reader)

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(self.case, self.cut, self.meeting)

    @cached_property
    def versions(self) -> tuple[PlanVersion, ...]:
        """The versions that this meeting made, for the children whom the reader may know of."""
        rows = PlanVersion.objects.filter(meeting=self.meeting).select_related("plan__child__person")
        order = {child.id: place for place, child in enumerate(self.case.children)}
        seen = [row for row in rows if row.plan.child_id in self.cut.reader.children]
        return tuple(sorted(seen, key=lambda row: order.get(row.plan.child_id, 0)))

    @cached_property
    def children(self) -> tuple[Child, ...]:
        """The children whom the meeting served and of whom the reader may know."""
        return tuple(row.plan.child for row in self.versions)

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        """The children of the case whom the reader may know of."""
        known = self.cut.reader.children
        return {child.id: child_name(child) for child in self.case.children if child.id in known}

    @cached_property
    def members(self) -> tuple[Membership, ...]:
        """Who belonged to the group on the day of the meeting, as far as the reader may know of them."""
        rows = Membership.objects.filter(group=self.case.group, since__lte=self.held_on)
        rows = rows.filter(Q(until__isnull=True) | Q(until__gte=self.held_on)).select_related(
            "person__agency"
        )
        kept = [row for row in rows.order_by("since", "made_at", "id") if row.person_id not in self.hidden]
        return tuple(row for row in kept if self.telling.may_know(row))

    @cached_property
    def hidden(self) -> set[UUID]:
        """The persons of the case of whom the reader must not know."""
        return hidden_persons(self.case, self.cut)

    @cached_property
    def people(self) -> Mapping[UUID, Person]:
        """The persons of the case by id, hidden ones too: ask `name` for what may be said."""
        found = {row.person_id: row.person for row in self.members}
        found |= {row.person_id: row.person for row in self.case.members}
        found |= {row.adult.person_id: row.adult.person for row in self.case.relationships}
        return found | {child.person_id: child.person for child in self.case.children}

    def name(self, person: UUID | None) -> str:
        """How a person may be named to this reader."""
        row = self.people.get(person) if person else None
        if row is None:
            return _("somebody")
        if person in self.hidden:
            return _("somebody in the family") if row.kind == Person.FAMILY else _("somebody")
        return row.name

    def agency(self, agency: UUID | None) -> str:
        """An agency by its id, as this reader may be told; "" for one that they may not know of."""
        found = (row.person for row in self.members if row.person.agency_id == agency)
        return next((self.telling.agency(person) for person in found), "")

    def of_child(self, child: UUID | None) -> str:
        """The name of a child of whom the reader may know; "" for none."""
        return self.names.get(child, "") if child else ""

    def named(self, row: Person | None) -> str:
        """A person out of a row, as this reader may be told."""
        if row is None:
            return ""
        return row.name if row.id not in self.hidden else self.name(row.id)

    def reads(self, audience: UUID, child: UUID | None, own: UUID | None = None) -> bool:
        """May the reader read a free text: by its audience, its child, and as one about all the children?"""
        if not self.cut.sees(audience, child):
            return False
        asker: Reader | None = getattr(self.cut, "asker", None)
        if child is not None:
            return True
        mine = own is not None and own == self.cut.reader.person
        return (mine or not self.cut.reader.limited) and not (asker is not None and asker.limited)

    def desk(self, child: Child) -> Desk:
        """What the reading of one child's plan stands on. No query."""
        return Desk(self.case, child, self.cut, self.lang)

    @cached_property
    def standing(self) -> Mapping[tuple[UUID, int], list[PlanRevision]]:
        """The revisions of each child's version of this meeting and of the one before. Two queries."""
        numbers = {row.plan_id: row.number for row in self.versions}
        before = PlanVersion.objects.filter(plan__in=numbers).values_list("id", "plan_id", "number")
        wanted = {key: number for key, plan, number in before if number in (numbers[plan], numbers[plan] - 1)}
        latest = PlanRevision.objects.filter(item=OuterRef("revision__item")).order_by("-number")
        rows = VersionRevision.objects.filter(version__in=wanted).select_related(
            "version__plan", "revision__item", "revision__owner__agency", "revision__by"
        )
        now = Subquery(latest.values("audience_id")[:1], output_field=UUIDField())
        found: dict[tuple[UUID, int], list[PlanRevision]] = {}
        for row in rows.annotate(now=now):
            revision = row.revision
            revision.audience_now = row.now  # type: ignore[attr-defined]
            key = (row.version.plan.child_id, row.version.number)
            found.setdefault(key, []).append(revision)
        return {key: sorted(rows, key=_in_plan_order) for key, rows in found.items()}

    def after(self, version: PlanVersion) -> list[PlanRevision]:
        """The revisions of a version that this meeting made."""
        return self.standing.get((version.plan.child_id, version.number), [])

    def before(self, version: PlanVersion) -> list[PlanRevision]:
        """The revisions of the version before it; none before the first."""
        return self.standing.get((version.plan.child_id, version.number - 1), [])

    @cached_property
    def items(self) -> Mapping[UUID, tuple[PlanRevision, Child]]:
        """Every item of both versions that the reader may see, as it stood last."""
        found: dict[UUID, tuple[PlanRevision, Child]] = {}
        for version in self.versions:
            child = version.plan.child
            desk = self.desk(child)
            for row in (*self.before(version), *self.after(version)):
                if desk.sees(row):
                    found[row.item_id] = (row, child)
        return found

    @cached_property
    def withdrawn(self) -> Mapping[UUID, PlanRevision]:
        """What was withdrawn in this meeting, by item, where the reader may see that."""
        rows = PlanRevision.objects.filter(meeting=self.meeting).exclude(withdrawn_because="")
        return {row.item_id: row for row in rows if self.cut.sees(row.audience_id)}

    @cached_property
    def outline(self) -> Mapping[UUID, OutlineItem]:
        """The outline items of these children that the reader may see."""
        rows = OutlineItem.objects.filter(child__in=self.children)
        return {row.id: row for row in rows if self.cut.sees(row.audience_id, row.child_id)}

    @cached_property
    def answers(self) -> Mapping[UUID, list[ActionAnswer]]:
        """What owners had said to their actions when the meeting was closed, by item."""
        rows = ActionAnswer.objects.filter(
            revision__item__plan__child__in=self.children, made_at__lte=self.closed_at
        )
        found: dict[UUID, list[ActionAnswer]] = {}
        for row in rows.select_related("revision", "recorded_by").order_by("made_at", "id"):
            found.setdefault(row.revision.item_id, []).append(row)
        return found

    @cached_property
    def states(self) -> tuple[ActionState, ...]:
        """What had been said of how far actions are, when the meeting was closed, the oldest first."""
        rows = ActionState.objects.filter(group=self.case.group, made_at__lte=self.closed_at)
        return tuple(rows.select_related("by").order_by("made_at", "id"))

    @cached_property
    def next_on(self) -> date | None:
        """The day for which the next core group was set when this one was closed."""
        rows = LedgerEntry.objects.filter(group=self.case.group, happening="MeetingClosed")
        for data in rows.values_list("data", flat=True):
            if data.get("meeting") == str(self.meeting.id) and data.get("next_on"):
                return date.fromisoformat(data["next_on"])
        return None

    @cached_property
    def later(self) -> tuple[str, ...]:
        """The things that were corrected after closing, once for each correction."""
        rows = MeetingEntry.objects.filter(meeting=self.meeting, made_at__gte=self.closed_at)
        told = rows.values_list("thing", "correction_because")
        return tuple(thing for thing, because in told if because)

    @cached_property
    def history(self) -> Mapping[str, list[Entry]]:
        """Every saving of the things that were corrected, the oldest first. No query where none was."""
        if not self.later:
            return {}
        every = MeetingEntry.objects.filter(meeting=self.meeting, thing__in=set(self.later))
        found: dict[str, list[Entry]] = {}
        for entry in cut_entries(self.case, self.cut, every.order_by("thing", "number")):
            found.setdefault(entry.thing, []).append(entry)
        return found
