"""The part of a form in which a person says who may see what they write (R57).

A form that takes text or a file begins with `WithAudience` instead of `Form`, is given the people to choose
among, and draws the part with `{{ audience_part(form) }}` from `kit/audience.html`. After `is_valid()`,
`form.audience` is the choice as a verb takes it. Nothing is asked while everyone in the group may see it: the
part stays folded, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice
from coregroup.rules.access import Audience, Base, faults
from coregroup.web.kit.fields import ChoiceField, ChoicesField, DateField, LongTextField, TextField
from coregroup.web.kit.forms import Form

BASES = (
    (str(Base.GROUP), gettext_lazy("Everyone in the group, with the family")),
    (str(Base.PROFESSIONALS), gettext_lazy("Professionals only")),
    (str(Base.NAMED), gettext_lazy("Only the people I name")),
)
PARTS = ("base", "named", "permitted_by", "review_on", "shut_out", "reason")
NAMES = tuple(f"audience_{part}" for part in PARTS)
_FIELD_OF_FAULT = {"reason": "reason", "permission": "permitted_by", "review_date": "review_on",
                   "nobody_named": "named"}  # fmt: skip


class PersonOffered(Protocol):
    """A person who can be named or shut out, as `casefile` gives them."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...


class WithAudience(Form):
    """A form that ends by asking who may see it. `people` are those who can be named or shut out.

    `audience` gives the choice once the form is valid. R57.
    """

    audience_base = ChoiceField(
        label=gettext_lazy("Who may see this?"),
        choices=BASES,
        initial=str(Base.GROUP),
        required=False,
        reveals={str(Base.NAMED): ["audience_named", "audience_permitted_by", "audience_review_on"]},
    )
    audience_named = ChoicesField(label=gettext_lazy("People who may see it"), required=False)
    audience_permitted_by = TextField(
        label=gettext_lazy("Who gave permission to keep it to these people?"),
        help_text=gettext_lazy("Name and role, for example the conference chair."),
        required=False,
        max_length=200,
        width="two-thirds",
    )
    audience_review_on = DateField(
        label=gettext_lazy("When will this be looked at again?"),
        noun=gettext_lazy("the date when this will be looked at again"),
        required=False,
        not_before=timezone.localdate,
    )
    audience_shut_out = ChoicesField(
        label=gettext_lazy("Is there anybody who must not see it?"),
        help_text=gettext_lazy("For example one parent. They will find no trace of it."),
        required=False,
    )
    audience_reason = LongTextField(
        label=gettext_lazy("Why may not everybody see it?"),
        help_text=gettext_lazy("Needed unless everyone in the group may see it."),
        required=False,
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, people: Sequence[PersonOffered] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = tuple(people)
        choices = [(str(person.id), _label(person)) for person in self.people]
        for name in ("audience_named", "audience_shut_out"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]
        for one in ("audience_base", "audience_shut_out", "audience_reason"):
            if one in self.fields:  # "(optional)" beside questions with a sure answer only confuses
                self.fields[one].look["plain_label"] = True  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name not in NAMES])

    @property
    def audience(self) -> AudienceChoice:
        """Who may see it, as a verb takes it. Only for a valid form."""
        return choice_of(self.cleaned_data)

    @property
    def audience_told(self) -> str:
        """Who may see it as the form stands, in one sentence."""
        chosen = self._as_it_stands()
        names = {person.id: person.name for person in self.people}
        return told(
            chosen.base,
            [names.get(one, "") for one in sorted(chosen.named, key=str)],
            [names.get(one, "") for one in sorted(chosen.shut_out, key=str)],
        )

    @property
    def audience_open(self) -> bool:
        """Whether the part is drawn unfolded: something was chosen, or is wrong."""
        wrong = self.is_bound and any(name in self.errors for name in NAMES)
        return wrong or self._as_it_stands() != WHOLE_GROUP

    def _as_it_stands(self) -> AudienceChoice:
        values = {name: self.view(name).value for name in NAMES if name in self.fields}
        base = str(values.get("audience_base") or Base.GROUP)
        return AudienceChoice(
            base if base in {str(one) for one in Base} else str(Base.GROUP),
            _ids(values.get("audience_named")) if base == Base.NAMED else frozenset(),
            _ids(values.get("audience_shut_out")),
            str(values.get("audience_reason") or ""),
        )

    def fault(self, field: str | None, sentence: str) -> None:
        super().fault("audience_base" if field == "audience" else field, sentence)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if any(name in self.errors for name in NAMES):
            return given
        chosen = choice_of(given)
        both = chosen.named & chosen.shut_out
        if both:
            self.add_error("audience_shut_out", _("Somebody cannot be named and shut out at once."))
        value = Audience(Base(chosen.base), chosen.named, chosen.shut_out)
        for fault in faults(
            value, reason=chosen.reason, permitted_by=chosen.permitted_by, review_on=chosen.review_on
        ):
            name = f"audience_{_FIELD_OF_FAULT[fault]}"
            self.add_error(name if name in self.fields else None, _sentence(fault))
        return given


