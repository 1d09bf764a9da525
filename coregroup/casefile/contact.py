"""What is needed to record contact that was missed: whose, what was agreed, who will be told (R20)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from coregroup.access.doors import open_group
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.naming import first_name
from coregroup.casefile.sentences import lang_now
from coregroup.records.models import PlanRevision
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability


@dataclass(frozen=True)
class ContactRoom:
    """The child, what this person had agreed to, and whom the procedure tells."""

    child: str
    agreed: tuple[str, ...]
    lead: str
    lead_word: str
    tells_all: bool
    people: tuple[PersonChoice, ...]


def contact_room(*, group: UUID, child: UUID, by: Actor) -> ContactRoom:
    """What the page shows before it asks. Closed to a stranger, Refused to the family."""
    case = open_group(group, by=by, to=Capability.RECORD_CONTACT, what="missed contact")
    row = case.child(child)
    cut = cut_for(case.group.id, case.reader())
    newer = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    agreed = PlanRevision.objects.filter(
        ~Exists(newer), item__plan__child=row, kind="contact", owner_id=by.person, withdrawn_because=""
    )
    lead = case.member(row.lead_person_id)  # type: ignore[attr-defined]
    procedure = book.load(case.group.procedure)
    return ContactRoom(
        child=first_name(row),
        agreed=tuple(
            str(one.content.get("purpose", "")) for one in agreed if cut.sees(one.audience_id, row.id)
        ),
        lead=lead.person.name if lead and lead.person_id != by.person else "",
        lead_word=procedure.word("lead_worker", lang_now()),
        tells_all=any(item.code == "missed_contact_tells_all" for item in procedure.section("traits")),
        people=people_to_choose(case, cut),
    )
