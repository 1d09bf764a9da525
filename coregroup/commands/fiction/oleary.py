"""The O'Leary-Finch family: a baby not yet born. The first core group was late, with reason and approver."""

from __future__ import annotations

from datetime import time

from coregroup.casework.opening_nouns import (
    NewAdult,
    NewChild,
    NewDecision,
    NewDeparture,
    NewFact,
    NewMeeting,
    NewRelationship,
)
from coregroup.commands.fiction.clock import Days
from coregroup.commands.fiction.founding import Founded
from coregroup.commands.fiction.nouns import Act, Child, Concern
from coregroup.commands.fiction.telling import Story

PLAN = {
    "Baby": Child(
        (
            Concern(
                "Shannon used heroin early in this pregnancy; an earlier baby was born ill from it.",
                "The baby is born well, and goes home to a place that is ready.",
                "No drug use from now to the birth, shown by every test",
                (
                    Act("See Shannon every week with the treatment nurse, and give the tests.", "grace", 28),
                    Act("Keep every appointment of the treatment programme.", "Shannon", 42),
                    Act("Have cot, clothes and bottles ready by week 36.", "marta", 50, "achieving_best"),
                ),
                baseline="Two positive tests in the last month",
                measure="Weekly test",
            ),
        ),
        contacts=(("grace", 1, "weeks", "At the clinic", "where_possible", "Health of mother and baby"),),
        contingency=(
            "Shannon misses two tests in a row, or the birth begins early.",
            "Grace calls Gareth the same day; the birth plan on the ward is used.",
            "Grace Tembo",
        ),
        views=(("Shannon", "I lost one baby. I will not lose this one."),),
        family_page=(
            "Because drugs in the pregnancy can harm your baby.",
            "No drugs, every appointment, and a home that is ready.",
            "Tell Grace the truth, also when it went wrong.",
            "Grace each week, Marta for the things a baby needs, a place in the mothers' group.",
            "We meet before the birth and decide who looks after the baby at first.",
        ),
    ),
}


def tell(home: Founded, days: Days) -> Story:
    """Opened six weeks ago; the core group met after its limit, because the midwife was on strike duty."""
    story = Story(home, days)
    held = days.ago(45)
    first = days.after(held, 14)
    story.open(
        {
            "family_label": "O'Leary-Finch",
            "children": (
                NewChild(
                    "baby",
                    "Baby",
                    "O'Leary-Finch",
                    expected_on=days.ahead(70),
                    categories=("neglect",),
                    facts=(
                        NewFact("birth_place", "Fenhurst maternity unit", source="Midwife"),
                        NewFact(
                            "earlier_plans",
                            "An older half-brother was adopted.",
                            source="Fenhurst Children's Services",
                        ),
                    ),
                ),
            ),
            "adults": (
                NewAdult(
                    "shannon",
                    "Shannon",
                    "O'Leary-Finch",
                    (NewRelationship("baby", "mother", True, True),),
                    facts=(
                        NewFact("telephone", "07700 900631"),
                        NewFact("address", "The Hollies, room 12, Fenhurst"),
                    ),
                ),
                NewAdult(
                    "craig",
                    "Craig",
                    "Mottram",
                    (NewRelationship("baby", "father", None, False),),
                    attends="no",
                    attends_reason="In custody until next summer; he is told by letter.",
                ),
            ),
            "decisions": (NewDecision("The baby will be the subject of a plan from birth."),),
            "first_meeting": NewMeeting(
                first,
                time(11),
                "Fenhurst clinic, room 4",
                "Station Road, Fenhurst",
                frozenset({"step_free", "parking"}),
                True,
            ),
            "strategy_discussion_on": days.after(held, -10),
            "out_of_hours": "Maternity triage, 07700 900219",
        },
        held_on=held,
        lead="gareth",
        chair="dominic",
        roles={
            "gareth": "Leads the work with you until the baby is settled.",
            "grace": "Is your midwife.",
            "hana": "Will be the baby's health visitor.",
            "marta": "Helps you to get things ready.",
            "callum": "Is in touch with Craig.",
        },
        departure=NewDeparture(
            "The midwife could not be spared before, and the meeting makes no sense without her.",
            "Ruth Achebe, team manager",
            held,
        ),
    )
    story.bring_in_outline(PLAN, on=days.after(held, 2))
    story.join("grace", "marta", on=days.after(held, 4), steps=("told_manager", "read_outline"))
    story.join("hana", on=days.after(held, 6))
    story.welcome("Shannon O'Leary-Finch", on=days.after(held, 5))
    story.build(PLAN, on=days.after(held, 12))
    story.answer("Baby", on=days.after(held, 13))
    story.force(
        "Baby",
        on=first,
        met_on=first,
        passed={"parent_views": "The father answers by letter only; it has not come yet."},
    )
    story.change(
        "Baby",
        "action:0:1",
        on=days.after(first, 8),
        content={
            "what": "Keep every appointment of the treatment programme, and ring if one cannot be kept."
        },
    )
    story.meet(booked_on=first, on=days.ahead(3), at=time(11), venue="Fenhurst clinic, room 4", held=False)
    return story
