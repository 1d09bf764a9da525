"""Hands a plan out in a story: each their own rendering, on their own page or on paper."""

from __future__ import annotations

from datetime import date, time

from coregroup.casefile.hand_outs import Recipient, distribution
from coregroup.casefile.plans import plan_sheet
from coregroup.casework.hand_outs import record_handed_out
from coregroup.commands.fiction.clock import told_on
from coregroup.commands.fiction.telling import Story
from coregroup.paper.plan import plan_pdf
from coregroup.rules.access import THE_FILE


def hand_out(story: Story, name: str, *, on: date, still_to_be_given: str = "") -> None:
    """Everybody on the list is given the newest version, but for one who is still to be given it."""
    with told_on(on, time(17)):
        listed = distribution(group=story.group, child=story.children[name], by=story.lead)
        for one in listed.recipients:
            if not one.name.startswith(still_to_be_given or "-"):
                _give(story, name, listed.version or 0, one, on)


def _give(story: Story, name: str, version: int, one: Recipient, on: date) -> None:
    child = story.children[name]
    sheet = plan_sheet(
        group=story.group, child=child, version=version, reader=one.person or THE_FILE, by=story.lead
    )
    how = "own_page" if one.has_own_page else ("in_person" if one.person else "filed")
    record_handed_out(
        group=story.group,
        child=child,
        version=version,
        recipient=one.person,
        recipient_code=one.code,
        how=how,
        on=on,
        digest=plan_pdf(sheet, copy_for=one.name, language=one.language).digest,
        by=story.lead,
    )
