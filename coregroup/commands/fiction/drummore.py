"""The Drummore family: one child in Scotland; the first core group's day has gone by without a meeting."""

from __future__ import annotations

from datetime import time, timedelta

from coregroup.casework.opening_nouns import (
    NewAdult,
    NewChild,
    NewDecision,
    NewFact,
    NewMeeting,
    NewRelationship,
)
from coregroup.commands.fiction.clock import Days
from coregroup.commands.fiction.founding import Founded
from coregroup.commands.fiction.nouns import Act, Child, Concern
from coregroup.commands.fiction.telling import Story

PLAN = {
    "Finlay": Child(
        (
            Concern(
                "Finlay, six, finds his mother asleep on the floor after drinking, and makes his own tea.",
                "An adult who has not been drinking looks after Finlay every day.",
                "Seven days of seven",
                (
                    Act("Visit on three evenings a week, two of them not announced.", "ailsa", 21, "safety"),
                    Act("Go to the recovery group on Mondays and Thursdays.", "Kirsty", 28),
                    Act(
                        "Let Finlay have breakfast and his homework time in school.",
                        "mhairi",
                        14,
                        "achieving_best",
                    ),
                ),
                baseline="Three days of seven",
            ),
        ),
        contacts=(("eilidh", 1, "weeks", "At school and at home", "yes", "How Finlay is looked after"),),
        views=(("Finlay", "I can make toast. Mum is poorly sometimes."),),
    ),
}


def tell(home: Founded, days: Days) -> Story:
    """Opened four weeks ago; the planned day passed in the snow, and the plan is only half built."""
    story = Story(home, days)
    held = days.ago(29)
    story.open(
        {
            "family_label": "Drummore",
            "children": (
                NewChild(
                    "finlay",
                    "Finlay",
                    "Drummore",
                    held - timedelta(days=6 * 365 + 200),
                    facts=(
                        NewFact("school", "Arvie Bridge Primary School, P2"),
                        NewFact("first_language", "English"),
                    ),
                ),
            ),
            "adults": (
                NewAdult(
                    "kirsty",
                    "Kirsty",
                    "Drummore",
                    (NewRelationship("finlay", "mother", True, True),),
                    facts=(NewFact("address", "2 Ferry Cottages, Glenarvie"),),
                ),
                NewAdult(
                    "alasdair", "Alasdair", "Drummore", (NewRelationship("finlay", "grandparent", False),)
                ),
            ),
            "decisions": (
                NewDecision("Finlay's name is placed on the child protection register.", "finlay"),
            ),
            "first_meeting": NewMeeting(
                days.after(held, 9),
                time(10),
                "Arvie Bridge Primary School",
                "Bridge Street, Glenarvie",
                frozenset({"step_free"}),
                True,
            ),
            "strategy_discussion_on": days.after(held, -9),
        },
        held_on=held,
        lead="eilidh",
        chair="fergus",
        roles={
            "eilidh": "Leads the work with your family.",
            "mhairi": "Looks after Finlay at school.",
            "ailsa": "Comes to you at home.",
            "rory": "Is the police's contact.",
        },
    )
    story.bring_in_outline(PLAN, on=days.after(held, 1))
    story.join("mhairi", "ailsa", on=days.after(held, 3), steps=("told_manager",))
    story.invite("rory", on=days.after(held, 3))
    story.welcome("Kirsty Drummore", on=days.after(held, 4))
    story.build(PLAN, on=days.after(held, 8), but=("view",))
    return story
