"""Writes the tables of the rules as reference: who may do what, what follows from what, the conventions."""

from __future__ import annotations

import inspect
import sys
import tomllib
from pathlib import Path

from coregroup.rules import access, consequences, glossary, happenings, moves

sys.path.insert(0, str(Path(__file__).parent))

from state_drawings import drawn, plain

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"

_CASE = (
    access.Relation.LEAD, access.Relation.MEMBER, access.Relation.CONFERENCE_CHAIR, access.Relation.MANAGER,
    access.Relation.FAMILY, access.Relation.CHILD, access.Relation.REPRESENTATIVE, access.Relation.COMPANION,
    access.Relation.GUEST_CHAIR,
)  # fmt: skip


def access_page() -> str:
    """The access table: capability by relation to the case, then what needs no case."""
    on_case = sorted({one for relation in _CASE for one in access.TABLE[relation]})
    lines = [
        "# Who may do what",
        "",
        'Made from `coregroup/rules/access.py`. A policy starts from "no": an empty cell is a refusal. If',
        "somebody may *see an item* is another question, asked of its audience; if the *state* allows an",
        'act is a third. Somebody with no relation to a case is told "page not found".',
        "",
        "## On a case",
        "",
        "| Capability | " + " | ".join(relation.replace("_", " ") for relation in _CASE) + " |",
        "|---|" + "---|" * len(_CASE),
    ]
    for one in on_case:
        marks = ["yes" if one in access.TABLE[relation] else "" for relation in _CASE]
        lines.append(f"| {one.replace('_', ' ')} | " + " | ".join(marks) + " |")
    lines += ["", "## Without a case", "", "| Standing | May |", "|---|---|"]
    for relation, granted in access.TABLE.items():
        if relation not in _CASE:
            may = ", ".join(sorted(one.replace("_", " ") for one in granted))
            lines.append(f"| {relation.replace('_', ' ')} | {may} |")
    return "\n".join(lines) + "\n"


def consequences_page() -> str:
    """What follows from each happening, with and without each trait of a procedure."""
    lines = [
        "# What follows from what",
        "",
        "Made from `coregroup/rules/happenings*.py` and `coregroup/rules/consequences.py`. What follows is",
        "written in the same transaction as the happening and says because of what.",
        "",
        "| When | It means | What follows |",
        "|---|---|---|",
    ]
    for kind in consequences.TABLE:
        means = (inspect.getdoc(kind) or "").splitlines()[0]
        lines.append(f"| {kind.__name__} | {means} | {_following(kind)} |")
    return "\n".join(lines) + "\n"


_VARIANTS: dict[str, list[dict[str, object]]] = {
    "ActionAnswered": [{"answer": "accepted"}, {"answer": "declined"}, {"answer": "could_not_ask"}],
    "MembershipEnded": [{"open_actions": 0}, {"open_actions": 2}],
    "ActionStateSet": [{"state": "under_way"}, {"state": "cannot_yet"}],
    "NoteToLead": [{"urgent": False}, {"urgent": True}],
}
_ALL = frozenset({"missed_contact_urgent", "missed_contact_tells_all"})
_TRAITS: tuple[frozenset[str], ...] = (frozenset(), _ALL)


def _following(kind: type[happenings.Happening]) -> str:
    told: list[str] = []
    for values in _VARIANTS.get(kind.__name__, [{}]):
        for traits in _TRAITS:
            happening = object.__new__(kind)
            for name, value in values.items():
                object.__setattr__(happening, name, value)
            words = "; ".join(_words(one) for one in consequences.following(happening, traits)) or "nothing"
            label = ", ".join(f"{name} {value}".replace("_", " ") for name, value in values.items())
            told.append(f"{label}: {words}" if label else words)
    plain = list(dict.fromkeys(told))
    if len(plain) == 2 and kind.__name__ not in _VARIANTS:
        return f"{plain[0]}. By the procedure: {plain[1]}"
    return "<br>".join(plain)


def _words(consequence: consequences.Consequence) -> str:
    code = consequence.code.replace("_", " ")
    if isinstance(consequence, consequences.Entry):
        return f"chronology entry “{code}”"
    if isinstance(consequence, consequences.Agenda):
        return f"item “{code}” on the next agenda"
    urgent = "urgent notice" if consequence.urgent else "notice"
    return f"{urgent} “{code}” to {consequence.to.replace('_', ' ')}"


def conventions_page() -> str:
    """How dates are counted, as decided."""
    rows = tomllib.loads((ROOT / "coregroup/rules/conventions.toml").read_text(encoding="utf-8"))[
        "convention"
    ]
    lines = [
        "# How dates are counted",
        "",
        "Made from `coregroup/rules/conventions.toml`. What documents leave open is settled here, so that",
        "a date is the same everywhere. A procedure may override any of it, with a source.",
        "",
    ]
    for row in rows:
        lines += [f"## {row['title']}", "", row["says"].strip(), ""]
    return "\n".join(lines).rstrip() + "\n"


_OF_THE_STATES = {
    "meeting": ("A core group meeting", "From its booking to its confirmed record."),
    "record": (
        "A meeting's record",
        "It is made when the meeting closes. Until it is confirmed an entry can be corrected; afterwards a "
        "correction stands beside it.",
    ),
    "action": (
        "An action of a plan",
        "It begins as not started. Its owner says how far it is, or the meeting does; every arrow is the "
        "same act, and what it needs is in the table.",
    ),
    "update": ("A member's update for a meeting", "Written before the meeting, and given when it is ready."),
}


def states_page() -> str:
    """The states of meeting, record, action and update: each as a picture and as the table it comes from."""
    lines = [
        "# The states, and what leads from one to another",
        "",
        "Made from `coregroup/rules/moves.py`. What the state does not allow is refused with a sentence;",
        "who *may* do something at all is [another question](access.md).",
    ]
    for name, table in moves.TABLES.items():
        title, says = _OF_THE_STATES[name]
        lines += [
            "", f"## {title}", "", says, "",
            f"![The states of {name} as boxes and arrows, as in the table below](states-{name}.svg)",
            "", "| From | What is done | To | By | It needs |", "|---|---|---|---|---|",
        ]  # fmt: skip
        for move in table:
            before = plain(move.before) or "(the beginning)"
            told = (before, plain(move.verb), plain(move.after), move.who, move.needs)
            lines.append("| " + " | ".join(told) + " |")
    return "\n".join(lines) + "\n"


def drawings() -> dict[Path, str]:
    """The pictures of the states."""
    return {
        REFERENCE / f"states-{name}.svg": drawn(_OF_THE_STATES[name][0], table)
        for name, table in moves.TABLES.items()
    }


def pages() -> dict[Path, str]:
    """Every page that this tool writes, with its text."""
    return {
        REFERENCE / "states.md": states_page(),
        **drawings(),
        REFERENCE / "access.md": access_page(),
        REFERENCE / "consequences.md": consequences_page(),
        REFERENCE / "conventions.md": conventions_page(),
        ROOT / "GLOSSARY.md": glossary.as_markdown(),
    }


if __name__ == "__main__":
    for place, text in pages().items():
        place.write_text(text, encoding="utf-8")
