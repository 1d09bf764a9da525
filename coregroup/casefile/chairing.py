"""Who could chair a meeting and take its minutes, as a page offers it: whose turn, what needs a reason."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coregroup.access.doors import Case, open_group
from coregroup.access.seats import Seats, seats_of
from coregroup.casefile.audiences import cut_of
from coregroup.casefile.meetings import PlannedMeeting, planned_line
from coregroup.casefile.sentences import lang_now
from coregroup.casefile.sitting import meeting_seen
from coregroup.casefile.telling import telling_of
from coregroup.records.models import Meeting
from coregroup.rules import book, chairing
from coregroup.rules.access import Actor, Capability, Reader
from coregroup.rules.errors import Refused
from coregroup.rules.procedure import Procedure, say


@dataclass(frozen=True)
class SeatChoice:
    """Somebody who may chair or take the minutes; `why` says how often they did, and what to know of them."""

    id: UUID
    name: str
    role: str
    why: str
    needs_reason: bool


@dataclass(frozen=True)
class Roles:
    """Who is settled, who is suggested, and what the procedure says. Names are "" where nobody is."""

    chair: UUID | None
    minute_taker: UUID | None
    chair_name: str
    minute_taker_name: str
    suggested_chair: str
    suggested_minute_taker: str
    because: str
    minutes_needed: bool
    lead_away: bool
    says: tuple[str, ...]


@dataclass(frozen=True)
class RolesRoom:
    """The room in which chair and minute taker are settled, or the meeting is begun."""

    meeting: PlannedMeeting
    state: str
    roles: Roles
    chairs: tuple[SeatChoice, ...]
    minute_takers: tuple[SeatChoice, ...]
    suggested: tuple[UUID | None, UUID | None]
    outside: dict[str, str]
    setup: str
    word: str
    lead_word: str


def roles_room(
    *, group: UUID, meeting: UUID, by: Actor, to: Capability = Capability.BOOK_MEETING
) -> RolesRoom:
    """Who may chair and take the minutes of a meeting, in turn (R49, R50, R55, R75, R90, R104, R115).

    Raises Closed, and Refused to whoever neither plans meetings nor takes part in them.
    """
    if to not in (Capability.BOOK_MEETING, Capability.TAKE_PART):
        raise Refused(_("Your part in this core group does not allow this."))
    case = open_group(group, by=by, to=to, what=f"who chairs {meeting}")
    row = meeting_seen(case, cut_of(case), meeting)
    seats = seats_of(case, row)
    procedure = book.load(case.group.procedure)
    settled = chairing.suggested(seats.table, row.chair_id, row.minute_taker_id)
    return RolesRoom(
        meeting=planned_line(row),
        state=row.state,
        roles=roles_of(row, seats, procedure, case.reader(), case),
        chairs=_chairs(case, seats),
        minute_takers=_minute_takers(case, seats),
        suggested=settled,
        outside=dict(seats.outside),
        setup=_setup(procedure),
        word=procedure.word("core_group_meeting", lang_now()),
        lead_word=procedure.word("lead_worker", lang_now()),
    )


def roles_of(row: Meeting, seats: Seats, procedure: Procedure, reader: Reader, case: Case) -> Roles:
    """Who is settled and suggested for a meeting, from what is loaded."""
    chair, taker = chairing.suggested(seats.table, row.chair_id, row.minute_taker_id)
    hidden = {one.person_id for one in case.members if not telling_of(case, reader).may_know(one)}

    def name(person: UUID | None, part: str) -> str:
        if person is None:
            return seats.outside.get(part, "")
        found = seats.persons.get(person)
        return found.name if found and person not in hidden else ""

    return Roles(
        chair=row.chair_id,
        minute_taker=row.minute_taker_id,
        chair_name=name(row.chair_id, "chair"),
        minute_taker_name=name(row.minute_taker_id, "minute_taker"),
        suggested_chair=name(chair, "chair"),
        suggested_minute_taker=name(taker, "minute_taker"),
        because=row.roles_because if not reader.limited else "",
        minutes_needed=chairing.minutes_needed(procedure),
        lead_away=seats.table.lead_away,
        says=_says(procedure, seats.table),
    )


def _setup(procedure: Procedure) -> str:
    """How the room is made ready, before anybody comes in (R85)."""
    welcome = next((item for item in procedure.agenda if item.code == "welcome"), None)
    return say(welcome.text, lang_now()) if welcome and welcome.text else ""


def _says(procedure: Procedure, table: chairing.Table) -> tuple[str, ...]:
    """What the procedure says of these roles, each once."""
    roles = [*chairing.chairing_roles(table), procedure.roles["minute_taker"]]
    return tuple(dict.fromkeys(say(role.text, lang_now()) for role in roles))


def _chairs(case: Case, seats: Seats) -> tuple[SeatChoice, ...]:
    table = seats.table
    judged = {one.id: chairing.may_chair(table, one) for one in table.sitters}
    turn = [one.id for one in chairing.chairs_in_turn(table)]
    return _choices(case, seats, judged, turn, chaired=True)


def _minute_takers(case: Case, seats: Seats) -> tuple[SeatChoice, ...]:
    table = seats.table
    turn = [one.id for one in chairing.minute_takers_in_turn(table, None)]
    judged = {one.id: chairing.FITS if one.member or one.named else chairing.NEVER for one in table.sitters}
    return _choices(case, seats, judged, turn, chaired=False)


def _choices(
    case: Case, seats: Seats, judged: dict[UUID, str], turn: list[UUID], *, chaired: bool
) -> tuple[SeatChoice, ...]:
    """Those who may, whose turn it is first, then the rest."""
    telling = telling_of(case, case.reader())
    hidden = {one.person_id for one in case.members if not telling.may_know(one)}
    found = []
    for one in seats.table.sitters:
        if judged[one.id] == chairing.NEVER or one.id in hidden:
            continue
        person = seats.persons[one.id]
        role = ", ".join(part for part in (person.job_title, telling.agency(person)) if part)
        needs = judged[one.id] == chairing.WITH_REASON
        found.append(SeatChoice(one.id, person.name, role, _why(one, needs, chaired=chaired), needs))
    order = {person: place for place, person in enumerate(turn)}
    return tuple(sorted(found, key=lambda one: (order.get(one.id, len(order)), one.needs_reason)))


def _why(one: chairing.Sitter, needs_reason: bool, *, chaired: bool) -> str:
    times = len(one.chaired if chaired else one.minuted)
    if chaired:
        done = ngettext("Has chaired once.", "Has chaired %(times)s times.", times) % {"times": times}
    else:
        done = ngettext(
            "Has taken the minutes once.", "Has taken the minutes %(times)s times.", times
        ) % {"times": times}  # fmt: skip
    parts = [
        done if times else (_("Has not chaired yet.") if chaired else _("Has not taken the minutes yet."))
    ]
    if one.away:
        parts.append(_("Has given apologies."))
    if chaired and one.line_manager and not one.member:
        parts.append(_("A member's line manager, named for this meeting only."))
    if needs_reason:
        parts.append(_("Needs a reason."))
    return " ".join(parts)
