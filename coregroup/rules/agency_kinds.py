"""The kinds of agency: what each is called. What each does stands in the procedures' guides."""

from __future__ import annotations

from collections.abc import Mapping

from coregroup.rules.procedure import Text, say

KINDS: Mapping[str, Text] = {
    "social_care": {"en": "Children's social care", "cy": "Gofal cymdeithasol plant"},
    "health": {"en": "Health", "cy": "Iechyd"},
    "education": {"en": "Education", "cy": "Addysg"},
    "police": {"en": "Police", "cy": "Yr heddlu"},
    "probation": {"en": "Probation", "cy": "Y gwasanaeth prawf"},
    "adult_services": {"en": "Adult services", "cy": "Gwasanaethau oedolion"},
    "housing": {"en": "Housing", "cy": "Tai"},
    "voluntary": {"en": "Voluntary organisation", "cy": "Sefydliad gwirfoddol"},
    "other": {"en": "Other", "cy": "Arall"},
}


def kind_word(code: str, lang: str = "en") -> str:
    """What a kind of agency is called; a code without a word shows as it is."""
    return say(KINDS[code], lang) if code in KINDS else code
