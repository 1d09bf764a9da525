"""The forms of the opening that are about people: children, adults, members."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casework.opening_nouns import NewRelationship
from coregroup.rules import face_sheet
from coregroup.rules.procedure import say
from coregroup.web.groups.forms_opening import RoomForm, child_choices
from coregroup.web.kit.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    LongTextField,
    PersonField,
    SelectField,
    TextField,
    TickField,
)

LANGUAGES = [("en", gettext_lazy("English")), ("cy", gettext_lazy("Welsh"))]


class ChildForm(RoomForm):
    """One child, born or not yet, and under which categories the conference decided."""

    given_name = TextField(
        label=gettext_lazy("First name"),
        help_text=gettext_lazy("For a baby without a name yet you can leave this empty."),
        required=False,
        max_length=120,
        width="two-thirds",
    )
    family_name = TextField(label=gettext_lazy("Last name"), max_length=120, width="two-thirds")
    born = ChoiceField(
        label=gettext_lazy("Is the child born?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("Not yet"))],
        reveals={"yes": ["date_of_birth"], "no": ["expected_on"]},
    )
    date_of_birth = DateField(label=gettext_lazy("Date of birth"))
    expected_on = DateField(
        label=gettext_lazy("Expected date of birth"), noun=gettext_lazy("the expected date of birth")
    )
    categories = ChoicesField(required=False)
    language = ChoiceField(
        label=gettext_lazy("Which language should we use with the child?"),
        noun=gettext_lazy("the language for the child"),
        choices=LANGUAGES,
        initial="en",
        inline=True,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        desk, lang = self.room.desk, self.room.language
        field = self.fields["categories"]
        field.label = _("Under which categories did the conference decide?")
        field.choices = [(item.code, say(item.title, lang)) for item in desk.procedure.categories]  # type: ignore[attr-defined]
        field.look["plain_label"] = self.needs_category  # type: ignore[attr-defined]
        self.fields["given_name"].look["plain_label"] = True  # type: ignore[attr-defined]

    @property
    def needs_category(self) -> bool:
        """Scotland no longer asks for a category; the other nations' forms do."""
        return self.room.desk.procedure.nation != "scotland"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("born") == "yes" and not given.get("given_name") and "given_name" not in self.errors:
            self.add_error("given_name", _("Enter the child's first name"))
        if self.needs_category and not given.get("categories") and "categories" not in self.errors:
            self.add_error("categories", _("Choose at least one category"))
        return given


class AdultForm(RoomForm):
    """One adult's name."""

    given_name = TextField(label=gettext_lazy("First name"), max_length=120, width="two-thirds")
    family_name = TextField(
        label=gettext_lazy("Last name"), required=False, max_length=120, width="two-thirds"
    )
    language = ChoiceField(
        label=gettext_lazy("Which language should we use with them?"),
        noun=gettext_lazy("the language for this adult"),
        choices=LANGUAGES,
        initial="en",
        inline=True,
    )


