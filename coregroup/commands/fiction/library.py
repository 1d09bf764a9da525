"""The protocols and guidance that the fictional authorities have published; one has a second version."""

from __future__ import annotations

from datetime import timedelta

from coregroup.casework import guidance
from coregroup.commands.fiction.clock import Days, told_on
from coregroup.commands.fiction.founding import Founded

MEETING = (
    "Coming to a core group",
    "Say who you are and what you do for the family, in plain words.\n\n"
    "Ask the family before the meeting what they want to talk about.\n\n"
    "Bring what you have seen, not what you have heard.",
    ("open_group", "group", "meeting", "joining"),
)
PLAN = (
    "Writing an action that can be done",
    "One person, one thing, one day.\n\nWrite what will be different for the child, and how we would see it.",
    ("plan",),
)
MISSED = (
    "When a visit does not happen",
    "Say so on the same day, and say when the child will be seen instead.",
    ("contact",),
)
MISSED_NOW = MISSED[1] + "\n\nAfter a second missed visit ring the lead worker as well."


def publish_all(home: Founded) -> None:
    """Publishes three texts in an authority; the one about missed visits was changed since."""
    administrator = next(actor for actor in home.actors.values() if "administrator" in actor.duties)
    days = Days(home.town.nation)
    begun = days.today - timedelta(days=300)
    with told_on(begun):
        for title, text, pages in (MEETING, PLAN, MISSED):
            slug = guidance.publish(
                title=title, text=text, applies_to=pages, in_force_on=begun, by=administrator
            )
    changed = days.ago(60)
    with told_on(changed):
        guidance.publish(
            slug=slug,
            title=MISSED[0],
            text=MISSED_NOW,
            applies_to=MISSED[2],
            in_force_on=changed,
            by=administrator,
        )
