"""What setting up is told: plain frozen values, as a page or a list gives them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class AgencyDetails:
    """An agency, with its named child-protection professional (R1) and where to call out of hours."""

    name: str
    kind: str
    named_professional: str = ""
    named_professional_contact: str = ""
    out_of_hours: str = ""


@dataclass(frozen=True)
class PersonDetails:
    """A professional person. `agency` and `manager_email` name others of the lists."""

    given_name: str
    family_name: str
    email: str
    agency: str
    job_title: str = ""
    phone: str = ""
    manager_email: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayDetails:
    """A day on which the offices are closed."""

    day: date
    reason: str


@dataclass(frozen=True)
class Taken:
    """What a list came to: how many rows were new, changed something, or were known already."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def plus(self, what: str) -> Taken:
        return replace(self, **{what: getattr(self, what) + 1})
