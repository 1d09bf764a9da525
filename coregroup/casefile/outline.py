"""The conference's outline plan as its reader may see it: what became of each item, and who has read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery, UUIDField

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut, cut_of
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.naming import child_name
from coregroup.casefile.plans_load import without_proposed
from coregroup.records.models import (
    Conference,
    Membership,
    OutlineItem,
    PlanRevision,
    ReadMark,
    VersionRevision,
)
from coregroup.rules import access, plan_fields
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class AudienceSeen:
    """Who may see an item, by names; for those who may narrow it."""

    base: str
    named: tuple[str, ...]
    shut_out: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class TakenUp:
    """An item of a detailed plan that came from an outline item: its kind and text, and who took it up."""

    item: UUID
    kind: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class OutlineLine:
    """One item of the outline plan, for one child. `audience` is None where the whole group may see it.

    `by_when_words` is what the conference wrote beside the date, or instead of one.
    """

    id: UUID
    position: int
    concern: str
    outcome: str
    action: str
    owner: str
    by_when: date | None
    by_when_words: str
    set_aside_because: str
    set_aside_by: str
    taken_up: tuple[TakenUp, ...]
    audience: AudienceSeen | None


@dataclass(frozen=True)
class ChildOutline:
    """The outline plan of one child."""

    id: UUID
    name: str
    lines: tuple[OutlineLine, ...]


@dataclass(frozen=True)
class Reading:
    """A person of the group and when they read the outline plan; None: not yet (R47)."""

    person: UUID
    name: str
    agency: str
    at: datetime | None


@dataclass(frozen=True)
class OutlineView:
    """The outline plan of a core group, cut for its reader."""

    group: UUID
    family: str
    procedure: str
    conference_on: date | None
    children: tuple[ChildOutline, ...]
    read_at: datetime | None
    readings: tuple[Reading, ...]
    can_bring_in: bool

    @property
    def empty(self) -> bool:
        return not any(child.lines for child in self.children)


@dataclass(frozen=True)
class OutlineDesk:
    """What the pages that bring an outline plan in need: the children and the people of the case."""

    group: UUID
    family: str
    procedure: str
    conference_on: date | None
    children: tuple[tuple[UUID, str], ...]
    people: tuple[PersonChoice, ...]


def outline(*, group: UUID, reader: UUID | None = None, by: Actor) -> OutlineView:
    """The outline plan, cut for `reader` (by default whoever asks), with what became of each item (R11, R47).

    The family sees what was taken up only once it is in a version of the plan, and not who else has read.
    Raises Closed to a stranger and for a reader who is not of this case.
    """
    case = open_group(group, by=by, to=Capability.SEE_OUTLINE, what="outline plan")
    cut = cut_of(case, _reader(case, reader))
    rows = [row for row in _rows(case) if cut.sees(row.audience_id, row.child_id)]
    taken = _taken_up(case, cut)
    names = _names(case, cut)
    marks = _marks(case)
    children = tuple(
        ChildOutline(
            child.id,
            child_name(child),
            tuple(_line(row, taken, cut, names) for row in rows if row.child_id == child.id),
        )
        for child in case.children
        if child.id in cut.reader.children
    )
    held = next((row.conference.held_on for row in rows), None)
    return OutlineView(
        group=case.group.id,
        family=_label(case, cut, children),
        procedure=case.group.procedure,
        conference_on=held,
        children=children,
        read_at=marks.get(cut.reader.person),
        readings=_readings(case, marks) if cut.reader.professional else (),
        can_bring_in=case.can(Capability.BRING_IN_OUTLINE),
    )


def outline_desk(*, group: UUID, by: Actor) -> OutlineDesk:
    """The children and people to choose among when an outline plan is brought in. Closed to a stranger."""
    case = open_group(group, by=by, to=Capability.BRING_IN_OUTLINE, what="bring in outline")
    cut = cut_of(case)
    own = tuple((child.id, child_name(child)) for child in case.children if child.id in cut.reader.children)
    held = Conference.objects.filter(group=case.group, kind="initial", held_on__isnull=False)
    return OutlineDesk(
        case.group.id, case.group.family.label, case.group.procedure,
        held.order_by("-held_on").values_list("held_on", flat=True).first(), own, people_to_choose(case, cut),
    )  # fmt: skip


def outline_item(*, group: UUID, item: UUID, by: Actor) -> OutlineLine:
    """One item, for the page that sets it aside. Closed where the asker may not see it."""
    case = open_group(group, by=by, to=Capability.BRING_IN_OUTLINE, what="outline item")
    cut = cut_of(case)
    row = next((row for row in _rows(case) if row.id == item), None)
    if row is None or not cut.sees(row.audience_id, row.child_id):
        raise Closed
    return _line(row, {}, cut, _names(case, cut))


def _reader(case: Case, reader: UUID | None) -> access.Reader | None:
    if reader is None or reader == case.by.person:
        return None
    if not case.by.professional:  # a cut of somebody else's says what is kept from whom
        raise Closed
    people = [member.person for member in case.members]
    people += [row.adult.person for row in case.relationships]
    for person in people:
        if person.id == reader:
            return case.reader(person)
    raise Closed


def _rows(case: Case) -> list[OutlineItem]:
    rows = OutlineItem.objects.filter(group=case.group).select_related("conference", "set_aside_by")
    return list(rows.order_by("position", "made_at", "id"))


def _label(case: Case, cut: Cut, children: Iterable[ChildOutline]) -> str:
    """A family person reads the names of their own children: the label may be another parent's name."""
    if cut.reader.professional:
        return case.group.family.label
    return ", ".join(child.name for child in children)


