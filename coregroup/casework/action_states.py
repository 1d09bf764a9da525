"""How far an action is: said by its owner, or in the meeting; apart from what has changed (R59, R102)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casework.answers import action_row
from coregroup.casework.consequences import settle
from coregroup.casework.guests import stands_for
from coregroup.casework.plan_versions import in_session, refuse_guest_elsewhere
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import ActionAnswer, ActionState, CoreGroup, PlanRevision, PlanVersion
from coregroup.rules import moves
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Problem, Problems, Refused
from coregroup.rules.happenings_meetings import ActionStateSet


def set_action_state(
    *,
    group: UUID,
    item: UUID,
    state: str,
    because: str = "",
    on: date | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Says how far an action is (`rules.moves.ACTION_STATES`); each saying is kept, the last one stands.

    Its owner says so (or who stands for them in a meeting), or the lead worker; while a meeting is in
    session, whoever takes part in it. What cannot be done yet or is no longer needed, and what is taken up
    again, needs `because`; of what is done, `because` may tell what changed because of it. Raises Closed for
    what the actor may not see, Refused to anybody else, Problems at `state`, `because` or `on`.
    """
    with act(group, by=by, to=Capability.UPDATE_ACTION, once=once, what=f"state of {item}") as case:
        refuse_guest_elsewhere(case)
        row = action_row(case, item)
        meeting = in_session(case)
        own = row.owner_id in (by.person, stands_for(case))
        if not own and Relation.LEAD not in case.relations and meeting is None:
            raise Refused(_("Only the owner of an action, or the lead worker, can say how far it is."))
        if not own and not case.can(Capability.TAKE_PART):
            raise Refused(_("Only the owner of an action, or the lead worker, can say how far it is."))
        before = standing_state(item)
        if state == before:
            raise Problem("state", _("The action is in this state already."))
        _check(before, state, because.strip(), on)
        kept = ActionState.objects.create(
            authority=case.group.authority, group=case.group, item_id=item, state=state,
            because=because.strip(), on=on or timezone.localdate(), meeting=meeting, audience=row.audience,
            by_id=by.who,
        )  # fmt: skip
        assert row.owner_id is not None  # the database holds it for every action
        said = ActionStateSet(child=row.item.plan.child_id, item=item, owner=row.owner_id, state=state)
        settle(said, case=case, audience=row.audience)
        note_outcome(once, kept.id)
    return kept.id


def standing_state(item: UUID) -> str:
    """The state in which an action stands; one of which nobody has said anything is not started."""
    last = ActionState.objects.filter(item=item).order_by("-made_at", "-id").first()
    return last.state if last else "not_started"


def open_actions(group: CoreGroup) -> QuerySet[PlanRevision]:
    """The actions of the group's plans in force with something still to do, save what was declined."""
    agreed = PlanRevision.objects.exclude(meeting__state="in_session")  # what is proposed binds nobody yet
    newer = agreed.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    answers = ActionAnswer.objects.filter(revision__item=OuterRef("item"), owner=OuterRef("owner"))
    standing = agreed.filter(
        ~Exists(newer), Exists(PlanVersion.objects.filter(plan=OuterRef("item__plan"))),
        group=group, kind="action", withdrawn_because="",
    )  # fmt: skip
    last = Coalesce(Subquery(answers.order_by("-made_at", "-id").values("answer")[:1]), Value(""))
    return still_open(standing).annotate(answer=last).exclude(answer="declined").select_related("item__plan")


def still_open(rows: QuerySet[PlanRevision]) -> QuerySet[PlanRevision]:
    """Those of some actions that are neither done nor no longer needed."""
    said = ActionState.objects.filter(item=OuterRef("item")).order_by("-made_at", "-id")
    state = Coalesce(Subquery(said.values("state")[:1]), Value("not_started"))
    return rows.annotate(state=state).filter(state__in=moves.OPEN_ACTION_STATES)


def _check(before: str, state: str, because: str, on: date | None) -> None:
    move = next((one for one in moves.ACTION if one.before == before and one.after == state), None)
    if move is None:
        raise Problems([("state", _("Choose from the list."))])
    faults: list[tuple[str | None, str]] = []
    if move.needs and not because:
        faults.append(("because", _("Say why.")))
    if on and on > timezone.localdate():
        faults.append(("on", _("The date must be today or in the past.")))
    if faults:
        raise Problems(faults)
