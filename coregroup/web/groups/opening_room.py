"""What has been told so far in the opening of a core group: read from the journey, step by step.

Each step keeps exactly what was typed, as the form would send it, faulty text too; what it means is read
again each time. Steps: `conference`, `decisions`, `family`, `lead`, `review`, `meeting`; for each person
`child:<key>`, `adult:<key>`, `member:<key>`, and their parts, `child:<key>:home`, `adult:<key>:children` ...
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from coregroup.casefile import drafts as casefile_drafts
from coregroup.casefile.drafts import PausedJourney
from coregroup.casefile.opening import Desk, desk, language
from coregroup.casework import drafts as casework_drafts
from coregroup.rules.access import Actor
from coregroup.rules.errors import Closed
from coregroup.web.groups import forms_opening as forms
from coregroup.web.groups import forms_opening_dates as dates
from coregroup.web.groups import forms_opening_face as face
from coregroup.web.groups import forms_opening_people as people
from coregroup.web.kit.fieldview import query_of

KIND = "open_group"
SINGLE: dict[str, type[forms.RoomForm]] = {
    "conference": forms.ConferenceForm,
    "decisions": forms.DecisionsForm,
    "family": face.FaceForm,
    "lead": forms.LeadForm,
    "review": dates.ReviewForm,
    "meeting": dates.MeetingForm,
}
PERSON: dict[str, type[forms.RoomForm]] = {
    "child": people.ChildForm,
    "adult": people.AdultForm,
    "member": people.MemberForm,
}
ADULT_PARTS: dict[str, type[forms.RoomForm]] = {
    "children": people.RelationshipsForm,
    "meetings": people.AttendanceForm,
}


def parts_of(kind: str) -> tuple[str, ...]:
    """The parts that a person's page has beside the first."""
    sections = tuple(face.SECTIONS.get(kind, {}))
    return (*ADULT_PARTS, *sections) if kind == "adult" else sections


@dataclass
class Room:
    """One opening under way: what lies ready, and what was typed at each step."""

    journey: PausedJourney
    desk: Desk
    language: str

    @property
    def id(self) -> UUID:
        return self.journey.id

    def typed(self, step: str) -> dict[str, list[str]] | None:
        """What was typed at a step, or None if nothing was."""
        kept = self.journey.steps.get(step)
        return kept["typed"] if kept else None

    def keys(self, kind: str) -> list[str]:
        """The children, adults or members told so far, in the order in which they were added."""
        steps = self.journey.steps
        found = [step for step in steps if step.startswith(f"{kind}:") and step.count(":") == 1]
        return [
            step.partition(":")[2] for step in sorted(found, key=lambda step: (steps[step]["place"], step))
        ]

    def has(self, kind: str, key: str) -> bool:
        return f"{kind}:{key}" in self.journey.steps

    def name_of(self, kind: str, key: str) -> str:
        """A person's name as typed; something to call them by where there is none yet."""
        typed = self.typed(f"{kind}:{key}") or {}
        if kind == "member":
            worker = self.desk.worker(_one(typed, "person"))
            return worker.name if worker else _("A member not yet chosen")
        given = _one(typed, "given_name") or (_("Baby") if kind == "child" else "")
        return f"{given} {_one(typed, 'family_name')}".strip() or _("Somebody without a name yet")

    def short_name(self, key: str) -> str:
        """A child's first name; the whole name where another child has the same."""
        firsts = [_one(self.typed(f"child:{one}") or {}, "given_name") for one in self.keys("child")]
        own = _one(self.typed(f"child:{key}") or {}, "given_name")
        return own if own and firsts.count(own) == 1 else self.name_of("child", key)

    def unborn(self, key: str) -> bool:
        return _one(self.typed(f"child:{key}") or {}, "born") == "no"

    @cached_property
    def label(self) -> str:
        """The family's name, once it is known."""
        return _one(self.typed("conference") or {}, "family_label")

    def form(self, step: str, data: QueryDict | None = None, **options: Any) -> forms.RoomForm:
        """The form of a step: bound to `data`, or fresh with `options`. Closed for what is no step."""
        maker, more = self._maker(step)
        return maker(data, room=self, **more, **options)

    def kept(self, step: str) -> forms.RoomForm | None:
        """The form of a step bound to what was typed there; None if nothing was."""
        typed = self.typed(step)
        return None if typed is None else self.form(step, query_of(typed))

    def _maker(self, step: str) -> tuple[type[forms.RoomForm], dict[str, Any]]:
        kind, _colon, rest = step.partition(":")
        key, _colon, part = rest.partition(":")
        if not rest and kind in SINGLE:
            return SINGLE[kind], {"about": "family", "section": "family"} if kind == "family" else {}
        if not part and kind in PERSON:  # also of a person who is just being added
            return PERSON[kind], {}
        if part not in parts_of(kind) or not self.has(kind, key):
            raise Closed
        if kind == "adult" and part in ADULT_PARTS:
            return ADULT_PARTS[part], {"adult": self.name_of("adult", key)}
        unborn = kind == "child" and self.unborn(key)
        return face.FaceForm, {"about": kind, "section": part, "unborn": unborn}

    def save(self, step: str, typed: dict[str, list[str]], *, by: Actor) -> None:
        """Keeps what was typed at a step, in the journey and here."""
        before = self.journey.steps.get(step)
        places = [one["place"] for one in self.journey.steps.values()]
        place = before["place"] if before else max(places, default=0) + 1
        kept = {"place": place, "typed": typed}
        casework_drafts.save_step(journey=self.id, step=step, data=kept, by=by)
        self.journey.steps[step] = kept
        self.__dict__.pop("label", None)

    def forget(self, kind: str, key: str, *, by: Actor) -> None:
        """Forgets a person with all that was said of them."""
        own = f"{kind}:{key}"
        steps = [step for step in self.journey.steps if step == own or step.startswith(f"{own}:")]
        casework_drafts.forget_steps(journey=self.id, steps=steps, by=by)

    def renew_limits(self, *, by: Actor) -> None:
        """Reads the limits anew after the conference's date was changed."""
        self.desk = desk(by=by, held_on=_held_on(self.typed("conference")))


def enter(journey: UUID, *, by: Actor) -> Room:
    """The room of a person's own journey. Closed for anybody else's, or one of another kind."""
    found = casefile_drafts.journey(journey=journey, by=by)
    if found.kind != KIND:
        raise Closed
    held_on = _held_on((found.steps.get("conference") or {}).get("typed"))
    return Room(found, desk(by=by, held_on=held_on), language())


def under_way(*, by: Actor) -> list[tuple[PausedJourney, str, datetime]]:
    """The openings that this person has paused: each with the family's name and when it was last changed."""
    found = []
    for one in casefile_drafts.journeys(by=by):
        if one.kind == KIND:
            typed = (one.steps.get("conference") or {}).get("typed") or {}
            found.append((one, _one(typed, "family_label"), one.changed_at))
    return found


def _held_on(typed: dict[str, list[str]] | None) -> Any:
    """The conference's date out of what was typed, or None if it is none yet."""
    from django.core.exceptions import ValidationError

    if not typed:
        return None
    field = forms.ConferenceForm.base_fields["held_on"]
    data = query_of(typed)
    try:
        return field.clean(field.widget.value_from_datadict(data, {}, "held_on"))
    except ValidationError:
        return None


def _one(typed: dict[str, list[str]], name: str) -> str:
    return (typed.get(name) or [""])[0].strip()
