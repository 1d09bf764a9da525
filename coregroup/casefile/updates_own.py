"""A member's own update for a meeting as they write it, begun from what the system already knows (R108)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery, UUIDField
from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile import plans_words
from coregroup.casefile.action_states import is_late, is_open, state_now, state_word
from coregroup.casefile.audiences import Cut
from coregroup.casefile.choosing import people_to_choose
from coregroup.casefile.cuts import cut_for
from coregroup.casefile.naming import child_name, first_name
from coregroup.casefile.plans_forms import Standing
from coregroup.casefile.sentences import lang_now
from coregroup.casefile.updates_shapes import (
    AChild,
    AgreedContact,
    MeetingHead,
    MissedLine,
    OutcomeLine,
    OwnActionLine,
    OwnEntry,
    OwnUpdate,
    UpdateState,
)
from coregroup.records.models import (
    ActionState,
    Child,
    ChronologyEntry,
    Meeting,
    MissedContact,
    OutcomeRating,
    Person,
    PlanRevision,
    UpdatePart,
)
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed
from coregroup.rules.moves import TOOK_PLACE
from coregroup.rules.update_fields import ALL, FAMILY

CONTACT, PLAN, ENTRIES, PEOPLE = "contact", "plan", "entries", "people"
EVERYTHING = frozenset({CONTACT, PLAN, ENTRIES})


def own_update(*, group: UUID, meeting: UUID, also: frozenset[str] = EVERYTHING, by: Actor) -> OwnUpdate:
    """One's own update for a meeting; `also` names what else the page shows (`contact`, `plan`, `entries`,
    `people`), each a query or two.

    A representative reads and writes that of the member for whom they stand. Raises Closed for a meeting that
    is not to be seen, Refused to whoever gives no updates here.
    """
    case = open_group(group, by=by, to=Capability.GIVE_UPDATE, what=f"own update for {meeting}")
    cut = cut_for(case.group.id, case.reader())
    person = stood_for(case)
    if person is None:
        raise Closed
    head, since = head_of(case, cut, meeting)
    parts = parts_of(cut, meeting, person.id)
    known = {child.id: child for child in case.children if child.id in cut.reader.children}
    revisions = _revisions(case, cut, person.id) if PLAN in also or CONTACT in also else []
    procedure = book.load(case.group.procedure)
    return OwnUpdate(
        meeting=head, person=person.id, name=person.name, own=person.id == by.person,
        has_manager=person.manager_id is not None,
        manager_word=procedure.word("line_manager", lang_now()),
        children=tuple(AChild(one.id, child_name(one), first_name(one)) for one in known.values()),
        now=state_of(parts), words={about: part.content for about, part in parts.items()},
        standing=_standing(cut, parts), since=since,
        contacts=_contacts(revisions, known) if CONTACT in also else (),
        missed=_missed(case, cut, person.id, since, known) if CONTACT in also else (),
        actions=_actions(revisions, known, since) if PLAN in also else (),
        outcomes=_outcomes(revisions, known, meeting) if PLAN in also else (),
        entries=_entries(case, cut, person.id, since, known) if ENTRIES in also else (),
        people=people_to_choose(case, cut) if PEOPLE in also else (),
    )  # fmt: skip


def stood_for(case: Case) -> Person | None:
    """The member whose update the actor writes: their own, or that of the member for whom they stand."""
    guest = case.guest
    person = guest.beside_id if guest is not None and guest.part == "representative" else case.by.person
    member = case.member(person)
    return member.person if member else None


def head_of(case: Case, cut: Cut, meeting: UUID) -> tuple[MeetingHead, date | None]:
    """A meeting that the reader may see, and the day of the last one before it. One query. Closed else."""
    rows = list(Meeting.objects.filter(group=case.group).order_by("planned_on", "id"))
    row = next((one for one in rows if one.id == meeting), None)
    if row is None or not cut.sees(row.audience_id):
        raise Closed
    if case.guest is not None and case.guest.meeting_id != row.id:
        raise Closed
    past = [one.held_on for one in rows if one.state in TOOK_PLACE and one.held_on and one.id != row.id]
    word = book.load(case.group.procedure).word("core_group_meeting", lang_now())
    head = MeetingHead(case.group.id, row.id, row.held_on or row.planned_on, row.state, word)
    return head, max((day for day in past if day <= head.on), default=None)


def parts_of(cut: Cut, meeting: UUID, person: UUID) -> dict[str, UpdatePart]:
    """The latest saving of each part of somebody's update that the reader may see. One query."""
    rows = UpdatePart.objects.filter(update__meeting_id=meeting, update__person_id=person)
    rows = rows.select_related("update__checker", "audience").order_by("number")
    latest = {part.about: part for part in rows}
    return {about: part for about, part in latest.items() if cut.sees(part.audience_id, part.child_id)}


