"""The clock: each notice once, put away when it no longer holds; the audit chain; old drafts."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from coregroup.access import chain
from coregroup.access.actors import system_actor
from coregroup.casefile.notices import waiting
from coregroup.casework import clock, drafts
from coregroup.casework.meetings import record_held
from coregroup.jobs import audit_chain, work
from coregroup.records.models import AuditLine, AuditLink, Draft, LeadAppointment, Meeting, Notice
from coregroup.rules.errors import Closed
from tests.builders import Family
from tests.conftest import LONDON

CLOCK = system_actor("clock", duties=frozenset({"clock"}))


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=LONDON)


def codes(family: Family, name: str) -> list[str]:
    return [line.code for line in waiting(by=family.actor(name)) if line.code.startswith(("clock", "child"))]


@pytest.mark.requirement("R7", "R92")
def test_each_notice_is_given_once_and_put_away_when_the_clock_is_met(family: Family, today: Any) -> None:
    assert clock.give_notices(by=CLOCK).given > 0  # the first core group was to be within ten working days
    assert codes(family, "lead").count("clock_due_soon") + codes(family, "lead").count("clock_overdue") >= 1
    assert clock.give_notices(by=CLOCK).given == 0
    today.move_to(on(date(2026, 3, 25)))
    clock.give_notices(by=CLOCK)
    assert "clock_overdue" in codes(family, "lead") and "clock_overdue" in codes(family, "manager")
    record_held(group=family.group, meeting=Meeting.objects.get().id, on=date(2026, 3, 25), by=family.lead)
    assert clock.give_notices(by=CLOCK).put_away >= 2
    assert "clock_overdue" not in codes(family, "manager")


@pytest.mark.requirement("R4")
def test_a_child_without_a_lead_raises_an_alarm_that_stays(family: Family) -> None:
    clock.give_notices(by=CLOCK)
    assert "child_unallocated" not in codes(family, "chair")
    LeadAppointment.objects.filter(child=family.child).update(until=date(2026, 3, 18))
    clock.give_notices(by=CLOCK)
    clock.give_notices(by=CLOCK)
    for name in ("chair", "manager"):
        assert codes(family, name).count("child_unallocated") == 1
    line = next(one for one in waiting(by=family.chair) if one.code == "child_unallocated")
    assert line.urgent and line.sentence.startswith("Ben Rowe has no ")


def test_only_the_clock_may_ring(family: Family) -> None:
    for actor in (family.lead, family.administrator, family.stranger, system_actor("a set-up command")):
        with pytest.raises(Closed):
            clock.give_notices(by=actor)
        with pytest.raises(Closed):
            clock.forget_old_drafts(by=actor)


def test_old_drafts_are_forgotten_and_young_ones_kept(family: Family) -> None:
    drafts.keep(key="/old/", data={"a": ["1"]}, by=family.lead)
    drafts.keep(key="/young/", data={"a": ["1"]}, by=family.lead)
    Draft.objects.filter(key="/old/").update(kept_at=timezone.now() - timedelta(days=91))
    assert clock.forget_old_drafts(by=CLOCK) == 1
    assert list(Draft.objects.values_list("key", flat=True)) == ["/young/"]


@pytest.mark.requirement("R28")
def test_the_chain_holds_and_a_change_shows(family: Family) -> None:
    assert audit_chain.lay_all() == AuditLine.objects.count() > 0
    assert audit_chain.lay_all() == 0
    assert audit_chain.verify() == []
    victim = AuditLink.objects.order_by("number")[0].line_id
    lift_triggers()
    AuditLine.objects.filter(id=victim).update(name="Somebody else")
    assert [fault.what for fault in chain.verify()] == ["the line was changed"]


def test_a_line_taken_out_of_the_chain_shows(family: Family) -> None:
    waiting(by=family.lead), waiting(by=family.lead)
    audit_chain.lay_all()
    lift_triggers()
    first = AuditLink.objects.order_by("number")[0]
    AuditLink.objects.filter(number=first.number).delete()
    assert "the chain is broken before this line" in [fault.what for fault in chain.verify()]


def lift_triggers() -> None:
    """As somebody with the database's own key could, but without ours."""
    with connection.cursor() as cursor:
        for table in ("records_auditline", "records_auditlink"):
            if connection.vendor == "postgresql":
                cursor.execute(f"drop trigger {table}_append_only on {table}")
            else:
                for change in ("update", "delete"):
                    cursor.execute(f"drop trigger {table}_no_{change}")


def test_a_round_says_what_it_did_and_a_second_does_nothing(family: Family) -> None:
    said: list[str] = []
    work.once(said.append)
    assert "core groups looked at: 1" in said[0]
    out = io.StringIO()
    call_command("work", stdout=out)
    assert "notices given: 0; put away: 0" in out.getvalue()
    assert Notice.objects.filter(key__startswith="clock:").count() == len(
        set(Notice.objects.filter(key__startswith="clock:").values_list("to", "key"))
    )
