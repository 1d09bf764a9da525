"""Notes to the lead worker, with their answers: the list of a core group, one note, those since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut, cut_of
from coregroup.casefile.naming import first_name
from coregroup.casefile.sentences import lang_now
from coregroup.records.models import LeadNote, LeadNoteAnswer, Person
from coregroup.rules import book
from coregroup.rules.access import Actor, Base, Capability, Relation
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class NoteWord:
    """An answer to a note, or a further word of whoever wrote it."""

    text: str
    by_name: str
    at: datetime
    from_lead: bool


@dataclass(frozen=True)
class LeadNoteLine:
    """A note to the lead worker, as one reader may see it. `waits` while nobody has answered its last word.

    `page` is the address it was written from; "" where the reader may not know of it. `kept` says, to
    professionals, that not everybody of the group reads it: `professionals`, `named` or `not_to`.
    """

    id: UUID
    text: str
    urgent: bool
    child: UUID | None
    child_name: str
    by: UUID
    by_name: str
    mine: bool
    at: datetime
    page: str
    words: tuple[NoteWord, ...]
    waits: bool
    kept: str = ""


@dataclass(frozen=True)
class NotesPage:
    """The notes of a core group. `leads`: the reader answers them. `lead_word` is the procedure's."""

    group: UUID
    heading: str
    lead_word: str
    leads: bool
    may_write: bool
    waiting: tuple[LeadNoteLine, ...]
    answered: tuple[LeadNoteLine, ...]


@dataclass(frozen=True)
class NotePage:
    """One note with its answers, and what the reader may do with it."""

    group: UUID
    heading: str
    lead_word: str
    note: LeadNoteLine
    may_answer: bool
    may_add: bool


@dataclass(frozen=True)
class NewNote:
    """What a page for writing a note needs. `only_lead`: it would go to the writer alone."""

    group: UUID
    heading: str
    lead_word: str
    professional: bool
    only_lead: bool
    nobody: bool
    must_choose: bool
    children: tuple[tuple[UUID, str, str], ...]  # (id, name, who leads)


def notes_since(case: Case, cut: Cut, since: datetime | None = None) -> tuple[LeadNoteLine, ...]:
    """The notes written or answered since a moment (None: all), cut to the reader, the latest first.

    For a meeting: what was written between this one and the last. Two queries, whatever their number.
    """
    answers = LeadNoteAnswer.objects.select_related("by").order_by("made_at", "id")
    rows = (
        LeadNote.objects.filter(group=case.group)
        .select_related("by")
        .prefetch_related(Prefetch("answers", queryset=answers))
        .order_by("-made_at", "-id")
    )
    lines = [_line(case, cut, row) for row in rows if _seen(cut, row)]
    return tuple(line for line in lines if since is None or _last(line) >= since)


def notes(*, group: UUID, by: Actor) -> NotesPage:
    """The notes of a core group that the reader may see, those that wait first. Closed to a stranger. R19."""
    case = open_group(group, by=by, to=Capability.WRITE_TO_LEAD, what="notes to the lead worker")
    lines = _own_list(case)
    return NotesPage(
        group=case.group.id,
        heading=_heading(case),
        lead_word=_lead_word(case),
        leads=Relation.LEAD in case.relations,
        may_write=not _only_lead(case),
        waiting=tuple(sorted((one for one in lines if one.waits), key=lambda one: not one.urgent)),
        answered=tuple(one for one in lines if not one.waits),
    )


def note(*, group: UUID, note: UUID, by: Actor) -> NotePage:
    """One note with its answers. Raises Closed for what the reader may not see. R19, R26."""
    case = open_group(group, by=by, to=Capability.WRITE_TO_LEAD, what=f"note {note}")
    line = next((one for one in _own_list(case) if one.id == note), None)
    if line is None:
        raise Closed
    leads = Relation.LEAD in case.relations and not line.mine
    return NotePage(case.group.id, _heading(case), _lead_word(case), line, leads, line.mine)


