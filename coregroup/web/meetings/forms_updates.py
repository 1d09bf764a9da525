"""The forms of a member's own update for a meeting, and of their line manager's look at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.action_states import next_states
from coregroup.casefile.updates_shapes import AChild, OutcomeLine, OwnActionLine
from coregroup.rules.update_fields import ALL, form_name
from coregroup.web.kit import fields
from coregroup.web.kit.audience import WithAudience
from coregroup.web.kit.forms import Form

LONG = 20_000


def _plain(one: Any) -> Any:
    """Without "(optional)" behind the label: the page says once that nothing must be filled in."""
    one.look["plain_label"] = True
    return one


class WordsForm(WithAudience):
    """Contact, what changed for each child, what could not be done."""

    contact = fields.LongTextField(
        label=gettext_lazy("Contact with the child and the family since last time"),
        help_text=gettext_lazy("When and where you saw or spoke to whom, and how it was."),
        required=False, rows=4, max_length=LONG, plainer=True,
    )  # fmt: skip
    could_not = fields.LongTextField(
        label=gettext_lazy("What I could not do, and why"), required=False, rows=3, max_length=LONG,
        plainer=True,
    )  # fmt: skip

    def __init__(self, *args: Any, children: Sequence[AChild] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.children = tuple(children)
        for child in children:
            self.fields[self.changed(child.id)] = fields.LongTextField(
                label=_("What has changed for %(name)s") % {"name": child.first},
                help_text=_("What is better, worse or the same for the child; not what was done."),
                required=False, rows=3, max_length=LONG, plainer=True,
            )  # fmt: skip
        self.order_fields(["contact", *(self.changed(child.id) for child in children), "could_not"])
        for name in self.own:
            _plain(self.fields[name])

    @staticmethod
    def changed(child: UUID) -> str:
        """The field of what has changed for a child."""
        return form_name(str(child), "changed")

    @property
    def own(self) -> list[str]:
        """The fields in their order, without those of the audience."""
        return [name for name in self.fields if not name.startswith("audience_")]

    def parts(self) -> dict[str, dict[str, str]]:
        """What was typed, by what it is about."""
        given = self.cleaned_data
        told = {str(child.id): {"changed": given[self.changed(child.id)]} for child in self.children}
        return {ALL: {name: given[name] for name in ("contact", "could_not")}} | told


class ProgressForm(Form):
    """How far one's actions are, and how one rates each outcome. What is left open is not said."""

    def __init__(
        self,
        *args: Any,
        actions: Sequence[OwnActionLine] = (),
        outcomes: Sequence[OutcomeLine] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.actions, self.outcomes = tuple(actions), tuple(outcomes)
        for action in self.actions:
            self._add_action(action)
        for outcome in self.outcomes:
            self._add_outcome(outcome)

    def _add_action(self, one: OwnActionLine) -> None:
        states = [(one.state, one.word)] if one.said else []
        states += [(after.code, after.word) for after in next_states(one.state)]
        self.fields[f"state_{one.item.hex}"] = _plain(
            fields.SelectField(
                label=_("How far is it?"),
                required=False,
                choices=states,
                initial=one.state if one.said else "",
            )
        )
        self.fields[f"because_{one.item.hex}"] = _plain(
            fields.TextField(
                label=_("Why, if it cannot be done yet or is no longer needed"),
                required=False, max_length=1000, initial=one.because,
            )
        )  # fmt: skip

    def _add_outcome(self, one: OutcomeLine) -> None:
        now = one.value if one.for_this else None
        self.fields[f"value_{one.item.hex}"] = _plain(
            fields.SelectField(
                label=_("From 0 to 10, where is it now?"), required=False, choices=_scale(),
                initial="" if now is None else str(now),
            )
        )  # fmt: skip
        self.fields[f"evidence_{one.item.hex}"] = _plain(
            fields.LongTextField(
                label=_("What did you see or hear that shows it?"), required=False, rows=2, max_length=LONG,
                initial=one.evidence if one.for_this else "",
            )
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for action in self.actions:
            state = given.get(f"state_{action.item.hex}")
            needing = {one.code for one in next_states(action.state) if one.needs_why}
            why = (given.get(f"because_{action.item.hex}") or "").strip()
            if state != action.state and state in needing and (not why or why == action.because.strip()):
                self.add_error(f"because_{action.item.hex}", _("Say why."))
        for outcome in self.outcomes:
            value = given.get(f"value_{outcome.item.hex}")
            told = (given.get(f"evidence_{outcome.item.hex}") or "").strip()
            if value and not told:
                self.add_error(f"evidence_{outcome.item.hex}", _("Say what you saw or heard that shows it."))
            if told and not value:
                self.add_error(f"value_{outcome.item.hex}", _("Choose a number from 0 to 10."))
        return given

    def new_states(self) -> list[tuple[OwnActionLine, str, str]]:
        """The actions of which something else is said now: the state and why."""
        found = []
        for one in self.actions:
            state = self.cleaned_data[f"state_{one.item.hex}"]
            if state and not (state == one.state and one.said):
                found.append((one, state, self.cleaned_data[f"because_{one.item.hex}"]))
        return found

    def new_ratings(self) -> list[tuple[OutcomeLine, int, str]]:
        """The outcomes that are rated anew: the number and the evidence."""
        found = []
        for one in self.outcomes:
            value = self.cleaned_data[f"value_{one.item.hex}"]
            told = self.cleaned_data[f"evidence_{one.item.hex}"]
            same = one.for_this and str(one.value) == value and told.strip() == one.evidence.strip()
            if value and not same:
                found.append((one, int(value), told))
        return found


def _scale() -> list[tuple[str, str]]:
    words = {
        "0": _("0: as bad as it can be"),
        "10": _("10: all that must change has changed"),
    }
    return [(str(number), words.get(str(number), str(number))) for number in range(11)]


ENTRY, NOTHING = "entry", "nothing"


class ChronologyForm(WithAudience):
    """Something for the chronology, or nothing new: said, never assumed."""

    new = fields.ChoiceField(
        label=gettext_lazy("Do you have anything new for the chronology?"),
        noun=gettext_lazy("whether you have anything new"),
        choices=[
            (ENTRY, gettext_lazy("Yes, I write it here")),
            (NOTHING, gettext_lazy("No, nothing new since last time")),
        ],
        reveals={ENTRY: ["on", "child", "text", "impact", "done"]},
    )
    on = fields.DateField(
        label=gettext_lazy("When did it happen?"), noun=gettext_lazy("the date when it happened"),
        not_after=timezone.localdate,
    )  # fmt: skip
    child = fields.ChoiceField(label=gettext_lazy("Whom does it concern?"), required=False)
    text = fields.LongTextField(
        label=gettext_lazy("What happened?"), noun=gettext_lazy("what happened"), rows=3, max_length=LONG
    )
    impact = fields.LongTextField(
        label=gettext_lazy("What did it mean for the child?"), required=False, rows=2, max_length=LONG
    )
    done = fields.LongTextField(
        label=gettext_lazy("What was done about it?"), required=False, rows=2, max_length=LONG
    )

    def __init__(self, *args: Any, children: Sequence[AChild] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(child.id), child.name) for child in children]
        if len(choices) > 1:
            choices.append(("all", _("The whole family")))
            _offer(self, "child", choices)
            self.fields["child"].required = True
        else:
            del self.fields["child"]
            reveal(self, "new", {ENTRY: ["on", "text", "impact", "done"]})
        self.one_child = UUID(choices[0][0]) if len(choices) == 1 else None

    @property
    def about(self) -> UUID | None:
        """The child whom the entry concerns; None for the whole family."""
        told = self.cleaned_data.get("child")
        return UUID(told) if told and told != "all" else None


class SharedForm(Form):
    """Whether the update was shared with the family, and what they said to it (R17)."""

    shared = fields.ChoiceField(
        label=gettext_lazy("Have you shared this with the family?"),
        noun=gettext_lazy("whether you have shared it"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No, because"))],
        reveals={"yes": ["on", "how", "said"], "no": ["because"]},
    )
    on = fields.DateField(
        label=gettext_lazy("On which day?"), noun=gettext_lazy("the day on which you shared it"),
        not_after=timezone.localdate,
    )  # fmt: skip
    how = fields.TextField(
        label=gettext_lazy("How?"), noun=gettext_lazy("how you shared it"), max_length=200,
        help_text=gettext_lazy("For example on a visit, on the telephone, in a letter; and with whom."),
    )  # fmt: skip
    said = fields.LongTextField(
        label=gettext_lazy("What did they say to it?"), required=False, rows=3, max_length=LONG
    )
    because = fields.LongTextField(
        label=gettext_lazy("Why not?"), noun=gettext_lazy("why you have not shared it"), rows=2,
        max_length=1000,
    )  # fmt: skip

    def content(self) -> dict[str, str]:
        """What was said of it, as the update keeps it."""
        given = self.cleaned_data
        on = given["on"]
        told = {name: given[name] for name in ("shared", "how", "said", "because")}
        return told | {"on": on.isoformat() if on else ""}


class DeedForm(Form):
    """What is done with the update as it stands: one of its buttons."""

    deed = fields.ChoiceField(
        label="", choices=[("give", ""), ("ask", ""), ("change", "")], noun=gettext_lazy("what to do")
    )


class CheckForm(Form):
    """The line manager's answer."""

    answer = fields.ChoiceField(
        label=gettext_lazy("What do you say to it?"), noun=gettext_lazy("what you say to it"),
        choices=[
            ("pass", gettext_lazy("It can be given as it is")),
            ("return", gettext_lazy("Please look at it again")),
        ],
    )  # fmt: skip
    said = fields.LongTextField(
        label=gettext_lazy("Your words to them"), required=False, rows=4, max_length=4000,
        help_text=gettext_lazy("Needed if they are to look at it again. Only they read it."),
    )  # fmt: skip


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def reveal(form: forms.Form, name: str, reveals: dict[str, list[str]]) -> None:
    """What stands beneath each answer, in this form alone: how a field looks is shared by all its copies."""
    one: Any = form.fields[name]
    one.look = {**one.look, "reveals": reveals}
