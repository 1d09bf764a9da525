"""The core groups of the Okafor-Reed family after the first: two that were held, one that is ahead."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

from coregroup.casework import apologies, family_first, lead_notes, updates
from coregroup.casework.meetings import NewMeeting
from coregroup.commands.fiction.clock import Days, told_on
from coregroup.commands.fiction.gathering import Entry, Sheet, gather
from coregroup.commands.fiction.handing import hand_out
from coregroup.commands.fiction.telling import Story

SECOND = Sheet(
    chair="tariq", minute_taker="bernadette",
    here={"oscar": "present", "tariq": "present", "bernadette": "present", "hana": "present",
          "wim": "present", "Ngozi": "attended", "Daniel": "none", "Tobi": "PN6", "Ada": "PN6",
          "Samuel": "PN0"},
    family_said={"Ngozi": "Two quiet weeks. Ada slept through four nights. I am tired, but it is calmer."},
    voices=(
        ("Tobi", "I was home every night but one. It is better when nobody shouts."),
        ("Ada", "I put my hand up on Monday."),
        ("Samuel", "Played with the wooden train and fetched Hana a book; looks for his mother."),
        ("Ngozi", "I want the letters to come to my mother's house, not here."),
    ),
    entries=(
        Entry("bernadette", "Tobi", 6, "Tobi was away from school on Tuesday and was found at a friend's.",
              "He missed the trip that he had looked forward to.", "Rang home; Oscar saw him the same day."),
        Entry("tariq", "Ada", 3, "Ada answered a question in front of the class.",
              "She smiled and told two friends.", "Told her mother at the gate."),
    ),
    nothing_new={"oscar": "Oscar", "hana": "Hana", "wim": "Wim"},
    risk=(
        ("Tobi:concern:0", "same", "One night away in two weeks, and nobody knew where."),
        ("Ada:concern:0", "decreased", "Dry on most nights; speaks at times."),
        ("Samuel:concern:0", "same", "The speech assessment has not been made yet."),
    ),
    states=(("Ada:action:0:1", "under_way", ""),),
    rated=(("tariq", "Ada:outcome:0", 4, "Spoke in class on 2 days of 5."),),
    decisions=(("Letters go to the grandmother's house.", "Ngozi asks for it, and it is safer."),),
    answered=("Tobi:action:0:1",),
)  # fmt: skip

THIRD = Sheet(
    chair="wim", minute_taker="hana",
    here={"oscar": "present", "tariq": "present", "bernadette": "report", "hana": "present",
          "wim": "present", "Ngozi": "attended", "Daniel": "sent_views", "Tobi": "PN1", "Ada": "PN6",
          "Samuel": "PN0"},
    family_said={
        "Ngozi": "There was shouting on the Saturday, and I took the children to my mother's.",
        "Daniel": "I want to see the children, and I have begun the course.",
    },
    voices=(
        ("Tobi", "I want Mum to be left alone. I can say it myself now."),
        ("Ada", "My picture is of Grandma's kitchen."),
        ("Samuel", "Says six words now; points and pulls Hana along."),
        ("Ngozi", "The plan is right. I need help when he rings."),
    ),
    entries=(
        Entry("Ngozi", "", 5, "Shouting at the door on Saturday night; the mother took the children away.",
              "All three slept at their grandmother's; Ada wet the bed.", "The mother rang Wim on Sunday."),
        Entry("tariq", "Ada", 2, "Ada spoke in class on three days.", "She asks to read aloud."),
        Entry("hana", "Samuel", 4, "Growth and speech checked at home.",
              "He grows well and says six words.", "Referred to the talking group's therapist."),
    ),
    nothing_new={"bernadette": "Written in her report", "oscar": "Oscar", "wim": "Wim"},
    risk=(
        ("Tobi:concern:0", "decreased", "Home on every night; told his mother when he was afraid."),
        ("Ada:concern:0", "increased", "Saturday night brought the fear back."),
        ("Samuel:concern:0", "decreased", "Seen, weighed, and the assessment is made."),
    ),
    states=(
        ("Samuel:action:0:0", "done", "His growth is on its line again and his speech is being helped."),
        ("Ada:action:0:0", "cannot_yet", "The therapist's list is full until next month."),
    ),
    rated=(
        ("tariq", "Ada:outcome:0", 5, "Spoke in class on 3 days of 5."),
        ("wim", "Ada:outcome:0", 3, "Would not come out of her room on Sunday."),
        ("hana", "Samuel:outcome:0", 8, "All checks done; the assessment is made."),
    ),
    decisions=(("Ngozi keeps a note of each call, with day and hour.", "The order forbids them."),),
    recommend={
        "oscar": ("continue", "Saturday shows how quickly it can turn."),
        "tariq": ("continue", "Ada is not safe from fear yet."),
        "hana": ("continue", "Samuel does well, but with the others he needs the plan."),
        "wim": ("legal_advice", "The order is broken and nobody acts on it."),
    },
    legal="Breach of the non-molestation order: the mother will make a statement.",
)  # fmt: skip

PASSED = {"owners": "Whoever was not there answers on their own page this week."}
PLACE: dict[str, Any] = {"venue": "Mill Lane children's centre", "private": True}


def since_then(story: Story, days: Days, first: date) -> None:
    """What has happened since the plans came into force."""
    second = days.after(first, 18)
    hand_out(story, "Tobi", on=days.after(first, 1), still_to_be_given="Daniel")
    story.change(
        "Ada",
        "action:0:0",
        on=days.after(first, 9),
        owner="wim",
        content={"what": "Find a play therapist outside school and take Ada to ten sessions."},
    )
    story.answer("Ada", on=days.after(first, 10), silent=("Ada:action:0:1",))
    third = days.after(second, 17)
    booked = story.meet(booked_on=first, on=second, at=time(10, 30), held=False, **PLACE)
    booked = gather(
        story, SECOND, booked, on=second, changes=lambda: _agree_second(story, second), passed=PASSED,
        next_meeting=NewMeeting(third, time(10, 30), **PLACE),
    )  # fmt: skip
    story.miss("Samuel", "hana", on=days.ago(9), reason="Nobody was at home at the time agreed.")
    booked = gather(
        story, THIRD, booked, on=third, changes=lambda: _agree_third(story, third),
        passed=PASSED, next_meeting=NewMeeting(days.ahead(6), time(10, 30), **PLACE),
    )  # fmt: skip
    _before_the_next(story, booked, days)


def _before_the_next(story: Story, meeting: UUID, days: Days) -> None:
    """Who has given an update, who cannot come, what the family want said, whether the children come."""
    group, people, children = story.group, story.people, story.children
    shared = {"shared": "yes", "on": days.ago(3).isoformat(), "how": "At the kitchen table",
              "said": "That is how it was."}  # fmt: skip
    with told_on(days.ago(2), time(14)):
        updates.save_update(
            group=group, meeting=meeting, by=people["wim"],
            parts={
                "all": {"contact": "Four visits; one evening call on Saturday.", "nothing_new": "yes"},
                str(children["Ada"]): {"changed": "Comes out of her room again and helps to cook."},
                "family": shared,
            },
        )  # fmt: skip
        updates.give_update(group=group, meeting=meeting, by=people["wim"])
        updates.save_update(
            group=group, meeting=meeting, by=people["hana"],
            parts={"all": {"contact": "Saw Samuel at the group; nobody opened at home on the 13th."}},
        )  # fmt: skip
        apologies.give_apology(
            group=group, meeting=meeting, instead="nothing", reason="Inspection at school.",
            nothing_because="Tobi was on a work placement and not in school.", by=people["bernadette"],
        )  # fmt: skip
        lead_notes.write_note(
            group=group, by=people["tariq"], child=children["Ada"],
            text="Ada asks whether she may bring her drawing to the meeting. May she?",
        )  # fmt: skip
        for name, words in (("Ngozi", "I want help when he rings at night."), ("Tobi", "Ask me first.")):
            whose = people[name].person
            assert whose
            family_first.say_beforehand(
                group=group, meeting=meeting, about=whose, by=people["wim"],
                content={"wants": words, "how": "conversation", "on": days.ago(2).isoformat()},
            )  # fmt: skip
        for name, told in COMING.items():
            family_first.decide_attendance(
                group=group, meeting=meeting, child=children[name], content=told, by=people["wim"]
            )


COMING = {
    "Tobi": {"decision": "part", "why": "He wants to say it himself, and not to hear the rest."},
    "Ada": {"decision": "no", "why": "It would frighten her.", "way": "drawing", "who_asks": "Tariq"},
}


def _agree_second(story: Story, on: date) -> None:
    story.change("Ada", "outcome:0", on=on, content={"by_how_much": "Speaks in class on 4 days of 5"})
    story.change(
        "Tobi",
        "action:0:1",
        on=on,
        content={"what": "Agree with Tobi and his aunt whom he calls at night, and write it on a card."},
    )


def _agree_third(story: Story, on: date) -> None:
    story.change(
        "Tobi", "action:0:0", on=on,
        content={"what": "Meet Tobi in school each week, and after every night away on the next day."},
    )  # fmt: skip
