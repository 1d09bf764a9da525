"""The steps of a meeting in session: the procedure's agenda, with what every core group needs around it.

Data for the workspace, the closing guards and the record: which page serves a step, what is written there,
how it is called. A procedure may order its agenda as it likes and add points of its own; a point that nobody
here knows is a step with a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coregroup.rules.procedure import Procedure, Text

STEP = "workspace_step"  # the route of a step that has no page of its own


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `kinds` of entries written in it (`rules.meeting_entries`), `route` the name of its page.

    `each_child`: its page is opened for each child. `guards` are the closing guards that are met there.
    """

    code: str
    title: Text
    text: Text | None = None
    kinds: tuple[str, ...] = ("note",)
    route: str = STEP
    each_child: bool = False
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Work:
    """What is done at a step, by its code."""

    kinds: tuple[str, ...] = ()
    route: str = STEP
    each_child: bool = False
    guards: tuple[str, ...] = ()


_WORK: Mapping[str, _Work] = {
    "set_up": _Work(),
    "welcome": _Work(("attendance",)),
    "family_first": _Work(("family_said",)),
    "child": _Work(("voice",), guards=("voice",)),
    "chronology": _Work(("agency",), guards=("agencies",)),
    "plan": _Work((), "workspace_plan", True),
    "recommendations": _Work((), "workspace_recommendations"),
    "risk": _Work(("risk", "legal")),
    "contingency": _Work(("contingency",), guards=("contingency",)),
    "views": _Work(("voice",)),
    "decisions": _Work(("decision",)),
    "next_date": _Work((), guards=("next_date",)),
    "questions": _Work(("question",), guards=("questions",)),
    "read_back": _Work(("read_back",), "workspace_read_back", guards=("owners",)),
    "close": _Work(("recipients", "left_out"), "meeting_close", guards=("distribution",)),
}

# Steps that are there whatever the agenda says: (code, title, text, the agenda point before which it stands).
# "" is the very beginning; None the end.
_ALWAYS: tuple[tuple[str, Text, Text | None, str | None], ...] = (
    (
        "set_up",
        {"en": "Before you begin", "cy": "Cyn i chi ddechrau"},
        {
            "en": "Seat the family first, check that everybody can hear and follow, and say how notes are "
            "taken.",
            "cy": "Gofalwch fod y teulu'n eistedd gyntaf, gwiriwch fod pawb yn clywed ac yn dilyn, a "
            "dywedwch sut y cymerir nodiadau.",
        },
        "",
    ),
    (
        "child",
        {"en": "The child", "cy": "Y plentyn"},
        {
            "en": "What each child has said or shown, and how it came in. If a child is here, ask them "
            "first.",
            "cy": "Yr hyn y mae pob plentyn wedi'i ddweud neu ei ddangos, a sut y daeth i mewn. Os yw "
            "plentyn yma, gofynnwch iddo gyntaf.",
        },
        "chronology",
    ),
    (
        "decisions",
        {"en": "Decisions", "cy": "Penderfyniadau"},
        {
            "en": "What the group decides that is not an item of the plan, why, and who sees it differently.",
            "cy": "Yr hyn y mae'r grŵp yn ei benderfynu nad yw'n eitem yn y cynllun, pam, a phwy sy'n ei "
            "weld yn wahanol.",
        },
        "next_date",
    ),
    (
        "questions",
        {"en": "The chair's questions", "cy": "Cwestiynau'r cadeirydd"},
        None,
        None,
    ),
    (
        "read_back",
        {"en": "Reading back", "cy": "Darllen yn ôl"},
        {
            "en": "Each person hears the actions that are theirs and says whether they can do them.",
            "cy": "Mae pob person yn clywed ei weithredoedd ac yn dweud a all eu gwneud.",
        },
        None,
    ),
    ("close", {"en": "Close the meeting", "cy": "Cau'r cyfarfod"}, None, None),
)


def steps_of(procedure: Procedure) -> tuple[Step, ...]:
    """The steps of a meeting under a procedure, in their order (R86)."""
    order = [(item.code, item.title, item.text) for item in procedure.agenda]
    for code, title, text, before in _ALWAYS:
        if any(one[0] == code for one in order):
            continue
        places = [place for place, one in enumerate(order) if one[0] == before]
        place = 0 if before == "" else places[0] if places else len(order)
        order.insert(place, (code, title, text))
    return tuple(_step(*one) for one in order)


def step_of(procedure: Procedure, code: str) -> Step | None:
    """One step by its code, or None."""
    return next((step for step in steps_of(procedure) if step.code == code), None)


def step_for_guard(procedure: Procedure, guard: str) -> Step | None:
    """The step in which a closing guard is met, or None."""
    return next((step for step in steps_of(procedure) if guard in step.guards), None)


def _step(code: str, title: Text, text: Text | None) -> Step:
    work = _WORK.get(code, _Work())
    kinds = (*work.kinds, "note") if work.route == STEP else work.kinds
    return Step(code, title, text, kinds, work.route, work.each_child, work.guards)
