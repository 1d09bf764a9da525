"""settle: the single place where what follows from a happening is written down."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import Case, guest_of_meeting
from coregroup.casework.audiences import standing_audience, value_of
from coregroup.records.models import AgendaItem, Audience, ChronologyEntry, LedgerEntry, Membership, Notice
from coregroup.rules import book
from coregroup.rules.access import Reader, may_see
from coregroup.rules.consequences import Agenda, Entry, Note, To, following
from coregroup.rules.happenings import Happening
from coregroup.rules.happenings_meetings import GuestNamed, NoteAnswered


def settle(happening: Happening, *, case: Case, audience: Audience | None = None) -> LedgerEntry:
    """Writes the happening into the ledger, and its consequences, each pointing back with `because`.

    `audience` is that of the text the happening comes from: entries and agenda items take it, and nobody who
    may not see it is told. Must run inside the verb's transaction.
    """
    audience = audience or standing_audience(case)
    entry = _ledger(happening, case, audience)
    traits = frozenset(item.code for item in book.load(case.group.procedure).section("traits"))
    for consequence in following(happening, traits):
        if isinstance(consequence, Entry):
            _write_entry(consequence, happening, case, entry, audience)
        elif isinstance(consequence, Agenda):
            AgendaItem.objects.create(
                authority=case.group.authority, group=case.group, child_id=happening.child,
                code=consequence.code, data=entry.data, because=entry, audience=audience,
            )  # fmt: skip
        else:
            _write_notices(consequence, happening, case, entry, audience)
    return entry


def _ledger(happening: Happening, case: Case, audience: Audience) -> LedgerEntry:
    return LedgerEntry.objects.create(
        authority=case.group.authority, at=timezone.now(), happening=type(happening).__name__,
        data=happening.data(), group=case.group, child_id=happening.child, by_id=case.by.person,
        by_name=case.by.name[:200], audience=audience,
    )  # fmt: skip


def _write_entry(
    consequence: Entry, happening: Happening, case: Case, because: LedgerEntry, audience: Audience
) -> None:
    on = happening.data().get("on") or timezone.localdate().isoformat()
    ChronologyEntry.objects.create(
        authority=case.group.authority, group=case.group, child_id=happening.child, on=on,
        code=consequence.code, data=because.data, source_id=case.by.person, source_agency_id=case.by.agency,
        because=because, audience=audience,
    )  # fmt: skip


def _write_notices(
    note: Note, happening: Happening, case: Case, because: LedgerEntry, audience: Audience
) -> None:
    rule = value_of(audience)
    told = []
    for member_person in _recipients(note.to, happening, case):
        person, reader = member_person
        own = person == case.by.person and not note.even_self
        if own or not may_see(rule, reader, child=happening.child):
            continue
        told.append(
            Notice(
                authority=case.group.authority,
                group=case.group,
                child_id=happening.child,
                to_id=person,
                code=note.code,
                data=because.data,
                urgent=note.urgent,
                because=because,
            )  # fmt: skip
        )
    Notice.objects.bulk_create(told)


def _recipients(to: To, happening: Happening, case: Case) -> list[tuple[UUID, Reader]]:
    named = (
        happening.data().get("person") or happening.data().get("owner") or happening.data().get("recipient")
    )
    members = {str(member.person_id): member for member in case.members}
    ids: set[UUID] = set()
    if to is To.LEAD:
        ids = {child.lead_person_id for child in _concerned(happening, case) if child.lead_person_id}
    elif to is To.MEMBERS:
        ids = {member.person_id for member in case.members if member.part == Membership.MEMBER}
    elif to is To.CONFERENCE_CHAIR:
        ids = {member.person_id for member in case.members if member.part == Membership.CHAIR}
    elif to is To.PERSON and named in members:
        ids = {members[named].person_id}
    elif to is To.PERSON and isinstance(happening, GuestNamed) and happening.person:
        guest = guest_of_meeting(case, happening.person)
        return [(happening.person, guest)] if guest else []
    elif to is To.PERSON and named and any(str(one.person.manager_id) == named for one in case.members):
        return [(UUID(named), case._reader(UUID(named), True))]  # no member, but the manager of one
    elif to is To.PERSON and isinstance(happening, NoteAnswered):
        guest = guest_of_meeting(case, happening.person)
        return [(happening.person, guest)] if guest else []
    elif to is To.MANAGER:
        who = members.get(named or "") or members.get(str(case.by.person))
        if who and who.person.manager_id:
            ids = {who.person.manager_id}
            return [(who.person.manager_id, case._reader(who.person.manager_id, True))]
    return [(person, case.reader(members[str(person)].person)) for person in ids if str(person) in members]


def _concerned(happening: Happening, case: Case) -> list:
    return [child for child in case.children if happening.child in (None, child.id)]
