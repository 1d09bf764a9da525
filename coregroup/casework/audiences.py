"""Audiences as they are stored, and as the rules know them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.records.models import Audience, AudiencePerson, MeetingGuest
from coregroup.rules import access
from coregroup.rules.errors import Closed, Problem


@dataclass(frozen=True)
class AudienceChoice:
    """Who may see what is being written, as a person chose it. By default the whole group, family too."""

    base: str = "group"
    named: frozenset[UUID] = frozenset()
    shut_out: frozenset[UUID] = frozenset()
    reason: str = ""
    permitted_by: str = ""
    review_on: date | None = None

    def value(self) -> access.Audience:
        return access.Audience(access.Base(self.base), self.named, self.shut_out)


WHOLE_GROUP = AudienceChoice()


def standing_audience(case: Case) -> Audience:
    """The group's own audience "everyone in the group", made with the group and shared by all such items."""
    found = Audience.objects.filter(group=case.group, base="group", reason="", persons__isnull=True).order_by(
        "made_at"
    )
    return found.first() or Audience.objects.create(
        authority=case.group.authority, group=case.group, base="group", set_by_id=case.by.person
    )


def audience_row(case: Case, choice: AudienceChoice = WHOLE_GROUP) -> Audience:
    """The stored audience for a choice. Raises Problem("audience", …) naming what it lacks (R57).

    Closed where it names somebody who is neither of this case nor a guest of one of its meetings.
    """
    value = choice.value()
    if not value.restricted:
        return standing_audience(case)
    if case.members:  # a group that is just being opened has none yet: its own rows are made in passing
        refuse_unknown_persons(case, choice)
    _refuse_faulty(value, choice)
    row = Audience.objects.create(
        authority=case.group.authority, group=case.group, base=choice.base, reason=choice.reason.strip(),
        permitted_by=choice.permitted_by.strip(), review_on=choice.review_on, set_by_id=case.by.person,
    )  # fmt: skip
    _add_persons(row, choice.named, shut_out=False)
    _add_persons(row, choice.shut_out - choice.named, shut_out=True)
    return row


def refuse_unknown_persons(case: Case, choice: AudienceChoice) -> None:
    """Raises Closed where a choice names or shuts out somebody not of this case: ids come from pages."""
    chosen = choice.named | choice.shut_out
    known = {member.person_id for member in case.members} | {child.person_id for child in case.children}
    known |= {member.person.manager_id for member in case.members if member.person.manager_id}
    if not chosen - known:
        return
    unknown = chosen - known - {row.adult.person_id for row in case.relationships}
    guests = MeetingGuest.objects.filter(group=case.group, person__in=unknown, ended_at__isnull=True)
    if unknown and unknown - set(guests.values_list("person_id", flat=True)):
        raise Closed


def _add_persons(row: Audience, persons: Iterable[UUID], *, shut_out: bool) -> None:
    AudiencePerson.objects.bulk_create(
        AudiencePerson(authority_id=row.authority_id, audience=row, person_id=person, shut_out=shut_out)
        for person in persons
    )


def _refuse_faulty(value: access.Audience, choice: AudienceChoice) -> None:
    sentences = {
        "reason": _("Say why not everybody in the group may see this."),
        "permission": _("Say who gave permission to keep this to named people."),
        "review_date": _("Give the date when keeping this to named people will be looked at again."),
        "nobody_named": _("Name at least one person who may see this."),
    }
    for fault in access.faults(
        value, reason=choice.reason, permitted_by=choice.permitted_by, review_on=choice.review_on
    ):
        raise Problem("audience", sentences[fault])


def value_of(row: Audience) -> access.Audience:
    """A stored audience as the rules know it (uses the prefetched `persons` where there are any)."""
    persons = list(row.persons.all())
    return access.Audience(
        access.Base(row.base),
        frozenset(link.person_id for link in persons if not link.shut_out),
        frozenset(link.person_id for link in persons if link.shut_out),
    )