class RelationshipsForm(RoomForm):
    """What an adult is to each child; parental responsibility; whether they live together."""

    def __init__(self, *args: Any, adult: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.adult, lang = adult, self.room.language
        kinds = [(code, say(text, lang)) for code, text in face_sheet.RELATIONSHIPS.items()]
        answers = [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not established"))]
        for key, child in child_choices(self.room):
            about = {"adult": adult, "child": child}
            self.ask(f"kind_{key}", SelectField(
                label=_("What is %(adult)s to %(child)s?") % about, choices=kinds, required=False,
                help_text=_("Leave it empty if they are not related."),
                noun=_("what %(adult)s is to %(child)s") % about))  # fmt: skip
            self.ask(f"responsibility_{key}", ChoiceField(
                label=_("Does %(adult)s have parental responsibility for %(child)s?") % about,
                choices=answers, required=False, inline=True))  # fmt: skip
            self.ask(f"lives_{key}", TickField(
                label=_("%(adult)s and %(child)s live together") % about, required=False))  # fmt: skip
            names = [f"kind_{key}", f"responsibility_{key}", f"lives_{key}"]
            for name in names:
                self.fields[name].look["plain_label"] = True  # type: ignore[attr-defined]
            self.groups.append((child, names))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        told = [key for key in self.room.keys("child") if given.get(f"kind_{key}")]
        first = next((name for name in self.fields if name.startswith("kind_")), None)
        if not told and first and not self.errors:
            self.add_error(
                first, _("Say what %(name)s is to at least one of the children") % {"name": self.adult}
            )
        for key in told:
            field = f"responsibility_{key}"
            if given[f"kind_{key}"] == "other" and not given.get(field) and field not in self.errors:
                self.add_error(
                    field,
                    _("Say whether %(adult)s has parental responsibility for %(child)s")
                    % {"adult": self.adult, "child": self.room.short_name(key)},
                )
        return given

    def relationships(self) -> tuple[NewRelationship, ...]:
        """What the verb takes; children without a relationship are left out."""
        given, known = self.cleaned_data, {"yes": True, "no": False}
        return tuple(
            NewRelationship(
                key, given[f"kind_{key}"], known.get(given.get(f"responsibility_{key}", "")),
                bool(given.get(f"lives_{key}")),
            )
            for key in self.room.keys("child")
            if given.get(f"kind_{key}")
        )  # fmt: skip


class AttendanceForm(RoomForm):
    """Whether an adult comes to meetings, and what they must not learn, each with its reason (R3, R57)."""

    attends_reason = LongTextField(
        label=gettext_lazy("If not to the whole meeting with the others: why?"),
        required=False, rows=3, max_length=1000,
    )  # fmt: skip
    must_not_learn_reason = LongTextField(
        label=gettext_lazy("If there is something: why must they not learn it?"),
        required=False, rows=3, max_length=1000,
    )  # fmt: skip

    def __init__(self, *args: Any, adult: str, **options: Any) -> None:
        super().__init__(*args, **options)
        lang, name = self.room.language, {"name": adult}
        self.adult = adult
        self.ask("attends", ChoiceField(
            label=_("Will %(name)s come to core group meetings?") % name,
            noun=_("whether %(name)s comes to meetings") % name,
            choices=[(code, say(text, lang)) for code, text in face_sheet.ATTENDANCE.items()]))  # fmt: skip
        self.ask("must_not_learn", ChoicesField(
            label=_("Is there anything that %(name)s must not learn?") % name, required=False,
            help_text=_("Facts of these kinds about others will be kept from them on every page."),
            choices=[(code, say(text, lang)) for code, text in face_sheet.HIDINGS.items()]))  # fmt: skip
        self.order_fields(["attends", "attends_reason", "must_not_learn", "must_not_learn_reason"])
        for one in ("attends_reason", "must_not_learn", "must_not_learn_reason"):
            self.fields[one].look["plain_label"] = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        name = {"name": self.adult}
        if given.get("attends") not in (None, "yes") and not given.get("attends_reason"):
            self.add_error(
                "attends_reason",
                _("Say why %(name)s does not come to the whole meeting with the others") % name,
            )
        if given.get("must_not_learn") and not given.get("must_not_learn_reason"):
            self.add_error("must_not_learn_reason", _("Say why %(name)s must not learn this") % name)
        return given


class MemberForm(RoomForm):
    """One professional member, with their role in plain words (R48). `find` narrows the people offered."""

    def __init__(self, *args: Any, find: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        workers = self.room.desk.workers
        sought = find.casefold().split()
        found = [one for one in workers if all(part in one.words for part in sought)]
        if self.is_bound:  # what was chosen before stays choosable, whatever is sought now
            found = list(workers)
        self.found = len(found)
        self.ask("person", PersonField(
            label=_("Who is the member?"), noun=_("a person"),
            choices=[(str(one.id), one.label) for one in found]))  # fmt: skip
        self.ask("role", LongTextField(
            label=_("What do they do for the family?"), noun=_("what they do for the family"), rows=3,
            help_text=_("In plain words: the family reads this."), max_length=500))  # fmt: skip
        children = child_choices(self.room)
        if len(children) > 1:
            self.ask("only", ChoicesField(
                label=_("Do they work with some of the children only?"), choices=children, required=False,
                help_text=_("Leave it empty if they work with all. They will see only these children."),
            ))  # fmt: skip
            self.fields["only"].look["plain_label"] = True  # type: ignore[attr-defined]
