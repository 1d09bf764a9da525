"""The parts of a record that a meeting's sheet holds: risk, contingency, decisions, questions, notes."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.casefile.plans_words import choice_word, day
from coregroup.casefile.record_room import Room
from coregroup.casefile.record_shapes import Listing, Part, Words
from coregroup.rules import agenda_steps, closing
from coregroup.rules.procedure import say


def direction_word(code: str) -> str:
    """Which way a risk goes (R87)."""
    return {"decreased": _("Decreased"), "same": _("The same"), "increased": _("Increased")}.get(code, "")


def risk(room: Room) -> Iterator[Part]:
    """Each concern: decreased, the same, increased, and why (R87)."""
    rows = []
    for entry in room.sheet.of("risk"):
        found = room.items.get(entry.about) if entry.about else None
        if found is not None:
            row, child = found
            name = room.of_child(child.id)
            rows.append(
                (
                    name,
                    str(row.content.get("worry", "")),
                    direction_word(entry.text("direction")),
                    entry.text("why"),
                )
            )
    if rows:
        header = (_("Child"), _("What worries us"), _("The risk has"), _("Why"))
        yield Listing("risk", _("Risk"), header, tuple(rows), (2, 5, 2, 5))


def legal(room: Room) -> Iterator[Part]:
    """Measures in force and considered, and why or why not (R120)."""
    rows = tuple(
        (room.of_child(entry.child), *(entry.text(name) for name in ("in_force", "considered", "why")))
        for entry in room.sheet.of("legal")
    )
    if rows:
        header = (_("Child"), _("In force"), _("Considered"), _("Why, or why not"))
        yield Listing("legal", _("Legal measures"), header, rows, (2, 4, 4, 4))


def contingency(room: Room) -> Iterator[Part]:
    """Whether each child's contingency plan still fits, and whether the family knows it (R83)."""
    fits = {"yes": _("Yes"), "no": _("No"), "changed": _("It was changed")}
    knows = {"yes": _("Yes"), "no": _("No"), "not_sure": _("Not sure")}
    rows = tuple(
        (
            room.of_child(entry.child), fits.get(entry.text("fit"), ""),
            knows.get(entry.text("family_knows"), ""), entry.text("note"),
        )
        for entry in room.sheet.of("contingency")
    )  # fmt: skip
    if rows:
        header = (_("Child"), _("Does it still fit?"), _("Does the family know it?"), _("Note"))
        yield Listing("contingency", _("Contingency plan"), header, rows, (3, 2, 2, 5))


def decisions(room: Room) -> Iterator[Part]:
    """What was decided beside the plan, why, and who sees it differently."""
    for entry in room.sheet.of("decision"):
        name = room.of_child(entry.child)
        yield Words(entry.text("what"), name)
        if entry.text("why"):
            yield Words(entry.text("why"), _("Because"))
        if entry.text("dissent"):
            yield Words(entry.text("dissent"), _("Seen differently"))


def questions(room: Room) -> Iterator[Part]:
    """The chair's questions with their answers (R84)."""
    answers = {"yes": _("Yes"), "no": _("No"), "not_yet": _("Not yet")}
    titles = {item.code: say(item.title, room.lang) for item in room.procedure.questions}
    titles |= {
        f"{closing.SAID}{item.code}": say(item.title, room.lang) for item in room.procedure.closing.values()
    }
    rows = [
        (titles.get(entry.code, entry.code), answers.get(entry.text("answer"), ""), entry.text("note"))
        for entry in room.sheet.of("question")
    ]
    if rows:
        yield Listing(
            "questions", _("Questions"), (_("Question"), _("Answer"), _("Note")), tuple(rows), (6, 2, 4)
        )


def notes(room: Room) -> Iterator[Part]:
    """The free notes, step by step of the agenda."""
    steps = {step.code: say(step.title, room.lang) for step in agenda_steps.steps_of(room.procedure)}
    places = {code: place for place, code in enumerate(steps)}
    for entry in sorted(room.sheet.of("note"), key=lambda one: places.get(one.code, len(places))):
        name = room.of_child(entry.child)
        label = steps.get(entry.code, entry.code)
        yield Words(entry.text(), f"{label}, {name}" if name else label)


def passed(room: Room) -> Iterator[Part]:
    """The should-guards that were passed: which, why, by whom (shown to those who may see the reason)."""
    closing_titles = {code: say(item.title, room.lang) for code, item in room.procedure.closing.items()}
    plan_titles = {code: say(item.title, room.lang) for code, item in room.procedure.guards.items()}
    rows = []
    for one in room.meeting.passed_guards:
        if room.reads(UUID(one["audience"]), None):
            rows.append(("", closing_titles.get(one["code"], one["code"]), one["reason"], one["by"]))
    for version in room.versions:
        child = version.plan.child_id
        for one in version.passed_guards:
            if room.reads(UUID(one["audience"]), child):
                title = plan_titles.get(one["code"], one["code"])
                rows.append((room.names.get(child, ""), title, one["reason"], one["by"]))
    if rows:
        header = (_("Child"), _("What did not hold"), _("Why it was passed"), _("By"))
        yield Listing("passed", _("Passed with a reason"), header, tuple(rows), (2, 5, 5, 2))


def next_date(room: Room) -> Iterator[Part]:
    """The day for which the next core group was set (R109)."""
    if room.next_on:
        yield Words(day(room.next_on))


def read_back(room: Room) -> Iterator[Part]:
    """Who heard their actions read back (R52)."""
    heard = {"yes": _("Heard them and said so"), "not_here": _("Was not here")}
    rows = tuple(
        (room.name(entry.about), heard.get(entry.text("confirmed"), ""), entry.text("note"))
        for entry in room.sheet.of("read_back")
    )
    if rows:
        header = (_("Who"), _("Their actions were read back"), _("Note"))
        yield Listing("read_back", _("Reading back"), header, rows)


def answer_word(code: str) -> str:
    """What an owner said to an action."""
    return choice_word(code) if code else _("Not answered")
