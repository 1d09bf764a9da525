"""All the stories, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time

from coregroup.casefile.notices import waiting as notices_of
from coregroup.casework import drafts, notices
from coregroup.commands.fiction import averill, brwyn, drummore, hartley, okafor, oleary, whitcombe
from coregroup.commands.fiction.cast import PARENTS
from coregroup.commands.fiction.clock import Days, told_on
from coregroup.commands.fiction.founding import Founded
from coregroup.commands.fiction.library import publish_all
from coregroup.rules.access import Capability

STORIES = (
    ("Hartley, just opened", "ashcombe", hartley.tell),
    ("Okafor-Reed, three siblings", "ashcombe", okafor.tell),
    ("Whitcombe, half-siblings", "ashcombe", whitcombe.tell),
    ("O'Leary-Finch, an unborn baby", "fenhurst", oleary.tell),
    ("Averill, overdue", "fenhurst", averill.tell),
    ("Brwyn, near the second review", "heulwen", brwyn.tell),
    ("Drummore, no first core group yet", "glenarvie", drummore.tell),
)


def tell_all(founded: Mapping[str, Founded], say: Callable[[str], None]) -> None:
    """Tells every family, each in its own authority; one opening is left paused."""
    for home in founded.values():
        publish_all(home)
    for title, town, tell in STORIES:
        say(f"  {founded[town].town.name}: {title}")
        story = tell(founded[town], Days(founded[town].town.nation))
        parents = [one for one in story.people.values() if one.name in {one.name for one in PARENTS}]
        founded[town].parents += parents
    for home in founded.values():
        _last_visits(home)
    _paused_opening(founded["ashcombe"])


def _last_visits(home: Founded) -> None:
    """Everybody was on their start page a few days ago, and put away what had waited there."""
    day = Days(home.town.nation).ago(5)
    with told_on(day, time(17)):
        own = [actor for actor in home.actors.values() if actor.authority == home.id]
        for person in (*own, *home.parents):
            for notice in notices_of(by=person):
                if notice.at.date() < day:
                    notices.done(notice=notice.id, by=person)
            notices.visited(latest=None, by=person)


def _paused_opening(home: Founded) -> None:
    """Oscar has begun to open a core group, and was called away."""
    days, oscar = Days(home.town.nation), home.actors["oscar"]
    held = days.ago(1)
    with told_on(held):
        journey = drafts.start_journey(kind="open_group", by=oscar, capability=Capability.OPEN_GROUP)
        typed = {
            "family_label": ["Featherstonehaugh"], "held_on-day": [str(held.day)],
            "held_on-month": [str(held.month)], "held_on-year": [str(held.year)],
            "strategy_discussion_on-day": [""], "strategy_discussion_on-month": [""],
            "strategy_discussion_on-year": [""], "chair": [str(home.actors["carys"].person)],
        }  # fmt: skip
        drafts.save_step(journey=journey, step="conference", data={"place": 1, "typed": typed}, by=oscar)
