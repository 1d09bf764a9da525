"""Meetings in which every text is a marker: one closed, one in session, one ahead; with each one's readers.

Who may read what is told here from what was planted (whose child it is about, the audience that was chosen,
who spoke), without asking our own rules. Free text that is about no child alone is kept from whoever may not
know of every child, save their own words.
"""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from coregroup.casework.action_states import set_action_state
from coregroup.casework.apologies import give_apology
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.chronology import write_entry
from coregroup.casework.guests import NewGuest
from coregroup.casework.lead_notes import answer_note, write_note
from coregroup.casework.meeting_sheet import Thing, keep_entry
from coregroup.casework.meetings import NewMeeting, book_meeting
from coregroup.casework.meetings_requests import ask_earlier
from coregroup.casework.ratings import rate_outcome
from coregroup.casework.recommendations import open_recommendations, recommend
from coregroup.casework.restricted import begin_part, end_part
from coregroup.casework.sessions import begin_meeting
from coregroup.casework.updates import ask_manager, give_update, pass_update, save_update
from coregroup.records import models as m
from coregroup.rules import meeting_entries as entries
from coregroup.rules import participation
from tests.builders import TODAY, professional
from tests.casework import meeting_steps
from tests.house.security_planted import FAMILY, ONLY_AMY, PROFESSIONALS, READERS, Planted

NOT_LIMITED = PROFESSIONALS | {"mother"}
SPEAKERS = {"ben": ("mother", "father", "ben"), "amy": ("mother", "gil", "amy"), "all": ("mother", "father")}
KINDS_OF_TEXT = tuple(kind for kind in entries.KINDS if kind not in ("restricted", "left_out", "read_back"))


def readers_of(
    kind: str, whose: str, chosen: frozenset[str] | None, speaker: str, by: str = "lead"
) -> frozenset[str]:
    """Who may read an entry's free text: `chosen` are the readers of its audience, None the kind's own."""
    rule = entries.KINDS[kind]
    about = whose if rule.child else "all"
    wide = READERS[about]
    if chosen is not None:
        wide = wide & chosen
    elif rule.audience == "professionals":
        wide = wide - FAMILY
    elif rule.spoken and speaker != "father":
        wide = wide - {"father"}  # he does not meet with the others
    if about == "all":
        own = {by} | ({speaker} if rule.spoken else set())
        wide = wide & (NOT_LIMITED | own)
    return wide


def plant_entry(
    plant: Planted, meeting: UUID, kind: str, whose: str, *, choice: int | None = None, turn: int = 0,
    by: str = "lead",
) -> list[str]:  # fmt: skip
    """Keeps one entry with a marker in every text field; gives the markers.

    `choice` is the place of an audience in `Planted.choices`, None leaves it to the kind.
    """
    rule = entries.KINDS[kind]
    about = whose if rule.child else "all"
    audience, chosen = (None, None) if choice is None else plant.choices(about)[choice]
    spoken = SPEAKERS[about] if whose != "all" else (*SPEAKERS["all"], "gil")
    speaker = spoken[turn % len(spoken)]
    readers = readers_of(kind, whose, chosen, speaker, by)
    content: dict[str, str] = {}
    marks = []
    for field in rule.fields:
        if field.name == "file" or (kind == "attendance" and field.name == "how"):
            continue
        if field.choices:
            content[field.name] = field.choices[turn % len(field.choices)]
        elif field.date:
            content[field.name] = "2026-03-16"
        else:
            marks.append(plant.mark(f"{kind}{field.name}", readers))
            content[field.name] = (
                json.dumps({"what": [marks[-1]]}) if field.name == "form" else f"Said {marks[-1]}."
            )
    thing = _thing(plant, kind, whose, speaker, turn)
    keep_entry(
        group=plant.family.group, meeting=meeting, thing=thing, content=content, audience=audience,
        base=_read(meeting, thing), by=plant.family.actor(by),
    )  # fmt: skip
    return marks


def _thing(plant: Planted, kind: str, whose: str, speaker: str, turn: int) -> Thing:
    rule, family = entries.KINDS[kind], plant.family
    child = None if whose == "all" or not rule.child else family.children[whose == "amy"]
    about: Any = None
    if rule.about == "person":
        about = _person(plant, speaker)
    elif rule.about == "agency":
        about = family.people["teacher"].agency_id
    elif rule.about == "item":
        rows = m.PlanItem.objects.filter(plan__child=child, kind="concern").order_by("made_at")
        about = rows[0].id
    elif rule.about:
        about = uuid4()
    return Thing(kind, about, child.id if child else None, f"code_{turn}" if rule.code else "")


def _person(plant: Planted, name: str) -> UUID:
    if name in ("ben", "amy"):
        return plant.family.children[name == "amy"].person_id
    return plant.family.people[name].id


