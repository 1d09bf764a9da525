"""Family first: what parents and children want said beforehand; whether each child comes (R30, R66)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, value_of
from coregroup.casework.documents import add_within
from coregroup.casework.meeting_sheet import Kept, Thing, keep_entry, latest_entry, meeting_row
from coregroup.casework.meeting_words import spoken_audience
from coregroup.casework.plan_people import group_people, sees
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Audience, Meeting, MeetingEntry, StoredFile
from coregroup.rules import meeting_entries
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem, Refused


@dataclass(frozen=True)
class Picture:
    """A drawing, a letter or a photograph of one, as it was sent."""

    name: str
    content: bytes


def say_beforehand(
    *,
    group: UUID,
    meeting: UUID,
    about: UUID,
    content: Mapping[str, Any],
    base: int = 0,
    picture: Picture | None = None,
    audience: AudienceChoice | None = None,
    by: Actor,
    once: str | None = None,
) -> Kept:
    """Keeps what somebody of the family wants said at a meeting, in their way (R3, R30, R66).

    A family person writes their own words; a professional of the group writes down what was said to them.
    `content` has the fields of the entry `asked`; a `picture` is added to the case's files with the entry's
    own audience, never a wider one. Raises Closed for a person whom the actor may not know of, or may not
    speak for; Refused once the meeting is over; Problem where somebody else's words would be written over
    unread; Problem at `file`; Clash; AlreadyDone.
    """
    with act(
        group, by=by, to=Capability.SAY_BEFOREHAND, once=once, what=f"said beforehand {meeting}"
    ) as case:
        thing = Thing("asked", about=about)
        row = _open_meeting(case, meeting, about)
        latest = latest_entry(row, thing.name)
        _refuse_unread(case, latest, about)
        told = {name: value for name, value in content.items() if name != "file"}
        if picture is not None:
            told["file"] = str(_add(case, row, picture, about, latest, audience))
        kept = keep_entry(
            group=group, meeting=meeting, thing=thing, content=told, base=base, audience=audience,
            by=by, to=Capability.SAY_BEFOREHAND,
        )  # fmt: skip
        if audience is not None and picture is None and kept.content.get("file"):
            _file_follows(case, UUID(kept.content["file"]), audience, about)
        note_outcome(once, kept.number)
    return kept


def decide_attendance(
    *, group: UUID, meeting: UUID, child: UUID, content: Mapping[str, Any], base: int = 0, by: Actor
) -> Kept:
    """Records whether a child comes to a meeting, why, and how their wishes come in otherwise (R30, R66).

    `content` has the fields of the entry `child_attends`. Raises Closed for a child whom the actor may not
    know of, Refused to the family and once the meeting is over, Problems at a field, Clash.
    """
    thing = Thing("child_attends", child=child)
    return keep_entry(group=group, meeting=meeting, thing=thing, content=content, base=base, by=by)


def _open_meeting(case: Case, meeting: UUID, about: UUID) -> Meeting:
    """The meeting, for which the actor may still say something for this person."""
    row = meeting_row(case, meeting)
    if row.state not in meeting_entries.KINDS["asked"].when:
        raise Refused(_("This meeting is over. What you want said can go into the next one."))
    if about not in whom_one_writes_for(case):
        raise Closed
    return row


def whom_one_writes_for(case: Case) -> frozenset[UUID]:
    """For whom the actor may write: themselves; a professional for everybody of the family they know of."""
    known = case.reader().children
    family = {child.person_id for child in case.children if child.id in known and child.date_of_birth}
    family |= {row.adult.person_id for row in case.relationships if row.child_id in known}
    if case.by.professional:
        return frozenset(family)
    return frozenset(family & {case.by.who})


def _refuse_unread(case: Case, latest: MeetingEntry | None, about: UUID) -> None:
    """Nobody writes over words that they may not read."""
    if latest is None:
        return
    own = case.by.person in (latest.by_id, about)
    if not sees(case, latest.audience) or (case.reader().limited and not own):
        raise Problem(
            None, _("Somebody else is looking after this. Tell the lead worker what you want written down.")
        )


def _add(
    case: Case,
    meeting: Meeting,
    picture: Picture,
    about: UUID,
    latest: MeetingEntry | None,
    audience: AudienceChoice | None,
) -> UUID:
    """The picture among the case's files, for those who may see the words that it stands beside."""
    choice = audience or choice_of(latest.audience if latest else spoken_audience(case, about))
    choice = without_limited(case, choice, about)
    child = next((one.id for one in case.children if one.person_id == about), None)
    title = _("What they want said, %(day)s") % {"day": meeting.planned_on.isoformat()}
    row = add_within(
        case, name=picture.name, content=picture.content, title=title, child=child, audience=choice
    )
    return row.id


def _file_follows(case: Case, file: UUID, audience: AudienceChoice, about: UUID) -> None:
    """A picture is for those who may see the words beside it, also when that is decided anew."""
    kept = StoredFile.objects.filter(group=case.group, id=file).select_related("audience", "child").first()
    if kept is None or not sees(case, kept.audience, kept.child):
        return
    kept.audience = audience_row(case, without_limited(case, audience, about))
    kept.save(update_fields=["audience"])


def without_limited(case: Case, choice: AudienceChoice, about: UUID) -> AudienceChoice:
    """A choice that also keeps something from those who may not know of every child: it may show another."""
    people = group_people(case)
    limited = {one for one, person in people.items() if case.reader(person).limited}
    out = limited - {about, case.by.who} - choice.named
    if not out - choice.shut_out:
        return choice
    reason = choice.reason or _("What one of the family sends in may tell of several children.")
    return replace(choice, shut_out=choice.shut_out | out, reason=reason)


def choice_of(row: Audience) -> AudienceChoice:
    """A stored audience as a choice, to be given to something else that belongs with it."""
    value = value_of(row)
    return AudienceChoice(
        str(value.base), value.named, value.shut_out, row.reason, row.permitted_by, row.review_on
    )
