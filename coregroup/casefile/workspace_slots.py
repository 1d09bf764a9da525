"""What there is to write at a step: each thing with whom it is about, what stands, what was said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from coregroup.casefile.family_words import decision_word, way_word
from coregroup.casefile.workspace import Entry
from coregroup.casefile.workspace_room import Table
from coregroup.casefile.workspace_words import choice_word
from coregroup.rules import participation
from coregroup.rules.access import Base
from coregroup.rules.meeting_entries import thing_name
from coregroup.rules.procedure import say

Said = tuple[str, str]  # (what it is, what it says)


@dataclass(frozen=True)
class Slot:
    """One thing that can be written. `entry` is what stands; `before` what is known already; `offered` the
    codes of its answer, where they depend on whom it is about. `folded` keeps it off the projector; `later`
    is seldom written, and drawn folded until it is. `named` and `shut_out` are those whom its audience names.
    """

    kind: str
    about: UUID | None = None
    child: UUID | None = None
    code: str = ""
    title: str = ""
    hint: str = ""
    entry: Entry | None = None
    before: tuple[Said, ...] = ()
    offered: tuple[str, ...] = ()
    folded: bool = False
    section: str = ""
    later: bool = False
    named: tuple[str, ...] = ()
    shut_out: tuple[str, ...] = ()

    @property
    def thing(self) -> str:
        """The name under which its savings are numbered."""
        return thing_name(self.kind, self.about, self.child, self.code)


def slots_of(table: Table, code: str, *, guests: Iterable[tuple[UUID, str, str]] = (),
             before: Mapping[UUID, tuple[Said, ...]] | None = None) -> tuple[Slot, ...]:  # fmt: skip
    """Everything that can be written at a step that needs nothing else from the database.

    `guests` are (person, name, hint); `before` what is said already of a person or an agency.
    """
    told = before or {}
    made: list[Slot] = []
    if code == "welcome":
        made = _attendance(table, guests, told)
    elif code == "family_first":
        made = _family_said(table)
    elif code == "child":
        made = [_voice_of_child(table, one) for one in table.case.children if one.id in table.children]
    elif code == "chronology":
        made = [
            Slot("agency", office, title=name, hint=", ".join(people), before=told.get(office, ()))
            for office, (name, people) in table.agencies.items()
        ]
    elif code == "views":
        made = [*_voices_of_adults(table)]
    elif code == "decisions":
        made = _decisions(table)
    elif code == "questions":
        titles = {item.code: say(item.title, table.lang) for item in table.procedure.questions}
        made = [Slot("question", code=one, title=title) for one, title in titles.items()]
    return tuple(standing(table, one) for one in [*made, *notes(table, code)])


def standing(table: Table, slot: Slot) -> Slot:
    """A slot with what stands there, folded where not everybody in the room may read it."""
    entry = table.sheet.entry(slot.kind, slot.about, slot.child, slot.code)
    if entry is None:
        return slot
    seen = entry.seen_by
    named, out = (
        tuple(sorted(table.names[one] for one in persons if one in table.names))
        for persons in (seen.named, seen.shut_out)
    )
    return replace(slot, entry=entry, folded=narrow(table, entry), named=named, shut_out=out)


def narrow(table: Table, entry: Entry) -> bool:
    """Is this not for everybody in the room? Kept from somebody who came, or from all but some."""
    if entry.seen_by.base is not Base.GROUP:
        return True
    came = {
        one.about for one in table.sheet.of("attendance")
        if one.text("how") in ("attended", "PN1", "PN2", "PN3", "PN4")
    }  # fmt: skip
    return bool(entry.seen_by.shut_out & came)


def notes(table: Table, code: str) -> list[Slot]:
    """The step's own note; who must not learn of every child writes one for each child that they know of."""
    whole = [] if table.cut.reader.limited else [Slot("note", code=code, title=_("Note on this step"))]
    kept = {one.child for one in table.sheet.of("note") if one.code == code}
    if None in kept and not whole:
        whole = [Slot("note", code=code, title=_("Note on this step"))]
    apart = [child for child in table.children if table.cut.reader.limited or child in kept]
    return whole + [
        Slot("note", child=child, code=code, title=_("Note on this step: %(name)s") % {"name": name})
        for child, name in table.children.items() if child in apart
    ]  # fmt: skip


