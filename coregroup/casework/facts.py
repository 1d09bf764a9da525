"""Facts of the face sheet: recorded with source, date and audience; replaced, never changed (R116)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice, audience_row, value_of
from coregroup.casework.consequences import settle
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Adult, Child, Fact
from coregroup.rules.access import Actor, Capability, may_see
from coregroup.rules.errors import Closed, Problem, Problems
from coregroup.rules.face_sheet import KINDS, hidden_from
from coregroup.rules.happenings import AudienceNarrowed, FactRecorded


def record_fact(
    *,
    group: UUID,
    about: UUID | None,
    kind: str,
    value: str,
    child: UUID | None = None,
    since: date | None = None,
    source: str = "",
    audience: AudienceChoice = WHOLE_GROUP,
    replaces: UUID | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Records one fact about a person of the family, or (`about` None) the family; gives its id.

    `replaces` is the fact that it supersedes: of the same kind and about the same person. Whoever must not
    learn this kind is shut out whatever was chosen. Raises Problems at their fields, Closed for a person or
    fact that is not this group's or not to be seen, Refused, AlreadyDone. R29, R57, R116.
    """
    with act(group, by=by, to=Capability.RECORD_FACT, once=once, what="face sheet") as case:
        subject = _subject(case, about, child)
        _check(kind, value, since, source, subject, about)
        earlier = _earlier(case, replaces, about, kind)
        seen_by = audience_row(case, _guarded(case, audience, kind, about))
        fact = Fact.objects.create(  # type: ignore[misc]
            authority=case.group.authority, group=case.group, about_id=about, child=subject, kind=kind,
            value=value.strip(), since=since, source=source.strip(), audience=seen_by, supersedes=earlier,
            recorded_by_id=by.person,
        )  # fmt: skip
        of = subject.id if subject else None
        settle(FactRecorded(child=of, kind=kind, replaced=earlier is not None), case=case, audience=seen_by)
        if earlier is not None and value_of(earlier.audience) != value_of(seen_by):
            settle(AudienceNarrowed(child=of, what="fact"), case=case, audience=seen_by)
        note_outcome(once, fact.id)
    return fact.id


def _subject(case: Case, about: UUID | None, child: UUID | None) -> Child | None:
    """The child whom a fact is about, if it is about one; Closed for somebody not of this family."""
    if about is None:
        return case.child(child) if child else None
    for row in case.children:
        if row.person_id == about:
            return case.child(row.id)
    known = case.reader().children
    if any(row.adult.person_id == about and row.child_id in known for row in case.relationships):
        return None
    raise Closed


def _check(
    kind: str, value: str, since: date | None, source: str, subject: Child | None, about: UUID | None
) -> None:
    faults: list[tuple[str | None, str]] = []
    whom = "child" if subject else "adult" if about else "family"
    known = KINDS.get(kind)
    if known is None or whom not in known.about:
        faults.append(("kind", _("Choose what this is from the list.")))
    if not value.strip():
        faults.append(("value", _("Enter what is known.")))
    if since is not None and since > timezone.localdate():
        faults.append(("since", _("The date since when this is so must be today or in the past.")))
    if len(source) > 200:
        faults.append(("source", _("Say in fewer words who says so.")))
    if faults:
        raise Problems(faults)


def _earlier(case: Case, replaces: UUID | None, about: UUID | None, kind: str) -> Fact | None:
    if replaces is None:
        return None
    row = Fact.objects.filter(id=replaces, group=case.group).select_related("audience").first()
    if row is None or not may_see(value_of(row.audience), case.reader(), child=row.child_id):
        raise Closed
    if row.about_id != about or row.kind != kind:
        raise Closed
    if Fact.objects.filter(supersedes=row).exists():
        raise Problem(None, _("Somebody replaced this meanwhile. Open it again to see what stands now."))
    return row


def _guarded(case: Case, choice: AudienceChoice, kind: str, about: UUID | None) -> AudienceChoice:
    """The choice, with everybody shut out who must not learn this kind of fact about somebody else."""
    kept_from = [
        adult for adult in Adult.objects.filter(group=case.group)
        if hidden_from(kind, frozenset(adult.must_not_learn)) and adult.person_id != about
    ]  # fmt: skip
    missing = [adult for adult in kept_from if adult.person_id not in choice.shut_out]
    if not missing:
        return choice
    reasons = [choice.reason, *(adult.must_not_learn_reason for adult in missing)]
    return replace(
        choice,
        shut_out=choice.shut_out | {adult.person_id for adult in missing},
        named=choice.named - {adult.person_id for adult in missing},
        reason="; ".join(dict.fromkeys(reason.strip() for reason in reasons if reason.strip())),
    )
