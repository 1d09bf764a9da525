"""Teulu Brwyn: a Welsh-speaking family, two siblings, near their second review conference."""

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

PAGE = (
    "Am fod y plant yn aml ar eu pennau eu hunain. / Because the children were often alone.",
    "Mae oedolyn gyda'r plant bob amser. / An adult is always with the children.",
    "Rydych yn dweud wrthym pan fydd angen help. / You tell us when you need help.",
    "Daw Tomos bob wythnos. / Tomos comes every week.",
    "Byddwn yn cwrdd ar unwaith. / We meet at once.",
)
PLAN = {
    "Macsen": Child(
        (
            Concern(
                "Mae Macsen yn gofalu am ei chwaer bob nos. / Macsen, eleven, looks after his "
                "sister every night.",
                "Macsen has time of his own, and no night on which he is in charge.",
                "No night alone with Lleucu",
                (
                    Act(
                        "Trefnu gofal ar gyfer y shifftiau nos. / Arrange care for the night shifts.",
                        "sian",
                        21,
                    ),
                    Act(
                        "Clwb pêl-droed bob dydd Mercher. / Football club every Wednesday.",
                        "aled",
                        30,
                        "achieving_best",
                    ),
                ),
                baseline="Five nights of seven alone",
            ),
        ),
        contacts=(("sian", 10, "working_days", "Yn yr ysgol / at school", "yes", "Sut mae'r nosweithiau"),),
        contingency=(
            "The children are alone at night.",
            "Call the emergency team; their taid comes.",
            "Anyone",
        ),
        views=(
            ("Macsen", "Dw i'n iawn. Dw i eisiau chwarae pêl-droed."),
            ("Gwenllïan", "Dw i'n gweithio nosweithiau am nad oes dewis."),
        ),
        family_page=PAGE,
    ),
    "Lleucu": Child(
        (
            Concern(
                "Lleucu, four, has asthma, and her inhaler was empty three times.",
                "Lleucu's asthma is under control.",
                "No night in hospital",
                (
                    Act("Check the inhaler at every visit and order early.", "nia", 14, "monitoring"),
                    Act("Write the asthma plan with Gwenllïan in Welsh.", "ffion", 28, "assessment"),
                ),
                baseline="Three nights in hospital since the spring",
            ),
        ),
        contacts=(("nia", 2, "weeks", "Gartref / at home", "where_possible", "Asthma, growth, play"),),
        contingency=("An attack with no inhaler in the house.", "Ring 999, then Nia.", "Gwenllïan"),
        views=(("Lleucu", "Dw i'n hoffi Nia."), ("Gwenllïan", "Rwy'n dysgu sut i'w defnyddio.")),
        family_page=PAGE,
    ),
}


def tell(home: Founded, days: Days) -> Story:
    """Opened eight months ago; the first review is held, the second comes in three weeks."""
    story = Story(home, days)
    held = days.ago(245)
    year, first = timedelta(days=365), days.after(held, 7)
    story.open(
        {
            "family_label": "Brwyn",
            "children": (
                NewChild(
                    "macsen",
                    "Macsen",
                    "Brwyn",
                    held - 11 * year,
                    categories=("neglect",),
                    language="cy",
                    facts=(NewFact("first_language", "Cymraeg"), NewFact("school", "Ysgol Tŷ'r Ŵyn, bl. 6")),
                ),
                NewChild(
                    "lleucu",
                    "Lleucu",
                    "Brwyn",
                    held - 4 * year,
                    categories=("neglect",),
                    language="cy",
                    facts=(
                        NewFact("health", "Asthma", source="Iechyd Cymunedol Bro Aur"),
                        NewFact("first_language", "Cymraeg"),
                    ),
                ),
            ),
            "adults": (
                NewAdult(
                    "mam",
                    "Gwenllïan",
                    "Brwyn",
                    tuple(NewRelationship(key, "mother", True, True) for key in ("macsen", "lleucu")),
                    language="cy",
                    facts=(
                        NewFact("interpreter", "Cymraeg: cyfarfodydd yn Gymraeg / meetings in Welsh"),
                        NewFact("telephone", "07700 900641"),
                        NewFact("address", "Tyddyn y Gŵr, Lôn Ŷd, Cwm Heulwen"),
                    ),
                ),
                NewAdult(
                    "taid",
                    "Ieuan",
                    "Brwyn",
                    tuple(NewRelationship(key, "grandparent", False) for key in ("macsen", "lleucu")),
                    language="cy",
                ),
            ),
            "decisions": (NewDecision("Enw'r ddau blentyn ar y gofrestr. / Both children are registered."),),
            "first_meeting": NewMeeting(
                first,
                time(15),
                "Neuadd Goffa",
                "Lôn Ŷd, Cwm Heulwen",
                frozenset({"parking", "step_free"}),
                True,
            ),
            "strategy_discussion_on": days.after(held, -7),
        },
        held_on=held,
        lead="sian",
        chair="hywel",
        roles={
            "sian": "Yn arwain y gwaith gyda'ch teulu. / Leads the work with your family.",
            "nia": "Yn gofalu am iechyd Lleucu.",
            "aled": "Yn gofalu am Macsen yn yr ysgol.",
            "tomos": "Yn dod atoch bob wythnos.",
            "ffion": "Looks after Lleucu's asthma.",
        },
    )
    story.bring_in_outline(PLAN, on=days.after(held, 1))
    story.join(
        "nia", "aled", "tomos", "ffion", on=days.after(held, 3), steps=("told_manager", "read_outline")
    )
    story.welcome("Gwenllïan Brwyn", on=days.after(held, 3))
    story.build(PLAN, on=days.after(held, 5))
    for name in PLAN:
        story.answer(name, on=days.after(held, 6))
        story.force(name, on=first, met_on=first)
    _since(story, days)
    return story


def _since(story: Story, days: Days) -> None:
    """Core groups month after month, the first review, the changes that came of them."""
    hall = "Neuadd Goffa"
    story.meet(booked_on=days.ago(225), on=days.ago(212), at=time(15), venue=hall)
    story.meet(booked_on=days.ago(212), on=days.ago(182), at=time(15), venue=hall)
    story.review(on=days.ago(164), next_on=days.ahead(14))
    story.change(
        "Macsen",
        "action:0:0",
        on=days.ago(160),
        by_when=days.ago(120),
        content={"what": "Gofal nos gyda'u taid bob dydd Iau. / Their taid comes every Thursday night."},
    )
    story.answer("Macsen", on=days.ago(159), silent=("Macsen:action:0:1",))
    for booked, met in ((160, 152), (152, 124), (124, 96), (96, 68), (68, 40)):
        story.meet(booked_on=days.ago(booked), on=days.ago(met), at=time(15), venue=hall)
    story.change("Macsen", "outcome:0", on=days.ago(96), content={"baseline": "One night of seven alone"})
    story.change("Lleucu", "outcome:0", on=days.ago(40), content={"by_how_much": "No attack at night"})
    story.miss("Lleucu", "nia", on=days.ago(20), reason="Roedd y ffordd ar gau. / The road was closed.")
    story.meet(booked_on=days.ago(40), on=days.ago(12), at=time(15), venue=hall)
    story.meet(booked_on=days.ago(12), on=days.ahead(9), at=time(15), venue=hall, held=False)