def state_of(parts: Mapping[str, UpdatePart]) -> UpdateState:
    """How far the update of these parts is; nothing where there is none yet."""
    if not parts:
        return UpdateState()
    row = next(iter(parts.values())).update
    last = max(parts.values(), key=lambda part: part.number)
    return UpdateState(
        row.state, last.number, row.given_at, row.checker.name if row.checker else "", row.checked_at,
        row.checker_said, bool(row.checked_at and last.made_at > row.checked_at),
    )  # fmt: skip


def _standing(cut: Cut, parts: Mapping[str, UpdatePart]) -> Standing:
    """Who may see its words, as it was last chosen."""
    own = [part for about, part in parts.items() if about != FAMILY]
    part = parts.get(ALL) or next(iter(own), None)
    if part is None or part.audience_id not in cut.values:
        return Standing("group", frozenset(), frozenset(), "", "", None)
    kept, value = part.audience, cut.value(part.audience_id)
    return Standing(kept.base, value.named, value.shut_out, kept.reason, kept.permitted_by, kept.review_on)


def _revisions(case: Case, cut: Cut, person: UUID) -> list[PlanRevision]:
    """The member's actions and agreed contact, and every outcome, as they now stand. One query."""
    newer = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    rated = OutcomeRating.objects.filter(item=OuterRef("item"), person=person).order_by("-made_at", "-id")
    said = ActionState.objects.filter(item=OuterRef("item")).order_by("-made_at", "-id")
    rows = (
        PlanRevision.objects.filter(~Exists(newer), group=case.group, withdrawn_because="")
        .filter(Q(kind="outcome") | Q(kind__in=["action", "contact"], owner=person))
        .annotate(
            state=state_now(), said=Exists(said), said_because=Subquery(said.values("because")[:1]),
            said_on=Subquery(said.values("on")[:1]),
            rated_value=Subquery(rated.values("value")[:1]), rated_on=Subquery(rated.values("on")[:1]),
            rated_because=Subquery(rated.values("evidence")[:1]),
            rated_for=Subquery(rated.values("meeting_id")[:1], output_field=UUIDField()),
        )
        .select_related("item__plan")
        .order_by("item__plan__child__position", "by_when", "item__position", "item_id")
    )  # fmt: skip
    return [row for row in rows if cut.sees(row.audience_id, row.item.plan.child_id)]


def _contacts(rows: Iterable[PlanRevision], known: Mapping[UUID, Child]) -> tuple[AgreedContact, ...]:
    return tuple(
        AgreedContact(
            first_name(known[row.item.plan.child_id]),
            plans_words.how_often(row.content.get("every"), str(row.content.get("unit", ""))),
            str(row.content.get("purpose", "")),
        )
        for row in rows if row.kind == "contact"
    )  # fmt: skip


def _missed(
    case: Case, cut: Cut, person: UUID, since: date | None, known: Mapping[UUID, Child]
) -> tuple[MissedLine, ...]:
    rows = MissedContact.objects.filter(group=case.group, person=person).order_by("on", "made_at")
    if since:
        rows = rows.filter(on__gte=since)
    return tuple(
        MissedLine(first_name(known[row.child_id]), row.kind, row.on)
        for row in rows if cut.sees(row.audience_id, row.child_id)
    )  # fmt: skip


def _actions(
    rows: Iterable[Any], known: Mapping[UUID, Child], since: date | None
) -> tuple[OwnActionLine, ...]:
    """What is still to do, and what was finished since the last meeting."""
    today = timezone.localdate()
    found = []
    for row in rows:
        fresh = row.said_on is not None and (since is None or row.said_on > since)
        if row.kind == "action" and (fresh or is_open(row.state)):
            found.append(
                OwnActionLine(
                    row.item_id, first_name(known[row.item.plan.child_id]), str(row.content.get("what", "")),
                    row.by_when, row.state, state_word(row.state), row.said, row.said_because or "",
                    is_late(row.state, row.by_when, today), fresh,
                )
            )  # fmt: skip
    return tuple(found)


def _outcomes(rows: Iterable[Any], known: Mapping[UUID, Child], meeting: UUID) -> tuple[OutcomeLine, ...]:
    return tuple(
        OutcomeLine(
            row.item_id, first_name(known[row.item.plan.child_id]), str(row.content.get("change", "")),
            row.rated_value, row.rated_because or "", row.rated_on, row.rated_for == meeting,
        )
        for row in rows if row.kind == "outcome"
    )  # fmt: skip


def _entries(
    case: Case, cut: Cut, person: UUID, since: date | None, known: Mapping[UUID, Child]
) -> tuple[OwnEntry, ...]:
    """The member's own entries since the last meeting. One query."""
    rows = ChronologyEntry.objects.filter(group=case.group, source=person, code="")
    if since:
        rows = rows.filter(Q(on__gt=since) | Q(made_at__date__gt=since))
    return tuple(
        OwnEntry(row.id, row.on, row.text, child_name(known[row.child_id]) if row.child_id else "")
        for row in rows.order_by("on", "made_at") if cut.sees(row.audience_id, row.child_id)
    )  # fmt: skip
