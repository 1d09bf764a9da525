"""A note to the lead worker between meetings, and its answer: both stay on the record (R19, R26)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, standing_audience, value_of
from coregroup.casework.consequences import settle
from coregroup.casework.plan_people import group_people, sees
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Adult, Audience, Child, LeadNote, LeadNoteAnswer, Notice, Person
from coregroup.rules.access import Actor, Base, Capability, Relation
from coregroup.rules.access import Audience as Value
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from coregroup.rules.happenings_meetings import NoteAnswered, NoteToLead

LONGEST = 5000
LONGEST_PAGE = 300


def write_note(
    *,
    group: UUID,
    text: str,
    child: UUID | None = None,
    urgent: bool = False,
    page: str = "",
    audience: AudienceChoice | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Writes to the lead worker; gives the note's id. Without a child it goes to every child's lead worker.

    Whoever may not know of every child says which child it is about. Without `audience` the professionals
    read it; what somebody of the family writes is read by them and the professionals, and by nobody else of
    the family. `page` is the address in this service from which it was written.

    Raises Problem(s) at `text`, `child` or `audience`; Refused where it would go to the writer alone, or to
    nobody; Closed.
    """
    with act(group, by=by, to=Capability.WRITE_TO_LEAD, once=once, what="note to lead worker") as case:
        _refuse_text(text)
        about = _about(case, child)
        _refuse_without_reader(case, about)
        row = _audience(case, audience)
        note = LeadNote.objects.create(
            authority=case.group.authority, group=case.group, child=about, by_id=by.who, text=text.strip(),
            urgent=urgent, page=page if len(page) <= LONGEST_PAGE else "", audience=row,
        )  # fmt: skip
        told = NoteToLead(child=about.id if about else None, note=note.id, urgent=urgent)
        settle(told, case=case, audience=row)
        note_outcome(once, note.id)
    return note.id


def answer_note(*, group: UUID, note: UUID, text: str, by: Actor, once: str | None = None) -> UUID:
    """Answers a note as a lead worker; whoever wrote it may add a further word, which waits again.

    Raises Problems at `text`, Refused to anybody else, Closed for what the actor may not see.
    """
    with act(group, by=by, to=Capability.WRITE_TO_LEAD, once=once, what=f"answer note {note}") as case:
        row = _note(case, note)
        own = row.by_id == by.person
        if not own and Relation.LEAD not in case.relations:
            raise Refused(_("Only the lead worker answers a note, or whoever wrote it adds to it."))
        _refuse_text(text)
        kept = LeadNoteAnswer.objects.create(
            authority=case.group.authority, group=case.group, note=row, text=text.strip(), by_id=by.who,
            audience=row.audience,
        )  # fmt: skip
        if own:
            settle(
                NoteToLead(child=row.child_id, note=row.id, urgent=row.urgent),
                case=case, audience=row.audience,
            )  # fmt: skip
        else:
            _put_away(case, row)
            settle(
                NoteAnswered(child=row.child_id, note=row.id, person=row.by_id),
                case=case, audience=row.audience,
            )  # fmt: skip
        note_outcome(once, kept.id)
    return kept.id


def _refuse_text(text: str) -> None:
    if not text.strip():
        raise Problems([("text", _("Write what you want to say."))])
    if len(text) > LONGEST:
        raise Problems([("text", _("Write %(most)d characters or fewer.") % {"most": LONGEST})])


def _about(case: Case, child: UUID | None) -> Child | None:
    """The child whom it is about; None for all of them.

    A text about all is read by nobody who may not know of every child, so where such a person writes or
    leads, it has to be about one.
    """
    if child is not None:
        return case.child(child)
    people = {member.person_id: member.person for member in case.members}
    limited_lead = any(case.reader(people[one]).limited for one in _leads(case, case.children))
    if not (case.reader().limited or limited_lead):
        return None
    known = [one for one in case.children if one.id in case.reader().children]
    if len(known) == 1:
        return known[0]
    raise Problem("child", _("Say which child it is about."))


def _refuse_without_reader(case: Case, about: Child | None) -> None:
    concerned = [about] if about else case.children
    leads = _leads(case, concerned)
    if not leads:
        raise Refused(_("Nobody leads the work for this child just now, so nobody would read it."))
    if leads == {case.by.person}:
        raise Refused(_("You lead the work for this child yourself."))


def _audience(case: Case, choice: AudienceChoice | None) -> Audience:
    """As chosen; by default the professionals; for the family's own words, all but the others of it."""
    if not case.by.professional:
        return _of_family(case)
    if choice is None:
        return _kept(case, Value(Base.PROFESSIONALS), _("A note to the lead worker, for the professionals."))
    if not choice.value().restricted:
        return standing_audience(case)
    row = audience_row(case, choice)
    leads = _leads(case, case.children)
    people = [member.person for member in case.members if member.person_id in leads]
    if not any(sees(case, row, person=person) for person in people):
        raise Problem("audience", _("Nobody who leads this work could read it."))
    if not sees(case, row):
        raise Problem("audience", _("You would shut yourself out: name yourself as well."))
    return row


def _leads(case: Case, children: Iterable[Child]) -> set[UUID]:
    """The members who lead the work for these children."""
    here = {member.person_id for member in case.members}
    return here & {child.lead_person_id for child in children}  # type: ignore[attr-defined]


def _of_family(case: Case) -> Audience:
    others = {key for key, person in group_people(case).items() if person.kind == Person.FAMILY}
    others |= set(Adult.objects.filter(group=case.group).values_list("person_id", flat=True))
    value = Value(shut_out=frozenset(others - {case.by.who}))
    return _kept(case, value, _("What one of the family writes to the lead worker is not for the others."))


def _kept(case: Case, value: Value, reason: str) -> Audience:
    """The group's audience of this shape that was made for notes, or a new one."""
    if not value.restricted:
        return standing_audience(case)
    used = LeadNote.objects.filter(group=case.group).values("audience")
    rows = Audience.objects.filter(id__in=used, base=str(value.base)).prefetch_related("persons")
    for row in rows.order_by("made_at"):
        if value_of(row) == value:
            return row
    return audience_row(case, AudienceChoice(base=str(value.base), shut_out=value.shut_out, reason=reason))


def _note(case: Case, note: UUID) -> LeadNote:
    """A note that the actor may see; else Closed. What one of the family wrote is never another's of it."""
    row = LeadNote.objects.filter(id=note, group=case.group).select_related("audience", "child", "by").first()
    if row is None:
        raise Closed
    own = row.by_id == case.by.person
    if row.child is not None:
        case.child(row.child_id)  # type: ignore[arg-type]
    elif case.reader().limited and not own:
        raise Closed
    if not case.by.professional and row.by.kind == Person.FAMILY and not own:
        raise Closed
    if not sees(case, row.audience, row.child):
        raise Closed
    return row


def _put_away(case: Case, note: LeadNote) -> None:
    """What told the lead workers that a note waits is done when one of them has answered it."""
    waiting = Notice.objects.filter(group=case.group, code="note_to_lead", done_at__isnull=True)
    waiting.filter(data__note=str(note.id)).update(done_at=timezone.now())
