"""The start page: my core groups, what waits for me, what has changed since I was last here.

At most ten queries of its own, for one core group or for five hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from coregroup.access.desk import Desk, open_desk
from coregroup.casefile.actions import Items, OwnAction, cut_actions, items_of
from coregroup.casefile.clocks import ClockLine
from coregroup.casefile.guest_meetings import GuestMeeting, meetings_to_come_to
from coregroup.casefile.home_meetings import MeetingWaits, meetings_waiting
from coregroup.casefile.lines import ChildLine, GroupLine, Shelf, shelf_of
from coregroup.casefile.notices import InboxRow, NoticeLine, PausedLine, inbox, note_lines, notice_lines
from coregroup.casefile.sentences import Names, Told, lang_now, load_persons, persons_in, sentence
from coregroup.records.models import LedgerEntry, Person
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability, Relation

SHOWN = 10  # groups with all their clocks; the others are in the list of groups
NEWEST = 120
A_PAUSE = timedelta(minutes=30)  # after which somebody who comes back is here anew
OWN = {str(Relation.MEMBER), str(Relation.LEAD), str(Relation.FAMILY), str(Relation.CHILD)}
# What the family is not told of: the group's own housekeeping, and work on a plan that is not in force.
NOT_FOR_FAMILY = {
    "MemberInvited", "ManagerTold", "AudienceNarrowed", "PlanItemSaved", "FileAdded", "ActionGiven",
    "ActionAnswered", "PlanHandedOut", "LimitDeparted", "UpdateForManager", "UpdateReturned", "UpdateGiven",
    "NoteToLead", "NoteAnswered", "PackHandedOut", "RecordHandedOut", "MeetingAsked", "MeetingAnswered",
}  # fmt: skip
# Notices of an action of one's own, which stands on the page as itself while it waits.
OF_OWN_ACTION = {"action_for_you", "action_due_soon", "action_late"}
# Who comes and goes is not told to whoever may not know of every child: it may be about another child alone.
OF_MEMBERS = {
    "MemberAdded", "MemberInvited", "MemberJoined", "ManagerTold", "MembershipEnded", "GuestNamed",
    "ApologyGiven", "UpdateForManager", "UpdateReturned", "UpdateGiven", "PackHandedOut", "RecordHandedOut",
    "MeetingAsked",
}  # fmt: skip


@dataclass(frozen=True)
class HomeChild:
    """A child of one of my groups, or several whose lead is the same and whose clocks run alike."""

    id: UUID
    name: str
    lead: str
    mine: bool
    unallocated: bool
    clocks: tuple[ClockLine, ...]


@dataclass(frozen=True)
class HomeGroup:
    """One of my core groups as the start page shows it."""

    line: GroupLine
    lead_word: str
    children: tuple[HomeChild, ...]


@dataclass(frozen=True)
class ActionLine:
    """An action in my name; `child` is the child's name."""

    action: OwnAction
    child: str
    family: str
    late: bool
    soon: bool = False


@dataclass(frozen=True)
class Change:
    """Something that others did since I was last here; `count` where one of a kind happened several times."""

    sentence: str
    at: datetime
    group: UUID
    family: str
    count: int = 1


@dataclass(frozen=True)
class Home:
    """A start page. `more_groups` are only in the list; `chaired`, `staffed`: in other tables."""

    today: date
    groups: tuple[HomeGroup, ...]
    more_groups: int
    chaired: int
    staffed: int
    notices: tuple[NoticeLine, ...]
    notes: tuple[NoticeLine, ...]  # to me as a lead worker; `id` is the note's
    to_answer: tuple[ActionLine, ...]
    due: tuple[ActionLine, ...]  # late, near, or cannot be done yet
    joining: tuple[GroupLine, ...]
    paused: tuple[PausedLine, ...]
    changes: tuple[Change, ...]
    since: datetime | None
    latest_visit: datetime | None
    as_guest: tuple[GuestMeeting, ...] = ()
    meetings: tuple[MeetingWaits, ...] = ()

    @property
    def waits(self) -> int:
        """How many things wait."""
        actions = len(self.to_answer) + len(self.due) + len(self.meetings)
        return actions + len(self.notices) + len(self.notes) + len(self.joining) + len(self.paused)

    @property
    def empty(self) -> bool:
        """Is there nothing at all yet?"""
        return not (self.groups or self.chaired or self.staffed or self.waits or self.as_guest)


