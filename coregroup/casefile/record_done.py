"""The parts of a record that other records hold: chronology, updates, actions, ratings, recommendations."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from coregroup.casefile.action_states import state_word
from coregroup.casefile.plans_load import standing
from coregroup.casefile.plans_words import day
from coregroup.casefile.recommendations import opened_recommendations
from coregroup.casefile.record_room import Room
from coregroup.casefile.record_said import answer_word, read_back
from coregroup.casefile.record_shapes import Listing, Part, Said, Title, Words
from coregroup.casefile.sentences import Names, Told, sentence
from coregroup.casefile.updates import given_updates, ratings_for
from coregroup.records.closing import WRITTEN
from coregroup.records.models import ActionState, ChronologyEntry, Person, PlanRevision
from coregroup.rules import plan_fields


def chronology(room: Room) -> Iterator[Part]:
    """What was added since the last meeting and in this one, with what it meant for the child (R13, R118)."""
    rows = ChronologyEntry.objects.filter(
        group=room.case.group, code__in=WRITTEN, made_at__lte=room.closed_at
    )
    if room.begun is not None:
        rows = rows.filter(Q(made_at__gt=room.begun) | Q(meeting=room.meeting))
    names = Names(room.people, room.cut.reader)
    kept = []
    for row in rows.select_related("source__agency"):
        own = row.source_id
        if not room.reads(row.audience_id, row.child_id, own):
            continue
        child = room.of_child(row.child_id)
        told = Told(row.code, row.data, room.procedure.identifier, child)
        text = row.text or sentence("entry", told, names)
        kept.append(
            (
                _source_first(row.source),
                (day(row.on), child, text, row.impact, row.done, _by(room, row.source)),
            )
        )
    if kept:
        header = (
            _("On"),
            _("Child"),
            _("What happened"),
            _("What it meant for the child"),
            _("What was done"),
            _("Told by"),
        )
        lines = tuple(line for _order, line in sorted(kept, key=lambda one: one[0]))
        yield Listing("chronology", _("Added to the chronology"), header, lines, (2, 2, 4, 3, 3, 3))
    quiet = [
        room.agency(entry.about) for entry in room.sheet.of("agency") if entry.text("nothing_new") == "yes"
    ]
    if any(quiet):
        yield Words(", ".join(sorted({name for name in quiet if name})), _("Nothing new, they said"))


def _source_first(source: Person | None) -> int:
    """Family first, then the others (R86)."""
    return 0 if source is not None and source.kind == Person.FAMILY else 1


def _by(room: Room, source: Person | None) -> str:
    if source is None:
        return ""
    agency = room.telling.agency(source)
    name = room.named(source)
    return f"{name} ({agency})" if agency and source.id not in room.hidden else name


def updates(room: Room) -> Iterator[Part]:
    """What members brought: contact, what changed for each child, what they could not do (R16, R17)."""
    for one in given_updates(room.case, room.cut, room.meeting):
        if not one.says_something:
            continue
        yield Title(f"{one.name} ({one.agency_name})" if one.agency_name else one.name)
        if one.contact:
            yield Words(one.contact, _("Contact with the child and family"))
        for change in one.children:
            yield Words(change.changed, _("What changed for %(child)s") % {"child": change.name})
        if one.could_not:
            yield Words(one.could_not, _("What could not be done"))
        if one.shared_on:
            shared = _("%(day)s: %(how)s") % {"day": day(one.shared_on), "how": one.shared_how}
            yield Words(shared, _("Shared with the family"))
        if one.family_said:
            yield Said(one.family_said, _("The family, to this update"))


def actions(room: Room) -> Iterator[Part]:
    """Each action that was new, changed or moved on, with its owner, day, state and answer (R34, R59)."""
    before = {row.item_id: row for version in room.versions for row in room.before(version)}
    said: dict[object, list[ActionState]] = {}
    for state in room.states:
        said.setdefault(state.item_id, []).append(state)
    rows = []
    for version in room.versions:
        child, desk = version.plan.child, room.desk(version.plan.child)
        for row in room.after(version):
            if row.kind != "action" or not desk.sees(row):
                continue
            states = said.get(row.item_id, [])
            line, moved = _action(room, row, before.get(row.item_id), states)
            if moved:
                rows.append((room.of_child(child.id), *line))
    if rows:
        header = (
            _("Child"),
            _("Action"),
            _("Who"),
            _("By when"),
            _("How far"),
            _("Their answer"),
            _("Change"),
        )
        yield Listing("actions", _("Actions"), header, tuple(rows), (2, 5, 3, 2, 3, 2, 2))
    yield from read_back(room)


def _action(
    room: Room, row: PlanRevision, was: PlanRevision | None, states: list[ActionState]
) -> tuple[tuple[str, ...], bool]:
    asked = plan_fields.demand(row.owner_id, row.by_when, row.content)
    new = was is None
    changed = was is not None and plan_fields.demand(was.owner_id, was.by_when, was.content) != asked
    last = states[-1] if states else None
    moved = last is not None and (room.begun is None or last.made_at > room.begun)
    told = state_word(last.state if last else "not_started")
    if last is not None and last.because and room.cut.sees(last.audience_id, room.items[row.item_id][1].id):
        told = f"{told}: {last.because}"
    answer = standing(row, room.answers)
    said = answer_word(answer.answer if answer else "")
    if (
        answer is not None
        and answer.reason
        and room.cut.sees(answer.audience_id, room.items[row.item_id][1].id)
    ):
        said = f"{said}: {answer.reason}"
    mark = _("New") if new else _("Changed") if changed else ""
    line = (str(row.content.get("what", "")), room.named(row.owner), day(row.by_when), told, said, mark)
    return line, new or changed or moved


def ratings(room: Room) -> Iterator[Part]:
    """How each outcome was rated, on what evidence; each person's own, never averaged (R25, R59)."""
    rows = [
        (one.child_name, one.outcome, room.name(person), str(one.value), one.evidence)
        for person, lines in ratings_for(room.case, room.cut, room.meeting.id).items()
        for one in lines
    ]
    if rows:
        header = (_("Child"), _("What must change"), _("Rated by"), _("0 to 10"), _("What shows it"))
        yield Listing("ratings", _("Ratings"), header, tuple(rows), (2, 4, 2, 1, 5))


def recommendations(room: Room) -> Iterator[Part]:
    """Each agency's recommendation with its reason, side by side; dissent in words (R64, R105)."""
    for one in opened_recommendations(room.case, room.cut, room.meeting):
        if not one.given and not one.missing:
            continue
        yield Title(one.child_name)
        rows = tuple(
            (
                given.agency, given.name, given.opinion_words, given.reason,
                _("Sees it differently") if given.dissents else "",
            )
            for given in one.given
        )  # fmt: skip
        if rows:
            header = (_("Agency"), _("Who"), _("Recommends"), _("Because"), _("Dissent"))
            yield Listing("recommendations", one.child_name, header, rows, (3, 3, 4, 5, 2))
        if one.missing:
            yield Words(", ".join(one.missing), _("Gave none"))
