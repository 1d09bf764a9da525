"""Correcting the record of a meeting until it is confirmed, and setting a correction beside it (R29)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.attendance import check_how
from coregroup.casework.audiences import AudienceChoice, audience_row, standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.meeting_sheet import Thing, latest_entry, meeting_row, write_entry
from coregroup.casework.meeting_words import spoken_audience
from coregroup.casework.plan_people import sees
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Child, Meeting, MeetingEntry, RecordCorrection
from coregroup.rules import entry_cut, moves
from coregroup.rules import meeting_entries as entries
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Clash, Closed, Problems, Refused
from coregroup.rules.happenings_meetings import RecordConfirmed, RecordCorrected
from coregroup.rules.record_sections import MINUTES, OF_ENTRY, OWN_WORDS

LONGEST = 20_000
STATES = {"closed": "issued", "confirmed": "confirmed"}  # of a meeting: that of its record


def correct_entry(
    *,
    group: UUID,
    meeting: UUID,
    entry: UUID,
    base: int,
    content: Mapping[str, Any],
    because: str,
    by: Actor,
    once: str | None = None,
) -> int:
    """Corrects one thing written in a closed meeting, until its record is confirmed; gives the number.

    `entry` is any saving of the thing, `base` the number that was being read, `content` the fields that were
    touched. The earlier text stays readable beside the new one, with the reason. Members correct what they
    may read, a person of the family their own words. Raises Closed, Refused, Clash with both texts, and
    Problems at `because` or the fields.
    """
    with act(group, by=by, to=Capability.CORRECT_RECORD, once=once, what=f"correct record {meeting}") as case:
        row = _record(case, meeting, "correct")
        thing, latest, child = _thing(case, row, entry)
        _refuse_another_voice(case, latest)
        told = _checked(case, row, latest, content, because.strip())
        _refuse_unread(case, latest, told)
        if base != latest.number:
            raise Clash(
                {name: latest.content.get(name, "") for name in told}, told, latest.number, latest.by.name
            )
        joined = {**latest.content, **told}
        if joined == latest.content:
            raise Problems([(None, _("Nothing was changed."))])
        kept = write_entry(
            case, row, thing, latest, joined, latest.audience, correction_because=because.strip()
        )
        section = OF_ENTRY[latest.kind]
        corrected = RecordCorrected(meeting=row.id, section=section, child=child.id if child else None)
        settle(corrected, case=case, audience=latest.audience)
        note_outcome(once, kept.number)
    return kept.number


def add_correction(
    *,
    group: UUID,
    meeting: UUID,
    section: str,
    text: str,
    child: UUID | None = None,
    audience: AudienceChoice | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Sets a correction beside a section of a record, never in its place; gives its id (R29).

    Before it is confirmed: for what is no entry of the meeting, as the plan's changes and the ratings.
    `audience` None: the whole group; of a person of the family, all but adults who are kept apart from them.
    Raises Problems at `section` or `text`, Closed.
    """
    with act(group, by=by, to=Capability.CORRECT_RECORD, once=once, what=f"correct record {meeting}") as case:
        row = _record(case, meeting, "add_correction")
        whose = case.child(child) if child else None
        faults: list[tuple[str | None, str]] = []
        if section not in MINUTES:
            faults.append(("section", _("Choose the part of the record.")))
        if not text.strip():
            faults.append(("text", _("Say what is not right, and what is.")))
        if len(text) > LONGEST:
            faults.append(("text", _("This is too long to be kept.")))
        if faults:
            raise Problems(faults)
        seen_by = audience_row(case, audience) if audience else _own_audience(case)
        if not sees(case, seen_by, whose):
            raise Problems([("audience", _("You would shut yourself out: name yourself as well."))])
        made = RecordCorrection.objects.create(
            authority=case.group.authority, group=case.group, meeting=row, section=section, text=text.strip(),
            audience=seen_by, child=whose, by_id=by.who,
        )  # fmt: skip
        told = RecordCorrected(meeting=row.id, section=section, child=whose.id if whose else None)
        settle(told, case=case, audience=seen_by)
        note_outcome(once, made.id)
    return made.id


