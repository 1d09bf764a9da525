"""Who chairs and who takes the minutes: settled beforehand, and when the meeting begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.chairing import RolesRoom, SeatChoice
from coregroup.casework.guests import NewGuest
from coregroup.web.kit.fields import ChoiceField, LongTextField, TextField
from coregroup.web.kit.forms import Form

OUTSIDE, NOBODY = "outside", "nobody"


class RolesForm(Form):
    """Chair and minute taker, from those who may; or somebody who is in no list."""

    chair = ChoiceField(
        label=gettext_lazy("Who chairs the meeting?"), noun=gettext_lazy("who chairs the meeting"),
        reveals={OUTSIDE: ["chair_name", "chair_agency"]},
    )  # fmt: skip
    chair_name = TextField(label=gettext_lazy("Their name"), noun=gettext_lazy("their name"), max_length=200)
    chair_agency = TextField(label=gettext_lazy("Their agency"), required=False, max_length=200)
    minute_taker = ChoiceField(
        label=gettext_lazy("Who takes the minutes?"), noun=gettext_lazy("who takes the minutes"),
        reveals={OUTSIDE: ["minute_taker_name", "minute_taker_agency"]},
    )  # fmt: skip
    minute_taker_name = TextField(
        label=gettext_lazy("Their name"), noun=gettext_lazy("their name"), max_length=200
    )
    minute_taker_agency = TextField(label=gettext_lazy("Their agency"), required=False, max_length=200)
    because = LongTextField(
        label=gettext_lazy("Why does this depart from what the procedure asks?"), required=False, rows=3,
        max_length=1000, help_text=gettext_lazy("Only where it says “Needs a reason”."),
    )  # fmt: skip

    def __init__(self, *args: Any, room: RolesRoom, **options: Any) -> None:
        super().__init__(*args, **options)
        self.room = room
        self._offer("chair", room.chairs)
        self._offer("minute_taker", room.minute_takers)
        if not room.roles.minutes_needed:
            self._no_minutes()

    def _offer(self, name: str, choices: Sequence[SeatChoice]) -> None:
        field = self.fields[name]
        offered = [(str(one.id), f"{one.name} ({one.role})" if one.role else one.name) for one in choices]
        outside = self.room.outside.get(name)
        field.choices = [  # type: ignore[attr-defined]
            *offered, (OUTSIDE, outside or _("Somebody who is not in this list")),
        ]  # fmt: skip
        hints = {str(one.id): one.why for one in choices}
        hints[OUTSIDE] = _("By name, without access to the case.")
        field.look = {**field.look, "hints": hints}  # type: ignore[attr-defined]

    def _no_minutes(self) -> None:
        """The procedure wants no minute taker: the first answer says so."""
        field = self.fields["minute_taker"]
        field.choices = [(NOBODY, _("Nobody: changes are written where they live")), *field.choices]  # type: ignore[attr-defined]

    def person(self, name: str) -> UUID | None:
        """Who was chosen from the list."""
        value = self.cleaned_data[name]
        return None if value in (OUTSIDE, NOBODY, "") else UUID(value)

    def outside(self, name: str) -> NewGuest | None:
        """Who was named without being in the list."""
        if self.cleaned_data[name] != OUTSIDE:
            return None
        told = self.cleaned_data
        return NewGuest(name=told[f"{name}_name"], agency_name=told[f"{name}_agency"])


class BeginForm(RolesForm):
    """The same when the meeting begins. Somebody in no list is named beforehand, on the page for that."""

    def __init__(self, *args: Any, room: RolesRoom, **options: Any) -> None:
        super().__init__(*args, room=room, **options)
        for name in ("chair", "minute_taker"):
            del self.fields[f"{name}_name"], self.fields[f"{name}_agency"]
            field = self.fields[name]
            field.look = {**field.look, "reveals": {}}  # type: ignore[attr-defined]
            if not room.outside.get(name):
                field.choices = [one for one in field.choices if one[0] != OUTSIDE]  # type: ignore[attr-defined]
