"""Recommendations as their reader has them: sealed until opened, then side by side (R64, R105).

Before they are opened, nothing that leaves this file holds an opinion or a reason but to whoever gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import Cut, cut_of
from coregroup.casefile.choosing import people_to_choose
from coregroup.casefile.naming import child_name, first_name
from coregroup.casefile.plans_forms import Standing
from coregroup.casefile.recommendations_shapes import (
    ChildGiven,
    Given,
    OwnChild,
    RecommendationSheet,
    RecommendPage,
    Seat,
)
from coregroup.casefile.sentences import lang_now
from coregroup.casefile.sitting import meeting_seen, runs
from coregroup.casefile.telling import Telling, telling_of
from coregroup.casefile.workspace_room import now, table_of
from coregroup.records.models import Child, Meeting, Membership, Recommendation
from coregroup.rules import book, recommending
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Refused
from coregroup.rules.procedure import Procedure

__all__ = [
    "ChildGiven", "OwnChild", "RecommendPage", "opened_recommendations", "recommend_page",
    "recommendation_sheet",
]  # fmt: skip

HERE = ("present", "represented")


def recommend_page(*, group: UUID, meeting: UUID, person: UUID | None = None, by: Actor) -> RecommendPage:
    """The children of whom a member gives a recommendation, and what the asker gave last.

    With `person`, for writing it down for somebody who is here: then nothing of what was given is told.
    Raises Closed, and Refused where they are opened, or to whoever gives none.
    """
    to = Capability.TAKE_PART if person else Capability.RECOMMEND
    case = open_group(group, by=by, to=to, what=f"recommend at {meeting}")
    cut = cut_of(case)
    row = meeting_seen(case, cut, meeting)
    seat = case.member(person or (case.guest.beside_id if case.guest else by.person))
    if seat is None or seat.part != Membership.MEMBER or (person and not runs(case, row)):
        raise Closed
    _refuse_opened(row)
    theirs = case.reader(seat.person).children & cut.reader.children
    children = [child for child in case.children if child.id in theirs]
    mine = {} if person else _own(row, by, seat)
    procedure, lang = book.load(case.group.procedure), lang_now()
    opinions = recommending.GIVEN if person else recommending.OPINIONS
    return RecommendPage(
        group=case.group.id, meeting=row.id, on=row.held_on or row.planned_on, person=person,
        person_name=seat.person.name, stands_for=seat.person.name if case.guest and not person else "",
        children=tuple(_own_child(child, mine.get(child.id), procedure, lang) for child in children),
        opinions=tuple((code, recommending.opinion_words(procedure, code, lang)) for code in opinions),
        audience_people=people_to_choose(case, cut), in_session=row.state == "in_session",
        audience=_standing(cut, next(iter(mine.values()), None)),
    )  # fmt: skip


def recommendation_sheet(*, group: UUID, meeting: UUID, by: Actor) -> RecommendationSheet:
    """Who of the members has given a recommendation; once opened, what they are. A fixed number of queries.

    Raises Closed to a stranger, Refused to the family and outside a session. R64, R105.
    """
    cursor = now()
    table = table_of(group=group, meeting=meeting, by=by, what=f"recommendations of {meeting}")
    case, cut, row = table.case, table.cut, table.meeting
    procedure = book.load(case.group.procedure)
    rows = _latest(row)
    telling = telling_of(case, cut.reader)
    how = {entry.about: entry.text("how") for entry in table.sheet.of("attendance")}
    given = {(one.person_id, one.child_id) for one in rows}
    members = [one for one in case.members if one.part == Membership.MEMBER and telling.may_know(one)]
    return RecommendationSheet(
        room=table.room(cursor), group=case.group.id, meeting=row.id,
        asked=recommending.asked_each_time(procedure), is_open=row.recommendations_opened_at is not None,
        seats=tuple(_seat(case, cut, telling, one, how.get(one.person_id, ""), given) for one in members),
        opened=_opened(case, cut, row, rows), runs_it=runs(case, row),
        may_give=case.can(Capability.RECOMMEND),
        children=len(cut.reader.children),
    )  # fmt: skip


def opened_recommendations(case: Case, cut: Cut, meeting: Meeting) -> tuple[ChildGiven, ...]:
    """What was recommended about each child, for the record; nothing while it is sealed. One query.

    Each is cut by its audience; free reasons about a child go with that child.
    """
    if meeting.recommendations_opened_at is None:
        return ()
    return _opened(case, cut, meeting, _latest(meeting))


def _latest(meeting: Meeting) -> tuple[Recommendation, ...]:
    """The last one of each member about each child, opened or not: for this file alone. One query."""
    rows = Recommendation.objects.filter(meeting=meeting)
    rows = rows.select_related("person__agency", "recorded_by", "audience")
    return tuple({(row.person_id, row.child_id): row for row in rows.order_by("number")}.values())


def _own(meeting: Meeting, by: Actor, seat: Membership) -> dict[UUID, Recommendation]:
    """What the asker gave last: their own, or what they gave for whom they stand."""
    rows = [one for one in _latest(meeting) if one.person_id == seat.person_id]
    return {
        one.child_id: one for one in rows if by.person in (one.person_id, one.recorded_by_id)
    }  # fmt: skip


def _own_child(child: Child, row: Recommendation | None, procedure: Procedure, lang: str) -> OwnChild:
    question = recommending.question(procedure, first_name(child), lang)
    if row is None:
        return OwnChild(child.id, child_name(child), question, 0)
    return OwnChild(child.id, child_name(child), question, row.number, row.opinion, row.reason)


def _standing(cut: Cut, row: Recommendation | None) -> Standing | None:
    if row is None:
        return None
    value, seen_by = cut.value(row.audience_id), row.audience
    return Standing(
        seen_by.base, value.named, value.shut_out, seen_by.reason, seen_by.permitted_by, seen_by.review_on
    )


def _refuse_opened(meeting: Meeting) -> None:
    if meeting.recommendations_opened_at:
        raise Refused(_("The recommendations have been opened. What was given stands."))
    if meeting.state not in ("planned", "in_session"):
        raise Refused(_("This meeting is over. Recommendations are given before or in a meeting."))


def _seat(
    case: Case, cut: Cut, telling: Telling, member: Membership, how: str, given: set[tuple[UUID, UUID]]
) -> Seat:
    theirs = case.reader(member.person).children & cut.reader.children
    lacks = tuple(
        (child.id, first_name(child)) for child in case.children
        if child.id in theirs and (member.person_id, child.id) not in given
    )  # fmt: skip
    person = member.person
    own = person.id == (case.guest.beside_id if case.guest else case.by.person)
    return Seat(person.id, person.name, telling.agency(person), how in HERE, how, lacks, own)


def _opened(case: Case, cut: Cut, meeting: Meeting, rows: Sequence[Recommendation]) -> tuple[ChildGiven, ...]:
    if meeting.recommendations_opened_at is None:
        return ()
    telling = telling_of(case, cut.reader)
    members = [one for one in _members(case, meeting) if telling.may_know(one)]
    children = [child for child in case.children if child.id in cut.reader.children]
    return tuple(
        _child(case, cut, telling, child, [row for row in rows if row.child_id == child.id], members)
        for child in children
    )


def _members(case: Case, meeting: Meeting) -> list[Membership]:
    """Who was a member when the meeting was held: what is missing reads the same in years."""
    if meeting.state == "in_session" or meeting.held_on is None:
        return [one for one in case.members if one.part == Membership.MEMBER]
    rows = Membership.objects.filter(group=case.group, part=Membership.MEMBER, since__lte=meeting.held_on)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=meeting.held_on))
    return list(rows.select_related("person__agency").order_by("since", "made_at", "id"))


def _child(
    case: Case, cut: Cut, telling: Telling, child: Child, rows: list[Recommendation],
    members: Iterable[Membership],
) -> ChildGiven:  # fmt: skip
    procedure, lang = book.load(case.group.procedure), lang_now()
    seen = [row for row in rows if cut.sees(row.audience_id, child.id)]
    stand = recommending.stand({row.person_id: row.opinion for row in seen})
    gave = {row.person_id for row in rows}
    missing = [
        one.person.name for one in members
        if one.person_id not in gave and child.id in case.reader(one.person).children
    ]  # fmt: skip
    return ChildGiven(
        child.id, child_name(child),
        tuple(
            Given(
                row.person_id, row.person.name, telling.agency(row.person), row.opinion,
                recommending.opinion_words(procedure, row.opinion, lang), row.reason,
                row.recorded_by.name if row.recorded_by_id != row.person_id else "",
                row.person_id in stand.dissent,
            )
            for row in sorted(seen, key=lambda one: one.person.name.casefold())
        ),
        tuple(missing),
        recommending.opinion_words(procedure, stand.common, lang) if stand.common else "",
        stand.all_agree,
    )  # fmt: skip
