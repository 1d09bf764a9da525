"""From what was typed to the opening itself, and every fault at its own step and field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.casework.opening_checks import check_opening
from coregroup.casework.opening_nouns import (
    NewAdult,
    NewChild,
    NewDecision,
    NewDeparture,
    NewFact,
    NewMember,
    Opening,
)
from coregroup.rules.access import Actor
from coregroup.rules.errors import Problems
from coregroup.web.groups.forms_opening import RoomForm
from coregroup.web.groups.opening_room import Room, parts_of
from coregroup.web.kit.fieldview import field_view

LATE = {"reason": "late_reason", "approved_by": "approved_by"}


@dataclass(frozen=True)
class Fault:
    """One fault: at which step, at which field of it, and how the error summary's link ends."""

    step: str
    field: str | None
    sentence: str
    anchor: str = ""


class Told:
    """An opening as far as it has been told, with every fault that keeps it from being opened."""

    def __init__(self, room: Room, *, by: Actor) -> None:
        self.room = room
        self.forms: dict[str, RoomForm] = {}
        for step in room.journey.steps:
            form = room.kept(step) if self._belongs(step) else None
            if form is not None:
                form.is_valid()
                self.forms[step] = form
        self.members: list[str] = []  # the step behind each member of the opening, in order
        self.decisions: list[int] = []
        self.opening = self._opening()
        self.faults = self._faults(by)

    def at(self, step: str) -> list[Fault]:
        """The faults of one step."""
        return [fault for fault in self.faults if fault.step == step]

    def under(self, kind: str, key: str) -> list[Fault]:
        """The faults of one person and all their parts."""
        own = f"{kind}:{key}"
        return [fault for fault in self.faults if fault.step == own or fault.step.startswith(f"{own}:")]

    def _belongs(self, step: str) -> bool:
        """A part counts only while its person is there."""
        kind, _colon, rest = step.partition(":")
        return not rest or self.room.has(kind, rest.partition(":")[0])

    def given(self, step: str) -> dict[str, Any]:
        form = self.forms.get(step)
        return form.cleaned_data if form else {}

    # What the opening is made of

    def _opening(self) -> Opening | None:
        conference = self.given("conference")
        if not conference.get("held_on"):
            return None
        lead, leads = self._leads()
        meeting = self.forms.get("meeting")
        return Opening(
            family_label=conference.get("family_label", ""),
            held_on=conference["held_on"],
            strategy_discussion_on=conference.get("strategy_discussion_on"),
            chair=_uuid(conference.get("chair")),
            children=tuple(self._child(key) for key in self.room.keys("child")),
            adults=tuple(self._adult(key) for key in self.room.keys("adult")),
            members=tuple(self._members(lead, leads)),
            lead=lead,
            leads=leads,
            review_on=self.given("review").get("review_on"),
            first_meeting=meeting.meeting() if meeting else None,  # type: ignore[attr-defined]
            decisions=tuple(self._decisions()),
            family_facts=self._facts("family"),
            out_of_hours=self.given("family").get("out_of_hours", ""),
            departures=self._departures(),
        )

    def _facts(self, *steps: str) -> tuple[NewFact, ...]:
        forms = [self.forms[step] for step in steps if step in self.forms]
        return tuple(fact for form in forms for fact in form.facts())  # type: ignore[attr-defined]

    def _facts_of(self, kind: str, key: str) -> tuple[NewFact, ...]:
        steps = [f"{kind}:{key}:{part}" for part in parts_of(kind) if part not in ("children", "meetings")]
        return self._facts(*steps)

    def _child(self, key: str) -> NewChild:
        given = self.given(f"child:{key}")
        name = given.get("given_name") or (_("Baby") if given.get("born") == "no" else "")
        return NewChild(
            key, name, given.get("family_name", ""), given.get("date_of_birth"), given.get("expected_on"),
            tuple(given.get("categories", ())), given.get("language") or "en", self._facts_of("child", key),
        )  # fmt: skip

    def _adult(self, key: str) -> NewAdult:
        given, meets = self.given(f"adult:{key}"), self.given(f"adult:{key}:meetings")
        links = self.forms.get(f"adult:{key}:children")
        return NewAdult(
            key, given.get("given_name", ""), given.get("family_name", ""),
            links.relationships() if links else (),  # type: ignore[attr-defined]
            meets.get("attends", ""), meets.get("attends_reason", ""),
            frozenset(meets.get("must_not_learn", ())), meets.get("must_not_learn_reason", ""),
            given.get("language") or "en", self._facts_of("adult", key),
        )  # fmt: skip

    def _leads(self) -> tuple[UUID | None, dict[str, UUID]]:
        form = self.forms.get("lead")
        if form is None:
            return None, {}
        lead, each = form.leads()  # type: ignore[attr-defined]
        ids = {key: _uuid(person) for key, person in each.items()}
        return _uuid(lead), {key: person for key, person in ids.items() if person}

    def _members(self, lead: UUID | None, leads: dict[str, UUID]) -> Iterator[NewMember]:
        """Whoever leads is a member by that; a row of their own takes precedence, for its own words."""
        rows = [(f"member:{key}", self.given(f"member:{key}")) for key in self.room.keys("member")]
        named = {_uuid(given.get("person")) for _step, given in rows}
        role = self.given("lead").get("role", "")
        leading = dict.fromkeys([*leads.values()] if leads else [lead])
        for person in leading:
            if person and person not in named:
                self.members.append("lead")
                yield NewMember(person, role)
        for step, given in rows:
            person = _uuid(given.get("person"))
            if person:
                self.members.append(step)
                yield NewMember(person, given.get("role", ""), frozenset(given.get("only", ())))

    def _decisions(self) -> Iterator[NewDecision]:
        form = self.forms.get("decisions")
        for row, words, child in form.decisions() if form else ():  # type: ignore[attr-defined]
            self.decisions.append(row)
            yield NewDecision(words, child)

    def _departures(self) -> dict[str, NewDeparture]:
        found = {}
        for step in ("review", "meeting"):
            form = self.forms.get(step)
            departure = form.departure() if form else None  # type: ignore[attr-defined]
            if form and departure:
                found[form.rule] = departure  # type: ignore[attr-defined]
        return found

    # What is wrong with it

    def _faults(self, by: Actor) -> list[Fault]:
        found = [fault for step, form in self.forms.items() for fault in _form_faults(step, form)]
        if self.opening is None:
            if "conference" not in self.forms:
                found.append(Fault("conference", None, _("Say when the conference was held.")))
            return found
        wrong = {(fault.step, fault.field) for fault in found}
        steps = {step for step, _field in wrong}
        for fault in self._checked(self.opening, by):
            said = (fault.step, fault.field) in wrong or (fault.field is None and fault.step in steps)
            if not said:
                found.append(fault)
        return found

    def _checked(self, opening: Opening, by: Actor) -> Iterator[Fault]:
        try:
            check_opening(opening, by=by)
        except Problems as problems:
            for path, sentence in problems.faults:
                step, field = self.place(path or "")
                form = self.forms.get(step)
                known = field if form is not None and field in form.fields else None
                yield Fault(step, known, sentence, _anchor(form, known))

    def place(self, path: str) -> tuple[str, str]:
        """The step and field of a dotted path into the opening."""
        head, _dot, rest = path.partition(".")
        if head == "departures":
            rule, _dot, field = rest.partition(".")
            return ("review" if rule == "first_review" else "meeting"), LATE.get(field, field)
        if head in ("children", "adults", "members", "decisions") and rest:
            number, _dot, field = rest.partition(".")
            return self._row(head, int(number), field)
        if head == "first_meeting":
            return "meeting", rest
        known = {"lead": "lead", "review_on": "review", "children": "children", "members": "members"}
        return known.get(head, "conference"), head

    def _row(self, head: str, number: int, field: str) -> tuple[str, str]:
        if head == "members":
            return self.members[number], field
        if head == "decisions":
            return "decisions", f"{field}_{self.decisions[number]}"
        kind = "child" if head == "children" else "adult"
        own = f"{kind}:{self.room.keys(kind)[number]}"
        if found := re.fullmatch(r"facts\.(\d+)\..+", field):
            return own, f"facts.{found[1]}"
        if kind == "adult" and field == "relationships":
            return f"{own}:children", field
        if kind == "adult" and field.startswith(("attends", "must_not_learn")):
            return f"{own}:meetings", field
        return own, field


def _form_faults(step: str, form: RoomForm) -> Iterator[Fault]:
    for name in form.fields:
        for sentence in form.errors.get(name, ()):
            yield Fault(step, name, str(sentence), _anchor(form, name))
    for sentence in form.non_field_errors():
        yield Fault(step, None, str(sentence))


def _anchor(form: RoomForm | None, field: str | None) -> str:
    return f"#{field_view(form, field).anchor}" if form is not None and field else ""


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
