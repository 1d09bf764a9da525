"""The Okafor-Reed family: three siblings on one core group, their plans in force for two months."""

from __future__ import annotations

from datetime import date, time, timedelta

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
from coregroup.commands.fiction.okafor_meetings import since_then
from coregroup.commands.fiction.telling import Story

FAMILY_PAGE = (
    "Because shouting and hitting between the adults frightened the children.",
    "No violence at home, and nobody drinks while looking after the children.",
    "You go to the sessions that you chose, and you tell us when it gets hard.",
    "Wim visits every week; Hana looks after Samuel's health; school keeps a quiet room.",
    "If the children are frightened again we meet at once and talk about where they are safe.",
)

PLAN = {
    "Tobi": Child(
        (
            Concern(
                "Tobi steps between the adults and stays out at night to get away.",
                "Tobi sleeps at home, and no longer feels that he must protect his mother.",
                "Home by half past nine on every school night",
                (
                    Act("Meet Tobi in school each week, and hear how the nights were.", "bernadette", 21),
                    Act(
                        "Agree with Tobi whom he can call at night, and give him the number.",
                        "oscar",
                        14,
                        "safety",
                    ),
                    Act("Have a room for Tobi to sleep in, with a door that shuts.", "Ngozi", 30),
                ),
                baseline="Out after midnight on 4 nights of 7",
                measure="Tobi's own diary and his mother's account",
            ),
        ),
        contacts=(("oscar", 10, "working_days", "At school or on a walk", "yes", "How safe the nights are"),),
        contingency=(
            "Tobi is away overnight and nobody knows where.",
            "Call the police at once, then Oscar; meet within three days.",
            "Ngozi or school",
        ),
        views=(
            ("Tobi", "I can look after myself. I just want it to be quiet at home."),
            ("Ngozi", "He was always a good boy. I want him home at night."),
        ),
        family_page=FAMILY_PAGE,
    ),
    "Ada": Child(
        (
            Concern(
                "Ada has stopped talking in class and wets the bed after there was fighting.",
                "Ada speaks in class again and tells an adult when she is afraid.",
                "Speaks in class on at least 3 days of 5",
                (
                    Act("Ten sessions of play therapy at school for Ada.", "tariq", 60),
                    Act(
                        "Help Ngozi to make evenings calm: bath, story, light on.",
                        "wim",
                        28,
                        "achieving_best",
                    ),
                ),
                baseline="Has not spoken in class since the autumn half term",
                evidence="Notes of her class teacher",
            ),
        ),
        contacts=(("tariq", 5, "working_days", "At school", "yes", "How Ada feels and what she draws"),),
        contingency=(
            "Ada hears or sees violence again.",
            "Call the police; Ada stays with her aunt.",
            "Ngozi",
        ),
        views=(
            ("Ada", "I like it when Wim comes. I don't like the banging."),
            ("Ngozi", "She sleeps better when the light is on."),
        ),
        family_page=FAMILY_PAGE,
    ),
    "Samuel": Child(
        (
            Concern(
                "Samuel, two years old, has missed his health checks and says few words.",
                "Samuel has all his checks and his speech is assessed.",
                "All checks that are due",
                (
                    Act("Check Samuel's growth and speech at home.", "hana", 14, "assessment"),
                    Act("Bring Samuel to the talking group on Tuesdays.", "Ngozi", 42),
                ),
                baseline="Last seen by a health visitor at 9 months",
            ),
        ),
        contacts=(("hana", 2, "weeks", "At home", "where_possible", "Growth, speech, how he plays"),),
        contingency=(
            "Samuel is left with an adult who has been drinking.",
            "Call the emergency team.",
            "Any member",
        ),
        views=(("Ngozi", "He talks to me. He is shy with strangers."),),
        family_page=FAMILY_PAGE,
    ),
}


