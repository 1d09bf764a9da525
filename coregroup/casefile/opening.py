"""What the pages that open a core group need to show: who can be chosen, and what the rules propose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from coregroup.access.doors import open_group, open_house
from coregroup.casefile.audiences import cut_of
from coregroup.records.models import Authority, ClosureDay, Conference, Meeting, Person
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.dates import OutOfTable
from coregroup.rules.errors import Closed
from coregroup.rules.procedure import Procedure, say
from coregroup.rules.rows import Row
from coregroup.rules.says import why
from coregroup.rules.timescales import Event, timetable

LIMITS = ("first_core_group", "first_review")


@dataclass(frozen=True)
class Worker:
    """A professional who can be chosen: of an agency that serves the authority."""

    id: UUID
    name: str
    job_title: str
    agency: str
    duties: frozenset[str]

    @property
    def label(self) -> str:
        """Name, job title and agency: two people of one name are told apart."""
        about = ", ".join(part for part in (self.job_title, self.agency) if part)
        return f"{self.name} – {about}" if about else self.name

    @property
    def words(self) -> str:
        """What a search looks through."""
        return f"{self.name} {self.job_title} {self.agency}".casefold()


@dataclass(frozen=True)
class Limit:
    """A date that the rules set from the conference: `meet_by` is the last working day within it."""

    rule: str
    label: str
    latest: date
    meet_by: date
    expected: date | None
    why: str
    source: str
    assumed: bool
    status: str | None = None


@dataclass(frozen=True)
class Desk:
    """All that lies ready when a core group is opened. `limits` by rule; none before the date is known."""

    authority: str
    procedure: Procedure
    workers: tuple[Worker, ...]
    limits: dict[str, Limit]

    def worker(self, person: UUID | str | None) -> Worker | None:
        """One of the people who can be chosen, by id."""
        return next((worker for worker in self.workers if str(worker.id) == str(person)), None)

    def word(self, key: str) -> str:
        """The procedure's own term, in the reader's language (R39)."""
        return self.procedure.word(key, language())


@dataclass(frozen=True)
class FamilyPerson:
    """A child or an adult of the family: their place in the group (`id`), and who they are (`person`)."""

    id: UUID
    person: UUID
    name: str


@dataclass(frozen=True)
class Opened:
    """A core group that has just been opened, and what comes next in it."""

    group: UUID
    family: str
    first_meeting: date | None
    meeting: UUID | None
    review_on: date | None
    invited: tuple[str, ...]
    outline_plan: str
    children: tuple[FamilyPerson, ...] = ()
    adults: tuple[FamilyPerson, ...] = ()


def language() -> str:
    """The reader's language, as procedures name it."""
    return (get_language() or "en").split("-")[0]


def desk(*, by: Actor, held_on: date | None = None) -> Desk:
    """Opens what is needed to open a core group; with the conference's date also the limits that follow.

    Four queries. Closed to whoever may not open one. R4, R41, R48, R95.
    """
    open_house(by=by, to=Capability.OPEN_GROUP, what="open core group")
    authority = Authority.objects.filter(id=by.authority).first() if by.authority else None
    if authority is None:
        raise Closed
    people = Person.objects.filter(kind=Person.PROFESSIONAL, agency__serves=authority)
    rows = people.select_related("agency").order_by("given_name", "family_name", "id")
    workers = tuple(
        Worker(row.id, row.name, row.job_title, row.agency.name if row.agency else "", frozenset(row.duties))
        for row in rows
    )
    procedure = book.load(authority.procedure)
    limits = _limits(authority, procedure, held_on) if held_on else {}
    return Desk(authority.name, procedure, workers, limits)


def _limits(authority: Authority, procedure: Procedure, held_on: date) -> dict[str, Limit]:
    closed = set(ClosureDay.objects.filter(authority=authority).values_list("day", flat=True))
    try:
        rows = timetable(procedure, [Event("initial_conference", held_on)], closure_days=closed)
    except OutOfTable:
        return {}
    return {row.rule: _limit(row) for row in rows if row.rule in LIMITS and row.latest}


def _limit(row: Row) -> Limit:
    lang = language()
    assert row.latest
    return Limit(
        rule=row.rule, label=say(row.title, lang), latest=row.latest, meet_by=row.meet_by or row.latest,
        expected=row.expected, why=why(row, lang), source=say(row.source.title, lang), assumed=row.assumed,
    )  # fmt: skip


def opened(*, group: UUID | str, by: Actor) -> Opened:
    """What the page after the opening says. Closed to whoever stands in no relation to the group."""
    case = open_group(group, by=by, to=Capability.SEE_CASE, what="opened")
    if not by.professional:
        raise Closed
    meeting = Meeting.objects.standing().filter(group=case.group).order_by("planned_on").first()
    review = Conference.objects.filter(group=case.group, kind="review").order_by("planned_on").first()
    members = tuple(member.person.name for member in case.members if member.person_id != by.person)
    words = book.load(case.group.procedure)
    cut, seen = cut_of(case), case.reader().children
    meeting = meeting if meeting and cut.sees(meeting.audience_id) else None
    adults = {
        row.adult_id: row.adult
        for row in case.relationships
        if cut.sees(row.adult.audience_id) and cut.sees(row.audience_id, row.child_id)
    }
    return Opened(
        case.group.id, case.group.family.label, meeting.planned_on if meeting else None,
        meeting.id if meeting else None,
        review.planned_on if review else None, members, words.word("outline_plan", language()),
        tuple(FamilyPerson(c.id, c.person_id, c.person.name) for c in case.children if c.id in seen),
        tuple(FamilyPerson(a.id, a.person_id, a.person.name) for a in adults.values()),
    )  # fmt: skip
