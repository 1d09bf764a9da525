"""One round of the clock, as a management command."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from coregroup.jobs import work


class Command(BaseCommand):
    help = "Give the notices that are due, forget old drafts, lay the chain over the audit: once."

    def handle(self, *args: Any, **options: Any) -> None:
        work.once(self.stdout.write)
