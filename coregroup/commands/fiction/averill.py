"""The Averill family: one child; the core group has not met for too long, and a visit was missed."""

from __future__ import annotations

from datetime import time, timedelta

from coregroup.casework.audiences import AudienceChoice
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
    "Jasmine": Child(
        (
            Concern(
                "Jasmine, five, had bruises on her arms that nobody could explain.",
                "Nobody hurts Jasmine.",
                "No new bruise without a known cause",
                (
                    Act(
                        "Note every mark that school sees, and ring the same day.", "imogen", 14, "monitoring"
                    ),
                    Act("Ten sessions on managing anger with Lee.", "callum", 70),
                ),
                baseline="Three bruises in two months",
            ),
            Concern(
                "Jasmine is often late and misses one day of school a week.",
                "Jasmine is in school every day.",
                "At least 95 of 100 sessions",
                (Act("Walk with Jasmine to school on the mornings when her mother works.", "marta", 21),),
                baseline="78 of 100 sessions last term",
            ),
        ),
        contacts=(("priya", 10, "working_days", "At school", "yes", "How things are at home"),),
        contingency=(
            "A new bruise, or Jasmine says that she is hurt.",
            "A medical the same day; Lee stays elsewhere until we have met.",
            "Priya Nandakumar",
        ),
        views=(("Jasmine", "I like my teacher. Lee shouts."), ("Tina", "He has a temper, but he is trying.")),
        family_page=(
            "Because Jasmine was hurt, and nobody could say how.",
            "Nobody hurts Jasmine; she is in school every day.",
            "Lee goes to his sessions, and you let us see Jasmine.",
            "Marta walks with her; Callum works with Lee.",
            "If she is hurt again, we ask a court to decide where she lives.",
        ),
    ),
}


def tell(home: Founded, days: Days) -> Story:
    """Opened twelve weeks ago; after the second core group nothing more was planned."""
    story = Story(home, days)
    held = days.ago(84)
    first = days.after(held, 7)
    story.open(
        {
            "family_label": "Averill",
            "children": (
                NewChild(
                    "jasmine",
                    "Jasmine",
                    "Averill",
                    held - timedelta(days=5 * 365 + 90),
                    categories=("physical_abuse",),
                    facts=(NewFact("school", "St Osyth Green Primary School, reception"),),
                ),
            ),
            "adults": (
                NewAdult("tina", "Tina", "Averill", (NewRelationship("jasmine", "mother", True, True),)),
                NewAdult(
                    "lee",
                    "Lee",
                    "Hobday",
                    (NewRelationship("jasmine", "partner_of_parent", False, True),),
                    attends="part",
                    attends_reason="Jasmine's mother asked to speak without him first.",
                ),
            ),
            "decisions": (NewDecision("Jasmine is the subject of a child protection plan.", "jasmine"),),
            "first_meeting": NewMeeting(
                first,
                time(9, 30),
                "St Osyth Green School, library",
                "School Lane",
                frozenset({"step_free"}),
                True,
            ),
            "strategy_discussion_on": days.after(held, -11),
        },
        held_on=held,
        lead="priya",
        chair="dominic",
        roles={
            "priya": "Leads the work with your family.",
            "imogen": "Looks after Jasmine at school.",
            "callum": "Works with Lee on his temper.",
            "marta": "Helps in the mornings.",
            "petra": "Is the police's contact for your family.",
        },
    )
    story.bring_in_outline(PLAN, on=days.after(held, 1))
    story.join("imogen", "marta", "callum", on=days.after(held, 3), steps=("told_manager", "read_outline"))
    story.build(PLAN, on=days.after(held, 5))
    story.answer(
        "Jasmine",
        on=days.after(held, 6),
        declined={"Jasmine:action:1:0": "I have no mornings free before next month."},
    )
    story.force("Jasmine", on=first, met_on=first, passed={"answers": "Her aunt walks with her until then."})
    story.meet(
        booked_on=first, on=days.after(first, 12), at=time(9, 30), venue="St Osyth Green School, library"
    )
    story.change("Jasmine", "outcome:1", on=days.after(first, 13), content={"by_how_much": "Every session"})
    story.miss(
        "Jasmine",
        "priya",
        on=days.ago(12),
        reason="Called to court at short notice.",
        audience=AudienceChoice("professionals", reason="The family is told by Priya herself first."),
    )
    return story
