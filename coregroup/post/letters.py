"""What our e-mails say: no name of a child, of a family or of a colleague, in subject or body.

A mail is read in trains, on shared telephones, and by servers in between.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Letter:
    """A mail, ready to be sent."""

    to: str
    subject: str
    body: str


def invitation(*, to: str, link: str, days: int, language: str = "en") -> Letter:
    """Asks somebody to join a core group; `link` works once, for so many days (R2)."""
    with translation.override(language):
        paragraphs = [
            _("You have been asked to join a core group. Sign in to see more."),
            link,
            _("The link is for you alone. It works once, for %(days)d days.") % {"days": days},
            _("If you did not expect this, do not open the link, and delete this message."),
        ]
        return Letter(to, _("You have been asked to join a core group"), _pages(paragraphs))


def first_password(*, to: str, link: str, days: int, language: str = "en") -> Letter:
    """Lets a professional set a first password; `link` works once, for so many days."""
    with translation.override(language):
        paragraphs = [
            _("You can now use coregroup. Follow this link to set a password."),
            link,
            _("The link is for you alone. It works once, for %(days)d days.") % {"days": days},
            _("If you did not expect this, do not open the link, and delete this message."),
        ]
        return Letter(to, _("Set your password for coregroup"), _pages(paragraphs))


def _pages(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"
