"""Family first: what parents and children want said, and whether each child comes, cut for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut, cut_of, family_known
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.family_words import coming, in_the_room
from coregroup.casefile.naming import child_name
from coregroup.casefile.outline import AudienceSeen, audience_seen
from coregroup.casefile.plans_forms import Standing
from coregroup.casefile.sentences import lang_now
from coregroup.casefile.who import adults_of
from coregroup.casefile.workspace import Entry, cut_entries
from coregroup.records.models import Audience, Child, Meeting, MeetingEntry, StoredFile
from coregroup.rules import book, meeting_entries
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed

KINDS = ("asked", "child_attends")


@dataclass(frozen=True)
class Asked:
    """What one person of the family wants said, as far as the reader may read it.

    `number` is 0 where nothing is written that the reader may see; `own` marks the reader's own words.
    """

    person: UUID
    name: str
    relation: str
    child: UUID | None
    own: bool
    number: int = 0
    wants: str = ""
    how: str = ""
    on: date | None = None
    helped_by: str = ""
    file: UUID | None = None
    by: str = ""
    at: datetime | None = None
    audience: AudienceSeen | None = None
    words_kept: bool = False  # that they were asked may be known, and not what they said

    @property
    def asked(self) -> bool:
        """Whether the reader may know that this person has been asked, or has said something."""
        return bool(self.number and (self.wants.strip() or self.on or self.how or self.file))


@dataclass(frozen=True)
class Attendance:
    """Whether one child comes, why, how their wishes come in otherwise; `decision` "" while it is open."""

    child: UUID
    name: str
    number: int = 0
    decision: str = ""
    why: str = ""
    way: str = ""
    who_asks: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class FamilyFirst:
    """The page of what the family want said at one meeting. `coming` is said to a family reader."""

    group: UUID
    meeting: UUID
    word: str
    heading: str
    on: date
    starts_at: time | None
    venue: str
    address: str
    open: bool
    professional: bool
    may_write: bool
    may_decide: bool
    people: tuple[Asked, ...]
    children: tuple[Attendance, ...]
    room: tuple[str, ...]
    coming: str

    @property
    def own(self) -> Asked | None:
        """The reader's own words, where the reader belongs to the family."""
        return next((one for one in self.people if one.own), None)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The names of the children about whose coming nothing is decided."""
        return tuple(one.name for one in self.children if not one.decision)


@dataclass(frozen=True)
class AskedForm:
    """What the form for one person's words needs: what stands, who may see it, who can be chosen."""

    page: FamilyFirst
    one: Asked
    standing: Standing
    people: tuple[PersonChoice, ...]


def family_first(*, group: UUID, meeting: UUID, by: Actor) -> FamilyFirst:
    """What the family want said at a meeting, and whether each child comes (R3, R30, R66).

    A family reader gets what happens in the room in plain words, and their own words back. Raises Closed for
    a meeting that the reader may not see.
    """
    case = open_group(group, by=by, to=Capability.SEE_MEETING, what=f"family first {meeting}")
    cut = cut_of(case)
    return _page(case, cut, seen_meeting(case, cut, meeting))


def asked_form(*, group: UUID, meeting: UUID, person: UUID, by: Actor) -> AskedForm:
    """The form for what one person wants said. Closed for whom the actor may not write for; Refused."""
    case = open_group(group, by=by, to=Capability.SAY_BEFOREHAND, what=f"said beforehand {meeting}")
    cut = cut_of(case)
    row = seen_meeting(case, cut, meeting)
    page = _page(case, cut, row)
    one = next((one for one in page.people if one.person == person), None)
    if one is None or not (one.own or page.professional):
        raise Closed
    people = people_to_choose(case, cut) if page.professional else ()
    return AskedForm(page, one, _standing(case, cut, row, one), people)


def seen_meeting(case: Case, cut: Cut, meeting: UUID) -> Meeting:
    """A meeting of the case that the reader may see; a guest their own alone. One query. Closed else."""
    row = Meeting.objects.filter(group=case.group, id=meeting).select_related("chair", "minute_taker").first()
    if row is None or not cut.sees(row.audience_id):
        raise Closed
    if case.guest is not None and case.guest.meeting_id != row.id:
        raise Closed
    return row


def asked_of(case: Case, cut: Cut, rows: Iterable[Entry]) -> tuple[Asked, ...]:
    """Everybody of the family whom the reader may know of, children first, each with what they want said.

    `rows` come from `family_entries`, or from a meeting's sheet. A family reader gets their own line, and
    those with words to read.
    """
    latest = {row.about: row for row in rows if row.kind == "asked"}
    names = {child.id: child_name(child) for child in _children(case, cut)}
    adults = adults_of(case, cut, names)
    known = {member.person_id: member.person.name for member in case.members}
    known |= {child.person_id: names[child.id] for child in _children(case, cut)}
    known |= {adult.person: adult.name for adult in adults}
    found = [
        _asked(cut, child.person_id, known, "", child.id, latest.get(child.person_id))
        for child in _children(case, cut) if child.date_of_birth
    ]  # fmt: skip
    for adult in adults:
        relation = ", ".join(f"{what} ({whose})" for what, whose in adult.relations)
        found.append(_asked(cut, adult.person, known, relation, None, latest.get(adult.person)))
    if cut.reader.professional:
        return tuple(found)
    told = (one for one in found if one.own or one.wants or one.file)
    return tuple(sorted(told, key=lambda one: not one.own))


