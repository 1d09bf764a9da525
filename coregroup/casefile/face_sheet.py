"""The face sheet (R116): what is known of each child, each adult and the family, cut for whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.naming import age_words, child_name
from coregroup.casefile.sentences import lang_now
from coregroup.casefile.telling import telling_of
from coregroup.casefile.who import AdultLine, adults_of
from coregroup.records.models import Adult, Child, Fact, Registration
from coregroup.rules import book
from coregroup.rules.access import Actor, Audience, Capability
from coregroup.rules.errors import Closed
from coregroup.rules.face_sheet import KINDS, RELATIONSHIPS, hidden_from
from coregroup.rules.procedure import say


@dataclass(frozen=True)
class FactLine:
    """One fact with its date, its source, and (for professionals) who may see it."""

    id: UUID
    about: UUID | None
    child: UUID | None
    kind: str
    label: str
    value: str
    since: date | None
    source: str
    recorded_by: str
    recorded_at: datetime
    audience: Audience | None
    named: tuple[str, ...] = ()
    shut_out: tuple[str, ...] = ()
    earlier: tuple[FactLine, ...] = ()


@dataclass(frozen=True)
class RelationLine:
    """What an adult is to a child; `lives_with` is None where the reader must not learn who lives where."""

    name: str
    kind: str
    responsibility: bool | None
    lives_with: bool | None


@dataclass(frozen=True)
class RegistrationLine:
    """A registration or plan of a child: since when, under which categories, until when and why."""

    began_on: date
    categories: tuple[str, ...]
    ended_on: date | None
    because: str


@dataclass(frozen=True)
class Sheet:
    """What is known of one person, or of the family as a whole (`person` None)."""

    person: UUID | None
    child: UUID | None
    name: str
    caption: str
    date_of_birth: date | None = None
    expected_on: date | None = None
    facts: tuple[FactLine, ...] = ()
    relations: tuple[RelationLine, ...] = ()
    registrations: tuple[RegistrationLine, ...] = ()


@dataclass(frozen=True)
class FaceSheet:
    """The whole face sheet, as this reader may see it."""

    group: UUID
    heading: str
    children: tuple[Sheet, ...]
    adults: tuple[Sheet, ...]
    family: Sheet
    registered: str
    professional: bool
    can_record: bool
    people: tuple[PersonChoice, ...] = field(default=())


def face_sheet(*, group: UUID, by: Actor) -> FaceSheet:
    """The face sheet for whoever asks. Closed to a stranger. R57, R93, R116."""
    return _Reading(open_group(group, by=by, to=Capability.SEE_FACE_SHEET, what="face sheet")).sheet()


def fact_room(*, group: UUID, fact: UUID | None = None, about: UUID | None = None, by: Actor) -> FaceSheet:
    """The face sheet for whoever may record facts; Closed for a fact or person that is not on it."""
    case = open_group(group, by=by, to=Capability.RECORD_FACT, what="record fact")
    sheet = _Reading(case).sheet()
    sheets = (*sheet.children, *sheet.adults, sheet.family)
    if fact is not None and not any(line.id == fact for one in sheets for line in one.facts):
        raise Closed
    if about is not None and not any(one.person == about for one in sheets):
        raise Closed
    return sheet


class _Reading:
    """Reads a face sheet: six queries beside the door's."""

    def __init__(self, case: Case) -> None:
        self.case, self.lang = case, lang_now()
        self.reader = case.reader()
        self.cut = cut_for(case.group.id, self.reader)
        self.children = [child for child in case.children if child.id in self.reader.children]
        self.names = {child.id: child_name(child) for child in self.children}
        self.people = people_to_choose(case, self.cut) if self.reader.professional else ()
        self.telling = telling_of(case, self.reader)
        self.must_not_learn = self._must_not_learn()
        self.procedure = book.load(case.group.procedure)

    def sheet(self) -> FaceSheet:
        case, today = self.case, timezone.localdate()
        facts = self._facts()
        registrations = self._registrations()
        adults = adults_of(case, self.cut, self.names)
        heading = case.group.family.label if self.reader.professional else ", ".join(self.names.values())
        return FaceSheet(
            group=case.group.id,
            heading=heading,
            children=tuple(self._child(child, facts, registrations, today) for child in self.children),
            adults=tuple(
                self._adult(one, facts) for one in adults
                if self.reader.professional or one.person == self.reader.person
            ),
            family=Sheet(None, None, heading, "", facts=self._lines(facts, None)),
            registered=self.procedure.word("registered", self.lang),
            professional=self.reader.professional,
            can_record=case.can(Capability.RECORD_FACT),
            people=self.people,
        )  # fmt: skip

    def _must_not_learn(self) -> frozenset[str]:
        """What the reader must not learn, if they are an adult of the family."""
        own = Adult.objects.filter(group=self.case.group, person=self.reader.person)
        return frozenset(code for codes in own.values_list("must_not_learn", flat=True) for code in codes)

    def _facts(self) -> list[Fact]:
        """The facts that the reader may see, by audience and, a second lock, by what they must not learn."""
        rows = Fact.objects.filter(group=self.case.group).select_related("recorded_by")
        rows = rows.order_by("made_at", "id")
        own = self.reader.person
        return [
            row for row in rows
            if self.cut.sees(row.audience_id, row.child_id)
            and (row.about_id == own or not hidden_from(row.kind, self.must_not_learn))
        ]  # fmt: skip

    def _lines(self, facts: Iterable[Fact], about: UUID | None) -> tuple[FactLine, ...]:
        """The facts about somebody that stand, in the sheet's order, each with what it replaced."""
        own = [fact for fact in facts if fact.about_id == about]
        replaced = {fact.supersedes_id: fact for fact in own if fact.supersedes_id}
        by_id = {fact.id: fact for fact in own}
        order = {code: number for number, code in enumerate(KINDS)}
        standing = [fact for fact in own if fact.id not in replaced]
        standing.sort(key=lambda fact: (order.get(fact.kind, len(order)), fact.made_at))
        return tuple(self._line(fact, self._history(fact, by_id)) for fact in standing)

    def _history(self, fact: Fact, by_id: dict[UUID, Fact]) -> tuple[FactLine, ...]:
        found = []
        earlier = by_id.get(fact.supersedes_id) if fact.supersedes_id else None
        while earlier is not None:
            found.append(self._line(earlier, ()))
            earlier = by_id.get(earlier.supersedes_id) if earlier.supersedes_id else None
        return tuple(found)

    def _line(self, fact: Fact, earlier: tuple[FactLine, ...]) -> FactLine:
        audience = self.cut.value(fact.audience_id) if self.reader.professional else None
        names = {person.id: person.name for person in self.people}
        return FactLine(
            id=fact.id,
            about=fact.about_id,
            child=fact.child_id,
            kind=fact.kind,
            label=say(KINDS[fact.kind].label, self.lang) if fact.kind in KINDS else fact.kind,
            value=fact.value,
            since=fact.since,
            source=self.telling.words(fact.source),
            recorded_by=fact.recorded_by.name,
            recorded_at=fact.made_at,
            audience=audience,
            named=_named(audience.named, names) if audience else (),
            shut_out=_named(audience.shut_out, names) if audience else (),
            earlier=earlier,
        )

    def _registrations(self) -> dict[UUID, list[RegistrationLine]]:
        titles = {item.code: say(item.title, self.lang) for item in self.procedure.categories}
        found: dict[UUID, list[RegistrationLine]] = {}
        for row in Registration.objects.filter(group=self.case.group).order_by("began_on", "id"):
            words = tuple(titles.get(code, code) for code in row.categories)
            line = RegistrationLine(row.began_on, words, row.ended_on, row.ended_because)
            found.setdefault(row.child_id, []).append(line)
        return found

    def _child(
        self, child: Child, facts: list[Fact], registrations: dict[UUID, list[RegistrationLine]], today: date
    ) -> Sheet:
        return Sheet(
            child.person_id, child.id, self.names[child.id], age_words(child, today), child.date_of_birth,
            child.expected_on if child.date_of_birth is None else None, self._lines(facts, child.person_id),
            tuple(self._relations(child)), tuple(registrations.get(child.id, ())),
        )  # fmt: skip

    def _adult(self, adult: AdultLine, facts: list[Fact]) -> Sheet:
        caption = ", ".join(f"{kind}: {child}" for kind, child in adult.relations)
        return Sheet(adult.person, None, adult.name, caption, facts=self._lines(facts, adult.person))

    def _relations(self, child: Child) -> Iterable[RelationLine]:
        told = "address" not in self.must_not_learn
        for row in self.case.relationships:
            if row.child_id != child.id or not self.cut.sees(row.audience_id, child.id):
                continue
            if self.cut.sees(row.adult.audience_id):
                kind = say(RELATIONSHIPS.get(row.kind, RELATIONSHIPS["other"]), self.lang)
                lives = row.lives_with if told else None
                yield RelationLine(row.adult.person.name, kind, row.responsibility, lives)


def _named(ids: Iterable[UUID], names: dict[UUID, str]) -> tuple[str, ...]:
    return tuple(sorted(names.get(one, "") for one in ids if names.get(one)))
