"""The reading back as it is read out: person by person, what is new or changed for them (R34, R52)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from coregroup.casefile import plans_words as words
from coregroup.casefile.audiences import Cut
from coregroup.casefile.naming import first_name
from coregroup.casefile.telling import telling_of
from coregroup.casefile.workspace_room import Room, Table, now, table_of
from coregroup.records.models import ActionAnswer, Meeting, Person, PlanRevision
from coregroup.rules import plan_fields
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed

HERE = ("present", "attended", "PN1", "PN2", "PN3", "PN4")


@dataclass(frozen=True)
class Heard:
    """One action as it is read out. `before` is what stood in force: (text, day, owner), "" where the same.

    `answer` is what the owner says to it (`rules.plan_fields.ANSWERS`), "" while nobody has asked.
    """

    item: UUID
    revision: int
    child: UUID
    child_name: str
    what: str
    by_when: date | None
    proposed: str  # new, changed or withdrawn
    before: tuple[str, ...] = ()
    answer: str = ""
    reason: str = ""
    recorded_by: str = ""


@dataclass(frozen=True)
class Hearer:
    """One person with their actions; `here` if they can be asked."""

    person: UUID
    name: str
    agency: str
    professional: bool
    how: str
    actions: tuple[Heard, ...]
    own: bool = False

    @property
    def here(self) -> bool:
        return self.how in HERE

    @property
    def waiting(self) -> tuple[Heard, ...]:
        """What they have not answered to; nothing is asked of what was withdrawn."""
        return tuple(one for one in self.actions if not one.answer and one.proposed != "withdrawn")


@dataclass(frozen=True)
class ReadBack:
    """Everybody with new or changed actions in this meeting, those who are here first."""

    room: Room
    people: tuple[Hearer, ...]
    several: bool  # children: then each action says whose plan it is on

    @property
    def waiting(self) -> int:
        return sum(len(one.waiting) for one in self.people)

    def action(self, item: UUID) -> tuple[Hearer, Heard]:
        """One action with its owner; Closed where it is not read back here."""
        for person in self.people:
            for one in person.actions:
                if one.item == item:
                    return person, one
        raise Closed


def read_back(*, group: UUID, meeting: UUID, by: Actor) -> ReadBack:
    """What each person hears before a meeting ends, and what they said to it. A fixed number of queries.

    Raises Closed to a stranger, Refused to the family and outside a session. R34, R52.
    """
    cursor = now()
    table = table_of(group=group, meeting=meeting, by=by, what=f"read back at {meeting}")
    people = _people(table, by)
    several = len(table.cut.reader.children) > 1
    return ReadBack(table.room(cursor), people, several)


def _people(table: Table, by: Actor) -> tuple[Hearer, ...]:
    case, cut = table.case, table.cut
    rows, before = _rows(cut, table.meeting)
    answers, telling = _answers(rows), telling_of(case, cut.reader)
    how = {entry.about: entry.text("how") for entry in table.sheet.of("attendance")}
    names = {child.id: first_name(child) for child in case.children}
    told: dict[UUID, list[Heard]] = {}
    owners: dict[UUID, Person] = {}
    for row in rows:
        if row.owner is None or (row.withdrawn_because and row.item_id not in before):
            continue
        owners[row.owner.id] = row.owner
        heard = _heard(row, before.get(row.item_id), answers, names[row.item.plan.child_id])
        told.setdefault(row.owner.id, []).append(heard)
    people = [
        Hearer(
            one.id, one.name, telling.agency(one), one.kind == Person.PROFESSIONAL, how.get(one.id, ""),
            tuple(told[one.id]), one.id == by.person,
        )
        for one in owners.values()
    ]  # fmt: skip
    return tuple(sorted(people, key=lambda one: (not one.here, one.professional, one.name.casefold())))


def _rows(cut: Cut, meeting: Meeting) -> tuple[list[PlanRevision], dict[UUID, PlanRevision]]:
    """The actions that this meeting made, changed or withdrew, and as they stood before. Two queries."""
    every = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    now = PlanRevision.objects.filter(meeting=meeting, kind="action").filter(~Exists(every))
    related = ("owner__agency", "item__plan")
    found = now.select_related(*related).order_by("item__plan__child__position", "by_when", "made_at")
    rows = [row for row in found if cut.sees(row.audience_id, row.item.plan.child_id)]
    stood = PlanRevision.objects.filter(item__in=[row.item_id for row in rows]).exclude(meeting=meeting)
    before = {row.item_id: row for row in stood.select_related(*related).order_by("number")}
    return rows, {
        item: row for item, row in before.items() if cut.sees(row.audience_id, row.item.plan.child_id)
    }


def _answers(rows: list[PlanRevision]) -> dict[UUID, list[ActionAnswer]]:
    given = ActionAnswer.objects.filter(revision__item__in=[row.item_id for row in rows])
    found: dict[UUID, list[ActionAnswer]] = {}
    for one in given.select_related("revision", "recorded_by").order_by("made_at", "id"):
        found.setdefault(one.revision.item_id, []).append(one)
    return found


def _standing(row: PlanRevision, answers: Mapping[UUID, list[ActionAnswer]]) -> ActionAnswer | None:
    asked = plan_fields.demand(row.owner_id, row.by_when, row.content)
    given = [
        (plan_fields.demand(one.revision.owner_id, one.revision.by_when, one.revision.content), one)
        for one in answers.get(row.item_id, ())
    ]
    return plan_fields.standing_answer(asked, given)


def _heard(
    row: PlanRevision, before: PlanRevision | None, answers: Mapping[UUID, list[ActionAnswer]], child: str
) -> Heard:
    said = None if row.withdrawn_because else _standing(row, answers)
    return Heard(
        row.item_id, row.number, row.item.plan.child_id, child, str(row.content.get("what", "")), row.by_when,
        "withdrawn" if row.withdrawn_because else "changed" if before else "new",
        _stood(row, before) if before and not row.withdrawn_because else (),
        said.answer if said else "", said.reason if said else "",
        said.recorded_by.name if said and said.recorded_by_id != said.owner_id else "",
    )  # fmt: skip


def _stood(row: PlanRevision, before: PlanRevision) -> tuple[str, ...]:
    """What of an action reads differently from what is in force: its text, its day, its owner."""
    found = []
    if before.content.get("what") != row.content.get("what"):
        found.append(str(before.content.get("what", "")))
    if before.by_when != row.by_when:
        found.append(words.day(before.by_when))
    if before.owner_id != row.owner_id and before.owner:
        found.append(before.owner.name)
    return tuple(found)
