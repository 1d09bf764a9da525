"""Sends mail through Django's mail settings: by default files in the outbox folder beside the database."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage

from coregroup.post.letters import Letter


def send(letter: Letter) -> bool:
    """Sends one letter; False if it did not leave, which is for the page to say: the link can be handed over.

    Called after the verb's transaction has committed, never within it.
    """
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.to],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    try:
        return message.send() == 1
    except (smtplib.SMTPException, OSError, ValueError):
        return False