def confirm_record(*, group: UUID, meeting: UUID, by: Actor, once: str | None = None) -> None:
    """Confirms the record of a closed meeting: from then on corrections stand beside it (R29).

    For the meeting's chair and the lead worker: Refused to others, and where it is not there to be confirmed.
    """
    with act(group, by=by, to=Capability.CLOSE_MEETING, once=once, what=f"confirm record {meeting}") as case:
        row = meeting_row(case, meeting)
        if Relation.LEAD not in case.relations and by.person != row.chair_id:
            raise Refused(_("Only the chair of the meeting, or the lead worker, confirms its record."))
        row.state = moves.after(
            moves.MEETING, row.state, "confirm", _("This record is confirmed already, or not there yet.")
        )
        row.confirmed_at, row.confirmed_by_id = timezone.now(), by.who
        row.save(update_fields=["state", "confirmed_at", "confirmed_by"])
        settle(RecordConfirmed(meeting=row.id), case=case, audience=row.audience)


def _record(case: Case, meeting: UUID, verb: str) -> Meeting:
    """The meeting, whose record must allow the verb."""
    row = meeting_row(case, meeting)
    if row.state not in STATES:
        raise Closed
    sentence = {
        "correct": _("This record is confirmed: a correction is set beside it."),
        "add_correction": _("This record cannot be corrected now."),
    }[verb]
    moves.after(moves.RECORD, STATES[row.state], verb, sentence)
    return row


def _thing(case: Case, meeting: Meeting, entry: UUID) -> tuple[Thing, MeetingEntry, Child | None]:
    """What is corrected, its last saving, its child. Closed for what the actor may not see."""
    row = MeetingEntry.objects.filter(meeting=meeting, id=entry).first()
    latest = latest_entry(meeting, row.thing) if row else None
    if latest is None or latest.kind not in OF_ENTRY:
        raise Closed
    child = case.child(latest.child_id) if latest.child_id else None
    if not sees(case, latest.audience, child):
        raise Closed
    return Thing(latest.kind, latest.about, latest.child_id, latest.code), latest, child


def _refuse_another_voice(case: Case, latest: MeetingEntry) -> None:
    """The family corrects its own words, and nobody else's."""
    if case.by.professional:
        return
    if latest.kind not in OWN_WORDS or latest.about != case.by.person:
        raise Refused(_("You can correct your own words. For anything else, speak to your worker."))


def _checked(
    case: Case, meeting: Meeting, latest: MeetingEntry, content: Mapping[str, Any], because: str
) -> dict[str, Any]:
    told = entries.tidy(content)
    sentences = {
        "unknown_choice": _("Choose from the list."),
        "not_a_date": _("Enter a date."),
        "too_long": _("This is too long to be kept."),
    }
    found: list[tuple[str | None, str]] = []
    for field, code in entries.faults(latest.kind, told):
        if code == "unknown_field":
            raise Closed
        found.append((field, sentences[code]))
    if not because:
        found.append(("because", _("Say why it is corrected.")))
    if found:
        raise Problems(found)
    if latest.kind == "attendance":
        check_how(case, meeting, latest.about, told)
    return told


def _refuse_unread(case: Case, latest: MeetingEntry, told: Mapping[str, Any]) -> None:
    """Nobody writes over what they cannot read: free text about children of whom they may not know."""
    reader = case.reader()
    every = MeetingEntry.objects.filter(meeting=latest.meeting_id, thing=latest.thing)
    wrote_all = not reader.limited or not every.exclude(by=reader.person).exists()
    own = entry_cut.own_words(latest.kind, latest.about, reader, wrote_all=wrote_all)
    for name in told:
        if not own and not entry_cut.may_write(latest.kind, name, child=latest.child_id, reader=reader):
            raise Closed


def _own_audience(case: Case) -> Any:
    return standing_audience(case) if case.by.professional else spoken_audience(case, case.by.person)