def tell(home: Founded, days: Days) -> Story:
    """Opened eleven weeks ago; version 1 of each plan after the first core group, later changes since."""
    story = Story(home, days)
    held = days.ago(80)
    _open(story, held, days)
    first = days.after(held, 8)
    story.bring_in_outline(PLAN, on=days.after(held, 1))
    story.join(
        "tariq",
        "hana",
        "bernadette",
        on=days.after(held, 3),
        steps=("told_manager", "read_outline", "noted_review"),
    )
    story.join("wim", on=days.after(held, 5))
    story.welcome("Ngozi Okafor-Reed", on=days.after(held, 4))
    story.build(PLAN, on=days.after(held, 6))
    story.answer("Tobi", on=days.after(held, 7))
    story.answer(
        "Ada",
        on=days.after(held, 7),
        declined={
            "Ada:action:0:0": "Our therapist is away until next term: ten sessions cannot begin by then."
        },
    )
    story.answer("Samuel", on=days.after(held, 7))
    for name in PLAN:
        passed = {"answers": "School will find another therapist within two weeks."} if name == "Ada" else {}
        unheard = {"parent_views": "The father has not answered three letters; asked again."}
        story.force(
            name,
            on=first,
            met_on=first,
            passed={
                **passed,
                **unheard,
                "child_voice": "Too young to say; how he plays is written down by Hana.",
            },
        )
    since_then(story, days, first)
    return story


def _open(story: Story, held: date, days: Days) -> None:
    links = tuple(NewRelationship(key, "mother", True, True) for key in ("tobi", "ada", "samuel"))
    father = tuple(NewRelationship(key, "father", True, False) for key in ("tobi", "ada", "samuel"))
    year = timedelta(days=365)
    story.open(
        {
            "family_label": "Okafor-Reed",
            "children": (
                NewChild(
                    "tobi",
                    "Tobi",
                    "Okafor-Reed",
                    held - 14 * year,
                    categories=("emotional_abuse",),
                    facts=(NewFact("school", "Heronsbrook Academy, year 9"),),
                ),
                NewChild(
                    "ada",
                    "Ada",
                    "Okafor-Reed",
                    held - 8 * year,
                    categories=("emotional_abuse",),
                    facts=(NewFact("school", "Larkspur Primary School, year 4"),),
                ),
                NewChild(
                    "samuel",
                    "Samuel",
                    "Okafor-Reed",
                    held - 2 * year,
                    categories=("emotional_abuse", "neglect"),
                    facts=(NewFact("health", "Immunisations not complete", source="Health visitor"),),
                ),
            ),
            "adults": (
                NewAdult(
                    "ngozi",
                    "Ngozi",
                    "Okafor-Reed",
                    links,
                    facts=(
                        NewFact("telephone", "07700 900611"),
                        NewFact("address", "58 Mill Lane, Ashcombe", source="Ashcombe Homes"),
                        NewFact("first_language", "Igbo and English"),
                    ),
                ),
                NewAdult(
                    "daniel",
                    "Daniel",
                    "Reed",
                    father,
                    attends="separately",
                    attends_reason="A non-molestation order keeps him from the mother.",
                    must_not_learn=frozenset({"contact"}),
                    must_not_learn_reason="He has rung the mother at night.",
                ),
            ),
            "decisions": (NewDecision("All three children are subjects of child protection plans."),),
            "first_meeting": NewMeeting(
                days.after(held, 8),
                time(10, 30),
                "Mill Lane children's centre",
                "Mill Lane, Ashcombe",
                frozenset({"creche", "parking"}),
                True,
            ),
            "strategy_discussion_on": days.after(held, -12),
        },
        held_on=held,
        lead="oscar",
        chair="carys",
        roles={
            "oscar": "Leads the work with your family and speaks with each of the children.",
            "tariq": "Looks after Ada at school.",
            "bernadette": "Is there for Tobi at school.",
            "hana": "Looks after Samuel's health and speech.",
            "wim": "Comes to you at home each week and helps in the evenings.",
        },
    )
