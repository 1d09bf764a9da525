"""The words of what the family say beforehand, and of what happens in the room; made when they are read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coregroup.rules.procedure import Procedure, say


def way_word(code: str) -> str:
    """In which way somebody was asked, or a child's wishes come in."""
    return {
        "letter": _("A letter"),
        "drawing": _("A drawing"),
        "photograph": _("A photograph"),
        "advocate": _("Through an advocate"),
        "app": _("Through an app"),
        "conversation": _("A conversation"),
        "other": _("Another way"),
    }.get(code, code)


def way_within(code: str) -> str:
    """The same within a sentence."""
    word = way_word(code)
    return word[:1].lower() + word[1:]


def decision_word(code: str) -> str:
    """Whether a child comes to the meeting."""
    return {
        "yes": _("Comes to the meeting"),
        "part": _("Comes to a part of the meeting"),
        "no": _("Does not come to the meeting"),
    }.get(code, code)


def in_the_room(procedure: Procedure, lang: str) -> tuple[str, ...]:
    """What happens in the meeting, step by step, said to the family; a step of its own by its name."""
    plain = {
        "welcome": _("Everybody says who they are and why they are there."),
        "family_first": _("You are asked first: how have things been for you and your children?"),
        "chronology": _("You hear what has happened since last time. You can say if you see it differently."),
        "plan": _("The group goes through the plan: what is going well, and what should change."),
        "recommendations": _("Each person says whether they think that the plan should go on, and why."),
        "risk": _("The group asks whether each worry has become smaller, bigger, or stayed the same."),
        "contingency": _("You hear what will happen if things go wrong, and you can ask about it."),
        "views": _("What you and your children want is written down in your own words."),
        "decisions": _("The group says what it has decided."),
        "next_date": _("You agree together when to meet again."),
    }
    return tuple(plain.get(item.code) or say(item.title, lang) for item in procedure.agenda)


def coming(attends: str) -> str:
    """How an adult of the family comes to the meeting, said to them; "" where there is nothing to say."""
    return {
        "separately": _("You come at a time or to a room of your own. You will be told where and when."),
        "part": _("You come to a part of the meeting. You will be told which."),
        "no": _("You do not come to this meeting. What you want said will be heard there all the same."),
    }.get(attends, "")