def plant_meetings(plant: Planted) -> None:
    """Holds a whole meeting and closes it, leaves the next one in session, each full of markers."""
    family = plant.family
    school = m.Agency.objects.get(id=family.people["teacher"].agency_id)
    family.people["stand_in"] = professional(family.authority, "Stan Inwood", school)
    first = m.Meeting.objects.filter(group=family.group, state="planned").order_by("planned_on")[0]
    _between(plant)
    _before(plant, first.id)
    meeting_steps.begin(family, first.id)
    meeting_steps.meet_guards(family, first.id)
    _during(plant, first.id)
    _plan_in_the_meeting(plant)
    _recommended(plant, first.id, opened=True)
    for whose, child in zip(("ben", "amy"), family.children, strict=True):
        _attended(plant, first.id, child, whose)
    meeting_steps.close(
        family, first.id,
        audience=AudienceChoice(
            "professionals", reason=plant.mark("reason", (PROFESSIONALS | ONLY_AMY) - FAMILY)
        ),
    )  # fmt: skip
    second = m.Meeting.objects.filter(group=family.group, state="planned").order_by("planned_on")[0]
    give_apology(
        group=family.group, meeting=second.id, instead="representative",
        guest=NewGuest(family.people["stand_in"].id), by=family.teacher,
        reason=plant.mark("apology", PROFESSIONALS | {"teacher"}),
    )  # fmt: skip
    save_update(
        group=family.group, meeting=second.id, by=family.health_visitor,
        parts={"all": {"contact": plant.mark("draftupdate", frozenset({"health_visitor"}))}},
    )  # fmt: skip
    begin_meeting(
        group=family.group, meeting=second.id, chair=family.people["lead"].id,
        minute_taker=family.people["health_visitor"].id, by=family.lead,
    )  # fmt: skip
    _during(plant, second.id, every=3)
    _recommended(plant, second.id, opened=False)
    ahead = NewMeeting(TODAY + timedelta(days=56), time(9), plant.mark("venue", READERS["all"]))
    booked = book_meeting(group=family.group, meeting=ahead, by=family.lead)
    plant.ids["meeting"] = [second.id, first.id, booked]
    own: list[tuple[str, Any]] = [
        ("outcome", m.PlanItem.objects.filter(kind="outcome")), ("apology", m.Apology.objects.all()),
        ("guest", m.MeetingGuest.objects.all()), ("note", m.LeadNote.objects.all()),
        ("asked", m.MeetingRequest.objects.all()), ("agency", m.Agency.objects.all()),
    ]  # fmt: skip
    for name, rows in own:
        plant.ids[name] = list(rows.values_list("id", flat=True))


def _between(plant: Planted) -> None:
    """Notes to the lead worker, and somebody who asks for an earlier meeting."""
    family = plant.family
    note = write_note(
        group=family.group, child=family.children[0].id, by=family.teacher,
        text=plant.mark("note", READERS["ben"] - FAMILY),
    )  # fmt: skip
    answer_note(
        group=family.group, note=note, text=plant.mark("note", READERS["ben"] - FAMILY), by=family.lead
    )
    write_note(
        group=family.group, by=family.mother, text=plant.mark("note", PROFESSIONALS | ONLY_AMY | {"mother"})
    )
    asked = plant.mark("earlier", PROFESSIONALS | ONLY_AMY)
    ask_earlier(group=family.group, reason=asked, by=family.teacher)


def _before(plant: Planted, meeting: UUID) -> None:
    """Updates, an apology, what the family wants said."""
    family = plant.family
    own: dict[str, Any] = {"group": family.group, "meeting": meeting}
    for turn, whose in enumerate(("ben", "amy", "all")):
        plant_entry(plant, meeting, "asked", whose, turn=turn)
        if whose != "all":
            plant_entry(plant, meeting, "child_attends", whose, turn=turn)
    parts = {
        "all": {name: plant.mark(f"update{name}", NOT_LIMITED) for name in ("contact", "could_not")},
        "family": {
            "shared": "yes", "on": "2026-03-10",
            **{name: plant.mark(f"update{name}", NOT_LIMITED) for name in ("how", "said")},
        },
        **{
            str(child.id): {"changed": plant.mark("updatechanged", READERS[whose])}
            for whose, child in zip(("ben", "amy"), family.children, strict=True)
        },
    }  # fmt: skip
    save_update(**own, parts=parts, by=family.health_visitor)
    ask_manager(**own, by=family.health_visitor)
    pass_update(
        **own, person=family.people["health_visitor"].id, by=family.nurse_manager,
        said=plant.mark("managersaid", frozenset({"health_visitor", "nurse_manager"})),
    )  # fmt: skip
    give_update(**own, by=family.health_visitor)
    give_apology(
        **own, instead="nothing", by=family.police, reason=plant.mark("apology", PROFESSIONALS | {"police"}),
        nothing_because=plant.mark("nothing", READERS["all"]),
    )  # fmt: skip