def _attendance(
    table: Table, guests: Iterable[tuple[UUID, str, str]], told: Mapping[UUID, tuple[Said, ...]]
) -> list[Slot]:
    """The family first, then everybody by agency (R21, R22, R86)."""
    on = table.meeting.held_on or table.meeting.planned_on
    family, staff = _("The family"), _("Professionals")
    made = []
    for adult in table.adults:
        hint = "; ".join(
            [*(f"{kind}, {child}" for kind, child in adult.relations), *filter(None, [adult.attends])]
        )
        made.append(Slot("attendance", adult.person, title=adult.name, hint=hint, section=family,
                         offered=participation.ADULT, before=told.get(adult.person, ())))  # fmt: skip
    for child in table.case.children:
        if child.id in table.children:
            codes = [
                one for one in participation.CHILD if participation.suits_age(one, child.date_of_birth, on)
            ]
            made.append(Slot("attendance", child.person_id, title=table.children[child.id], section=family,
                             offered=tuple(codes), before=decided(table, child.id)))  # fmt: skip
    professional = sorted(table.members, key=lambda one: (one.agency.casefold(), one.name.casefold()))
    for member in professional:
        hint = ", ".join(filter(None, [member.agency, member.job_title]))
        made.append(Slot("attendance", member.person, title=member.name, hint=hint, section=staff,
                         offered=participation.PROFESSIONAL, before=told.get(member.person, ())))  # fmt: skip
    for person, name, hint in guests:
        made.append(Slot("attendance", person, title=name, hint=hint, section=staff,
                         offered=participation.PROFESSIONAL))  # fmt: skip
    return made


def decided(table: Table, child: UUID) -> tuple[Said, ...]:
    """What was decided beforehand about a child's coming (R66)."""
    entry = table.sheet.entry("child_attends", child=child)
    if entry is None or not entry.text("decision"):
        return ()
    found = [(_("Decided beforehand"), decision_word(entry.text("decision")))]
    if entry.text("way"):
        found.append((_("Their wishes come in by"), way_word(entry.text("way"))))
    return tuple(found)


def asked(table: Table, person: UUID) -> tuple[Said, ...]:
    """What somebody wanted said, when they were asked beforehand (R30)."""
    entry = table.sheet.entry("asked", person)
    if entry is None or not entry.text("wants").strip() or narrow(table, entry):
        return ()
    return ((_("Asked beforehand, wanted said"), entry.text("wants")),)


def _family_said(table: Table) -> list[Slot]:
    made = []
    for adult in table.adults:
        for child in table.whose(adult.person, "family_said"):
            made.append(Slot("family_said", adult.person, child, title=_titled(table, adult.name, child),
                             hint=_relation(adult.relations), before=asked(table, adult.person)))  # fmt: skip
    return made


def _voices_of_adults(table: Table) -> list[Slot]:
    made = []
    for adult in table.adults:
        for child in table.whose(adult.person, "voice"):
            said = table.sheet.entry("family_said", adult.person, child)
            before = asked(table, adult.person)
            if said is not None and said.text().strip() and not narrow(table, said):
                before = (*before, (_("Said today"), said.text()))
            made.append(Slot("voice", adult.person, child, title=_titled(table, adult.name, child),
                             hint=_relation(adult.relations), before=before))  # fmt: skip
    return made


def _voice_of_child(table: Table, child: object) -> Slot:
    key, person = child.id, child.person_id  # type: ignore[attr-defined]
    here = table.sheet.entry("attendance", person)
    before = [*decided(table, key), *asked(table, person)]
    if here is not None and here.text("how"):
        before.append((_("Today"), choice_word("attendance", "how", here.text("how"))))
    return Slot("voice", person, key, title=table.children[key], before=tuple(before))


def _decisions(table: Table) -> list[Slot]:
    made = [
        Slot("decision", one.about, one.child, one.code, title=_titled(table, _("Decision"), one.child))
        for one in table.sheet.entries if one.kind == "decision"
    ]  # fmt: skip
    whose: list[UUID | None] = [] if table.cut.reader.limited or len(table.children) == 1 else [None]
    for child in [*whose, *table.children]:
        title = _titled(table, _("A new decision"), child)
        later = child is not None and bool(whose)
        made.append(Slot("decision", uuid4(), child, title=title, later=later))
    return made


def _titled(table: Table, name: str, child: UUID | None) -> str:
    if child is None or len(table.case.children) == 1:
        return name
    return _("%(what)s: %(name)s") % {"what": name, "name": table.children.get(child, "")}


def _relation(relations: Iterable[tuple[str, str]]) -> str:
    """Mother: Ben Rowe, Amy Rowe."""
    kinds: dict[str, list[str]] = {}
    for kind, child in relations:
        kinds.setdefault(kind, []).append(child)
    return "; ".join(f"{kind}: {', '.join(names)}" for kind, names in kinds.items())
