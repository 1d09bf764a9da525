"""The plan in a record: what changed in each child's, item by item; or the updated plan, changes marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.casefile import plans_load as load
from coregroup.casefile import plans_words as words
from coregroup.casefile.plans_history import Teller
from coregroup.casefile.plans_load import Desk
from coregroup.casefile.record_room import Room
from coregroup.casefile.record_shapes import Change, ChangedField, Facts, Listing, Part, Said, Title, Words
from coregroup.records.models import OutlineItem, PlanRevision, PlanVersion
from coregroup.rules import departing, plan_fields
from coregroup.rules import differences as rule


class RecordTeller(Teller):
    """Says revisions in words from what the record has loaded already."""

    def __init__(self, desk: Desk, outline: Mapping[UUID, OutlineItem]) -> None:
        self.desk = desk
        self.parts = load.parts_of(desk)
        self.outline = outline


def changes(room: Room) -> Iterator[Part]:
    """What changed in each child's plan, before and after; a first version is all new (R10).

    Views stand in their own sections, as they were said.
    """
    for version in room.versions:
        yield _headline(room, version)
        view = words.kind_word("view")
        every = _changed(room, version)
        found = [one for one in every if one.kind_word != view or one.kind == "withdrawn"]
        if not found:
            yield Words(_("Nothing in this plan was changed."))
        yield from found


def _headline(room: Room, version: PlanVersion) -> Title:
    told = {"child": room.names.get(version.plan.child_id, ""), "number": version.number}
    if version.number == 1:
        return Title(_("%(child)s: the plan came into force as version 1") % told)
    return Title(_("%(child)s: version %(number)s") % told)


def _changed(room: Room, version: PlanVersion) -> Iterator[Change]:
    child = room.of_child(version.plan.child_id)
    return (replace(change, child=child) for change in _differences(room, version))


def _differences(room: Room, version: PlanVersion) -> Iterator[Change]:
    desk = room.desk(version.plan.child)
    told = RecordTeller(desk, room.outline)
    before, after = _both(room, version, desk)
    found = rule.between([told.entry(row) for row in before], [told.entry(row) for row in after])
    departs = departed(room, version)
    for entry in found.added:
        yield _whole(entry, "added", departs)
    for one in found.changed:
        fields = tuple(
            ChangedField(
                words.field_label(one.after.kind, change.field), str(change.before), str(change.after)
            )
            for change in one.changes
        )
        kind = words.kind_word(one.after.kind)
        yield Change("changed", one.after.heading, kind, fields, departs=one.after.item in departs)
    for entry in found.withdrawn:
        row = room.withdrawn.get(entry.item)
        yield _whole(entry, "withdrawn", departs, row.withdrawn_because if row else "")


def _both(room: Room, version: PlanVersion, desk: Desk) -> tuple[list[PlanRevision], list[PlanRevision]]:
    """Both versions without the items that the reader may not see in either of them."""
    before, after = room.before(version), room.after(version)
    hidden = {row.item_id for row in (*before, *after) if not desk.sees(row)}
    return (
        [row for row in before if row.item_id not in hidden],
        [row for row in after if row.item_id not in hidden],
    )


def _whole(entry: rule.Entry, kind: str, departs: Iterable[UUID], because: str = "") -> Change:
    added = kind == "added"
    fields = tuple(
        ChangedField(words.field_label(entry.kind, name), *(("", str(text)) if added else (str(text), "")))
        for name, text in entry.fields.items()
        if text and name != plan_fields.heading(entry.kind)
    )
    word = words.kind_word(entry.kind)
    return Change(kind, entry.heading, word, fields, because, departs=entry.item in set(departs))


def departed(room: Room, version: PlanVersion) -> frozenset[UUID]:
    """Items by which this version departs from what the conference decided (R73, R74)."""
    after = room.after(version)
    found = departing.departures(
        _traced(room, room.before(version)), _traced(room, after), standing=[row.item_id for row in after]
    )
    return frozenset(one.item for one in found)


def _traced(room: Room, rows: Iterable[PlanRevision]) -> list[departing.Traced]:
    return [
        departing.Traced(
            row.item_id,
            row.outline_id,
            plan_fields.full_demand(row.kind, row.owner_id, row.by_when, row.content),
            row.by_when,
            room.outline[row.outline_id].by_when if row.outline_id in room.outline else None,
        )
        for row in rows
        if row.outline_id
    ]


def updated_plan(room: Room) -> Iterator[Part]:
    """Each child's plan as it stands now, with what this meeting changed marked in it (R89)."""
    for version in room.versions:
        yield _headline(room, version)
        desk = room.desk(version.plan.child)
        before, after = _both(room, version, desk)
        yield from _Plan(room, version, RecordTeller(desk, room.outline), before, after).parts()
        view = words.kind_word("view")
        for change in _changed(room, version):
            marked = change.kind == "changed" and change.kind_word != view
            if marked or change.kind == "withdrawn" or (change.departs and version.number == 1):
                yield change


