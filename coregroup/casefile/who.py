"""Who is who in a core group, in short: the members and the adults of the family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from coregroup.access.doors import Case
from coregroup.casefile.audiences import Cut
from coregroup.casefile.sentences import lang_now
from coregroup.casefile.telling import telling_of
from coregroup.records.models import Membership
from coregroup.rules.access import Reader
from coregroup.rules.face_sheet import ATTENDANCE, RELATIONSHIPS
from coregroup.rules.procedure import say


@dataclass(frozen=True)
class MemberLine:
    """A professional of the group: agency, role in plain words, for which children they lead."""

    person: UUID
    name: str
    agency: str
    job_title: str
    role: str
    chair: bool
    leads: tuple[str, ...]
    joined_at: datetime | None


@dataclass(frozen=True)
class AdultLine:
    """An adult of the family: what they are to each child that the reader knows of, whether they attend."""

    person: UUID
    name: str
    relations: tuple[tuple[str, str], ...]
    attends: str


def members_of(case: Case, reader: Reader, children: Mapping[UUID, str]) -> tuple[MemberLine, ...]:
    """The professionals of a group whom the reader may know of, leads first.

    A member limited to some children shows with these alone; an agency whose very name would tell a person
    what they must not learn (a school) is left out.
    """
    telling = telling_of(case, reader)
    found = []
    for member in case.members:
        if member.part not in (Membership.MEMBER, Membership.CHAIR) or not telling.may_know(member):
            continue
        leads = tuple(
            children[child.id] for child in case.children
            if child.id in children and child.lead_person_id == member.person_id  # type: ignore[attr-defined]
        )  # fmt: skip
        found.append(
            MemberLine(
                member.person_id,
                member.person.name,
                telling.agency(member.person),
                member.person.job_title if telling.may_name_agency(member.person) else "",
                telling.words(member.role),
                member.part == Membership.CHAIR,
                leads,
                member.joined_at,
            )  # fmt: skip
        )
    return tuple(sorted(found, key=lambda one: (not one.leads, one.chair, one.name.casefold())))


def adults_of(case: Case, cut: Cut, children: Mapping[UUID, str]) -> tuple[AdultLine, ...]:
    """The adults whom the reader may know of, by the children whom they may know of."""
    lang = lang_now()
    names: dict[UUID, tuple[str, str]] = {}
    relations: dict[UUID, list[tuple[str, str]]] = {}
    for row in case.relationships:
        adult = row.adult
        if (
            row.child_id not in children
            or not cut.sees(adult.audience_id)
            or not cut.sees(row.audience_id, row.child_id)
        ):
            continue
        names[adult.person_id] = (adult.person.name, adult.attends)
        kind = say(RELATIONSHIPS.get(row.kind, RELATIONSHIPS["other"]), lang)
        relations.setdefault(adult.person_id, []).append((kind, children[row.child_id]))
    shown = cut.reader.professional
    return tuple(
        AdultLine(
            person, name, tuple(relations[person]),
            say(ATTENDANCE[attends], lang) if shown and attends in ATTENDANCE and attends != "yes" else "",
        )
        for person, (name, attends) in names.items()
    )  # fmt: skip