def choice_of(given: Mapping[str, Any]) -> AudienceChoice:
    """The choice in a form's cleaned values. What belongs to another answer is left out."""
    base = str(given.get("audience_base") or Base.GROUP)
    named = base == Base.NAMED
    shut_out = _ids(given.get("audience_shut_out"))
    restricted = base != Base.GROUP or bool(shut_out)
    return AudienceChoice(
        base=base,
        named=_ids(given.get("audience_named")) if named else frozenset(),
        shut_out=shut_out,
        reason=str(given.get("audience_reason") or "").strip() if restricted else "",
        permitted_by=str(given.get("audience_permitted_by") or "").strip() if named else "",
        review_on=given.get("audience_review_on") if named else None,
    )


def initial_of(choice: AudienceChoice) -> dict[str, Any]:
    """A choice as the form's `initial`, to begin from what stands."""
    return {
        "audience_base": choice.base,
        "audience_named": [str(one) for one in sorted(choice.named, key=str)],
        "audience_shut_out": [str(one) for one in sorted(choice.shut_out, key=str)],
        "audience_reason": choice.reason,
        "audience_permitted_by": choice.permitted_by,
        "audience_review_on": choice.review_on,
    }


def as_json(choice: AudienceChoice) -> dict[str, Any]:
    """A choice as a journey's step keeps it."""
    kept = {name.removeprefix("audience_"): value for name, value in initial_of(choice).items()}
    kept["review_on"] = choice.review_on.isoformat() if choice.review_on else None
    return kept


def from_json(kept: Mapping[str, Any] | None) -> AudienceChoice:
    """A choice out of a journey's step; everyone in the group where nothing was said."""
    if not kept:
        return WHOLE_GROUP
    review = kept.get("review_on")
    return AudienceChoice(
        str(kept.get("base") or Base.GROUP), _ids(kept.get("named")), _ids(kept.get("shut_out")),
        str(kept.get("reason") or ""), str(kept.get("permitted_by") or ""),
        date.fromisoformat(review) if review else None,
    )  # fmt: skip


def told(base: str, named: Iterable[str] = (), shut_out: Iterable[str] = ()) -> str:
    """Who may see something, in one sentence: "Professionals only, but not Ann Lee"."""
    if base == Base.NAMED:
        words = _("Only %(names)s") % {"names": joined(named) or _("the people I name")}
    else:
        words = str(dict(BASES).get(base, base))
    out = joined(shut_out)
    return _("%(who)s, but not %(names)s") % {"who": words, "names": out} if out else words


def joined(names: Iterable[str]) -> str:
    """Ann Lee, Bo Hay and Cy Day."""
    listed = [name for name in names if name]
    if len(listed) < 2:
        return "".join(listed)
    return _("%(first)s and %(last)s") % {"first": ", ".join(listed[:-1]), "last": listed[-1]}


def _label(person: PersonOffered) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def _sentence(fault: str) -> str:
    return {
        "reason": _("Say why not everybody in the group may see this"),
        "permission": _("Say who gave permission to keep this to named people"),
        "review_date": _("Enter the date when keeping this to named people will be looked at again"),
        "nobody_named": _("Name at least one person who may see this"),
    }[fault]


def _ids(values: Any) -> frozenset[UUID]:
    found = set()
    for value in values or ():
        try:
            found.add(UUID(str(value)))
        except ValueError:
            continue
    return frozenset(found)
