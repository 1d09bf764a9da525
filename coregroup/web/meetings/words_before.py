"""The words for what stands before a meeting: its states, what is sent instead, as what somebody comes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

STATES = {
    "planned": (gettext_lazy("Planned"), "blue"),
    "in_session": (gettext_lazy("In session"), "green"),
    "closed": (gettext_lazy("Closed"), "grey"),
    "confirmed": (gettext_lazy("Record confirmed"), "grey"),
    "held": (gettext_lazy("Held"), "grey"),
    "cancelled": (gettext_lazy("Cancelled"), "red"),
    "abandoned": (gettext_lazy("Given up"), "red"),
}
INSTEAD = {
    "update": gettext_lazy("Cannot come; sends an update"),
    "report": gettext_lazy("Cannot come; sends a report"),
    "representative": gettext_lazy("Cannot come; sends %(name)s"),
    "nothing": gettext_lazy("Cannot come; has nothing to report"),
}
PARTS = {
    "representative": gettext_lazy("Comes in the place of %(beside)s"),
    "companion": gettext_lazy("Comes with %(beside)s"),
    "chair": gettext_lazy("Chairs this meeting"),
    "minute_taker": gettext_lazy("Takes the minutes"),
    "interpreter": gettext_lazy("Interpreter"),
    "advocate": gettext_lazy("Advocate"),
}
DECISIONS = {
    "yes": gettext_lazy("Comes to the meeting"),
    "part": gettext_lazy("Comes to a part of the meeting"),
    "no": gettext_lazy("Does not come to the meeting"),
    "": gettext_lazy("Not decided yet whether they come"),
}


def state_word(state: str) -> str:
    """A meeting's state in words."""
    return str(STATES[state][0]) if state in STATES else state


def state_colour(state: str) -> str:
    """The colour of a state's tag."""
    return STATES[state][1] if state in STATES else "grey"


def instead_word(code: str, name: str) -> str:
    """What a member sends instead of coming."""
    return str(INSTEAD[code]) % {"name": name} if code in INSTEAD else ""


def part_word(code: str, beside: str) -> str:
    """As what somebody comes to one meeting."""
    return str(PARTS[code]) % {"beside": beside} if code in PARTS else ""


def decision_of(code: str) -> str:
    """Whether a child comes to the meeting."""
    return str(DECISIONS.get(code, code))
