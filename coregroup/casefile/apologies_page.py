"""The page of who cannot come and who comes to one meeting only, and what its forms need (R18, R22, R54)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from coregroup.access.doors import Case, open_group
from coregroup.casefile.apologies import ApologyLine, GuestLine, apologies_of, guests_of
from coregroup.casefile.audiences import Cut
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.naming import child_name, first_name
from coregroup.casefile.telling import telling_of
from coregroup.casefile.updates_own import head_of
from coregroup.casefile.updates_shapes import AChild, MeetingHead
from coregroup.records.models import Membership, Person
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class Colleague:
    """Somebody of the member's agency who is no member of this group."""

    id: UUID
    name: str
    job_title: str


@dataclass(frozen=True)
class ApologiesPage:
    """The standing apologies and the guests of one meeting; `may_give`: the reader is a member."""

    meeting: MeetingHead
    apologies: tuple[ApologyLine, ...]
    guests: tuple[GuestLine, ...]
    may_give: bool
    leads: bool
    me: UUID | None

    @property
    def mine(self) -> ApologyLine | None:
        """The reader's own standing apology."""
        return next((one for one in self.apologies if one.person == self.me), None)

    def may_withdraw(self, one: ApologyLine) -> bool:
        """Can the reader withdraw it?"""
        return self.may_give and self.meeting.under_way and (self.leads or one.person == self.me)

    def may_end(self, one: GuestLine) -> bool:
        """Can the reader say that this guest does not come after all?"""
        offered = one.part in ("companion", "representative", "interpreter", "advocate")
        own = self.me is not None and self.me in (one.beside, one.named_by)
        return offered and self.may_give and self.meeting.under_way and (self.leads or own)


@dataclass(frozen=True)
class ApologyRoom:
    """What the form for apologies needs: whose they are, whom they could send, the others for the lead."""

    page: ApologiesPage
    person: UUID
    name: str
    agency: str
    colleagues: tuple[Colleague, ...]
    members: tuple[tuple[UUID, str], ...]
    children: tuple[AChild, ...]
    people: tuple[PersonChoice, ...]


def apologies_page(*, group: UUID, meeting: UUID, by: Actor) -> ApologiesPage:
    """Who cannot come and what they send instead; who comes to this meeting only. Raises Closed, Refused."""
    case = open_group(group, by=by, to=Capability.SEE_MEETING, what=f"apologies of {meeting}")
    return _page(case, cut_for(case.group.id, case.reader()), meeting)


def apology_room(*, group: UUID, meeting: UUID, person: UUID | None = None, by: Actor) -> ApologyRoom:
    """The form for one's own apologies, or for the lead worker those of another member (`person`).

    Its page lists nothing of what stands. Raises Closed, Refused.
    """
    case = open_group(group, by=by, to=Capability.GIVE_UPDATE, what=f"apology for {meeting}")
    cut = cut_for(case.group.id, case.reader())
    page = _page(case, cut, meeting, lists=False)
    whose = person if person and page.leads else by.person
    member = case.member(whose)
    if member is None or member.part != Membership.MEMBER or not page.may_give:
        raise Closed
    office = member.person.agency
    telling = telling_of(case, cut.reader)
    others = tuple(
        (one.person_id, one.person.name) for one in case.members
        if one.part == Membership.MEMBER and one.person_id != by.person and telling.may_know(one)
    )  # fmt: skip
    return ApologyRoom(
        page=page, person=member.person_id, name=member.person.name, agency=office.name if office else "",
        colleagues=_colleagues(case, member), members=others if page.leads else (),
        children=tuple(
            AChild(one.id, child_name(one), first_name(one)) for one in case.children
            if one.id in cut.reader.children
        ),
        people=people_to_choose(case, cut),
    )  # fmt: skip


def _page(case: Case, cut: Cut, meeting: UUID, *, lists: bool = True) -> ApologiesPage:
    head, _since = head_of(case, cut, meeting)
    return ApologiesPage(
        meeting=head, apologies=apologies_of(case, cut, meeting) if lists else (),
        guests=guests_of(case, cut, meeting) if lists else (),
        may_give=case.can(Capability.GIVE_UPDATE) and case.guest is None,
        leads=Relation.LEAD in case.relations, me=case.by.person,
    )  # fmt: skip


def _colleagues(case: Case, member: Membership) -> tuple[Colleague, ...]:
    """Professionals of the member's agency who are no members of this group. One query."""
    if member.person.agency_id is None:
        return ()
    here = [one.person_id for one in case.members]
    rows = Person.objects.filter(kind=Person.PROFESSIONAL, agency_id=member.person.agency_id)
    rows = rows.exclude(id__in=here).order_by("given_name", "family_name", "id")
    return tuple(Colleague(row.id, row.name, row.job_title) for row in rows)
