"""What stands against adding a member, ending a membership, or appointing a lead worker."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.records.models import Child, LeadAppointment, Membership, Person
from coregroup.rules.access import Actor, Relation
from coregroup.rules.errors import Problem, Problems, Refused

SOCIAL_CARE = "social_care"


def limited_to(case: Case) -> list[Child]:
    """The children to whom whoever acts is limited; empty: to none, they know of all."""
    known = case.reader().children
    return [] if len(known) == len(case.children) else [one for one in case.children if one.id in known]


def check_within(case: Case, chosen: Collection[Child]) -> None:
    """Nobody lets others in to children whom they may not know of themselves."""
    if not chosen and limited_to(case):
        raise Problem("only_children", _("Say for which children: you stand here for some of them only."))


def check_role(role: str) -> None:
    """The family reads what each member does for them, so it cannot be left open. Raises Problem (R48)."""
    if not role.strip():
        raise Problem("role", _("Say in plain words what they do for the family."))


def refuse_lead(case: Case, row: Membership) -> None:
    """Whoever leads for a child does not leave before somebody else does. Raises Problem (R4)."""
    led = [child.person.given_name for child in case.children if lead_of(child) == row.person_id]
    if led:
        raise Problem(
            None,
            _("%(name)s leads for %(children)s. Appoint somebody else first.")
            % {"name": row.person.name, "children": ", ".join(led)},
        )


def lead_of(child: Child) -> UUID | None:
    """Who leads for a child, as the door has read it."""
    return child.lead_person_id


def refuse_other_manager(case: Case, child: Child, by: Actor) -> None:
    """A line manager appoints only where their own staff leads, or where the child has nobody."""
    if case.relations & {Relation.LEAD, Relation.CONFERENCE_CHAIR}:
        return
    lead = case.member(lead_of(child))
    own_staff_leads = lead is not None and lead.person.manager_id == by.person
    if not own_staff_leads and not (lead is None and by.agency_kind == SOCIAL_CARE):
        raise Refused(_("Only the line manager of the present lead worker may appoint another."))


def check_lead(new: Person, present: LeadAppointment | None, on: date, reason: str) -> None:
    """Raises Problems with everything that is against an appointment, each at its field (R4)."""
    faults: list[tuple[str | None, str]] = []
    assert new.agency is not None
    if new.agency.kind != SOCIAL_CARE and "lead_worker" not in new.duties:
        faults.append(("person", _("%(name)s cannot lead: that is for social care.") % {"name": new.name}))
    if present and present.person_id == new.id:
        faults.append(("person", _("%(name)s leads already.") % {"name": new.name}))
    if on > timezone.localdate():
        faults.append(("on", _("The date must be today or earlier.")))
    if present and on < present.since:
        faults.append(("on", _("The date must not be before the present lead worker was appointed.")))
    if not reason.strip():
        faults.append(("reason", _("Say why the lead worker changes.")))
    if faults:
        raise Problems(faults)