def home(*, by: Actor) -> Home:
    """Somebody's start page, cut to what they may see. Raises Closed for an actor who is no person."""
    desk = open_desk(by=by, to=Capability.SEE_HOME, what="home")
    today = timezone.localdate()
    shelf = shelf_of(desk, today)
    since = since_of(desk)
    rows = inbox(by.person)
    ledger = _ledger(by, shelf, since)
    named = {row.item for row in rows if row.item} | {item for entry in ledger if (item := _item(entry))}
    items = items_of(by.person, shelf.lines, named, agreed=not by.professional)
    persons = load_persons(
        {one for data in [*(row.data for row in rows), *(entry.data for entry in ledger)]
         for one in persons_in(data)} | {entry.by_id for entry in ledger if entry.by_id}
    )  # fmt: skip
    actions = cut_actions(items, shelf.cuts)
    own = sorted((line for line in shelf.lines.values() if OWN & set(line.parts)), key=GroupLine.urgency)
    to_answer = _action_lines((one for one in actions if not one.answer and one.open), shelf, today)
    due = _due(actions, shelf, today)
    shown = {line.action.item for line in (*to_answer, *due)}
    return Home(
        today=today,
        groups=tuple(_group(line, by) for line in own[:SHOWN]),
        more_groups=max(len(own) - SHOWN, 0),
        chaired=_count(shelf, Relation.CONFERENCE_CHAIR),
        staffed=_count(shelf, Relation.MANAGER),
        notices=_not_shown(notice_lines(rows, shelf, items, persons), shown),
        notes=note_lines(rows, shelf),
        to_answer=to_answer,
        due=due,
        joining=tuple(line for line in own if line.to_join),
        paused=_paused(rows),
        changes=_changes(ledger, shelf, items, persons),
        since=since,
        latest_visit=desk.latest_visit,
        as_guest=meetings_to_come_to(by=by),
        meetings=meetings_waiting(shelf, by.who, today),
    )  # fmt: skip


def _not_shown(lines: Iterable[NoticeLine], shown: set[UUID]) -> tuple[NoticeLine, ...]:
    """The notices but for those of an action or a note that stands on the page as itself."""
    return tuple(
        line for line in lines
        if line.code != "note_to_lead" and not (line.code in OF_OWN_ACTION and line.item in shown)
    )  # fmt: skip


def my_groups(*, by: Actor) -> tuple[GroupLine, ...]:
    """Every core group in which somebody stands, the most urgent first."""
    desk = open_desk(by=by, to=Capability.SEE_HOME, what="groups")
    shelf = shelf_of(desk, timezone.localdate())
    return tuple(sorted(shelf.lines.values(), key=GroupLine.urgency))


def since_of(desk: Desk) -> datetime | None:
    """When the person was last here: before this visit began; None the first time."""
    if desk.latest_visit is None:
        return None
    anew = timezone.now() - desk.latest_visit > A_PAUSE
    return desk.latest_visit if anew else desk.previous_visit


def _paused(rows: Iterable[InboxRow]) -> tuple[PausedLine, ...]:
    journeys = (row for row in rows if row.what == "journey")
    return tuple(PausedLine(row.id, row.code, row.group, row.at) for row in journeys)


def _count(shelf: Shelf, relation: Relation) -> int:
    return sum(len(line.children) for line in shelf.lines.values() if str(relation) in line.parts)


