"""The form in which all meetings up to the next review are booked in one step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.series import ProposedMeeting, SeriesRoom
from coregroup.casework.meetings import NewMeeting
from coregroup.web.kit import sentences
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.fields import DateField, HiddenField, LongTextField, TextField, TickField, TimeField
from coregroup.web.meetings.forms_before import WithApproval

EACH = ("book", "on", "at", "venue", "link")


class SeriesForm(WithApproval, WithAudience):
    """Time and place once for all, and each meeting's day; each may have its own time and place."""

    at = TimeField(
        label=gettext_lazy("Time"), noun=gettext_lazy("the time"),
        help_text=gettext_lazy("For example 10:30am or 14:00."),
    )  # fmt: skip
    venue = TextField(
        label=gettext_lazy("Place"), help_text=gettext_lazy("Leave empty if everybody joins online."),
        required=False, max_length=200, width="two-thirds",
    )  # fmt: skip
    address = LongTextField(label=gettext_lazy("Address of the place"), required=False, rows=3)
    link = TextField(
        label=gettext_lazy("Link for joining online"), required=False, max_length=1000,
        help_text=gettext_lazy("Begins with https://. Only those who may see the meetings are shown it."),
    )  # fmt: skip
    proposed = HiddenField(required=False)  # the days as they were proposed: somebody may book meanwhile

    def __init__(self, *args: Any, room: SeriesRoom, **options: Any) -> None:
        self.room = room
        super().__init__(*args, people=room.people, **options)
        for index, one in enumerate(room.proposals):
            self._add(index, one)
        self.fields["proposed"].initial = self.proposed_now
        own = [name for name in self.fields if name.rpartition("_")[2].isdigit()]
        for name in own:
            self.fields[name].error_messages.update(sentences.sentences(self.fields[name]))
        self.order_fields(["at", "venue", "address", "link", *own])

    def _add(self, index: int, one: ProposedMeeting) -> None:
        """The fields of one meeting, each named for those who hear them one by one."""
        told = {"number": index + 1}
        day = DateField(
            label=_("Date of meeting %(number)s") % told, noun=_("the date of the meeting"), initial=one.on,
            not_before=timezone.localdate, required=False,
        )  # fmt: skip
        day.look = {**day.look, "plain_label": True}
        self.fields[f"book_{index}"] = TickField(
            label=_("Book meeting %(number)s") % told, required=False, initial=True
        )
        self.fields[f"on_{index}"] = day
        self.fields[f"at_{index}"] = TimeField(label=_("Time of meeting %(number)s") % told, required=False)
        self.fields[f"venue_{index}"] = TextField(
            label=_("Place of meeting %(number)s") % told, required=False, max_length=200
        )
        self.fields[f"link_{index}"] = TextField(
            label=_("Link for meeting %(number)s") % told, required=False, max_length=1000
        )

    @property
    def proposed_now(self) -> str:
        """The days as they are proposed now."""
        return " ".join(one.on.isoformat() for one in self.room.proposals)

    @property
    def rows(self) -> Iterator[tuple[int, Any]]:
        """The proposals with their places in the form."""
        return enumerate(self.room.proposals)

    @property
    def late_proposed(self) -> bool:
        """Has a limit gone by before the first day that can be proposed?"""
        return any(one.latest is not None and one.latest < one.on for one in self.room.proposals)

    def own_open(self, index: int) -> bool:
        """Has this meeting a time or place of its own, or is something wrong with one?"""
        names = [f"{name}_{index}" for name in ("at", "venue", "link")]
        return any(self.view(name).value or name in self.errors for name in names)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if self.room.proposals and told.get("proposed", "") not in ("", self.proposed_now):
            self.add_error(None, _("Somebody has changed the planned meetings meanwhile. Look again."))
        for index, _one in self.rows:
            if told.get(f"book_{index}") and not told.get(f"on_{index}") and f"on_{index}" not in self.errors:
                self.add_error(f"on_{index}", _("Enter the date of the meeting."))
        return told

    @property
    def chosen(self) -> list[int]:
        """The places of the meetings that are to be booked."""
        return [index for index, _one in self.rows if self.cleaned_data.get(f"book_{index}")]

    def meetings(self) -> list[NewMeeting]:
        """The meetings as the verb takes them, in the order of `chosen`."""
        return [self._meeting(index) for index in self.chosen]

    def _meeting(self, index: int) -> NewMeeting:
        told, usual = self.cleaned_data, self.room.usual
        own_place = told[f"venue_{index}"]
        venue = own_place or told["venue"]
        same = venue == usual.venue
        return NewMeeting(
            on=told[f"on_{index}"], at=told[f"at_{index}"] or told["at"], venue=venue,
            address="" if own_place else told["address"],
            access=frozenset(usual.access) if same else frozenset(), private=usual.private if same else None,
            link=told[f"link_{index}"] or told["link"],
        )  # fmt: skip

    def place_of(self, field: str | None) -> str | None:
        """Where a fault of the verb stands in this form: `on_1` is the second that was chosen."""
        name, _bar, place = (field or "").rpartition("_")
        if not place.isdigit() or int(place) >= len(self.chosen):
            return field
        own = f"{name}_{self.chosen[int(place)]}"
        return own if own in self.fields and (name == "on" or self.data.get(own)) else name
