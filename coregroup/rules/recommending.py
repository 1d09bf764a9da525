"""What each agency recommends about a child's plan or registration: the opinions, their words, agreement.

Pure. Sealed until they are opened together, said side by side, never averaged (R64, R105).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from coregroup.rules.procedure import Procedure, Text, say

Who = TypeVar("Who", bound=Hashable)

NONE = "none"  # somebody who is present gives none, and says why
OPINIONS = ("continue", "end", "change_category", "legal_advice")
GIVEN = (*OPINIONS, NONE)

# `%(registered)s` and `%(category)s` are the procedure's own words.
_WORDS: Mapping[str, Text] = {
    "continue": {"en": "Stay %(registered)s", "cy": "Parhau %(registered)s"},
    "end": {"en": "No longer be %(registered)s", "cy": "Heb fod %(registered)s mwyach"},
    "change_category": {
        "en": "Stay %(registered)s, under another %(category)s",
        "cy": "Parhau %(registered)s, dan %(category)s arall",
    },
    "legal_advice": {"en": "Take legal advice", "cy": "Cael cyngor cyfreithiol"},
    NONE: {"en": "Gives no recommendation", "cy": "Heb roi argymhelliad"},
}
_QUESTION: Text = {
    "en": "Should %(child)s stay %(registered)s?",
    "cy": "A ddylai %(child)s barhau %(registered)s?",
}


def opinion_words(procedure: Procedure, opinion: str, lang: str = "en") -> str:
    """What an opinion is called under a procedure. KeyError for one that there is not."""
    return say(_WORDS[opinion], lang) % {
        "registered": procedure.word("registered", lang),
        "category": procedure.word("category", lang),
    }


def question(procedure: Procedure, child: str, lang: str = "en") -> str:
    """What is asked of everybody about one child."""
    return say(_QUESTION, lang) % {"child": child, "registered": procedure.word("registered", lang)}


def asked_each_time(procedure: Procedure) -> bool:
    """Does the procedure ask for recommendations at every core group? Elsewhere they are offered."""
    items = (*procedure.section("duties"), *procedure.section("traits"))
    return any(item.code == "recommend_each_time" for item in items)


@dataclass(frozen=True)
class Stand:
    """How opinions on one child stand to each other.

    `common` is the most frequent opinion, "" where there is no single one; `dissent` are those whose opinion
    differs from it. Who gives none neither agrees nor dissents.
    """

    common: str
    agree: frozenset[Hashable]
    dissent: frozenset[Hashable]

    @property
    def all_agree(self) -> bool:
        """Everybody who gave an opinion gave the same."""
        return bool(self.common) and not self.dissent


def stand(opinions: Mapping[Who, str]) -> Stand:
    """Agreement and dissent between the opinions given; never an average."""
    told = {who: opinion for who, opinion in opinions.items() if opinion != NONE}
    counted = Counter(told.values()).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return Stand("", frozenset(), frozenset())
    common = counted[0][0]
    agree = frozenset(who for who, opinion in told.items() if opinion == common)
    return Stand(common, agree, frozenset(told) - agree)
