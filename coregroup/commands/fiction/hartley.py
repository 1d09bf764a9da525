"""The Hartley family: one child, just opened; the first core group is due in the next days."""

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
    "Leo": Child(
        (
            Concern(
                "Leo comes to school hungry and dirty on most days, and is alone in the evenings.",
                "Leo eats breakfast, is clean, and has an adult with him every evening.",
                "Every school day",
                (
                    Act(
                        "Keep a place for Leo at the breakfast club and note each day that he comes.",
                        "tariq",
                        14,
                    ),
                    Act(
                        "Visit twice a week after five o'clock to see who is with Leo.", "lena", 14, "safety"
                    ),
                ),
                baseline="Clean and fed on 1 day of 5 in the last month",
            ),
            Concern(
                "Leo's teeth hurt and he has missed three dentist's appointments.",
                "Leo's teeth are treated and he has no pain.",
                "All treatment that the dentist asks for",
                (Act("Take Leo to the dentist with his mother.", "hana", 21, "assessment"),),
            ),
        )
    ),
}


def tell(home: Founded, days: Days) -> Story:
    """Opened a few days ago; the outline plan is in, two members have joined and one has not answered."""
    story = Story(home, days)
    held = days.ago(10)
    story.open(
        {
            "family_label": "Hartley",
            "children": (
                NewChild(
                    "leo",
                    "Leo",
                    "Hartley",
                    date_of_birth=held - timedelta(days=7 * 365 + 40),
                    categories=("neglect",),
                    facts=(
                        NewFact("address", "Flat 3, 27 Tannery Row, Ashcombe", source="Ashcombe Homes"),
                        NewFact("school", "Larkspur Primary School, year 3", source="School's report"),
                        NewFact("first_language", "English"),
                        NewFact("gp", "Dr Anand, Tannery Road surgery", source="The mother"),
                        NewFact("household", "His mother", source="The mother"),
                    ),
                ),
            ),
            "adults": (
                NewAdult(
                    "donna",
                    "Donna",
                    "Hartley",
                    (NewRelationship("leo", "mother", True, True),),
                    facts=(
                        NewFact("telephone", "07700 900601", source="The mother"),
                        NewFact("access_needs", "Works nights: meetings after one o'clock."),
                    ),
                ),
                NewAdult("ray", "Ray", "Pollard", (NewRelationship("leo", "grandparent", False),)),
            ),
            "decisions": (
                NewDecision("Leo is the subject of a child protection plan.", "leo"),
                NewDecision("The mother is offered help with her night shifts."),
            ),
            "first_meeting": NewMeeting(
                days.after(held, 8),
                time(14),
                "Tannery Row family centre, blue room",
                "2 Tannery Row, Ashcombe",
                frozenset({"step_free", "accessible_toilet", "public_transport"}),
                True,
            ),
            "strategy_discussion_on": days.after(held, -9),
        },
        held_on=held,
        lead="lena",
        chair="carys",
        roles={
            "lena": "Leads the work with your family. Ask her about anything in the plan.",
            "tariq": "Looks after Leo's safety and learning at school.",
            "hana": "Looks after Leo's health.",
            "jo": "Helps with your flat and the rent.",
        },
    )
    story.bring_in_outline(PLAN, on=days.after(held, 1))
    story.join("tariq", on=days.after(held, 2), steps=("told_manager", "read_outline"))
    story.join("hana", on=days.after(held, 2))
    story.invite("jo", on=days.after(held, 2))
    return story
