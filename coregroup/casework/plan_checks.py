"""What keeps an item of a plan from being saved, said at its field; and what a clash shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, value_of
from coregroup.casework.plan_people import contact_keepers, owners, sees, view_givers
from coregroup.records.models import Audience, Child, OutlineItem, Person, PlanRevision
from coregroup.rules import book, plan_fields
from coregroup.rules.errors import Clash, Closed, Problems

Faults = list[tuple[str | None, str]]


@dataclass(frozen=True)
class Words:
    """What a person wants to save: the tidied content and the columns beside it."""

    kind: str
    content: Mapping[str, Any]
    owner: UUID | None = None
    by_when: date | None = None
    part: str = ""
    outline: UUID | None = None
    new_because: str = ""
    withdrawn_because: str = field(default="", compare=False)

    def as_told(self) -> dict[str, Any]:
        """Every field with its value: one side of a clash."""
        kind = plan_fields.KINDS[self.kind]
        told = {field.name: _told(field, self.content.get(field.name)) for field in kind.fields}
        if kind.person:
            told["owner"] = str(self.owner or "")
        if kind.dated:
            told["by_when"] = self.by_when
        if kind.part:
            told["part"] = self.part
        if kind.traced:
            told |= {"outline": str(self.outline or "new"), "new_because": self.new_because}
        return told


def _told(field: plan_fields.Field, value: Any) -> Any:
    if field.shape is plan_fields.Shape.DATE and value:
        return date.fromisoformat(str(value)) if plan_fields.is_date(value) else value
    return value


def audience_told(choice: AudienceChoice) -> dict[str, Any]:
    """Who may see it, as the same fields that a page asks: so that a clash never widens unseen."""
    return {
        "audience_base": choice.base,
        "audience_named": sorted(str(one) for one in choice.named),
        "audience_shut_out": sorted(str(one) for one in choice.shut_out),
        "audience_reason": choice.reason,
        "audience_permitted_by": choice.permitted_by,
        "audience_review_on": choice.review_on,
    }


def clash_of(mine: Words, latest: PlanRevision, choice: AudienceChoice | None = None, **more: Any) -> Clash:
    """Both texts, field by field, where they differ: nothing of either is lost (R29)."""
    told, stands = mine.as_told() | more, words_of(latest).as_told()
    stands |= {name: getattr(latest, name, "") for name in more}
    value = value_of(latest.audience)
    if choice is not None and choice.value() != value:
        row = latest.audience
        told |= audience_told(choice)
        stands |= audience_told(
            AudienceChoice(row.base, value.named, value.shut_out, row.reason, row.permitted_by, row.review_on)
        )
    if latest.withdrawn_because and "withdrawn_because" not in more:
        stands["withdrawn_because"], told["withdrawn_because"] = latest.withdrawn_because, ""
    differ = [name for name in stands if stands[name] != told.get(name)]
    return Clash(
        {name: stands[name] for name in differ},
        {name: told.get(name) for name in differ},
        latest.number,
        latest.by.name,
    )


def words_told(
    kind: str,
    content: Mapping[str, Any],
    owner: UUID | None,
    by_when: date | None,
    part: str,
    outline: UUID | None,
    new_because: str,
) -> Words:
    """What was told, tidied; Closed for a kind that there is not."""
    if kind not in plan_fields.KINDS:
        raise Closed
    return Words(
        kind, plan_fields.tidy(kind, content), owner, by_when, part if plan_fields.KINDS[kind].part else "",
        outline, "" if outline else new_because.strip(),
    )  # fmt: skip


def words_of(row: PlanRevision) -> Words:
    """The words of a saved revision."""
    return Words(
        row.kind, row.content, row.owner_id, row.by_when, row.part, row.outline_id, row.new_because,
        row.withdrawn_because,
    )  # fmt: skip


def check_words(words: Words, *, case: Case, child: Child, outline: OutlineItem | None) -> None:
    """Raises Problems with every fault of the words, each at its field (R9, R11, R32, R33, R51, R81)."""
    kind = plan_fields.KINDS[words.kind]
    found: Faults = [
        (name, _sentence(words.kind, name, code))
        for name, code in plan_fields.faults(words.kind, words.content)
    ]
    if kind.person and (fault := _person_fault(kind, words.owner, case, child)):
        found.append(("owner", fault))
    if kind.dated and not isinstance(words.by_when, date):
        found.append(("by_when", missing_sentence("by_when")))
    if kind.part and words.part not in _parts(case):
        found.append(("part", missing_sentence("part")))
    if kind.traced and outline is None and not words.new_because.strip():
        found.append(
            ("outline", _("Choose the item of the outline plan that this comes from, or say why it is new."))
        )
    if found:
        raise Problems(found)


def _parts(case: Case) -> set[str]:
    told = {part.code for part in book.load(case.group.procedure).plan_parts}
    return told or set(plan_fields.PARTS)


def _person_fault(kind: plan_fields.Kind, person: UUID | None, case: Case, child: Child) -> str:
    offered: dict[UUID, Person]
    if kind.person == "owner":
        offered, missing = owners(case, child), _("Name exactly one person who is accountable for this.")
    elif kind.person == "keeps":
        offered, missing = contact_keepers(case, child), _("Name the member who keeps this contact.")
    else:
        offered, missing = view_givers(case, child), _("Say whose views these are.")
    if person is None:
        return missing
    if person in offered:
        return ""
    if kind.person == "whose":
        return _("Views on this plan are those of the child and of adults related to the child.")
    return _("Choose somebody who is a member of this core group now, or an adult of this child's family.")


def check_owner_sees(words: Words, audience: Audience, *, case: Case, child: Child) -> None:
    """An owner who may not read their own action could not keep it: raises Problems at the owner."""
    if plan_fields.KINDS[words.kind].person not in ("owner", "keeps") or words.owner is None:
        return
    person = owners(case, child)[words.owner]
    if not sees(case, audience, child, person):
        sentence = _("%(name)s may not see this. Choose somebody else, or change who may see it.")
        raise Problems([("owner", sentence % {"name": person.name})])


def _sentence(kind: str, name: str, code: str) -> str:
    if code == "missing":
        return missing_sentence(name)
    return {
        "unknown_choice": _("Choose one of the answers."),
        "not_a_number": _("Give a whole number, at least 1."),
        "not_a_date": _("Give a real date."),
        "too_long": _("This is too long to keep."),
    }[code]


def missing_sentence(name: str) -> str:
    """What to say of a field that was left empty."""
    return _missing_words().get(name) or _("This cannot be left empty.")


def _missing_words() -> dict[str, str]:
    """What to say of each field that was left empty, in the language of whoever reads it."""
    return {
        "by_when": _("Give the date by when."),
        "part": _("Choose the part of the plan that this action belongs to."),
        "new_because": _("Say why this is new."),
        "worry": _("Say what worries us."),
        "change": _("Say what must change."),
        "by_how_much": _("Say by how much it must change."),
        "what": _("Say what is to be done."),
        "every": _("Say how often the child is to be seen."),
        "unit": _("Say in which unit that is counted."),
        "where": _("Say where the child is to be seen."),
        "alone": _("Say whether the child is to be seen alone."),
        "purpose": _("Say what the contact is for."),
        "trigger": _("Say what would set the contingency plan off."),
        "response": _("Say what happens then."),
        "who": _("Say who does it."),
        "words": _("Give the person's own words."),
        "sought": _("Say how the views were sought."),
        "how": _("Say in which other way the views were sought."),
        "on": _("Give the day on which the views were taken."),
        "taken_by": _("Say who took the views down."),
        "why": _("Say why there is a plan."),
        "must_change": _("Say what must change."),
        "we_expect": _("Say what we expect of the family."),
        "help": _("Say what help there will be."),
        "if_not": _("Say what happens if things do not change."),
    }
