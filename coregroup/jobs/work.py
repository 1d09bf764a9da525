"""One round of what runs without a person. Idempotent, and safe when two run at once."""

from __future__ import annotations

from collections.abc import Callable

from coregroup.access.actors import system_actor
from coregroup.casework import clock
from coregroup.jobs import audit_chain


def once(say: Callable[[str], None]) -> None:
    """Gives the notices that are due, forgets old drafts, lays the audit chain; says what it did."""
    by = system_actor("clock", duties=frozenset({"clock"}))
    rung = clock.give_notices(by=by)
    say(f"core groups looked at: {rung.groups}; notices given: {rung.given}; put away: {rung.put_away}")
    say(f"old drafts forgotten: {clock.forget_old_drafts(by=by)}")
    say(f"audit lines chained: {audit_chain.lay_all()}")