def new_note(*, group: UUID, by: Actor) -> NewNote:
    """What is needed to write a note. Closed to a stranger."""
    case = open_group(group, by=by, to=Capability.WRITE_TO_LEAD, what="new note to the lead worker")
    reader = case.reader()
    people = {member.person_id: member.person for member in case.members}
    known = [child for child in case.children if child.id in reader.children]
    leads = {child.lead_person_id for child in case.children}  # type: ignore[attr-defined]
    limited_lead = any(case.reader(people[one]).limited for one in leads if one in people)
    return NewNote(
        group=case.group.id,
        heading=_heading(case),
        lead_word=_lead_word(case),
        professional=by.professional,
        only_lead=_only_lead(case),
        nobody=not any(child.lead_person_id for child in known),  # type: ignore[attr-defined]
        must_choose=reader.limited or limited_lead,
        children=tuple((child.id, first_name(child), _lead_of(child, people)) for child in known),
    )


def _own_list(case: Case) -> tuple[LeadNoteLine, ...]:
    """The notes for a page between meetings. A guest of one meeting finds only what they wrote themselves."""
    lines = notes_since(case, cut_of(case))
    return tuple(line for line in lines if case.guest is None or line.mine)


def _lead_of(child: object, people: dict[UUID, Person]) -> str:
    person = people.get(child.lead_person_id)  # type: ignore[attr-defined]
    return person.name if person else ""


def _only_lead(case: Case) -> bool:
    """Does the actor lead the work for every child whom they know of?"""
    leads = {
        child.lead_person_id  # type: ignore[attr-defined]
        for child in case.children if child.id in case.reader().children
    }  # fmt: skip
    return leads == {case.by.person}


def _lead_word(case: Case) -> str:
    return book.load(case.group.procedure).word("lead_worker", lang_now())


def _heading(case: Case) -> str:
    """The family's label; the family reads its own children's names, for the label may be another's name."""
    if case.by.professional:
        return case.group.family.label
    known = case.reader().children
    return ", ".join(first_name(child) for child in case.children if child.id in known)


def _seen(cut: Cut, row: LeadNote) -> bool:
    """May the reader see a note? What one of the family wrote is read by no other of the family.

    A text about all the children is withheld from whoever may not know of them all, but for its writer.
    """
    reader = cut.reader
    own = row.by_id == reader.person
    if not reader.professional and row.by.kind == Person.FAMILY and not own:
        return False
    if row.child_id is None and reader.limited and not own:
        return False
    return cut.sees(row.audience_id, row.child_id)


def _line(case: Case, cut: Cut, row: LeadNote) -> LeadNoteLine:
    child = next((one for one in case.children if one.id == row.child_id), None)
    words = tuple(
        NoteWord(one.text, one.by.name, one.made_at, one.by_id != row.by_id) for one in row.answers.all()
    )
    return LeadNoteLine(
        id=row.id,
        text=row.text,
        urgent=row.urgent,
        child=row.child_id,
        child_name=first_name(child) if child else "",
        by=row.by_id,
        by_name=row.by.name,
        mine=row.by_id == cut.reader.person,
        at=row.made_at,
        page="" if _tells_another(case, cut, row.page) else row.page,
        words=words,
        waits=not words or not words[-1].from_lead,
        kept=_kept(cut, row.audience_id) if cut.reader.professional else "",
    )


def _tells_another(case: Case, cut: Cut, page: str) -> bool:
    """Does an address name a child whom the reader may not know of?"""
    hidden = (child.id for child in case.children if child.id not in cut.reader.children)
    return any(str(child) in page for child in hidden)


def _kept(cut: Cut, audience: UUID) -> str:
    value = cut.value(audience)
    if value.base is not Base.GROUP:
        return str(value.base)
    return "not_to" if value.shut_out else ""


def _last(line: LeadNoteLine) -> datetime:
    return max((line.at, *(one.at for one in line.words)))
