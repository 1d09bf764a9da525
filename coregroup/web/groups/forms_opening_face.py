"""The face sheet as an opening asks for it: in parts, any of which may be left blank (R116)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casework.opening_nouns import NewFact
from coregroup.rules import face_sheet
from coregroup.rules.face_sheet import FactKind
from coregroup.rules.procedure import say
from coregroup.web.groups.forms_opening import RoomForm
from coregroup.web.kit.fields import ChoicesField, DateField, LongTextField, TextField

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
