"""Who is at a meeting, as its attendance says: for what only those present can be asked."""

from __future__ import annotations

from uuid import UUID

from coregroup.records.models import Meeting, MeetingEntry

HERE = frozenset({"present", "attended", "PN1", "PN2", "PN3", "PN4"})
SEATED = frozenset({"present", "represented"})  # professionals who have a voice in it


def attendance(meeting: Meeting) -> dict[UUID, str]:
    """How each person takes part (`rules.participation`), as it was said last. One query."""
    rows = MeetingEntry.objects.filter(meeting=meeting, kind="attendance").order_by("number")
    told = {about: str(content.get("how", "")) for about, content in rows.values_list("about", "content")}
    return {person: how for person, how in told.items() if person and how}


def is_here(how: str) -> bool:
    """Is somebody who takes part in this way in the room (or on the line), so that they can be asked?"""
    return how in HERE
