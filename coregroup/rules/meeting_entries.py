"""What a meeting establishes, kind by kind: its fields, when it is written, two writers' texts joined.

An entry is saved while it is typed, so it may be incomplete: what must be there is asked by the closing
guards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coregroup.rules import participation
from coregroup.rules.plan_fields import SOUGHT

BEFORE, DURING = "planned", "in_session"
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: free text up to `longest` characters, or one of `choices`, or a date as YYYY-MM-DD.

    `verbatim`: it holds somebody's own words, to which nobody offers plainer ones (R30, R79).
    """

    name: str
    choices: tuple[str, ...] = ()
    date: bool = False
    longest: int = 20_000
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry.

    `about` says what its `about` names: "" (nothing), "person", "item" (a plan item), "agency", "part" (a
    restricted part), "any" (made up by the page). `child`: "yes" it always concerns one child, "may" it can,
    "" never. `code`: whether its code is part of its name. `when` are the meeting's states in which it is
    written. `spoken`: it holds somebody's words, and its default audience keeps it from adults who may not
    meet that person.
    """

    code_name: str
    fields: tuple[Field, ...]
    about: str = ""
    child: str = ""
    code: bool = False
    when: tuple[str, ...] = (DURING,)
    audience: str = "group"
    spoken: bool = False

    def field(self, name: str) -> Field | None:
        """One field by its name, or None."""
        return next((field for field in self.fields if field.name == name), None)


_TEXT = Field("text")
_SAID = Field("text", verbatim=True)
_WHY = Field("why")
WAYS_IN = ("letter", "drawing", "photograph", "advocate", "app", "conversation", "other")  # R30, R66
COMES = ("yes", "part", "no")  # whether a child comes to the meeting
DIRECTIONS = ("decreased", "same", "increased")  # R87

KINDS: Mapping[str, EntryKind] = {
    kind.code_name: kind
    for kind in (
        # Free notes at a step of the agenda; the code is the step.
        EntryKind("note", (_TEXT,), child="may", code=True),
        # Asked beforehand, in their way, what they want said (R30, R66).
        EntryKind(
            "asked",
            (
                Field("wants", verbatim=True), Field("how", WAYS_IN), Field("on", date=True),
                Field("helped_by", longest=200), Field("file", longest=40),
            ),
            about="person", when=(BEFORE, DURING), spoken=True,
        ),
        # Whether this child comes, decided and recorded, and how their wishes come in otherwise (R30, R66).
        EntryKind(
            "child_attends",
            (
                Field("decision", COMES), _WHY, Field("way", WAYS_IN),
                Field("who_asks", longest=200),
            ),
            child="yes", when=(BEFORE, DURING),
        ),
        EntryKind(
            "attendance",
            (Field("how", participation.HOW_CODES), Field("note", longest=2000)),
            about="person",
        ),
        # How things have been, in the family's own words: the first thing on the agenda (R86).
        EntryKind("family_said", (_SAID,), about="person", child="may", spoken=True),
        # A child's or an adult's wishes and views; closing writes it onto the plan (R30, R33, R68, R111).
        EntryKind(
            "voice",
            (
                Field("words", verbatim=True), Field("sought", SOUGHT), Field("how", longest=300),
                Field("on", date=True), Field("taken_by", longest=200), Field("disagrees", verbatim=True),
            ),
            about="person", child="may", spoken=True,
        ),
        # An agency has nothing new for the chronology: said, never assumed (R13).
        EntryKind("agency", (Field("nothing_new", YES_NO), Field("said_by", longest=200)), about="agency"),
        # Each concern: has the risk gone down, stayed, gone up (R87)?
        EntryKind("risk", (Field("direction", DIRECTIONS), _WHY), about="item", child="yes"),
        EntryKind(
            "contingency",
            (
                Field("fit", ("yes", "no", "changed")), Field("family_knows", ("yes", "no", "not_sure")),
                Field("note"),
            ),
            child="yes",
        ),
        # The chair's questions (R84).
        EntryKind("question", (Field("answer", ("yes", "no", "not_yet")), Field("note")), code=True),
        # Measures in force, measures considered, why or why not (R120).
        EntryKind("legal", (Field("in_force"), Field("considered"), _WHY), child="yes"),
        EntryKind(
            "decision", (Field("what"), _WHY, Field("dissent", verbatim=True)), about="any", child="may"
        ),
        # Each person hears their actions read back and says so (R52).
        EntryKind("read_back", (Field("confirmed", ("yes", "not_here")), Field("note")), about="person"),
        # Who gets the record: as listed, and anybody left out with a reason (R53).
        EntryKind("recipients", (Field("settled", YES_NO), Field("note")), audience="professionals"),
        EntryKind("left_out", (Field("out", YES_NO), _WHY), about="person", audience="professionals"),
        # Notes of a restricted part; always with the part's own audience.
        EntryKind("restricted", (_TEXT,), about="part", audience="part"),
    )
}  # fmt: skip


def thing_name(kind: str, about: object = None, child: object = None, code: str = "") -> str:
    """The name under which the savings of one thing are numbered."""
    return ":".join((kind, str(about or ""), str(child or ""), code))


def faults(kind: str, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, code) of what cannot be kept: `unknown_field`, `unknown_choice`, `not_a_date`, `too_long`.

    What is empty is no fault: an entry is saved while it is typed.
    """
    found = []
    for name, value in content.items():
        field = KINDS[kind].field(name)
        if field is None or not isinstance(value, str):
            found.append((name, "unknown_field"))
        elif value and field.choices and value not in field.choices:
            found.append((name, "unknown_choice"))
        elif value and field.date and not participation.is_date(value):
            found.append((name, "not_a_date"))
        elif len(value) > field.longest:
            found.append((name, "too_long"))
    return found


def tidy(content: Mapping[str, Any]) -> dict[str, Any]:
    """Content as it is kept: one kind of line end, no zero sign, nothing trimmed while it is being typed."""
    return {
        name: value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        if isinstance(value, str)
        else value
        for name, value in content.items()
    }


@dataclass(frozen=True)
class Joined:
    """Two writers' contents joined: what stands now, and the fields in which both wrote different things."""

    content: Mapping[str, Any]
    both: tuple[str, ...] = ()


def join(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Joined:
    """Joins what two people made of the same beginning, field by field.

    A field that only one of them changed is theirs; one that both changed alike is no matter; one that both
    changed differently stays as *they* have it and is named in `both`, to be decided between. Fields that
    `mine` does not name were not touched.
    """
    content = dict(theirs)
    both = []
    for name, value in mine.items():
        before, now = base.get(name, ""), theirs.get(name, "")
        if value in (before, now):
            continue
        if now != before:
            both.append(name)
        else:
            content[name] = value
    return Joined(content, tuple(both))