def _during(plant: Planted, meeting: UUID, every: int = 1) -> None:
    """Every kind of entry with every audience; chronology, states, ratings, a restricted part."""
    turn = 0
    for kind in KINDS_OF_TEXT:
        for whose in ("ben", "amy", "all"):
            if (whose == "all") == (entries.KINDS[kind].child == "yes"):
                continue
            for choice in (None, 0, 1, 2, 3):
                turn += 1
                if turn % every == 0 and (entries.KINDS[kind].about != "item" or choice is None):
                    plant_entry(plant, meeting, kind, whose, choice=choice, turn=turn)
    for whose, child in (("ben", family_child(plant, 0)), ("amy", family_child(plant, 1)), ("all", None)):
        for audience, readers in plant.choices(whose)[::every]:
            told = readers & (NOT_LIMITED if child is None else readers)
            write_entry(
                group=plant.family.group, on=TODAY, child=child, audience=audience, by=plant.family.lead,
                **{name: plant.mark(f"chronology{name}", told) for name in ("text", "impact", "done")},
            )  # fmt: skip
    _restricted(plant, meeting)


def family_child(plant: Planted, number: int) -> UUID:
    child: UUID = plant.family.children[number].id
    return child


def _plan_in_the_meeting(plant: Planted) -> None:
    """States of actions and ratings of outcomes, each with the readers of its item."""
    family = plant.family
    for whose, child in zip(("ben", "amy"), family.children, strict=True):
        for kind in ("action", "outcome"):
            for item in m.PlanItem.objects.filter(plan__child=child, kind=kind):
                last = item.revisions.order_by("-number").first()
                readers = _readers_of_row(plant, last, whose)
                if readers is None:
                    continue
                if kind == "outcome":
                    rate_outcome(
                        group=family.group, item=item.id, value=4, by=family.lead,
                        evidence=plant.mark("evidence", readers),
                    )  # fmt: skip
                else:
                    set_action_state(
                        group=family.group, item=item.id, state="cannot_yet", by=family.lead,
                        because=plant.mark("because", readers),
                    )  # fmt: skip


def _readers_of_row(plant: Planted, last: Any, whose: str) -> frozenset[str] | None:
    """The readers of a planted item: those of a marker that stands in it."""
    words = [word for word in plant.readers if word in json.dumps(last.content)]
    return plant.readers[words[0]] if words and not last.withdrawn_because else None


def _restricted(plant: Planted, meeting: UUID) -> None:
    family = plant.family
    two = frozenset({"lead", "health_visitor"})
    part = begin_part(
        group=family.group, meeting=meeting, leave=[family.people["mother"].id],
        stay=[family.people["lead"].id, family.people["health_visitor"].id], by=family.lead,
        told=plant.mark("told", NOT_LIMITED), why=plant.mark("why", two), review_on=date(2026, 9, 1),
    )  # fmt: skip
    keep_entry(
        group=family.group, meeting=meeting, thing=Thing("restricted", part), by=family.health_visitor,
        content={"text": plant.mark("restricted", two)},
    )  # fmt: skip
    end_part(group=family.group, meeting=meeting, part=part, by=family.lead)
    plant.id("part", part)


def _recommended(plant: Planted, meeting: UUID, *, opened: bool) -> None:
    """Everybody's recommendation on each child they may know of; the last meeting's stay sealed."""
    family = plant.family
    for who in ("lead", "health_visitor", "teacher", "police"):
        if who == "teacher" and not opened:
            continue  # somebody stands for them
        keep_entry(
            group=family.group, meeting=meeting, thing=(thing := Thing("attendance", family.people[who].id)),
            content={"how": "present"}, base=_read(meeting, thing), by=family.lead,
        )  # fmt: skip
        for whose, child in zip(("ben", "amy"), family.children, strict=True):
            if who == "police" and whose == "ben":
                continue
            readers = READERS[whose] if opened else frozenset({who})
            recommend(
                group=family.group, meeting=meeting, child=child.id, opinion="continue",
                reason=plant.mark("recommends", readers), by=family.actor(who),
            )  # fmt: skip
    if opened:
        open_recommendations(group=family.group, meeting=meeting, by=family.lead)


def _attended(plant: Planted, meeting: UUID, child: Any, whose: str) -> None:
    on = m.Meeting.objects.get(id=meeting).held_on
    assert on
    for code in ("PN0", "PN6"):
        if participation.suits_age(code, child.date_of_birth, on):
            thing = Thing("attendance", child.person_id)
            keep_entry(
                group=plant.family.group, meeting=meeting, thing=thing, content={"how": code},
                base=_read(meeting, thing), by=plant.family.lead,
            )  # fmt: skip


def _read(meeting: UUID, thing: Thing) -> int:
    """The number of a thing's last saving, as somebody has it who has read it; 0 where there is none."""
    return m.MeetingEntry.objects.filter(meeting=meeting, thing=thing.name).count()
