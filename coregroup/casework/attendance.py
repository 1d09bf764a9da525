"""Who was there, by the codes that suit who they are (R21, R22, R54)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.records.models import Meeting
from coregroup.rules import participation
from coregroup.rules.errors import Problems


def check_how(case: Case, meeting: Meeting, person: UUID | None, told: Mapping[str, Any]) -> None:
    """Refuses a code that is not for this person: an adult's for a child, or one for another age.

    Raises Problems at `how`.
    """
    how = told.get("how")
    if not how:
        return
    child = next((one for one in case.children if one.person_id == person), None)
    if child is None:
        adults = {row.adult.person_id for row in case.relationships}
        if how not in participation.choices_for("adult" if person in adults else "professional"):
            raise Problems([("how", _("Choose from the list."))])
        return
    if how not in participation.choices_for("child"):
        raise Problems([("how", _("Choose from the list."))])
    on = meeting.held_on or meeting.planned_on
    if not participation.suits_age(how, child.date_of_birth, on):
        if how == "PN0":
            raise Problems([("how", _("This child is four or older: say how they took part."))])
        raise Problems([("how", _("This child is under four: the code for that is PN0."))])
