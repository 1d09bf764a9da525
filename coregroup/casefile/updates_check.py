"""The update of a member of one's own staff, put before their line manager before it is given (R16)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from coregroup.access.doors import open_group
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.naming import child_name
from coregroup.casefile.updates import ChildChange, RatingLine, ratings_for
from coregroup.casefile.updates_own import head_of, parts_of, state_of
from coregroup.casefile.updates_shapes import MeetingHead, UpdateState
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed
from coregroup.rules.update_fields import ALL, FAMILY


@dataclass(frozen=True)
class UpdateToCheck:
    """An update as the line manager reads it; `waits`: it waits for their answer."""

    meeting: MeetingHead
    person: UUID
    name: str
    agency: str
    now: UpdateState
    contact: str
    could_not: str
    nothing_new: bool
    shared: str
    family_said: str
    children: tuple[ChildChange, ...]
    ratings: tuple[RatingLine, ...]

    @property
    def waits(self) -> bool:
        """Does it wait for the manager's answer?"""
        return self.now.state == "with_manager" and self.meeting.under_way


def update_to_check(*, group: UUID, meeting: UUID, person: UUID, by: Actor) -> UpdateToCheck:
    """An update that a member of one's staff has put before one. Raises Closed for any other, Refused."""
    case = open_group(group, by=by, to=Capability.CHECK_UPDATE, what=f"check update of {person}")
    member = case.member(person)
    if member is None or member.person.manager_id != by.person:
        raise Closed
    cut = cut_for(case.group.id, case.reader())
    head, _since = head_of(case, cut, meeting)
    parts = parts_of(cut, meeting, person)
    now = state_of(parts)
    # What was never put before the manager, and a draft that was changed since, is the member's alone.
    if not now.checker or (now.state == "draft" and now.changed_since):
        raise Closed
    words = {about: part.content for about, part in parts.items()}
    # A manager who may not know of every child reads what is said of those whom they know.
    everything, family = ({} if cut.reader.limited else words.get(one, {}) for one in (ALL, FAMILY))
    changes = tuple(
        ChildChange(child.id, child_name(child), words[str(child.id)].get("changed", ""))
        for child in case.children if words.get(str(child.id), {}).get("changed")
    )  # fmt: skip
    return UpdateToCheck(
        meeting=head, person=person, name=member.person.name,
        agency=member.person.agency.name if member.person.agency else "", now=now,
        contact=everything.get("contact", ""), could_not=everything.get("could_not", ""),
        nothing_new=everything.get("nothing_new") == "yes", shared=family.get("shared", ""),
        family_said=family.get("said", ""), children=changes,
        ratings=ratings_for(case, cut, meeting).get(person, ()),
    )  # fmt: skip
