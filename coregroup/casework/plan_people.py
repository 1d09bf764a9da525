"""Who may stand in a plan: own an action, keep a contact, have their views on it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, value_of
from coregroup.records.models import Audience, Child, Membership, Person
from coregroup.rules import access
from coregroup.rules.errors import Closed, Problem


def group_people(case: Case) -> dict[UUID, Person]:
    """Everybody who belongs to the case: current members, adults of the family, the children."""
    found = {member.person_id: member.person for member in case.members}
    found |= {row.adult.person_id: row.adult.person for row in case.relationships}
    found |= {child.person_id: child.person for child in case.children}
    return found


def owners(case: Case, child: Child) -> dict[UUID, Person]:
    """Who can own an action of this child's plan: members, save the conference chair, and related adults."""
    found = {
        member.person_id: member.person
        for member in case.members
        if member.part != Membership.CHAIR and child.id in case.reader(member.person).children
    }
    return found | {
        row.adult.person_id: row.adult.person for row in case.relationships if row.child_id == child.id
    }


def contact_keepers(case: Case, child: Child) -> dict[UUID, Person]:
    """Who can keep agreed contact with this child: the professional members (R20)."""
    return {
        member.person_id: member.person
        for member in case.members
        if member.part == Membership.MEMBER and child.id in case.reader(member.person).children
    }


def view_givers(case: Case, child: Child) -> dict[UUID, Person]:
    """Whose views stand on this child's plan: the child's own and those of each related adult (R33)."""
    found = {child.person_id: child.person}
    return found | {
        row.adult.person_id: row.adult.person for row in case.relationships if row.child_id == child.id
    }


def sees(case: Case, audience: Audience, child: Child | None = None, person: Person | None = None) -> bool:
    """May the actor, or another person, see an item of this audience about this child (None: all)?"""
    return access.may_see(value_of(audience), case.reader(person), child=child.id if child else None)


def settled_audience(
    case: Case, choice: AudienceChoice | None, earlier: Audience | None, source: Audience | None
) -> Audience:
    """The audience of a text: as chosen, else as before, and never wider than that of its source (R57).

    Raises Problem("audience", …) for a restriction that lacks something or that nobody could read, Closed for
    a person who does not belong to the case.
    """
    if choice is not None and (choice.named | choice.shut_out) - set(group_people(case)):
        raise Closed
    if choice is None or (earlier is not None and _same(earlier, choice)):
        row = earlier or audience_row(case)
    else:
        row = audience_row(case, choice)
    if source is None or source.id == row.id:
        return _readable(case, row)
    mine, theirs = value_of(row), value_of(source)
    strict = access.strictest(mine, theirs)
    if strict == mine:
        return _readable(case, row)
    if strict == theirs:
        return _readable(case, source)
    return _readable(case, _composite(case, strict, (row, source)))


def _same(earlier: Audience, choice: AudienceChoice) -> bool:
    told = (earlier.reason, earlier.permitted_by, earlier.review_on)
    chosen = (choice.reason.strip(), choice.permitted_by.strip(), choice.review_on)
    return value_of(earlier) == choice.value() and (not choice.value().restricted or told == chosen)


def _composite(case: Case, strict: access.Audience, rows: tuple[Audience, ...]) -> Audience:
    if strict.base is access.Base.NAMED and not strict.named - strict.shut_out:
        raise Problem("audience", _("Nobody could read this: the outline item it comes from names others."))
    narrow = [row for row in rows if value_of(row).restricted]
    dates = [row.review_on for row in narrow if row.review_on]
    choice = AudienceChoice(
        base=str(strict.base),
        named=strict.named,
        shut_out=strict.shut_out,
        reason="; ".join(dict.fromkeys(row.reason for row in narrow if row.reason)),
        permitted_by="; ".join(dict.fromkeys(row.permitted_by for row in narrow if row.permitted_by))[:200],
        review_on=min(dates) if dates else None,
    )
    return audience_row(case, choice)


def _readable(case: Case, row: Audience) -> Audience:
    if not access.may_see(value_of(row), case.reader()):
        raise Problem("audience", _("You would shut yourself out: name yourself as well."))
    return row
