"""Who is given the record of a meeting, by the procedure's list: those concerned with any child it served."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from coregroup.access.doors import Case
from coregroup.casefile.audiences import Cut, family_known
from coregroup.casefile.hand_outs import listed
from coregroup.casefile.telling import telling_of
from coregroup.records.models import Child, Membership, Person


@dataclass(frozen=True)
class RecipientLine:
    """Somebody on the list. `person` is None for the file; `left_out`: the meeting decided so."""

    code: str
    person: UUID | None
    name: str
    standing: str
    has_own_page: bool
    language: str = "en"
    left_out: bool = False

    @property
    def key(self) -> str:
        """How an address names this recipient."""
        return str(self.person or self.code)


def recipients_of(
    case: Case,
    cut: Cut,
    children: Collection[Child] | None = None,
    *,
    left_out: frozenset[UUID] = frozenset(),
) -> tuple[RecipientLine, ...]:
    """The recipients whom the reader may know of, in the procedure's order (R14, R53, R97). One query."""
    concerned = case.children if children is None else children
    found = []
    for code, person, standing, own_page in listed(case, concerned):
        if person is None:
            found.append(RecipientLine(code, None, standing, standing, False))
        elif _known(case, cut, person):
            found.append(
                RecipientLine(
                    code, person.id, person.name, standing, own_page, person.language,
                    person.id in left_out,
                )
            )  # fmt: skip
    return tuple(found)


def _known(case: Case, cut: Cut, person: Person) -> bool:
    if person.kind != Person.PROFESSIONAL:
        return person.id in family_known(case, cut)
    member = case.member(person.id)
    staff = member is not None and member.part in (Membership.MEMBER, Membership.CHAIR)
    return not staff or member is None or telling_of(case, cut.reader).may_know(member)