def attendance_of(case: Case, cut: Cut, rows: Iterable[Entry]) -> tuple[Attendance, ...]:
    """The decision for each born child whom the reader may know of, decided or not (R66)."""
    latest = {row.child: row for row in rows if row.kind == "child_attends"}
    return tuple(
        _attendance(child, latest.get(child.id)) for child in _children(case, cut) if child.date_of_birth
    )


def undecided(case: Case, cut: Cut, rows: Iterable[Entry]) -> tuple[str, ...]:
    """The names of the children about whose coming nothing is decided yet (R66)."""
    return tuple(one.name for one in attendance_of(case, cut, rows) if not one.decision)


def family_entries(case: Case, cut: Cut, meeting: UUID) -> tuple[Entry, ...]:
    """What was asked and decided beforehand, as it stands, cut to the reader. One query."""
    later = MeetingEntry.objects.filter(
        meeting=OuterRef("meeting"), thing=OuterRef("thing"), number__gt=OuterRef("number")
    )
    rows = MeetingEntry.objects.filter(group=case.group, meeting=meeting, kind__in=KINDS)
    return cut_entries(case, cut, rows.exclude(Exists(later)).order_by("thing"))


def _page(case: Case, cut: Cut, row: Meeting) -> FamilyFirst:
    rows = family_entries(case, cut, row.id)
    procedure = book.load(case.group.procedure)
    professional = cut.reader.professional
    still = row.state in meeting_entries.KINDS["asked"].when
    attends = next(
        (one.adult.attends for one in case.relationships if one.adult.person_id == cut.reader.person), "yes"
    )
    return FamilyFirst(
        group=case.group.id,
        meeting=row.id,
        word=procedure.word("core_group_meeting", lang_now()),
        heading=case.group.family.label if professional else "",
        on=row.planned_on,
        starts_at=row.starts_at,
        venue=row.venue,
        address=row.venue_address,
        open=still,
        professional=professional,
        may_write=still and case.can(Capability.SAY_BEFOREHAND),
        may_decide=still and case.can(Capability.TAKE_PART),
        people=asked_of(case, cut, rows),
        children=attendance_of(case, cut, rows),
        room=() if professional else in_the_room(procedure, lang_now()),
        coming="" if professional else coming(attends),
    )


def _children(case: Case, cut: Cut) -> list[Child]:
    return [child for child in case.children if child.id in cut.reader.children]


def _asked(
    cut: Cut, person: UUID, known: dict[UUID, str], relation: str, child: UUID | None, row: Entry | None
) -> Asked:
    own, name = person == cut.reader.person, known[person]
    if row is None:
        return Asked(person, name, relation, child, own)
    told = row.content
    return Asked(
        person, name, relation, child, own, row.number, told.get("wants", ""), told.get("how", ""),
        _date(told.get("on")), told.get("helped_by", ""), _uuid(told.get("file")), row.by_name, row.at,
        audience_seen(cut, row.audience, known), "wants" not in told,
    )  # fmt: skip


def _attendance(child: Child, row: Entry | None) -> Attendance:
    if row is None:
        return Attendance(child.id, child_name(child))
    told = row.content
    return Attendance(
        child.id, child_name(child), row.number, told.get("decision", ""), told.get("why", ""),
        told.get("way", ""), told.get("who_asks", ""), row.by_name, row.at,
    )  # fmt: skip


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _standing(case: Case, cut: Cut, meeting: Meeting, one: Asked) -> Standing:
    """Who may see the words as they stand; of new ones, who would, unless somebody chooses otherwise."""
    row = (
        MeetingEntry.objects.filter(meeting=meeting, kind="asked", about=one.person, number=one.number)
        .select_related("audience").first()
        if one.number else None
    )  # fmt: skip
    if row is not None:
        kept: Audience = row.audience
        value = cut.value(kept.id)
        return Standing(
            kept.base, value.named, value.shut_out, kept.reason, kept.permitted_by, kept.review_on
        )
    apart = frozenset(
        link.adult.person_id for link in case.relationships
        if link.adult.person_id != one.person and (link.adult.attends != "yes" or link.adult.must_not_learn)
    )  # fmt: skip
    because = _("This adult does not meet with the others.") if apart else ""
    return Standing("group", frozenset(), apart & family_known(case, cut), because, "", None)


def file_titles(files: Iterable[UUID], cut: Cut) -> dict[UUID, str]:
    """The names of those files that the reader may see. One query."""
    rows = StoredFile.objects.filter(id__in=list(files))
    return {row.id: row.title for row in rows if cut.sees(row.audience_id, row.child_id)}
