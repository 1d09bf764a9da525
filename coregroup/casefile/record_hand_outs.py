"""Who has the record of a meeting, who opened it, and who is still to be given it (R14, R53, R97)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from coregroup.access.doors import open_group
from coregroup.casefile.hand_outs import Given
from coregroup.casefile.recipients import RecipientLine, recipients_of
from coregroup.casefile.record import edition_of, room_of, title_of
from coregroup.casefile.sitting import runs
from coregroup.records.models import HandOut
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class RecordRecipient:
    """Somebody on the list with what they were given. `left_out_because`: the meeting left them out."""

    line: RecipientLine
    given: tuple[Given, ...]
    left_out_because: str = ""

    @property
    def settled(self) -> bool:
        """Were they given it, or left out with a reason?"""
        return bool(self.given) or self.line.left_out


@dataclass(frozen=True)
class RecordDistribution:
    """The distribution list of one record."""

    group: UUID
    meeting: UUID
    title: str
    edition: int
    recipients: tuple[RecordRecipient, ...]
    may_give: bool

    @property
    def outstanding(self) -> tuple[RecordRecipient, ...]:
        """Who has not been given it."""
        return tuple(one for one in self.recipients if not one.settled)

    @property
    def by_own_page(self) -> tuple[RecordRecipient, ...]:
        """Who of those can sign in here and read it on their own page."""
        return tuple(one for one in self.outstanding if one.line.has_own_page)

    def recipient(self, key: str) -> RecordRecipient:
        """One recipient by person id or by code (`file`). Closed if not on the list."""
        for one in self.recipients:
            if one.line.key == key:
                return one
        raise Closed


def record_distribution(*, group: UUID, meeting: UUID, by: Actor) -> RecordDistribution:
    """The distribution list of a record by the group's procedure, each recipient with the proofs.

    Closed to a stranger and before the meeting is closed, Refused to the family.
    """
    case = open_group(group, by=by, to=Capability.SEE_DISTRIBUTION, what=f"record list of {meeting}")
    room = room_of(case, meeting)
    out = {
        entry.about: entry.text("why") for entry in room.sheet.of("left_out") if entry.text("out") == "yes"
    }
    left_out = frozenset(person for person in out if person)
    proofs: dict[str, list[Given]] = {}
    rows = HandOut.objects.filter(meeting=room.meeting, document="record").select_related("by")
    for row in rows.prefetch_related("openings"):
        opened = min((opening.made_at.date() for opening in row.openings.all()), default=None)
        given = Given(row.version, row.how, row.on, row.by.name, row.digest, row.note, opened)
        proofs.setdefault(str(row.recipient_id or row.recipient_code), []).append(given)
    lines = recipients_of(case, room.cut, room.children, left_out=left_out)
    return RecordDistribution(
        group=case.group.id, meeting=room.meeting.id, title=title_of(room), edition=edition_of(room.meeting),
        recipients=tuple(
            RecordRecipient(line, tuple(proofs.get(line.key, ())), out.get(line.person, "")) for line in lines
        ),
        may_give=case.can(Capability.CLOSE_MEETING) and runs(case, room.meeting)
        and not room.cut.reader.limited,
    )  # fmt: skip