class _Plan:
    """One plan in full, for the updated-plan record."""

    def __init__(
        self,
        room: Room,
        version: PlanVersion,
        told: Teller,
        before: list[PlanRevision],
        after: list[PlanRevision],
    ) -> None:
        self.room, self.told, self.rows = room, told, after
        was = {entry.item: entry for entry in (told.entry(row) for row in before)}
        self.marks = {} if version.number == 1 else {
            row.item_id: _("New") if row.item_id not in was else _("Changed")
            for row in after if row.item_id not in was or was[row.item_id] != told.entry(row)
        }  # fmt: skip

    def parts(self) -> Iterator[Part]:
        """The plan in its order: for the family, what worries us, contact, contingency, views."""
        for row in self._of("family_page"):
            yield Facts(words.kind_word("family_page"), self._facts(row))
        shown = {row.item_id for row in self.rows}
        for concern in self._of("concern"):
            yield Title(self._marked(concern), 4)
            for outcome in self._of("outcome", concern.item_id):
                yield from self._outcome(outcome)
        for outcome in self._of("outcome"):
            if outcome.item.under_id not in shown:
                yield from self._outcome(outcome)
        loose = [row for row in self._of("action") if row.item.under_id not in shown]
        if loose:
            yield self._actions(loose, _("More actions"))
        for kind in ("contact", "contingency"):
            for row in self._of(kind):
                yield Facts(f"{words.kind_word(kind)}{self._mark(row)}", self._facts(row))
        for row in self._of("view"):
            entry = self.told.entry(row)
            whose = [
                str(entry.fields.get("owner", "")),
                str(entry.fields.get("on", "")),
                self._mark(row).strip(" ()"),
            ]
            yield Said(str(row.content.get("words", "")), ", ".join(word for word in whose if word))

    def _of(self, kind: str, under: UUID | None = None) -> list[PlanRevision]:
        return [row for row in self.rows if row.kind == kind and under in (None, row.item.under_id)]

    def _mark(self, row: PlanRevision) -> str:
        mark = self.marks.get(row.item_id)
        return f" ({mark})" if mark else ""

    def _marked(self, row: PlanRevision) -> str:
        return f"{row.content.get(plan_fields.heading(row.kind), '')}{self._mark(row)}"

    def _facts(self, row: PlanRevision) -> tuple[tuple[str, str], ...]:
        fields = dict(self.told.entry(row).fields)
        left = {"outline", "new_because"}
        if row.kind == "contact":
            fields["every"] = words.how_often(row.content.get("every"), str(row.content.get("unit", "")))
            left.add("unit")
        return tuple(
            (words.field_label(row.kind, name), str(value)) for name, value in fields.items()
            if value and name not in left
        )  # fmt: skip

    def _outcome(self, row: PlanRevision) -> Iterator[Part]:
        yield Facts(_("What must change%(mark)s") % {"mark": self._mark(row)}, self._facts(row))
        actions = self._of("action", row.item_id)
        if actions:
            yield self._actions(actions, _("Actions for this"))

    def _actions(self, rows: list[PlanRevision], caption: str) -> Listing:
        header = (_("Action"), _("Who"), _("By when"), _("In this meeting"))
        return Listing(
            "plan_actions", caption, header,
            tuple(
                (
                    str(row.content.get("what", "")), self.room.named(row.owner), words.day(row.by_when),
                    self.marks.get(row.item_id, ""),
                )
                for row in rows
            ),
            (6, 3, 2, 2),
        )  # fmt: skip
