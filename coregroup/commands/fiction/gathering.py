"""Tells one core group in full: begun, its sheet written, its plans changed, closed; each by its verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID

from coregroup.casework import (
    action_states,
    chronology,
    closing,
    meeting_sheet,
    meetings,
    ratings,
    read_back,
    recommendations,
    sessions,
)
from coregroup.casework.meeting_sheet import Thing
from coregroup.commands.fiction.clock import told_on
from coregroup.commands.fiction.telling import Story
from coregroup.rules import book
from coregroup.rules.access import Actor


@dataclass(frozen=True)
class Entry:
    """A chronology entry: whose telling, about which child, how many days before the meeting, what."""

    who: str
    child: str
    days: int
    text: str
    impact: str = ""
    done: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a core group wrote down. People by key, children by first name, things of a plan by their key."""

    chair: str
    minute_taker: str
    here: Mapping[str, str]  # who -> how they took part
    voices: Sequence[tuple[str, str]]  # whose words
    family_said: Mapping[str, str] = field(default_factory=dict)
    entries: Sequence[Entry] = ()
    nothing_new: Mapping[str, str] = field(default_factory=dict)  # who speaks for the agency -> who said so
    states: Sequence[tuple[str, str, str]] = ()  # "Ada:action:0:0", state, because
    rated: Sequence[tuple[str, str, int, str]] = ()  # who, "Ada:outcome:0", number, evidence
    risk: Sequence[tuple[str, str, str]] = ()  # "Ada:concern:0", direction, why
    decisions: Sequence[tuple[str, str]] = ()  # what, why
    recommend: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # who -> opinion, reason
    answered: Sequence[str] = ()  # actions read back to owners who are there, and accepted by them
    legal: str = ""


def gather(
    story: Story,
    sheet: Sheet,
    meeting: UUID,
    *,
    on: date,
    begins: time = time(10, 30),
    changes: Callable[[], None] | None = None,
    passed: Mapping[str, str] | None = None,
    next_meeting: meetings.NewMeeting,
) -> UUID:
    """Holds a planned core group from its welcome to its closing; gives the id of the next, booked in it."""
    taker = story.people[sheet.minute_taker]
    with told_on(on, begins):
        sessions.begin_meeting(
            group=story.group, meeting=meeting, chair=story.people[sheet.chair].person,
            minute_taker=taker.person, by=taker,
        )  # fmt: skip
        _write(story, sheet, meeting, taker, on)
    if changes:
        changes()
    with told_on(on, time(begins.hour + 1, 15)):
        _settle_actions(story, sheet, meeting, taker)
        _recommend(story, sheet, meeting, taker)
        booked = meetings.book_meeting(group=story.group, meeting=next_meeting, by=story.lead)
        closing.close_meeting(
            group=story.group, meeting=meeting, passed=passed, confirmed=["distribution"], by=taker
        )
    return booked


def _write(story: Story, sheet: Sheet, meeting: UUID, taker: Actor, on: date) -> None:
    def keep(thing: Thing, **content: str) -> None:
        meeting_sheet.keep_entry(group=story.group, meeting=meeting, thing=thing, content=content, by=taker)

    for who, how in sheet.here.items():
        keep(Thing("attendance", about=story.people[who].person), how=how)
    for who, words in sheet.family_said.items():
        keep(Thing("family_said", about=story.people[who].person), text=words)
    for who, words in sheet.voices:
        keep(Thing("voice", about=story.people[who].person), words=words, sought="direct",
             on=on.isoformat(), taken_by=taker.name)  # fmt: skip
    for entry in sheet.entries:
        chronology.write_entry(
            group=story.group, on=on - timedelta(days=entry.days), text=entry.text, impact=entry.impact,
            done=entry.done, child=story.children[entry.child] if entry.child else None,
            source=story.people[entry.who].person, by=taker,
        )  # fmt: skip
    for who, said_by in sheet.nothing_new.items():
        keep(Thing("agency", about=story.people[who].agency), nothing_new="yes", said_by=said_by)
    for key, direction, why in sheet.risk:
        child = story.children[key.split(":")[0]]
        keep(Thing("risk", about=story.items[key].item, child=child), direction=direction, why=why)
    for child in story.children.values():
        keep(Thing("contingency", child=child), fit="yes", family_knows="yes")
        if sheet.legal:
            keep(Thing("legal", child=child), considered=sheet.legal)
    for number, (what, why) in enumerate(sheet.decisions, 1):
        keep(Thing("decision", about=UUID(int=number)), what=what, why=why)
    for question in book.load(story.home.town.procedure).questions:
        keep(Thing("question", code=question.code), answer="yes")


def _settle_actions(story: Story, sheet: Sheet, meeting: UUID, taker: Actor) -> None:
    for key, state, because in sheet.states:
        action_states.set_action_state(
            group=story.group, item=story.items[key].item, state=state, because=because, by=taker
        )
    for who, key, value, evidence in sheet.rated:
        ratings.rate_outcome(
            group=story.group, item=story.items[key].item, value=value, evidence=evidence, meeting=meeting,
            by=story.people[who],
        )  # fmt: skip
    for key in sheet.answered:
        read_back.record_said(
            group=story.group, meeting=meeting, item=story.items[key].item, answer="accepted", by=taker
        )


def _recommend(story: Story, sheet: Sheet, meeting: UUID, taker: Actor) -> None:
    for who, (opinion, reason) in sheet.recommend.items():
        for child in story.children.values():
            recommendations.recommend(
                group=story.group, meeting=meeting, child=child, opinion=opinion, reason=reason,
                by=story.people[who],
            )  # fmt: skip
    if sheet.recommend:
        recommendations.open_recommendations(group=story.group, meeting=meeting, by=taker)
