"""How somebody takes part in a meeting: professionals, adults of the family, each child by its code.

The children's codes PN0 to PN7 are those of the social-care datasets for children in England.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

# How a professional takes part (R21, R22, R54). `absent`: without a word.
PROFESSIONAL = ("present", "apologies", "represented", "report", "absent")
# How an adult of the family does.
ADULT = ("attended", "represented", "sent_views", "none")
# How a child does: the datasets' participation codes, in our own words.
CHILD = ("PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")

HOW: Mapping[str, Mapping[str, str]] = {
    "present": {"en": "Present", "cy": "Yn bresennol"},
    "apologies": {"en": "Apologies", "cy": "Ymddiheuriadau"},
    "represented": {"en": "Represented by somebody else", "cy": "Rhywun arall yn cynrychioli"},
    "report": {"en": "Report or update instead", "cy": "Adroddiad neu ddiweddariad yn lle hynny"},
    "absent": {"en": "Absent without word", "cy": "Absennol heb air"},
    "attended": {"en": "Attended", "cy": "Wedi mynychu"},
    "sent_views": {"en": "Sent their views", "cy": "Wedi anfon eu barn"},
    "none": {"en": "Neither came nor sent views", "cy": "Heb ddod na rhoi barn"},
    "PN0": {"en": "Under four years old at the meeting", "cy": "O dan bedair oed adeg y cyfarfod"},
    "PN1": {"en": "Came and spoke for themselves", "cy": "Daeth a siarad drosto'i hun"},
    "PN2": {"en": "Came, and an advocate spoke for them", "cy": "Daeth, ac eiriolwr yn siarad drosto"},
    "PN3": {
        "en": "Came and showed their views without words",
        "cy": "Daeth a dangos ei farn heb eiriau",
    },
    "PN4": {
        "en": "Came, but did not give their views in any way",
        "cy": "Daeth, ond ni roddodd ei farn mewn unrhyw ffordd",
    },
    "PN5": {
        "en": "Did not come, and had asked an advocate to speak for them",
        "cy": "Ni ddaeth, ac roedd wedi gofyn i eiriolwr siarad drosto",
    },
    "PN6": {
        "en": "Did not come, and sent their views in another way",
        "cy": "Ni ddaeth, ac anfonodd ei farn mewn ffordd arall",
    },
    "PN7": {
        "en": "Did not come, and their views did not come in",
        "cy": "Ni ddaeth, ac ni ddaeth ei farn i mewn",
    },
}
HOW_CODES = tuple(HOW)
# Their own word, or a substitute's, reached the meeting.
TOOK_PART = frozenset({"present", "represented", "report", "attended", "sent_views"})


def choices_for(kind: str) -> tuple[str, ...]:
    """The codes for a `professional`, an `adult` of the family or a `child`. KeyError for another kind."""
    return {"professional": PROFESSIONAL, "adult": ADULT, "child": CHILD}[kind]


def suits_age(code: str, born: date | None, on: date) -> bool:
    """PN0 is for children under four (or not yet born), every other code for those who are older."""
    under_four = born is None or (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) < 4
    return (code == "PN0") == under_four


def is_date(text: Any) -> bool:
    """Whether a kept date reads as one."""
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True
