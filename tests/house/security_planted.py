"""Who may read what of the planted case: the readers of each marker, written down by name.

Whatever a page, file or table shows is held against these: a marker that its reader may not see is a leak,
whichever page it stands on. Who may read what is written down here without asking our own rules.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from coregroup.casework.audiences import AudienceChoice
from tests.builders import TODAY, Family

PROFESSIONALS = frozenset({"lead", "health_visitor", "teacher", "chair", "manager", "nurse_manager"})
ONLY_AMY = frozenset({"police", "police_manager"})  # a member limited to one child, and their manager
FAMILY = frozenset({"mother", "father", "gil"})
OUTSIDERS = ("administrator", "stranger", "left", "elsewhere", "nobody")
STAND_IN = {"stand_in": "teacher"}  # who stands for a member in one meeting reads what that member may
INSIDERS = (*sorted(PROFESSIONALS | ONLY_AMY | FAMILY), *STAND_IN)
READERS = {
    "ben": PROFESSIONALS | {"mother", "father"},
    "amy": PROFESSIONALS | ONLY_AMY | {"mother", "gil"},
    "all": PROFESSIONALS | ONLY_AMY | FAMILY,
}
# The names themselves: a half-sibling, and that child's father, are not to be known of.
NAMES = {
    "Jorvik": PROFESSIONALS | {"mother", "father"},
    "Fenwick": PROFESSIONALS | {"mother", "father"},
    "Quillon": PROFESSIONALS | ONLY_AMY | {"mother", "gil"},
    "Gilroy": PROFESSIONALS | ONLY_AMY | {"mother", "gil"},
}
SCHOOL = "Oak Lane School"  # the father must not learn it


@dataclass
class Planted:
    """The family, the markers with their readers, and the ids that addresses can be made of."""

    family: Family
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    ids: dict[str, list[Any]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def mark(self, what: str, readers: frozenset[str]) -> str:
        """A new marker: a word that stands nowhere else."""
        word = f"zq{what.replace('_', '')}{next(self.numbers)}qz"
        self.readers[word] = readers
        return word

    def id(self, kind: str, value: Any) -> Any:
        self.ids.setdefault(kind, []).append(value)
        return value

    def choices(self, whose: str) -> list[tuple[AudienceChoice, frozenset[str]]]:
        """Each kind of audience, with the readers of an item about `whose` that has it."""
        people, wide = self.family.people, READERS[whose]
        two = frozenset({"lead", "health_visitor"})
        told: dict[str, Any] = {
            "permitted_by": self.mark("permitted", two),
            "review_on": TODAY + timedelta(days=90),
        }
        out = "gil" if whose == "amy" else "father"
        shut = wide - {out}
        return [
            (AudienceChoice(), wide),
            (
                AudienceChoice("professionals", reason=self.mark("reason", wide - FAMILY)),
                wide - FAMILY,
            ),
            (
                AudienceChoice(
                    "named",
                    named=frozenset({people["lead"].id, people["health_visitor"].id}),
                    reason=self.mark("reason", frozenset({"lead", "health_visitor"})),
                    **told,
                ),
                frozenset({"lead", "health_visitor"}),
            ),
            (
                AudienceChoice(
                    shut_out=frozenset({people[out].id}), reason=self.mark("reason", shut - FAMILY)
                ),
                shut,
            ),
        ]
