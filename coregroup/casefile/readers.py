"""For whom something is read: whoever asks, or another person of the case whose cut it is."""

from __future__ import annotations

from uuid import UUID

from coregroup.access.doors import Case
from coregroup.rules.access import THE_FILE, Reader
from coregroup.rules.errors import Closed


def reader_of(case: Case, reader: UUID | None) -> Reader | None:
    """Another's reader; None for whoever asks. Closed for somebody who is not of the case.

    Only professionals read for others: a cut of somebody else's says what is kept from whom.
    """
    if reader is None or reader == case.by.person:
        return None
    if not case.by.professional:
        raise Closed
    if reader == THE_FILE:
        return Reader(THE_FILE, True, frozenset(child.id for child in case.children))
    people = [member.person for member in case.members]
    people += [row.adult.person for row in case.relationships] + [child.person for child in case.children]
    for person in people:
        if person.id == reader:
            return case.reader(person)
    raise Closed
