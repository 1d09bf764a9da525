"""The sections of a record, in their order, and which kinds of entry stand in each. Pure."""

from __future__ import annotations

from collections.abc import Mapping

# In this order a record is read: family first, then what changed, then who decided what (R86, R89).
MINUTES = (
    "about", "attendance", "family", "child", "chronology", "updates", "plan", "actions", "ratings", "risk",
    "legal", "contingency", "views", "decisions", "recommendations", "restricted", "questions", "notes",
    "next_date", "passed", "distribution",
)  # fmt: skip
# Where the updated plan is the record, it comes first.
UPDATED_PLAN = (
    "about",
    "attendance",
    "plan",
    *(code for code in MINUTES if code not in ("about", "attendance", "plan")),
)

# In which section an entry stands; what is not here is never shown (what was being typed) or elsewhere.
OF_ENTRY: Mapping[str, str] = {
    "note": "notes", "asked": "family", "family_said": "family", "attendance": "attendance",
    "child_attends": "attendance", "voice": "views", "agency": "chronology", "risk": "risk",
    "contingency": "contingency", "question": "questions", "legal": "legal", "decision": "decisions",
    "read_back": "actions", "recipients": "distribution", "left_out": "distribution",
    "restricted": "restricted",
}  # fmt: skip
# What a person of the family may correct: their own words.
OWN_WORDS = ("asked", "family_said", "voice")


def order_of(mode: str) -> tuple[str, ...]:
    """The order of the sections in a procedure's mode."""
    return UPDATED_PLAN if mode == "updated_plan" else MINUTES