def _taken_up(case: Case, cut: Cut) -> dict[UUID, list[TakenUp]]:
    """What stands in the detailed plans now, by the outline item that it came from. One query."""
    every = PlanRevision.objects.filter(item=OuterRef("item")).order_by("-number")
    latest, kept = every, PlanRevision.objects.all()
    if not cut.reader.professional:
        latest, kept = without_proposed(latest), without_proposed(kept)
    rows = (
        kept.filter(group=case.group, outline__isnull=False, withdrawn_because="")
        .annotate(
            latest=Subquery(latest.values("number")[:1]),
            audience_now=Subquery(every.values("audience_id")[:1], output_field=UUIDField()),
            in_version=Exists(VersionRevision.objects.filter(revision=OuterRef("pk"))),
        )
        .filter(number=F("latest"))
        .select_related("by", "item__plan")
        .order_by("made_at", "id")
    )
    found: dict[UUID, list[TakenUp]] = {}
    for row in rows:
        in_version = bool(row.in_version)  # type: ignore[attr-defined]
        child = row.item.plan.child_id
        if not (cut.sees(row.audience_id, child) and cut.sees(row.audience_now, child)):  # type: ignore[attr-defined]
            continue
        if cut.reader.professional or in_version:
            text = str(row.content.get(plan_fields.heading(row.kind), ""))
            assert row.outline_id is not None
            told = TakenUp(row.item_id, row.kind, text, row.by.name, row.made_at)
            found.setdefault(row.outline_id, []).append(told)
    return found


def _line(
    row: OutlineItem, taken: dict[UUID, list[TakenUp]], cut: Cut, names: dict[UUID, str]
) -> OutlineLine:
    said = {name: str(row.content.get(name, "")) for name in ("concern", "outcome", "action", "owner")}
    return OutlineLine(
        id=row.id, position=row.position, **said, by_when=row.by_when,
        by_when_words=str(row.content.get("by_when", "")), set_aside_because=row.set_aside_because,
        set_aside_by=row.set_aside_by.name if row.set_aside_by else "",
        taken_up=tuple(taken.get(row.id, ())), audience=audience_seen(cut, row.audience_id, names),
    )  # fmt: skip


def audience_seen(cut: Cut, audience: UUID, names: dict[UUID, str]) -> AudienceSeen | None:
    """Who may see an item, by names. None where nothing is narrowed, and to a family reader."""
    value = cut.value(audience)
    if not value.restricted or not cut.reader.professional:
        return None
    return AudienceSeen(
        str(value.base), _listed(value.named, names), _listed(value.shut_out, names),
        cut.reasons.get(audience, ""),
    )  # fmt: skip


def _listed(persons: Iterable[UUID], names: dict[UUID, str]) -> tuple[str, ...]:
    return tuple(sorted(names[person] for person in persons if person in names))


def _names(case: Case, cut: Cut) -> dict[UUID, str]:
    """The names by which an audience is told; nobody needs them but professionals."""
    if not cut.reader.professional:
        return {}
    return {person.id: person.name for person in people_to_choose(case, cut)}


def _marks(case: Case) -> dict[UUID | None, datetime]:
    rows = ReadMark.objects.filter(group=case.group, what="outline").values_list("person_id", "read_at")
    return dict(rows)


def _readings(case: Case, marks: dict[UUID | None, datetime]) -> tuple[Reading, ...]:
    """Every member, and when they read it: those who have not come first."""
    readings = [
        Reading(
            member.person_id,
            member.person.name,
            member.person.agency.name if member.person.agency else "",
            marks.get(member.person_id),
        )
        for member in case.members
        if member.part == Membership.MEMBER
    ]
    return tuple(sorted(readings, key=lambda one: (one.at is not None, one.name.casefold())))
