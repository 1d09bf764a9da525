"""What the codes of a plan are called, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coregroup.casefile import plain_words
from coregroup.casefile.action_states import COLOURS, state_word
from coregroup.rules import plan_fields
from coregroup.rules.smart import Finding


def day(value: Any) -> str:
    """2 April 2026, from a date or from 2026-04-02."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return value
    return date_format(value, "j F Y", use_l10n=False) if value else ""


def kind_word(kind: str) -> str:
    """What a kind of item is called."""
    return {
        "concern": _("Concern"),
        "outcome": _("Outcome"),
        "action": _("Action"),
        "contact": _("Agreed contact"),
        "contingency": _("Contingency plan"),
        "view": _("Views"),
        "family_page": _("Family page"),
    }[kind]


def field_label(kind: str, name: str) -> str:
    """What a field of a kind is called."""
    own = {
        ("action", "owner"): _("Who does it"),
        ("contact", "owner"): _("Who sees the child"),
        ("view", "owner"): _("Whose views"),
        ("contingency", "who"): _("Who does it"),
        ("family_page", "must_change"): _("What must change"),
    }
    return own.get((kind, name)) or _labels().get(name, name)


def _labels() -> dict[str, str]:
    return {
        "worry": _("What worries us"),
        "change": _("What must change"),
        "by_how_much": _("By how much"),
        "baseline": _("How it is now"),
        "measure": _("What we will measure"),
        "evidence": _("How we would know"),
        "what": _("What is to be done"),
        "owner": _("Who"),
        "by_when": _("By when"),
        "part": _("Part of the plan"),
        "every": _("How often: every"),
        "unit": _("Days, weeks or months"),
        "where": _("Where"),
        "alone": _("Seen alone"),
        "purpose": _("What for"),
        "trigger": _("What would set it off"),
        "response": _("What happens then"),
        "words": _("In their own words"),
        "sought": _("How the views were sought"),
        "how": _("In which other way"),
        "on": _("On which day"),
        "taken_by": _("Taken down by"),
        "why": _("Why there is a plan"),
        "we_expect": _("What we expect of you"),
        "help": _("What help there will be"),
        "if_not": _("What happens if things do not change"),
        "outline": _("From the outline plan"),
        "new_because": _("New, because"),
        "withdrawn_because": _("Withdrawn, because"),
        "audience": _("Who may see it"),
    }


def choice_word(code: str) -> str:
    """What one answer of a choice is called."""
    return {
        "days": _("days"),
        "working_days": _("working days"),
        "weeks": _("weeks"),
        "months": _("months"),
        "yes": _("Yes"),
        "where_possible": _("Where possible"),
        "no": _("No"),
        "direct": _("By asking them directly"),
        "advocate": _("Through an advocate"),
        "other": _("In another way"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "could_not_ask": _("Could not be asked"),
        "group": _("Everybody in the group"),
        "professionals": _("Professionals only"),
        "named": _("Named people only"),
        "not_to": _("Not for everybody in the group"),
    }.get(code, code)


def state_tag(state: str) -> tuple[str, str]:
    """How far an action is, in a word, and the colour that goes with it (R59)."""
    return state_word(state), COLOURS.get(state, "grey")


def how_often(every: Any, unit: str) -> str:
    """Every 2 weeks, every working day: how often a child is seen."""
    number = every if isinstance(every, int) else 0
    told = {
        "days": ngettext("every day", "every %(n)d days", number),
        "working_days": ngettext("every working day", "every %(n)d working days", number),
        "weeks": ngettext("every week", "every %(n)d weeks", number),
        "months": ngettext("every month", "every %(n)d months", number),
    }.get(unit, "")
    return told % {"n": number} if "%(n)d" in told else told


def value_words(kind: str, name: str, value: Any) -> str:
    """One field's value as a person reads it."""
    if value in ("", None):
        return ""
    if name in ("by_when", "on"):
        return day(value)
    try:
        shape = plan_fields.KINDS[kind].field(name).shape
    except KeyError:
        return str(value)
    return choice_word(str(value)) if shape is plan_fields.Shape.CHOICE else str(value)


def finding_sentence(finding: Finding) -> str:
    """What the five-point check found, said plainly, with what to do (R58)."""
    if finding.code == "plainer":
        return plain_words.sentence_of(finding.words)
    words = {"words": finding.words}
    if finding.code == "date_after_review":
        words = {"words": day(finding.words)}
    told = _findings().get(finding.code, finding.code)
    return told % words if "%(words)s" in told else told


def _findings() -> dict[str, str]:
    return {
        "vague": _("“%(words)s” does not say what anybody would see. Say what will be different."),
        "timeless": _("“%(words)s” is not a time. Say how often, or by which day."),
        "too_many_things": _("This holds several things. Give each one its own entry."),
        "activity_not_outcome": _(
            "“%(words)s” is something people do. Say what will be different for the child afterwards."
        ),
        "no_amount": _("Say by how much this must change."),
        "amount_open": _("Nobody could tell when this is reached. Give a number, or say how often."),
        "no_baseline": _("Say how things are now, so that change can be seen."),
        "no_measure": _("Say what will be counted or looked at."),
        "no_evidence": _("Say how we would know, and from whom."),
        "several_owners": _("“%(words)s” names more than one person. Give each their own action."),
        "no_owner": _("Name one person who is accountable for this."),
        "no_date": _("Give a date."),
        "date_past": _("This date has passed."),
        "date_after_review": _("This is after the next review conference on %(words)s."),
    }


def guard_sentence(code: str) -> str:
    """What is missing while a guard does not hold: for a list of what is still to do."""
    return {
        "lead": _("A lead worker is needed for this child."),
        "members": _("The core group needs members from at least two agencies."),
        "first_core_group": _("The first core group has not been held."),
        "review_date": _("There is no date for the review conference."),
        "concern": _("No concern has been written down."),
        "outcome": _("Not every concern has an outcome."),
        "action": _("Not every outcome has an action."),
        "owner_and_date": _("Not every action has an owner and a date."),
        "contingency": _("There is no contingency plan."),
        "child_voice": _("The child’s own views are not on the plan."),
        "parent_views": _("The views of each parent are not on the plan."),
        "agreed_contact": _("No contact with the child has been agreed."),
        "family_page": _("The family’s own page has not been written."),
        "outline_traced": _("Not every item of the outline plan has been taken up or set aside."),
        "answers": _("Not every owner has accepted their action."),
    }[code]
