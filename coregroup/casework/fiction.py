"""What only the telling of fictional authorities needs; everything else they are told by everyday verbs."""

from __future__ import annotations

from uuid import UUID

from coregroup.casework.people import home_of
from coregroup.casework.verbs import act_alone
from coregroup.records.models import Agency, Authority
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem


def found_fictional(*, name: str, procedure: str, by: Actor) -> UUID:
    """Makes an authority that is marked as fictional; gives its id. Problem where one has the name."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="found fictional authority"):
        if Authority.objects.filter(name=name).exists():
            raise Problem("name", f"There is an authority called {name} already.")
        return Authority.objects.create(name=name, procedure=procedure, fictional=True).id


def share_agency(*, agency: UUID, authority: UUID, by: Actor) -> None:
    """Lets an agency of the actor's authority serve another fictional authority too. Closed else."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="share agency"):
        row = Agency.objects.filter(id=agency, authority_id=home_of(by), authority__fictional=True).first()
        other = Authority.objects.filter(id=authority, fictional=True).first()
        if row is None or other is None:
            raise Closed
        row.serves.add(other)


def anybody_told(*, by: Actor) -> bool:
    """Whether fictional authorities are there already."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="look for fictional authorities"):
        return Authority.objects.filter(fictional=True).exists()
