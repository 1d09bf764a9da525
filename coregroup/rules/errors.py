"""What can go wrong, as every floor says it. Plain exceptions; a page turns each into its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Closed(Exception):
    """No such thing for this person: a stranger gets "not found", and nothing else is said."""


class Refused(Exception):
    """They stand in some relation to the case, but may not do this; `sentence` says so plainly."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Problem(Exception):
    """What was asked cannot be done: `sentence` names the fault, `field` where it is (or None)."""

    def __init__(self, field: str | None, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class Problems(Exception):
    """Several faults at once, each (field or None, sentence): all shown together, nothing saved."""

    def __init__(self, faults: list[tuple[str | None, str]]) -> None:
        super().__init__("; ".join(sentence for _field, sentence in faults))
        self.faults = faults


class Clash(Exception):
    """Somebody else saved the same item meanwhile: both texts, and the revision that stands now."""

    def __init__(
        self, theirs: Mapping[str, Any], mine: Mapping[str, Any], revision: int, by: str = ""
    ) -> None:
        super().__init__(f"saved meanwhile by {by}")
        self.theirs = theirs
        self.mine = mine
        self.revision = revision
        self.by = by


class AlreadyDone(Exception):
    """The same form was already taken; `outcome` is what it led to the first time."""

    def __init__(self, outcome: str) -> None:
        super().__init__("already done")
        self.outcome = outcome
