"""The reading back: everybody hears their new and changed actions before the meeting ends (R34, R52)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.answers import action_row, refuse_stale
from coregroup.casework.audiences import standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.meeting_sheet import Thing, latest_entry, write_entry
from coregroup.casework.meeting_words import working_audience
from coregroup.casework.plan_people import sees
from coregroup.casework.present import attendance, is_here
from coregroup.casework.sessions import meeting_in_session
from coregroup.casework.verbs import act, note_outcome
from coregroup.records import closing
from coregroup.records.models import ActionAnswer, Meeting, Person, PlanRevision
from coregroup.rules import plan_fields
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Problem, Problems, Refused
from coregroup.rules.happenings import ActionAnswered


@dataclass(frozen=True)
class Unanswered:
    """An action that is new or changed in a meeting, and to which its owner has not answered."""

    item: UUID
    child: UUID
    owner: UUID
    owner_name: str
    what: str
    revision: int


def record_said(
    *,
    group: UUID,
    meeting: UUID,
    item: UUID,
    answer: str,
    reason: str = "",
    revision: int | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Writes down what an action's owner says to it in the meeting, or why they could not be asked.

    Whoever takes part may write it for an owner who is there. `revision` is the one that was read out. Raises
    Closed for what the actor may not see, Refused for an owner who is not there, Problems at `answer` or
    `reason`, Problem outside a session or where the action was changed since it was read.
    """
    with act(group, by=by, to=Capability.TAKE_PART, once=once, what=f"read back {item}") as case:
        row = meeting_in_session(case, meeting)
        action = action_row(case, item)
        if revision is not None:
            refuse_stale(action, revision)
        _check(answer, reason.strip())
        assert action.owner is not None  # the database holds it for every action
        _refuse_absent(row, action.owner, answer)
        kept = _write(case, action, answer, reason.strip())
        if not any(one.owner == action.owner_id for one in unanswered(case, row)):
            _heard(case, row, action.owner, answer)
        note_outcome(once, kept.id)
    return kept.id


def record_all_said(
    *,
    group: UUID,
    meeting: UUID,
    person: UUID,
    read: Mapping[UUID, int],
    answer: str = "accepted",
    reason: str = "",
    by: Actor,
    once: str | None = None,
) -> int:
    """Writes down one answer of one person to all their actions that were read out; gives how many.

    `read` holds the item and revision of each action on the list that was shown; raises Problem where another
    one has come or one was changed since. Otherwise as `record_said`.
    """
    with act(group, by=by, to=Capability.TAKE_PART, once=once, what=f"read back to {person}") as case:
        row = meeting_in_session(case, meeting)
        waiting = [one for one in unanswered(case, row) if one.owner == person]
        if {one.item: one.revision for one in waiting} != dict(read) or not waiting:
            raise Problem(None, _("This list has changed meanwhile. Read it again, then answer."))
        _check(answer, reason.strip())
        owner = Person.objects.get(id=person)
        _refuse_absent(row, owner, answer)
        for one in waiting:
            _write(case, action_row(case, one.item), answer, reason.strip())
        _heard(case, row, owner, answer)
        note_outcome(once, len(waiting))
    return len(waiting)


def unanswered(case: Case, meeting: Meeting) -> tuple[Unanswered, ...]:
    """Each action, new or changed in this meeting, that has no standing answer; as far as the actor sees."""
    rows = closing.unanswered(meeting)
    prefetch_related_objects(rows, "audience__persons")
    rows = [row for row in rows if sees(case, row.audience, row.item.plan.child)]
    return tuple(
        Unanswered(
            row.item_id, row.item.plan.child_id, row.owner_id, row.owner.name,
            str(row.content.get("what", "")), row.number,
        )
        for row in rows
        if row.owner and row.owner_id
    )  # fmt: skip


def _check(answer: str, reason: str) -> None:
    if answer not in plan_fields.ANSWERS:
        raise Problems([("answer", _("Say whether the owner accepts or declines, or could not be asked."))])
    if answer == "declined" and not reason:
        raise Problems([("reason", _("Say why they decline, so that somebody else can be found."))])
    if answer == "could_not_ask" and not reason:
        raise Problems([("reason", _("Say why the owner could not be asked."))])


def _refuse_absent(meeting: Meeting, owner: Person, answer: str) -> None:
    if answer == "could_not_ask" or is_here(attendance(meeting).get(owner.id, "")):
        return
    sentence = _(
        "%(name)s is not noted as being here. Say so at the welcome, or why they could not be asked."
    )
    raise Refused(sentence % {"name": owner.name})


def _write(case: Case, action: PlanRevision, answer: str, reason: str) -> ActionAnswer:
    assert action.owner_id is not None
    kept = ActionAnswer.objects.create(
        authority=case.group.authority, group=case.group, revision=action, owner_id=action.owner_id,
        answer=answer, reason=reason, audience=action.audience, recorded_by_id=case.by.who,
    )  # fmt: skip
    child = action.item.plan.child_id
    said = ActionAnswered(child=child, item=action.item_id, owner=action.owner_id, answer=answer)
    settle(said, case=case, audience=action.audience)
    return kept


def _heard(case: Case, meeting: Meeting, owner: Person, answer: str) -> None:
    """That the list was read back to this person; of the family, for the professionals alone."""
    thing = Thing("read_back", about=owner.id)
    latest = latest_entry(meeting, thing.name)
    content = {"confirmed": "not_here" if answer == "could_not_ask" else "yes"}
    if latest is not None and latest.content.get("confirmed") == content["confirmed"]:
        return
    family = owner.kind != Person.PROFESSIONAL
    audience = working_audience(case) if family else standing_audience(case)
    write_entry(case, meeting, thing, latest, content, latest.audience if latest else audience)
