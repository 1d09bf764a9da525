"""From the plain rows of a list to what setting up is told: the words that people write become codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from coregroup.casework.setup_nouns import AgencyDetails, PersonDetails
from coregroup.rules.agency_kinds import KINDS

Values = Mapping[str, str]

KIND_WORDS: Mapping[str, str] = {
    "social care": "social_care", "children's services": "social_care", "social services": "social_care",
    "nhs": "health", "school": "education", "nursery": "education", "early years": "education",
    "adult social care": "adult_services", "charity": "voluntary", "third sector": "voluntary",
    "voluntary sector": "voluntary",
}  # fmt: skip
DUTY_WORDS: Mapping[str, str] = {
    "lead worker": "lead_worker", "lead": "lead_worker", "social worker": "lead_worker",
    "conference chair": "conference_chair", "chair": "conference_chair", "line manager": "manager",
    "team manager": "manager", "admin": "administrator", "gweithiwr arweiniol": "lead_worker",
    "cadeirydd": "conference_chair", "rheolwr": "manager", "gweinyddwr": "administrator",
}  # fmt: skip


def people_from(rows: Iterable[tuple[int, Values]]) -> list[tuple[int, PersonDetails]]:
    """People's details, each with its row. An unknown duty stays as written, for the verb to name."""
    return [
        (
            number,
            PersonDetails(
                given_name=values["given_name"],
                family_name=values["family_name"],
                email=values["email"],
                agency=values["agency"],
                job_title=values["job_title"],
                phone=values["phone"],
                manager_email=values["manager_email"],
                duties=duties_of(values["duties"]),
            ),  # fmt: skip
        )
        for number, values in rows
    ]


def agencies_from(rows: Iterable[tuple[int, Values]]) -> list[tuple[int, AgencyDetails]]:
    """Agencies' details, each with its row."""
    return [
        (
            number,
            AgencyDetails(
                name=values["name"],
                kind=kind_of(values["kind"]),
                named_professional=values["named_professional"],
                named_professional_contact=values["named_professional_contact"],
                out_of_hours=values["out_of_hours"],
            ),  # fmt: skip
        )
        for number, values in rows
    ]


def kind_of(text: str) -> str:
    """The code of a kind of agency; a text that is none stays as it is."""
    told = " ".join(text.lower().replace("’", "'").split())
    for code, words in KINDS.items():
        if told in (code, code.replace("_", " "), *(word.lower() for word in words.values())):
            return code
    return KIND_WORDS.get(told, told)


def duties_of(text: str) -> tuple[str, ...]:
    """The codes of the duties in a cell, parted by commas, semicolons, slashes or new lines."""
    told = (" ".join(part.lower().split()) for part in re.split(r"[,;/|\n]", text))
    return tuple(DUTY_WORDS.get(part, part.replace(" ", "_")) for part in told if part)
