"""How a document can be given to somebody."""

from __future__ import annotations

from collections.abc import Mapping

HOW: Mapping[str, Mapping[str, str]] = {
    "in_person": {"en": "Given in person", "cy": "Wedi'i roi yn bersonol"},
    "at_meeting": {"en": "Given at a meeting", "cy": "Wedi'i roi mewn cyfarfod"},
    "post": {"en": "Sent by post", "cy": "Wedi'i anfon drwy'r post"},
    "secure_email": {"en": "Sent by secure e-mail", "cy": "Wedi'i anfon drwy e-bost diogel"},
    "own_page": {"en": "Shown on their own page here", "cy": "Wedi'i ddangos ar eu tudalen eu hunain yma"},
    "filed": {"en": "Placed on the file", "cy": "Wedi'i roi ar y ffeil"},
    "not_given": {"en": "Not given, with a reason", "cy": "Heb ei roi, gyda rheswm"},
}
