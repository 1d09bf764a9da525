"""A child's plan by its versions: what differs between two of them, and the history of an item (R10, R29)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coregroup.access.doors import open_group
from coregroup.casefile import plans_load as load
from coregroup.casefile import plans_words as words
from coregroup.casefile.action_states import history_of, states_of
from coregroup.casefile.plans import desk_of
from coregroup.casefile.plans_load import Desk
from coregroup.casefile.plans_shapes import (
    FieldChange,
    ItemChange,
    Line,
    PlanDifference,
    Progress,
    Version,
)
from coregroup.records.models import OutlineItem, PlanRevision
from coregroup.rules import book, plan_fields
from coregroup.rules import differences as rule
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed


@dataclass(frozen=True)
class PlanVersions:
    """Every version of one child's plan, the latest first."""

    child_name: str
    plan_name: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class PlanHistory:
    """One item through its revisions, the latest first, as far as the reader may see."""

    child_name: str
    plan_name: str
    kind: str
    heading: str
    revisions: tuple[Line, ...]
    changes: tuple[tuple[int, tuple[FieldChange, ...]], ...]  # by revision number: what it changed
    states: tuple[Progress, ...] = ()  # of an action: how far it was said to be, the latest first
    state: str = ""


def plan_versions(*, group: UUID, child: UUID, by: Actor) -> PlanVersions:
    """The versions of one child's plan. A fixed number of queries; Closed for what the asker may not open."""
    case = open_group(group, by=by, to=Capability.SEE_PLAN, what=f"plan versions of {child}")
    desk = desk_of(case, child)
    rows = load.versions_of(desk.child)
    return PlanVersions(
        desk.child.person.name,
        _plan_name(desk),
        tuple(load.version_shape(desk, row) for row in reversed(rows)),
    )


def differences(*, group: UUID, child: UUID, a: int, b: int, by: Actor) -> PlanDifference:
    """What differs between versions `a` and `b` of one child's plan, in words, cut for the asker (R10).

    Only items whose text the asker may see in every version where it stands are compared: an item that was
    narrowed between the two is left out, so that it neither shows as withdrawn nor gives its text away.
    Raises Closed for a version that there is not, and for what the asker may not open.
    """
    case = open_group(group, by=by, to=Capability.SEE_PLAN, what=f"plan of {child}, versions {a} and {b}")
    desk = desk_of(case, child)
    numbers = {row.number for row in load.versions_of(desk.child)}
    if a not in numbers or b not in numbers:
        raise Closed
    before, after = load.version_rows(desk.child, a), load.version_rows(desk.child, b)
    hidden = {row.item_id for row in (*before, *after) if not desk.sees(row)}
    told = Teller(desk)
    found = rule.between(
        [told.entry(row) for row in before if row.item_id not in hidden],
        [told.entry(row) for row in after if row.item_id not in hidden],
    )
    because = _withdrawn_because(desk, [entry.item for entry in found.withdrawn])
    return PlanDifference(
        desk.child.person.name, _plan_name(desk), a, b,
        added=tuple(told.whole(entry, added=True) for entry in found.added),
        withdrawn=tuple(
            told.whole(entry, added=False, because=because.get(entry.item, "")) for entry in found.withdrawn
        ),
        changed=tuple(told.changed(one) for one in found.changed),
    )  # fmt: skip


def history(*, group: UUID, child: UUID, item: UUID, by: Actor) -> PlanHistory:
    """One item with every revision that the asker may see, by whom and when, and what each changed (R29).

    Raises Closed where the asker may not see the item as it stands now.
    """
    case = open_group(group, by=by, to=Capability.SEE_PLAN, what=f"plan item {item}")
    desk = desk_of(case, child)
    every = load.item_rows(desk.child, item, agreed=not desk.professional)
    if not every or not desk.sees(every[-1]):
        raise Closed
    rows = [row for row in every if desk.sees(row)]
    told = Teller(desk)
    answers, parts = load.answers_of(desk.child), load.parts_of(desk)
    lines = [load.line_of(desk, row, told.outline, answers, parts) for row in rows]
    changes = []
    for earlier, later in zip(rows, rows[1:], strict=False):
        found = rule.between([told.entry(earlier)], [told.entry(later)])
        changes.append((later.number, told.changed(found.changed[0]).fields if found.changed else ()))
    action = rows[-1].kind == "action"
    said = states_of(desk.child, item).get(item, []) if action else []
    return PlanHistory(
        desk.child.person.name, _plan_name(desk), rows[-1].kind, told.entry(rows[-1]).heading,
        tuple(reversed(lines)), tuple(changes),
        states=history_of(said, desk.cut, desk.child.id),
        state=(said[-1].state if said else "not_started") if action else "",
    )  # fmt: skip


def _plan_name(desk: Desk) -> str:
    return book.load(desk.case.group.procedure).word("plan_name", desk.lang)


def _withdrawn_because(desk: Desk, items: Iterable[UUID]) -> dict[UUID, str]:
    """Why items were withdrawn, where the reader may see the revision that says so. One query, or none."""
    wanted = list(items)
    if not wanted:
        return {}
    rows = PlanRevision.objects.filter(item__in=wanted).exclude(withdrawn_because="").order_by("number")
    return {
        row.item_id: row.withdrawn_because for row in rows if desk.cut.sees(row.audience_id, desk.child.id)
    }


class Teller:
    """Says the fields of revisions in words, with the names of outline items that the reader may see."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parts = load.parts_of(desk)
        self.outline: Mapping[UUID, OutlineItem] = {
            row.id: row
            for row in load.outline_rows(desk.child)
            if desk.cut.sees(row.audience_id, desk.child.id)
        }

    def entry(self, row: PlanRevision) -> rule.Entry:
        """A revision as the comparison takes it: every field in words."""
        fields: dict[str, Any] = {
            name: words.value_words(row.kind, name, value) for name, value in row.content.items()
        }
        kind = plan_fields.KINDS[row.kind]
        if kind.person:
            fields["owner"] = str(self.desk.who(row.owner) or "")
        if kind.dated:
            fields["by_when"] = words.day(row.by_when)
        if kind.part:
            fields["part"] = self.parts.get(row.part, row.part)
        if kind.traced:
            source = self.outline.get(row.outline_id) if row.outline_id else None
            fields["outline"] = load.outline_text(source, row.kind) if source else ""
            fields["new_because"] = row.new_because
        if row.withdrawn_because:
            fields["withdrawn_because"] = row.withdrawn_because
        return rule.Entry(
            row.item_id, row.kind, str(row.content.get(plan_fields.heading(row.kind), "")), fields
        )

    def whole(self, entry: rule.Entry, *, added: bool, because: str = "") -> ItemChange:
        """An item added or withdrawn, with everything it says."""
        fields = tuple(
            FieldChange(name, words.field_label(entry.kind, name), *(("", text) if added else (text, "")))
            for name, text in entry.fields.items()
            if text
        )
        return ItemChange(entry.item, entry.kind, words.kind_word(entry.kind), entry.heading, fields, because)

    def changed(self, one: rule.Changed) -> ItemChange:
        """An item changed, field by field, before and after."""
        kind = one.after.kind
        fields = tuple(
            FieldChange(change.field, words.field_label(kind, change.field), change.before, change.after)
            for change in one.changes
        )
        return ItemChange(one.after.item, kind, words.kind_word(kind), one.after.heading, fields)
