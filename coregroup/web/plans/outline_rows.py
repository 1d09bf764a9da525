"""The rows of an outline plan on their way in: as the journey keeps them, and as the verb takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from coregroup.casefile.choosing import PersonChoice
from coregroup.casework.outline import NewOutlineItem
from coregroup.intake.children import children_named
from coregroup.intake.outline import OutlineReading, OutlineRow
from coregroup.web.kit import audience

ROWS, SOURCE = "rows", "source"
TEXTS = ("concern", "outcome", "action", "owner", "by_when_words")


@dataclass(frozen=True)
class StagedRow:
    """One row in the journey. `number` is its row in the file (or its place, if typed), `key` its address."""

    key: str
    number: int
    children: tuple[str, ...] = ()
    concern: str = ""
    outcome: str = ""
    action: str = ""
    owner: str = ""
    by_when: str = ""
    by_when_words: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    audience: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.by_when) if self.by_when else None

    def early(self, conference_on: date | None) -> bool:
        """Does its date lie before the conference? Worth a look: it may be a slip, or done already."""
        return bool(self.by_when and conference_on) and self.by_when < str(conference_on)

    def item(self) -> NewOutlineItem:
        """The row as the verb takes it."""
        return NewOutlineItem(
            children=tuple(UUID(child) for child in self.children),
            **{name: getattr(self, name) for name in TEXTS},
            by_when=self.day, row=self.number, audience=audience.from_json(self.audience),
        )  # fmt: skip

    def initial(self) -> dict[str, Any]:
        """The row as its form begins."""
        texts = {name: getattr(self, name) for name in TEXTS}
        chosen = audience.initial_of(audience.from_json(self.audience))
        return {**texts, **chosen, "children": list(self.children), "by_when": self.day}

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def staged(kept: Sequence[Mapping[str, Any]] | None) -> list[StagedRow]:
    """The rows out of a journey's step."""
    rows = []
    for one in kept or ():
        values = {**one, **{name: tuple(one.get(name) or ()) for name in ("children", "notes", "faults")}}
        rows.append(StagedRow(**values))
    return rows


def from_reading(reading: OutlineReading, children: Sequence[tuple[UUID, str]]) -> list[StagedRow]:
    """What was read from a file, each row with the children whom it names."""
    return [_from_row(row, children) for row in reading.rows]


def _from_row(row: OutlineRow, children: Sequence[tuple[UUID, str]]) -> StagedRow:
    named, unread = children_named(row.child, dict(children))
    notes = list(row.notes)
    if unread:
        notes.append(_("“%(name)s” is the name of no child of this core group.") % {"name": unread})
    if len(children) == 1 and not row.child:
        named = (children[0][0],)  # there is nobody else whom it could be about
    return StagedRow(
        key=uuid4().hex, number=row.number, children=tuple(str(child) for child in named),
        concern=row.concern, outcome=row.outcome, action=row.action, owner=row.owner,
        by_when=row.by_when.isoformat() if row.by_when else "", by_when_words=row.by_when_words,
        notes=tuple(notes), faults=row.faults,
    )  # fmt: skip


def from_form(given: Mapping[str, Any], *, key: str, number: int, earlier: StagedRow | None) -> StagedRow:
    """A row as a person typed or corrected it: its faults are gone, what was left over stays beside it."""
    begun = earlier or StagedRow(key, number)
    when = given.get("by_when")
    texts: dict[str, Any] = {name: str(given.get(name) or "").strip() for name in TEXTS}
    return replace(
        begun,
        **texts,
        children=tuple(given.get("children") or ()),
        by_when=when.isoformat() if when else "",
        faults=(),
        audience=audience.as_json(audience.choice_of(given)),
    )


def renumbered(rows: Sequence[StagedRow], first: int) -> list[StagedRow]:
    """Typed rows behind those of a file, so that every row keeps a number of its own."""
    return [replace(row, number=number) for number, row in enumerate(rows, start=first)]


def next_number(rows: Sequence[StagedRow]) -> int:
    """The number of the next row: after the highest, so that no two rows share a name."""
    return max((row.number for row in rows), default=0) + 1


def meanings() -> dict[str, str]:
    """What each field of a file's headings is called on our pages."""
    return {
        "child": _("the child"),
        "concern": _("what worries us"),
        "outcome": _("what must change"),
        "action": _("what is to be done"),
        "owner": _("who does it"),
        "by_when": _("by when"),
    }


def audiences(rows: Sequence[StagedRow], people: Sequence[PersonChoice]) -> dict[str, str]:
    """For each row, by its key, who may see it, in one sentence."""
    names = {person.id: person.name for person in people}
    told = {}
    for row in rows:
        chosen = audience.from_json(row.audience)
        told[row.key] = audience.told(
            chosen.base,
            sorted(names.get(one, "") for one in chosen.named),
            sorted(names.get(one, "") for one in chosen.shut_out),
        )
    return told
