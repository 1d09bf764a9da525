"""Writing into the chronology: what happened, what it meant for the child, what was done (R13, R118)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.meeting_words import spoken_audience
from coregroup.casework.plan_people import sees
from coregroup.casework.plan_versions import in_session, refuse_guest_elsewhere
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Audience, ChronologyEntry, Person
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem, Problems
from coregroup.rules.happenings_meetings import ChronologyWritten

LONGEST = 20_000  # characters of one text


def write_entry(
    *,
    group: UUID,
    on: date | None,
    text: str,
    impact: str = "",
    done: str = "",
    child: UUID | None = None,
    source: UUID | None = None,
    audience: AudienceChoice | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Writes one entry; gives its id. While a meeting is in session it belongs to that meeting.

    `child` None: it concerns the whole family. `source` is the person of the case who told it, by default
    the actor; their agency stands as the source. `audience` None: the whole group; of what somebody of the
    family told, all but adults who are kept apart from them. Raises Problems at `on`, `text` or `audience`;
    Closed for a child or a source that is not of this case.
    """
    with act(group, by=by, to=Capability.ADD_ENTRY, once=once, what="chronology entry") as case:
        refuse_guest_elsewhere(case)
        whose = case.child(child) if child else None
        teller = _source(case, source)
        on = _checked(on, text, impact, done)
        seen_by = audience_row(case, audience) if audience else _usual_audience(case, teller)
        if not sees(case, seen_by, whose):
            raise Problem("audience", _("You would shut yourself out: name yourself as well."))
        row = ChronologyEntry.objects.create(
            authority=case.group.authority, group=case.group, on=on, child=whose, text=text.strip(),
            impact=impact.strip(), done=done.strip(), source=teller, source_agency_id=teller.agency_id,
            meeting=in_session(case), audience=seen_by,
        )  # fmt: skip
        said = ChronologyWritten(child=whose.id if whose else None, entry=row.id, on=on)
        row.because = settle(said, case=case, audience=seen_by)
        row.save(update_fields=["because"])
        note_outcome(once, row.id)
    return row.id


def _checked(on: date | None, text: str, impact: str, done: str) -> date:
    faults: list[tuple[str | None, str]] = []
    if on is None:
        faults.append(("on", _("Enter the date when it happened.")))
    elif on > timezone.localdate():
        faults.append(("on", _("The date when it happened must be today or in the past.")))
    if not text.strip():
        faults.append(("text", _("Say what happened.")))
    for name, told in (("text", text), ("impact", impact), ("done", done)):
        if len(told) > LONGEST:
            faults.append((name, _("This is too long to be kept.")))
    if faults or on is None:
        raise Problems(faults)
    return on


def _usual_audience(case: Case, teller: Person) -> Audience:
    """The whole group; of what one of the family told, as of anything that they say."""
    if teller.kind == Person.FAMILY:
        return spoken_audience(case, teller.id)
    return standing_audience(case)


def _source(case: Case, source: UUID | None) -> Person:
    """The person who told it: of the case, or the actor."""
    if source is None or source == case.by.person:
        return Person.objects.get(id=case.by.who)
    persons = {member.person_id: member.person for member in case.members}
    persons |= {
        child.person_id: child.person for child in case.children if child.id in case.reader().children
    }
    persons |= {row.adult.person_id: row.adult.person for row in case.relationships}
    if source not in persons:
        raise Closed
    return persons[source]
