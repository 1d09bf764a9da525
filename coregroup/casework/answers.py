"""What the owner of an action says to it (R34)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.consequences import settle
from coregroup.casework.plan_people import sees
from coregroup.casework.plan_versions import author
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import AccountPerson, ActionAnswer, PlanRevision
from coregroup.rules import plan_fields
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from coregroup.rules.happenings import ActionAnswered


def answer_action(
    *,
    group: UUID,
    item: UUID,
    revision: int,
    answer: str,
    reason: str = "",
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Records what an action's owner says: accepted, declined with a reason, or could not be asked, because.

    Takes the revision that was read: if what is asked has changed since, nothing is recorded. Owners answer
    for themselves, professional or family. The lead worker may record that an owner could not be asked, and
    the answer of an owner who has no account; then `reason` says who told it, and how. Each answer is kept;
    the last one counts, until what is asked changes.

    Raises Closed for what the actor may not see, Refused to anybody who is neither, Problem at `answer`,
    `reason` or the whole.
    """
    with act(group, by=by, to=Capability.ANSWER_ACTION, once=once, what=f"answer {item}") as case:
        row = action_row(case, item)
        _refuse_another_answer(case, row, answer)
        refuse_stale(row, revision)
        _refuse_without_reason(case, row, answer, reason.strip())
        assert row.owner_id is not None  # the database holds it for every action
        kept = ActionAnswer.objects.create(
            authority=case.group.authority, group=case.group, revision=row, owner_id=row.owner_id,
            answer=answer, reason=reason.strip(), audience=row.audience, recorded_by_id=author(case),
        )  # fmt: skip
        said = ActionAnswered(
            child=row.item.plan.child_id, item=row.item_id, owner=row.owner_id, answer=answer
        )
        settle(said, case=case, audience=row.audience)
        note_outcome(once, kept.id)
    return kept.id


def action_row(case: Case, item: UUID) -> PlanRevision:
    """The action's latest revision; Closed for what the actor may not see, and for what is withdrawn.

    The family goes by the plan in force: what is only proposed in a meeting reaches them when it closes.
    """
    rows = PlanRevision.objects.filter(group=case.group, item=item, kind="action")
    if not case.by.professional:
        rows = rows.exclude(meeting__state="in_session")
    rows = rows.select_related("audience", "item__plan", "owner").order_by("-number")
    row = rows.first()
    if row is None or row.withdrawn_because:
        raise Closed
    child = case.child(row.item.plan.child_id)
    if not sees(case, row.audience, child):
        raise Closed
    return row


def _refuse_another_answer(case: Case, row: PlanRevision, answer: str) -> None:
    if answer not in plan_fields.ANSWERS:
        raise Problem("answer", _("Say whether the owner accepts or declines, or could not be asked."))
    if row.owner_id == case.by.person:
        if answer == "could_not_ask":
            raise Problem("answer", _("Accept the action, or decline it and say why."))
        return
    if Relation.LEAD not in case.relations:
        raise Refused(_("Only the owner of an action, or the lead worker on their behalf, can answer it."))
    if answer != "could_not_ask" and AccountPerson.objects.filter(person=row.owner).exists():
        raise Problem("answer", _("This owner can sign in and answers for themselves."))


def refuse_stale(row: PlanRevision, revision: int) -> None:
    """Raises Problem where what an action asks has changed since the revision that was read."""
    read = PlanRevision.objects.filter(item_id=row.item_id, number=revision).first()
    asked = plan_fields.demand(row.owner_id, row.by_when, row.content)
    if read is None or plan_fields.demand(read.owner_id, read.by_when, read.content) != asked:
        raise Problem(
            None, _("The action was changed while you were reading it. Read it again, then answer.")
        )


def _refuse_without_reason(case: Case, row: PlanRevision, answer: str, reason: str) -> None:
    if reason:
        return
    if answer == "declined" and row.owner_id == case.by.person:
        raise Problems([("reason", _("Say why you decline, so that somebody else can be found."))])
    if answer == "could_not_ask":
        raise Problems([("reason", _("Say why the owner could not be asked."))])
    if row.owner_id != case.by.person:
        raise Problems([("reason", _("Say who told you the answer, and how."))])
