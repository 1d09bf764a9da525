"""What the fields and answers of a meeting's entries are called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coregroup.casefile.family_words import decision_word, way_word
from coregroup.casefile.sentences import lang_now
from coregroup.rules import participation
from coregroup.rules.procedure import say


def field_label(kind: str, field: str) -> str:
    """What a field of an entry is called."""
    return _labels().get((kind, field)) or _labels().get(("", field)) or field


def field_hint(kind: str, field: str) -> str:
    """A word of help at a field; "" for most."""
    return {
        ("voice", "words"): _("In their own words, as they were said or shown."),
        ("voice", "disagrees"): _("Written down word for word, also where it cannot be agreed."),
        ("family_said", "text"): _("In their own words."),
        ("legal", "in_force"): _("Orders, interim measures, pre-proceedings."),
        ("legal", "considered"): _("For example going to court, or pre-proceedings."),
        ("decision", "dissent"): _("Who sees it differently, and why, in their words."),
    }.get((kind, field), "")


def choice_word(kind: str, field: str, code: str) -> str:
    """What one answer is called. A code without a word shows as it is, so that nothing hides."""
    if (kind, field) == ("attendance", "how"):
        text = participation.HOW.get(code)
        word = say(text, lang_now()) if text else code
        return f"{code}: {word}" if code.startswith("PN") else word
    if (kind, field) in (("asked", "how"), ("child_attends", "way")):
        return way_word(code)
    if (kind, field) == ("child_attends", "decision"):
        return decision_word(code)
    return _answers().get((kind, field, code)) or _answers().get(("", "", code)) or code


def _labels() -> dict[tuple[str, str], str]:
    return {
        ("", "text"): _("Note"),
        ("", "why"): _("Why"),
        ("", "note"): _("Note"),
        ("attendance", "how"): _("Was there"),
        ("family_said", "text"): _("How things have been"),
        ("voice", "words"): _("What they say or show"),
        ("voice", "sought"): _("How it was asked"),
        ("voice", "how"): _("In which way"),
        ("voice", "on"): _("Day on which they said it"),
        ("voice", "taken_by"): _("Who asked or wrote it down"),
        ("voice", "disagrees"): _("What they do not agree with"),
        ("agency", "nothing_new"): _("For the chronology"),
        ("agency", "said_by"): _("Who said so"),
        ("risk", "direction"): _("The risk is"),
        ("contingency", "fit"): _("Is it still right?"),
        ("contingency", "family_knows"): _("Does the family know when it would be used?"),
        ("question", "answer"): _("Answer"),
        ("legal", "in_force"): _("Legal measures in force"),
        ("legal", "considered"): _("Legal measures considered"),
        ("legal", "why"): _("Why, or why not"),
        ("decision", "what"): _("What was decided"),
        ("decision", "dissent"): _("Who does not agree"),
        ("restricted", "text"): _("Notes of this part"),
        ("asked", "wants"): _("Wants said"),
        ("child_attends", "decision"): _("Whether the child comes"),
        ("child_attends", "way"): _("How their wishes come in"),
    }


def _answers() -> dict[tuple[str, str, str], str]:
    return {
        ("", "", "yes"): _("Yes"),
        ("", "", "no"): _("No"),
        ("agency", "nothing_new", "yes"): _("Nothing new"),
        ("agency", "nothing_new", "no"): _("Something new, in an entry"),
        ("risk", "direction", "decreased"): _("Less"),
        ("risk", "direction", "same"): _("The same"),
        ("risk", "direction", "increased"): _("More"),
        ("contingency", "fit", "changed"): _("Yes, with changes made today"),
        ("contingency", "family_knows", "not_sure"): _("Not sure"),
        ("question", "answer", "not_yet"): _("Not yet"),
        ("voice", "sought", "direct"): _("Directly"),
        ("voice", "sought", "advocate"): _("Through an advocate"),
        ("voice", "sought", "other"): _("In another way"),
    }