def _group(line: GroupLine, by: Actor) -> HomeGroup:
    lang = lang_now()
    alike: dict[tuple[UUID | None, bool, tuple[ClockLine, ...]], list[ChildLine]] = {}
    for child in line.children:
        alike.setdefault((child.lead_person, child.unallocated, child.clock_lines(lang)), []).append(child)
    children = tuple(
        HomeChild(
            ones[0].id,
            ", ".join(one.name for one in ones),
            ones[0].lead,
            lead == by.person,
            unallocated,
            clocks,
        )
        for (lead, unallocated, clocks), ones in alike.items()
    )
    return HomeGroup(line, book.load(line.procedure).word("lead_worker", lang), children)


def _action_lines(actions: Iterable[OwnAction], shelf: Shelf, today: date) -> tuple[ActionLine, ...]:
    found = []
    for action in actions:
        line = shelf.lines[action.group]
        child = next((one.name for one in line.children if one.id == action.child), "")
        found.append(ActionLine(action, child, line.family, action.late(today), action.soon(today)))
    return tuple(found)


def _due(actions: Iterable[OwnAction], shelf: Shelf, today: date) -> tuple[ActionLine, ...]:
    """Accepted actions in force that are late, near, or cannot be done yet; each once."""
    return _action_lines(
        (
            one for one in actions
            if one.answer == "accepted" and one.in_force
            and (one.late(today) or one.soon(today) or one.state == "cannot_yet")
        ),
        shelf, today,
    )  # fmt: skip


def _ledger(by: Actor, shelf: Shelf, since: datetime | None) -> list[LedgerEntry]:
    """What others did in the groups since then, newest first, not yet cut. One query, also the first time."""
    rows = LedgerEntry.objects.filter(
        group_id__in=list(shelf.lines), at__gt=since or timezone.now() + timedelta(days=1)
    ).exclude(by_id=by.person)  # fmt: skip
    return list(rows.order_by("-at", "-id")[:NEWEST])


def _item(entry: LedgerEntry) -> UUID | None:
    try:
        return UUID(str(entry.data.get("item", "")))
    except ValueError:
        return None


def _changes(
    ledger: list[LedgerEntry], shelf: Shelf, items: Items, persons: Mapping[UUID, Any]
) -> tuple[Change, ...]:
    """The ledger's entries that the reader may see, as sentences, each said once with a count."""
    found: dict[tuple[UUID, str], Change] = {}
    for entry in ledger:
        group = entry.group_id
        if group is None or not _may_be_told(entry, shelf, items):
            continue
        line, standing = shelf.lines[group], shelf.standings[group]
        child = next((one.name for one in line.children if one.id == entry.child_id), "")
        names = Names(persons, standing.reader)
        told = Told(entry.happening, entry.data, line.procedure, child, line.family, _by(entry, names))
        words = sentence("ledger", told, names)
        known = found.get((group, words))
        found[group, words] = Change(
            words, known.at if known else entry.at, group, line.family, known.count + 1 if known else 1
        )
    return tuple(found.values())


def _by(entry: LedgerEntry, names: Names) -> str:
    """Who did it; one of the family is named as sentences may name them, for whoever may not know of all."""
    person = names.persons.get(entry.by_id) if entry.by_id else None
    return names.of(person.id) if person is not None and person.kind == Person.FAMILY else entry.by_name


def _may_be_told(entry: LedgerEntry, shelf: Shelf, items: Items) -> bool:
    cut = shelf.cuts[entry.group_id]  # type: ignore[index]
    if not cut.reader.professional and entry.happening in NOT_FOR_FAMILY:
        return False
    if cut.reader.limited and entry.happening in OF_MEMBERS:
        return False
    if entry.child_id is not None and entry.child_id not in cut.reader.children:
        return False
    if entry.audience_id is not None and not cut.sees(entry.audience_id, entry.child_id):
        return False
    item = _item(entry)
    if item is not None and item in items.audiences:
        audience, child = items.audiences[item]
        return cut.sees(audience, child)
    return True
