"""The forms of the opening that are about people: children, adults, members, and the face sheet (R116)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casework.opening_nouns import NewFact, NewRelationship
from coregroup.rules import face_sheet
from coregroup.rules.face_sheet import FactKind
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
# Facts that change with time: since when is asked as well.
DATED = frozenset({"address", "household", "address_change", "school", "legal_status", "earlier_plans"})

# The face sheet in parts, each a page that may be left blank.
SECTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "child": {
        "about": ("other_names", "sex", "ethnicity", "religion", "first_language"),
        "needs": ("interpreter", "disability", "access_needs"),
        "home": ("address", "household", "address_change", "telephone", "email", "absent_parent",
                 "siblings_elsewhere"),
        "services": ("school", "gp", "health", "birth_place", "identifier"),
        "legal": ("legal_status", "earlier_plans", "other"),
    },
    "adult": {
        "about": ("other_names", "date_of_birth", "sex", "ethnicity", "religion", "first_language"),
        "needs": ("interpreter", "disability", "access_needs"),
        "home": ("address", "telephone", "email"),
        "services": ("gp", "health", "identifier", "other"),
    },
    "family": {"family": ("religion", "access_needs", "other")},
}  # fmt: skip

SECTION_TITLES = {
    "about": gettext_lazy("Who they are"),
    "needs": gettext_lazy("Language and needs"),
    "home": gettext_lazy("Home and contact"),
    "services": gettext_lazy("School, health and other services"),
    "legal": gettext_lazy("Legal status and earlier plans"),
    "family": gettext_lazy("The family as a whole"),
}


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


class FaceForm(RoomForm):
    """One part of the face sheet. Everything may be left blank; a fact keeps its source, some their date."""

    def __init__(self, *args: Any, about: str, section: str, unborn: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.about = about
        left_out = {"school"} if unborn else {"birth_place"}
        codes = [code for code in SECTIONS[about][section] if code not in left_out or about != "child"]
        self.kinds = [face_sheet.KINDS[code] for code in codes]
        if about == "family":
            self.ask("out_of_hours", TextField(
                label=_("Who can be called outside office hours?"), max_length=200, required=False,
                help_text=_("The emergency team's name and telephone number: all members will see it."),
            ))  # fmt: skip
        for kind in self.kinds:
            self._ask_fact(kind)
        self.ask("source", TextField(
            label=_("Where does this come from?"), required=False, max_length=200, width="two-thirds",
            help_text=_("For example the mother, or the conference report of the school.")))  # fmt: skip
        labels = [(kind.code, say(kind.label, self.room.language)) for kind in self.kinds]
        self.ask("professionals", ChoicesField(
            label=_("Which of these may only professionals see?"), required=False, choices=labels,
            help_text=_("The family does not see what you choose here.")))  # fmt: skip
        self.ask("reason", TextField(
            label=_("If any: why may the family not see it?"), required=False, max_length=500))  # fmt: skip
        for one in self.fields.values():
            one.look["plain_label"] = True  # type: ignore[attr-defined]

    def _ask_fact(self, kind: FactKind) -> None:
        label = say(kind.label, self.room.language)
        field: Any = TextField(label=label, required=False, max_length=300)
        if kind.long:
            field = LongTextField(label=label, required=False, rows=3, max_length=2000)
        self.ask(f"value_{kind.code}", field)
        if kind.code in DATED:
            self.ask(f"since_{kind.code}", DateField(
                label=_("%(fact)s: since when?") % {"fact": label}, required=False,
                noun=_("%(fact)s: the date") % {"fact": label}))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for kind in self.kinds:
            value, since = f"value_{kind.code}", f"since_{kind.code}"
            if given.get(since) and not given.get(value) and value not in self.errors:
                self.add_error(value, _("Enter the fact to which this date belongs, or remove the date"))
        if given.get("professionals") and not given.get("reason"):
            self.add_error("reason", _("Say why the family may not see it"))
        return given

    def facts(self) -> tuple[NewFact, ...]:
        """The facts given, each with its source and who may see it."""
        given = self.cleaned_data
        kept_back = set(given.get("professionals", ()))
        return tuple(
            NewFact(
                kind.code, given[f"value_{kind.code}"], given.get(f"since_{kind.code}"),
                given.get("source", ""),
                base="professionals" if kind.code in kept_back else "group",
                reason=given.get("reason", "") if kind.code in kept_back else "",
            )
            for kind in self.kinds
            if given.get(f"value_{kind.code}", "").strip()
        )  # fmt: skip
