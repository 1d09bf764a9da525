"""Who cannot come to a meeting and what they send instead, and who comes to it only (R18, R22, R54)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from coregroup.access.doors import Case
from coregroup.casefile.audiences import Cut
from coregroup.casefile.telling import telling_of
from coregroup.records.models import AccountPerson, Apology, MeetingGuest, MemberUpdate


@dataclass(frozen=True)
class ApologyLine:
    """A member's standing apology, cut for its reader.

    `instead` is a code: update, report, representative, nothing. `counts`: what they offer has come (an
    apology with an update counts once that is given). `file` is None where the reader may not open it.
    """

    id: UUID
    person: UUID
    name: str
    agency: UUID | None
    agency_name: str
    reason: str
    instead: str
    counts: bool
    nothing_because: str
    file: UUID | None
    file_title: str
    representative: str
    recorded_by: str


@dataclass(frozen=True)
class GuestLine:
    """Somebody who comes to one meeting only; `part` is a code, `beside` the member they stand for or with.

    `signs_in`: they have an account, and see the case until the meeting is over.
    """

    id: UUID
    person: UUID | None
    name: str
    agency_name: str
    part: str
    beside: UUID | None
    beside_name: str
    because: str
    signs_in: bool
    ended: bool
    named_by: UUID


def apologies_of(case: Case, cut: Cut, meeting: UUID) -> tuple[ApologyLine, ...]:
    """The standing apologies of a meeting, by name. Two queries; the caller has opened the door.

    Why a professional cannot come is for the professionals; what they send instead is for the whole group.
    """
    rows = Apology.objects.filter(group_id=case.group.id, meeting_id=meeting, withdrawn_at__isnull=True)
    rows = rows.select_related("person__agency", "file", "guest", "recorded_by")
    given = MemberUpdate.objects.filter(group_id=case.group.id, meeting_id=meeting, state="given")
    have_given = set(given.values_list("person_id", flat=True))
    telling = telling_of(case, cut.reader)
    found = []
    for row in rows:
        member = case.member(row.person_id)
        if member is not None and not telling.may_know(member):
            continue
        own = cut.reader.person in (row.person_id, row.recorded_by_id)
        told = cut.sees(row.audience_id) and (own or not cut.reader.limited)
        opens = row.file is not None and cut.sees(row.file.audience_id, row.file.child_id)
        found.append(
            ApologyLine(
                id=row.id, person=row.person_id, name=row.person.name, agency=row.person.agency_id,
                agency_name=telling.agency(row.person),
                reason=row.reason if told and cut.reader.professional else "",
                instead=row.instead, counts=row.instead != "update" or row.person_id in have_given,
                nothing_because=row.nothing_because if told else "",
                file=row.file_id if opens else None,
                file_title=row.file.title if opens and row.file else "",
                representative=row.guest.name if row.guest else "",
                recorded_by=row.recorded_by.name if row.recorded_by_id != row.person_id else "",
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), str(one.person))))


def guests_of(case: Case, cut: Cut, meeting: UUID, *, ended: bool = False) -> tuple[GuestLine, ...]:
    """Who comes to a meeting only, as they were named; with `ended` also whose part was ended.

    Two queries; the caller has opened the door. A guest beside a member of whom the reader does not know is
    absent.
    """
    rows = MeetingGuest.objects.filter(group_id=case.group.id, meeting_id=meeting)
    rows = rows if ended else rows.filter(ended_at__isnull=True)
    kept = list(rows.select_related("beside", "person__agency"))
    accounts = set(
        AccountPerson.objects.filter(person_id__in=[row.person_id for row in kept if row.person_id])
        .values_list("person_id", flat=True)
    )  # fmt: skip
    telling = telling_of(case, cut.reader)
    found = []
    for row in kept:
        member = case.member(row.beside_id) if row.beside_id else None
        if (member is not None and not telling.may_know(member)) or not cut.sees(row.audience_id):
            continue
        office = telling.agency(row.person) if row.person else telling.words(row.agency_name)
        found.append(
            GuestLine(
                id=row.id, person=row.person_id, name=row.name, agency_name=office, part=row.part,
                beside=row.beside_id, beside_name=row.beside.name if row.beside else "",
                because=row.because if not cut.reader.limited else "",
                signs_in=row.person_id in accounts, ended=row.ended_at is not None,
                named_by=row.named_by_id,
            )
        )  # fmt: skip
    return tuple(found)
