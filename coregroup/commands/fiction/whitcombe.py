"""The Whitcombe family: half-siblings. Frank, Ben's father, must not learn where the mother lives."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

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
    "Ben": Child(
        (
            Concern(
                "Ben saw his father break down the door, and dreams of it.",
                "Ben feels safe where he lives.",
                "Sleeps through on 5 nights of 7",
                (
                    Act("Fit new locks and an alarm, and show Ben how they work.", "petra", 10, "safety"),
                    Act("Talk with Ben about what he saw, at his own pace.", "wim", 40),
                ),
                baseline="Wakes every night",
            ),
            Concern(
                "Ben wants to see his father, and contact has not been safe.",
                "Ben sees his father where both are safe, or knows why he does not.",
                "One visit at the contact centre every two weeks, with no incident",
                (Act("Come sober and on time to each visit at the contact centre.", "Frank", 30),),
                baseline="No visit since the summer",
            ),
        ),
        contacts=(("lena", 10, "working_days", "At school", "yes", "How safe Ben feels"),),
        views=(
            ("Ben", "I want to see Dad but not at home."),
            ("Frank", "I want another chance to be his father."),
        ),
    ),
    "Amy": Child(
        (
            Concern(
                "Amy was in the room when the door was broken down. She clings and does not eat well.",
                "Amy eats and plays as other children of her age do.",
                "Weight on her own line again",
                (
                    Act("Weigh Amy and watch a meal every week.", "hana", 28, "monitoring"),
                    Act("Take Amy to the nursery on three mornings.", "Mary", 21),
                ),
                baseline="Lost a kilogram in six weeks",
            ),
        ),
        contacts=(("hana", 1, "weeks", "At the clinic", "where_possible", "How she eats and grows"),),
    ),
}


def tell(home: Founded, days: Days) -> Story:
    """Opened a good two weeks ago: the first core group has met, and the plans are being built."""
    story = Story(home, days)
    held = days.ago(19)
    secret: dict[str, Any] = {
        "must_not_learn": frozenset({"address", "contact", "school"}),
        "must_not_learn_reason": "He has threatened the mother and looked for her.",
    }
    story.open(
        {
            "family_label": "Whitcombe",
            "children": (
                NewChild(
                    "ben",
                    "Ben",
                    "Whitcombe",
                    held - timedelta(days=9 * 365 + 3),
                    categories=("emotional_abuse",),
                    facts=(
                        NewFact(
                            "address", "14 Heron Close, Ashcombe", held - timedelta(days=50), "Constabulary"
                        ),
                        NewFact("school", "Larkspur Primary School, year 5"),
                        NewFact(
                            "legal_status",
                            "Child arrangements order: no contact outside the centre",
                            source="Family court",
                        ),
                    ),
                ),
                NewChild(
                    "amy",
                    "Amy",
                    "Whitcombe",
                    held - timedelta(days=800),
                    categories=("emotional_abuse", "neglect"),
                    facts=(
                        NewFact(
                            "address", "14 Heron Close, Ashcombe", held - timedelta(days=50), "Constabulary"
                        ),
                        NewFact("gp", "Dr Whitlow, Heron surgery"),
                    ),
                ),
            ),
            "adults": (
                NewAdult(
                    "mary",
                    "Mary",
                    "Whitcombe",
                    (
                        NewRelationship("ben", "mother", True, True),
                        NewRelationship("amy", "mother", True, True),
                    ),
                    facts=(
                        NewFact("telephone", "07700 900622"),
                        NewFact("email", "mary.whitcombe@home.example"),
                    ),
                ),
                NewAdult(
                    "frank",
                    "Frank",
                    "Dale",
                    (NewRelationship("ben", "father", True, False),),
                    attends="separately",
                    attends_reason="A court order keeps him from the mother.",
                    **secret,
                ),
                NewAdult("gil", "Gil", "Storr", (NewRelationship("amy", "father", None, False),)),
            ),
            "decisions": (
                NewDecision("Ben is the subject of a child protection plan.", "ben"),
                NewDecision("Amy is the subject of a child protection plan.", "amy"),
                NewDecision("Each father hears only of his own child."),
            ),
            "first_meeting": NewMeeting(
                days.after(held, 7),
                time(13, 30),
                "Constabulary House, meeting room 2",
                "Bridge Street, Ashcombe",
                frozenset({"waiting_room", "step_free", "online"}),
                True,
                "Two entrances: times are staggered.",
            ),
            "strategy_discussion_on": days.after(held, -8),
        },
        held_on=held,
        lead="lena",
        chair="carys",
        roles={
            "lena": "Leads the work with your family.",
            "hana": "Looks after Amy's health.",
            "tariq": "Looks after Ben at school.",
            "petra": "Helps to keep you safe.",
            "wim": "Is there for Ben to talk to.",
        },
    )
    story.bring_in_outline(PLAN, on=days.after(held, 1))
    story.join(
        "hana", "petra", on=days.after(held, 2), steps=("told_manager", "read_outline", "shared_contacts")
    )
    story.join("tariq", "wim", on=days.after(held, 3))
    story.welcome("Mary Whitcombe", on=days.after(held, 3))
    story.welcome("Frank Dale", on=days.after(held, 4))
    story.first_met(on=days.after(held, 7))
    story.build(PLAN, on=days.after(held, 8))
    story.answer("Ben", on=days.after(held, 9), silent=("Ben:action:1:0",))
    return story
