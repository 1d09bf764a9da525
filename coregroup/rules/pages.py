"""The places where guidance can be linked: codes of pages, with what they are called."""

from __future__ import annotations

from collections.abc import Mapping


def _(sentence: str) -> str:
    """Marks a text for the catalogues; who says it translates it."""
    return sentence


PAGES: Mapping[str, str] = {
    "open_group": _("Opening a core group"),
    "group": _("The core group's own page"),
    "joining": _("Joining a core group"),
    "outline": _("The outline plan"),
    "plan": _("A child's detailed plan"),
    "contact": _("Contact with the children"),
    "meeting": _("Core group meetings"),
    "hand_out": _("Handing a plan out"),
    "files": _("Files"),
    "face_sheet": _("The face sheet"),
}
