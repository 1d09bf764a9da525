"""Who may see what is said in a meeting, unless somebody chooses otherwise."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, standing_audience, value_of
from coregroup.records.models import Adult, Audience, PlanRevision
from coregroup.rules.access import Audience as Value
from coregroup.rules.access import Base
from coregroup.rules.meeting_entries import EntryKind


class Named(Protocol):
    """A thing of a meeting, as far as its audience depends on it."""

    @property
    def about(self) -> UUID | None: ...
    @property
    def child(self) -> UUID | None: ...


def default_audience(case: Case, thing: Named, kind: EntryKind) -> Audience:
    """The audience of a new thing: the kind's own; of a plan item's risk, the item's.

    Words of the family are kept from adults who do not meet with the others or must not learn where these
    are: what a mother says is not read by a father who is kept apart from her, until somebody decides so.
    """
    if kind.audience == "professionals":
        return working_audience(case)
    if kind.about == "item":
        row = (
            PlanRevision.objects.filter(item=thing.about)
            .select_related("audience")
            .order_by("-number")
            .first()
        )
        return row.audience if row else standing_audience(case)
    if not kind.spoken:
        return standing_audience(case)
    return spoken_audience(case, thing.about)


def spoken_audience(case: Case, speaker: UUID | None) -> Audience:
    """The whole group, but for adults kept apart from whoever spoke."""
    apart = frozenset(
        row.person_id for row in Adult.objects.filter(group=case.group)
        if row.person_id != speaker and (row.attends != "yes" or row.must_not_learn)
    )  # fmt: skip
    if not apart:
        return standing_audience(case)
    value = Value(shut_out=apart)
    for row in _restricted(case, "group"):
        if value_of(row) == value:
            return row
    because = _("This adult does not meet with the others.")
    return audience_row(case, AudienceChoice(shut_out=apart, reason=because))


def working_audience(case: Case) -> Audience:
    """The professionals of the group, for what is only their work in progress; one row for a group."""
    for row in _restricted(case, "professionals"):
        if value_of(row) == Value(Base.PROFESSIONALS):
            return row
    because = _("Work of the professionals in the meeting.")
    return audience_row(case, AudienceChoice(base="professionals", reason=because))


def _restricted(case: Case, base: str) -> list[Audience]:
    rows = Audience.objects.filter(group=case.group, base=base).exclude(reason="")
    return list(rows.prefetch_related("persons").order_by("made_at"))
